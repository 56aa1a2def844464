"""What YAML does without a word: it cuts text at a comment, joins lines, takes the second of two equal keys."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from .characters import is_odd
from .events import StopError

NEAR = 400  # lines above a key in which its twin is looked for
COMMENT = re.compile(r" +#.*")
# `id:` behind a bullet, a number or nothing where "- id:" should stand; or behind a "#"
FIRST_LINE = re.compile(
    r" *(?P<mark>(?:[–—−‐‑•·▪◦‣●○*+>~]|#+ *-?|\d+[.)]|o(?= ))? *)[\"']?id[\"']? *:(?: +(?P<value>.*)|$)"
)
KINDS = ("question", "cloze", "occlude")


@dataclass(frozen=True, slots=True)
class Oddity:
    """A value that YAML shortens, joins or breaks. Only `parse` knows if it matters there."""

    code: str  # comment-cuts-text, folded-text, backslash
    cut: str  # the comment
    block: str  # the corrected lines, as a `|` block


@dataclass(frozen=True, slots=True)
class Note:
    """What is wrong in a place although YAML can go on."""

    row: int
    column: int
    code: str
    message: str
    help: str


def note(event: Any, code: str, message: str, help: str) -> Note:
    return Note(event.start_mark.line, event.start_mark.column, code, message, help)


def escaped(event: Any) -> Note:
    """`"\\u200b"`: a character that must not be there, written so that it can be seen."""
    char = next(filter(is_odd, event.value))
    name = unicodedata.name(char, "tab" if char == "\t" else "control character")
    help = "delete it; for the two characters \\t use single quotes" if char == "\t" else "delete it"
    return note(event, "control-character", f"this text has an escape for U+{ord(char):04X} ({name})", help)


def is_escaped_line(event: Any, text: str) -> bool:
    """`"C:\\new"`"""
    typed = text[event.start_mark.index : event.end_mark.index]
    return event.style == '"' and re.search(r"(?<!\\)(?:\\\\)*\\n", typed) is not None


def duplicate(event: Any, text: str) -> Note:
    start, key = event.start_mark, event.value
    same = re.compile(rf"['\"]?{re.escape(key)}['\"]? *:")
    above = reversed(("\n" + text[: start.index]).rsplit("\n", NEAR + 1)[1:-1])
    lines = (start.line - i for i, line in enumerate(above) if same.match(line, start.column))
    where = f" (first in line {first})" if (first := next(lines, None)) else ""
    return note(event, "duplicate-key", f'"{key}" is given twice{where}', "delete one of them, or rename it")


def meant_otherwise(event: Any, text: str, card: dict[str, Any]) -> StopError | None:
    """A second key may be the first sign of something else: a card that does not begin with "- id:", a `reverse:` with
    nothing below it, or a second `cards:`."""
    row, key = event.start_mark.line, event.value
    if key == "id" and len(card) > 1:
        return StopError(row, event.start_mark.column, "new-card", "")
    below = text.startswith(":\n", event.end_mark.index)
    if event.start_mark.column == 0 and below and card[key] and isinstance(card[key], list):
        return StopError(row, 0, "second-list", key)
    if key == "question" and card.get("reverse") == "" and next(reversed(card)) == "reverse":
        return StopError(row, event.start_mark.column, "reverse", "")
    lines = text.split("\n")
    for above in range(row - 1, max(-1, row - NEAR), -1):
        if FIRST_LINE.match(lines[above]):
            return StopError(above, 0, "new-card", "")
        if re.match(r" *- +[\w-]+ *:", lines[above]):
            break
    again = 0
    for line in lines[row + 1 : row + NEAR]:
        if line.strip() and len(line) - len(line.lstrip(" ")) < event.start_mark.column:
            break
        again += line[event.start_mark.column :].partition(":")[0] in card
    return StopError(row, event.start_mark.column, "new-card", "") if key in KINDS and again >= 2 else None


def cut(event: Any, text: str) -> Oddity:
    end = text.find("\n", event.end_mark.index) % (len(text) + 1)
    comment = text[event.end_mark.index : end].strip()
    return Oddity("comment-cuts-text", comment, _block(text, event.start_mark.index, end))


def folded(event: Any, text: str) -> Oddity:
    quote = 1 if event.style else 0
    return Oddity("folded-text", "", _block(text, event.start_mark.index + quote, event.end_mark.index - quote, quote))


def _block(text: str, start: int, end: int, quote: int = 0) -> str:
    """The key's line and the text below it as a `|` block, as it should have been written."""
    head = text[text.rfind("\n", 0, start) + 1 : start - quote]
    if not head.strip():  # the text begins below its key
        head = text[:start].rstrip().rsplit("\n", 1)[-1]
    indent = " " * (len(head) - len(head.lstrip(" -")) + 2)
    body = [line.strip() for line in text[start:end].split("\n")]
    if body[0] in ("I", "l", "1", "¦", "/", "\\", "!"):  # meant as "|"
        del body[0]
    return "\n".join([f"{head.rstrip()} |", *(indent + line if line else "" for line in body)])
