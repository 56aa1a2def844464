"""What YAML does without a word: it cuts text at a comment, joins lines, takes the second of two equal keys."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from .characters import is_odd

NEAR = 400  # lines above a key in which its twin is looked for
COMMENT = re.compile(r" +#.*")


@dataclass(frozen=True, slots=True)
class Oddity:
    """A value that YAML shortens or joins. Only `parse` knows if it matters there."""

    code: str  # comment-cuts-text, folded-text
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
    return note(event, "control-character", f"this text has an escape for U+{ord(char):04X} ({name})", "delete it")


def duplicate(event: Any, text: str) -> Note:
    start, key = event.start_mark, event.value
    same = re.compile(rf"['\"]?{re.escape(key)}['\"]? *:")
    above = reversed(("\n" + text[: start.index]).rsplit("\n", NEAR + 1)[1:-1])
    lines = (start.line - i for i, line in enumerate(above) if same.match(line, start.column))
    where = f" (first in line {first})" if (first := next(lines, None)) else ""
    return note(event, "duplicate-key", f'"{key}" is given twice{where}', "delete one of them, or rename it")


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
    indent = " " * (len(head) - len(head.lstrip(" -")) + 2)
    body = [line.strip() for line in text[start:end].split("\n")]
    return "\n".join([f"{head.rstrip()} |", *(indent + line if line else "" for line in body)])
