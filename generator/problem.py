"""A problem: what `check` finds, where it is, and how it is shown. Values only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

MOST = 200  # problems shown for one file
Severity = Literal["error", "review"]
At = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    `path` is relative to the project, with forward slashes. `at` is the place in the file's data, as keys and
    list indexes; `load` turns it into `line` and `column` (both from 1; 0 means not known yet). `source` is that
    line of the file. An `error` stops a build; a `review` asks a human.
    """

    path: str
    code: str
    message: str
    at: At = ()
    help: str = ""
    severity: Severity = "error"
    line: int = 0
    column: int = 0
    source: str = ""
    on_key: bool = False  # point at the key (`anwser`), not at its value
    needle: str = ""  # point at these words inside the value


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by file and place, each once."""
    return sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message))


def first(problems: Iterable[Problem], most: int = MOST) -> list[Problem]:
    """Not more than can be read; a last problem says so, in the place where it stopped."""
    found = list(islice(problems, most + 1))
    if len(found) > most:
        message = f"there are more than {MOST} problems in this file; the rest is not shown"
        found[most] = replace(
            found[most], code="too-many-problems", message=message, help="mend these first", severity="error"
        )
    return found


def as_text(problem: Problem) -> str:
    """For people: the place first so that editors can follow it, then the line, a caret, and help."""
    lines = [f"{problem.path}:{problem.line}:{problem.column}: {problem.severity}[{problem.code}]: {problem.message}"]
    lines += excerpt(problem)
    if problem.help:
        first, *rest = problem.help.split("\n")
        lines += [f"  help: {first}", *(f"  {line}" for line in rest)]
    return "\n".join(lines)


def excerpt(problem: Problem, width: int = 110) -> list[str]:
    """The source line and a caret under the column, if the line is known; long lines are cut around it."""
    if not problem.source.strip():
        return []
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in problem.source.rstrip("\r\n"))
    column = max(problem.column, 1) - 1
    start = max(0, column - width + 20) if len(text) > width else 0
    shown = ("…" if start else "") + text[start : start + width] + ("…" if len(text) > start + width else "")
    return [f"    {shown}", "    " + " " * (column - start + (1 if start else 0)) + "^"]


def as_github(problem: Problem) -> str:
    """A GitHub workflow command, which shows the problem on the line in a pull request."""
    level = "error" if problem.severity == "error" else "warning"
    text = problem.message + (f"\nhelp: {problem.help}" if problem.help else "")
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column},title={_property(problem.code)}"
    return f"::{level} {place}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects with path, line, column, severity, code, message and help."""
    keys = ("path", "line", "column", "severity", "code", "message", "help")
    return json.dumps([{key: getattr(p, key) for key in keys} for p in problems], ensure_ascii=False, indent=2)


def summary(problems: Iterable[Problem], cards: int) -> str:
    """The last line: `2 errors, 1 to review in 214 cards`."""
    found = list(problems)
    errors = sum(p.severity == "error" for p in found)
    reviews = len(found) - errors
    parts = [f"{errors} error{'' if errors == 1 else 's'}"] if errors else []
    parts += [f"{reviews} to review"] if reviews else []
    return f"{', '.join(parts) or 'No problems'} in {cards} card{'' if cards == 1 else 's'}"
