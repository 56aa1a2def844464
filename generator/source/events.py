"""PyYAML's event stream and its errors; above this, nobody knows PyYAML's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML can be built without the C one
ERRORS = (yaml.YAMLError, ValueError, OverflowError)  # the last two from escapes like "\UFFFFFFFF"

_PLAIN_WORDS = (
    ("expected ':'", 'this line is not of the form "key: value"'),
    ("mapping values are not allowed", 'a ": " in a place where YAML expects no key'),
    ("end of stream", "the file ends inside a quote or bracket"),
    ("',' or ']'", 'the list that "[" opens is not closed, or lacks a comma'),
    ("',' or '}'", 'the mapping that "{" opens is not closed, or lacks a comma'),
    ("block end", "this line does not fit the lines before it"),
    ("expected key", "this line does not fit the lines before it"),
    ("'-' indicator", "this line does not fit the list before it"),
)


class StopError(Exception):
    """YAML ends here. `rows` are the lines that a person may have got wrong, likeliest first."""

    def __init__(self, row: int, column: int, code: str, message: str, help: str = "", rows: tuple[int, ...] = ()):
        self.row, self.column, self.code, self.message, self.help = row, column, code, message, help
        self.rows = rows or (row,)


def events(text: str) -> Iterator[Any]:
    """PyYAML's events; `yaml.parse` takes two calls and a generator's step for each."""
    return iter(LOADER(text).get_event, None)


def stop_at(event: Any, code: str, message: str, help: str = "") -> StopError:
    return StopError(event.start_mark.line, event.start_mark.column, code, message, help)


def parser_stop(error: Exception, event: Any, text: str) -> StopError:
    """What PyYAML says, in plain words. Where it says so is often past the mistake: so there are several `rows`."""
    problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", "") or "")
    last = text.count("\n")
    row, column = (min(problem.line, last), problem.column) if problem else (0, 0)
    lines = text.split("\n")
    before = next((i for i in range(row - 1, -1, -1) if lines[i].strip()), row)
    rows = [row, *([event.start_mark.line] if event else []), *([context.line] if context else []), before]
    if "could not find expected ':'" in said and context:
        rows.insert(0, context.line)
        row, column = context.line, context.column
    message = next((plain for jargon, plain in _PLAIN_WORDS if jargon in said), "this line cannot be read as YAML")
    help = "look for a missing quote, bracket or colon in this line and the one before it"
    return StopError(row, column, "yaml", message, help, tuple(dict.fromkeys(min(r, last) for r in rows)))
