"""The first line of a card that YAML reads as part of the card above, and a `reverse:` with nothing below it."""

from __future__ import annotations

import re

from ...annotations import all_keys
from ..silent import FIRST_LINE
from .line import LINE, Mend, indent

ITEM = re.compile(r"( *)- +[\w-]+ *:")


def new_card(lines: list[str], row: int, code: str) -> Mend | None:
    """`• id: x`, `id: x` or `# - id: x`. With code "new-card" it is known that a card begins in this row."""
    found = FIRST_LINE.match(lines[row])
    if ITEM.match(lines[row]) or (found is None and code != "new-card"):
        return None
    if found and not found["mark"] and code != "new-card" and not _has_id(lines, row):
        return None
    column = next((len(item[1]) for line in reversed(lines[:row]) if (item := ITEM.match(line))), 2)
    key, value = ("id", found["value"].strip()) if found else lines[row].strip().split(":", 1)
    fixed = f"{' ' * column}- {key}: {value.strip()}".rstrip()
    rest = _in_line(lines, row, column)
    message = "a new card begins here? its first line is not written as one"
    help = f"begin it with{', and move the lines below it to the right' if rest else ''}\n{fixed}"
    return Mend(
        row,
        indent(lines[row]),
        "new-card",
        message,
        help,
        {row: fixed} | rest,
        doubt=found is None,  # a card without an id, and `parse` says so
    )


def _has_id(lines: list[str], row: int) -> bool:
    """Whether the card above this line has an id already."""
    for line in reversed(lines[:row]):
        if re.match(r" *(?:- +)?id *:", line):
            return True
        if ITEM.match(line):
            return False
    return False


def _in_line(lines: list[str], row: int, column: int) -> dict[int, str]:
    """The rest of the card, moved to the right where its keys began in the column of the dash."""
    below = range(row + 1, len(lines))
    first = next((i for i in below if lines[i].strip()), row)
    parts = LINE.match(lines[first])
    by = column + 2 - indent(lines[first])
    if not parts or parts["key"] not in all_keys() or by <= 0 or ITEM.match(lines[first]):
        return {}
    end = next((i for i in below if ITEM.match(lines[i]) or FIRST_LINE.match(lines[i])), len(lines))
    return {i: " " * by + lines[i] for i in range(row + 1, end) if lines[i].strip()}


def below_reverse(lines: list[str], row: int) -> Mend:
    """`question` in this row and the `answer` after it belong to the `reverse:` above them."""
    column = indent(lines[row])
    own = re.compile(rf" {{{column}}}(?!(?:question|answer) *:)\S| {{0,{max(column - 1, 0)}}}\S")
    end = next((i for i in range(row + 1, len(lines)) if own.match(lines[i])), len(lines))
    moved = {i: f"  {lines[i]}" for i in range(row, end) if lines[i].strip()}
    message = "question and answer of reverse stand below it, two columns to the right"
    return Mend(row, column, "indentation", message, f"write them as\n{' ' * column}reverse:\n{_shown(moved)}", moved)


def _shown(moved: dict[int, str]) -> str:
    return "\n".join(moved.values())
