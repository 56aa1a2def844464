"""A file as data: whatever is typed gives data or plain words, never an exception."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ..problem import MOST, At, Problem, first
from .characters import clean, decode
from .data import build
from .events import StopError
from .mend import Mend, mend
from .places import Place, places
from .silent import Note, Oddity

ROUNDS = 50  # mistakes of YAML's syntax shown at once


@dataclass
class Document:
    """`text` has every line of `typed`, with those that YAML could not read put right. `room` is how many problems
    may still be shown. `doubts` are told only where nothing else is wrong in their lines."""

    path: str
    text: str
    typed: str
    data: Any
    oddities: dict[At, Oddity] = field(default_factory=dict)
    room: int = MOST
    doubts: list[Problem] = field(default_factory=list)

    @cached_property
    def lines(self) -> list[str]:
        """The lines as typed."""
        return self.typed.split("\n")

    @cached_property
    def places(self) -> dict[At, Place]:
        return places(self.text)

    def locate(self, problem: Problem) -> Problem:
        """The problem with its line, column and source line filled in, unless it has them."""
        if problem.line:
            return problem
        at = problem.at
        while at not in self.places:
            at = at[:-1]
        place = self.places[at]
        # What is not there is missed at the key; but one source may be written where there may be a list of them.
        on_key = problem.on_key if at == problem.at else not place.scalar
        if at and isinstance(at[-1], int) and (*at, "id") in self.places:
            place, on_key = self.places[(*at, "id")], False
        line, column = place.key if on_key else self._find(problem.needle, place)
        return replace(problem, line=line, column=column, source=self.lines[line - 1])

    def _find(self, needle: str, place: Place) -> tuple[int, int]:
        """The needle's place in a value; the value's where it is not found, as when quotes change how it is written."""
        line, column = place.value
        needle = needle.partition("\n")[0]
        for number in range(line, place.end + 1) if needle else ():
            at = self.lines[number - 1].find(needle, column - 1 if number == line else 0)
            if at >= 0:
                return number, at + 1
        return place.value


def read(path: str, content: bytes) -> tuple[Document | None, list[Problem]]:
    """The file as data, and all problems of its characters and its YAML. Lines with a known mistake are put right in
    memory, so that one mistake does not hide the next."""
    typed = decode(path, content)
    if isinstance(typed, Problem):
        return None, [typed]
    text, odd = clean(path, typed)
    reading = _Reading(path, text, typed)
    problems = first([*odd, *reading.problems()])
    if len(problems) > MOST or reading.document is None:
        return None, first([*problems, *reading.doubts])
    reading.document.room = MOST - len(problems)
    return reading.document, problems


class _Reading:
    """One file while it is read, mistake by mistake."""

    def __init__(self, path: str, text: str, typed: str) -> None:
        self.path, self.text, self.typed = path, text, typed
        self.document: Document | None = None
        self.doubts: list[Problem] = []

    @cached_property
    def lines(self) -> list[str]:
        return self.typed.split("\n")

    def problems(self) -> Iterator[Problem]:
        seen = {self.text}
        for _ in range(ROUNDS):
            try:
                data, oddities, notes = build(self.text)
            except StopError as stop:
                lines = self.text.split("\n")
                mended = mend(lines, stop)
                if mended and mended.doubt:
                    self.doubts.append(self.problem(mended))
                else:
                    yield self.problem(mended or stop)
                if mended is None:
                    return
                for row, line in mended.lines.items():
                    lines[row] = line
                self.text = "\n".join(lines)
                if self.text in seen:
                    return
                seen.add(self.text)
            else:
                yield from map(self.problem, notes)
                self.document = Document(self.path, self.text, self.typed, data, oddities, doubts=self.doubts)
                return

    def problem(self, at: Mend | StopError | Note) -> Problem:
        source = self.lines[at.row] if at.row < len(self.lines) else ""
        return Problem(
            self.path, at.code, at.message, (), at.help, line=at.row + 1, column=at.column + 1, source=source
        )
