"""Indentation with tabs or no-break spaces: what it was meant to be, so that one tab is one problem."""

from __future__ import annotations

import re

from ..annotations import all_keys

WHITE = re.compile(r"[ \t\xa0]*")
_KEY = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[a-z_]+) *:(?= |$)(?P<value>.*)")
NEAR = 400  # lines above


def indented(lines: list[str], typed: list[str], row: int) -> str:
    """The line with spaces in front, as many as the lines above it (already put right) want; else two for a tab."""
    white = WHITE.match(lines[row]).group()  # type: ignore[union-attr]  # it matches nothing too
    rest = lines[row][len(white) :]
    guess = len(white.replace("\t", "  "))
    above = [line for line in reversed(lines[max(0, row - NEAR) : row]) if line.strip()]
    key = _KEY.match(rest)
    if key and row and WHITE.match(typed[row - 1])[0] == white and _KEY.match(lines[row - 1]):  # type: ignore[index]
        columns = {len(lines[row - 1]) - len(lines[row - 1].lstrip(" "))}  # in line with the key above it, as typed
    elif key and key["key"] in all_keys():
        columns = _of_keys(above, is_item=rest.startswith("-"))
    else:
        columns = _of_text(above, guess)
    return " " * min(columns, key=lambda column: (abs(column - guess), -column), default=guess) + rest


def _of_text(above: list[str], guess: int) -> set[int]:
    """Text, or an item of a list: below its key, or in line with the text above it."""
    key = _KEY.match(above[0]) if above else None
    if key:
        return {len(key["lead"]) + 2}
    return {max(guess, len(above[0]) - len(above[0].lstrip(" ")))} if above else set()


def _of_keys(above: list[str], *, is_item: bool) -> set[int]:
    """Where this card's keys, or the cards before it, begin; or below a key that has nothing on its line."""
    columns: set[int] = set()
    for place, line in enumerate(above):
        key = _KEY.match(line)
        if not key or key["key"] not in all_keys():
            continue
        dash = "-" in key["lead"]
        if dash or not is_item:
            columns.add(len(key["lead"]) - (len(key["lead"].lstrip(" ")) if is_item else 0))
        if place == 0 and not key["value"].strip():
            return {len(key["lead"]) + 2}
        if dash:
            break
    return columns
