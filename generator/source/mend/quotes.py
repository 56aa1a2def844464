"""A value that needs quotes, other quotes, or a `|` block."""

from __future__ import annotations

import re
from dataclasses import replace

from ...annotations import all_keys, list_keys, text_keys
from ..scalar import quoted
from .line import LINE, Mend, alone, indent, next_line, starts_item, under, written
from .punctuation import brackets


def needs_quotes(lines: list[str], row: int, code: str) -> Mend | None:
    """Only for lines that YAML cannot read by themselves. `code` is why it stopped."""
    line = lines[row]
    parts = LINE.match(line)
    if not parts or not parts["value"].strip() or alone(line) is not None:
        return None
    head, value, column = line[: parts.start("value")], parts["value"].rstrip(), parts.start("value")
    below = next_line(lines, row)
    goes_on = indent(below) > len(parts["lead"])
    first, is_gap = value[0], value.startswith("{{")
    code = code if code in ("tag", "anchor") else "quote-it"
    if value in ("||", "|||", "|-|", "|:", "|.", "|,") and goes_on:
        return written(row, column, "quote-it", f'a text block begins with "|", not "{value}"', f"{head}|")
    if two := _two_keys(line, row, parts["key"], head, value):
        return two
    if first in "\"'":
        text, message = _inner(value)
    elif first == "|" and "|" not in value[1:] and value[1:].strip():
        return _block_on_line(line, row, head, value[1:].strip(), goes_on)
    elif value.startswith("- ") and parts["key"] in list_keys():
        return _list_on_line(line, row, head, value, goes_on)
    elif value.startswith("- ") and parts["key"] and goes_on and starts_item(below):
        return _markdown_on_line(line, row, head, value)
    elif first in "[{" and not is_gap and (fixed := brackets(line, parts["key"])):
        return written(row, column, "missing-bracket", fixed[1], fixed[0])
    elif first == "{" and not is_gap:
        return None
    elif code != "quote-it" and first in "&!" and " " not in value and goes_on and head.strip():
        return written(row, column, code, "YAML anchors and tags are not used here", head.rstrip())
    elif first in "*&!%@`>|?-{[]},":
        sign = next(sign for sign in ("{{", "**", "-", first) if value.startswith(sign))
        text, message = value, f'text that begins with "{sign}" needs quotes'
    elif colon := re.search(r":(?: |$)", value):
        text, column = value, column + colon.start()
        message = f'text {"with" if colon.end() < len(value) else "that ends with"} "{colon.group()}" needs quotes'
    else:
        return None
    found = written(row, column, code, message, head + quoted(text))
    told_by_parse = parts["key"] in all_keys() - (text_keys() if not is_gap else {"cloze"}) and first not in "\"'"
    return replace(found, doubt=True) if told_by_parse else found


def _two_keys(line: str, row: int, key: str | None, head: str, value: str) -> Mend | None:
    """`level: core, certainty: settled`. In a text, a word with a colon is a word."""
    if key not in all_keys() - text_keys():
        return None
    found = re.match(r"(.*?)[,;]? +(([a-z_]+):(?: .*|))$", value)
    if not found or found[3] not in all_keys() or alone(head + found[1]) is None or ":" in found[1]:
        return None
    begin = " " * len(head[: head.index(key)]) if key else ""
    message = f'two keys on one line; "{found[3]}" begins a new one'
    fixed = f"{head}{found[1]}\n{begin}{found[2]}"
    kept = found[2] if found[3] in ("question", "answer", "cloze", "sources") and key != "id" else f"{key}: {found[1]}"
    instead = f"{head[: head.index(str(key))]}{kept}"
    return written(row, len(head) + found.start(2), "two-keys", message, fixed, instead)


def _inner(value: str) -> tuple[str, str]:
    """The meant text of a value that begins with a quote, and what is wrong."""
    quote = value[0]
    second = value.find(quote, 1)
    if second < 0:
        return value[1:], f"the quote that opens here ({quote}) is not closed"
    if second == len(value) - 1:
        return value[1:-1], "a \\ inside double quotes has a special meaning"
    if value[second - 1] != " " and not value[second + 1].isalnum():
        return value, "text that begins with a quoted word needs quotes around all of it"
    return value[1:-1] if value.endswith(quote) else value[1:], f"the {quote} inside the text ends the quote too early"


def _block_on_line(line: str, row: int, head: str, text: str, goes_on: bool) -> Mend:
    """`answer: | Femur`. What stands below would be read as part of a block, so then a block it must be."""
    message = 'the text of a "|" block begins on the next line'
    instead = f"{head}|" if goes_on else head + quoted(text)
    return written(row, len(head), "quote-it", message, f"{head}|\n{under(line)}{text}", instead)


_ON_LINE = "a list cannot begin on the line of its key"


def _list_on_line(line: str, row: int, head: str, value: str, goes_on: bool) -> Mend:
    """`sources: - gray1918`"""
    if not goes_on:
        return written(row, len(head), "quote-it", _ON_LINE, f"{head}[{value[2:].strip()}]")
    key = head.rstrip()
    return written(row, len(head), "quote-it", _ON_LINE, f"{key}\n{under(line)}{value}", key)


def _markdown_on_line(line: str, row: int, head: str, value: str) -> Mend:
    """`answer: - flexion`, with more items below."""
    return written(row, len(head), "quote-it", _ON_LINE, f"{head}|\n{under(line)}{value}", f"{head}|")
