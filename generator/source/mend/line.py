"""One line of YAML as people type it, and the line that takes its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..data import build
from ..events import StopError

LINE = re.compile(r"(?P<lead> *(?:- +)*)(?:(?P<key>[\w-]+|\"[^\"]*\") *:(?: +|$))?(?P<value>.*)")
HEADER = re.compile(r"(?: *- +)* *(?:[^#]*: +)?[|>][-+0-9]*(?: +#.*)?$")  # the line of a `|` or `>`


@dataclass(frozen=True, slots=True)
class Mend:
    """A mistake that we know. `lines` (row -> line) take the place of what was typed, in memory.

    A `doubt` is told only where `parse` has nothing to say of the same line: it would be the same mistake twice.
    """

    row: int
    column: int
    code: str
    message: str
    help: str
    lines: dict[int, str]
    doubt: bool = False


def written(row: int, column: int, code: str, message: str, line: str, instead: str | None = None) -> Mend:
    """A line and how to write it. `instead` is read in its place where that takes several lines."""
    return Mend(row, column, code, message, f"write it as\n{line}", {row: line if instead is None else instead})


def alone(line: str) -> Any:
    """What YAML reads in the line by itself; None if it cannot."""
    try:
        return build("x:\n  " + line.strip())[0]["x"]
    except StopError:
        return None


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def under(line: str) -> str:
    """The indentation of what belongs to the key of this line."""
    return " " * (len(line) - len(line.lstrip(" -")) + 2)


def starts_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def next_line(lines: list[str], row: int) -> str:
    """The first line below that is not empty."""
    return next((line for line in lines[row + 1 :] if line.strip()), "")
