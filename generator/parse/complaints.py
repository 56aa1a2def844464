"""pydantic's errors -> problems in plain words: it finds what is wrong, and nothing of its wording is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic_core import ErrorDetails

from ..annotations import shape_at
from ..model import Shape, Unquoted
from ..problem import At, Problem
from ..source import Document
from ..source.scalar import quoted, read_as
from .forms import too_long, wrong_form
from .keys import meant_key, missing_key, unknown_key
from .validation import value_or_errors
from .values import as_text, bad_value
from .wording import closest, corrected, name, short, what

S = TypeVar("S", bound=Shape)


def validate(document: Document, shape: type[S], data: Any, at: At = ()) -> S | list[Problem]:
    """The data, which stands at this place of the document, as the shape; or what is wrong with it."""
    found = value_or_errors(shape, data)
    return list(_problems(document, shape, data, at, found)) if isinstance(found, list) else found


def value_at(data: Any, at: At) -> Any:
    for key in at:
        data = data[key]
    return data


@dataclass(frozen=True, slots=True)
class _Finding:
    """One error: `loc` is the part of pydantic's place that exists in the data, and `value` what stands there."""

    document: Document
    shape: type[Shape]
    data: Any
    base: At
    error: ErrorDetails
    loc: At
    value: Any
    missing: str = ""  # the one key that is missing beside an unknown one

    @property
    def at(self) -> At:
        return (*self.base, *self.loc)

    @property
    def in_key(self) -> bool:
        return "[key]" in self.error["loc"]

    def problem(self, code: str, message: str, help: str = "", needle: str = "") -> Problem:
        return Problem(self.document.path, code, message, self.at, help, needle=needle)

    def write(self, value: str, below: str = "") -> str:
        return f"write it as\n{corrected(self.document, self.at, value, below)}"


def _problems(
    document: Document, shape: type[Shape], data: Any, base: At, errors: list[ErrorDetails]
) -> Iterator[Problem]:
    parents = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    misspelt = {
        (*error["loc"][:-1], meant_key(shape_at(shape, error["loc"][:-1]), str(error["loc"][-1])))
        for error in errors
        if error["type"] == "extra_forbidden"
    }
    missing = _only_missing(errors, misspelt)
    for error in errors:
        if error["type"] == "missing" and missing and error["loc"][-1] == missing:
            continue
        if error["type"] == "too_short" and error["loc"] in parents:
            continue  # it counts good items only
        if error["type"] == "missing" and error["loc"] in misspelt:
            continue  # "anwser" is one mistake, not an unknown key and a missing one
        problem = _problem(_Finding(document, shape, data, base, error, *_walk(data, error["loc"]), missing))
        if problem:
            yield problem


def _only_missing(errors: list[ErrorDetails], misspelt: set[At]) -> str:
    """A question or answer that is missing where one key is unknown: that is one mistake, `antwort:`."""
    missing = [error["loc"] for error in errors if error["type"] == "missing" and error["loc"] not in misspelt]
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    both = len(missing) == len(unknown) == 1 and missing[0][:-1] == unknown[0][:-1]
    return str(missing[0][-1]) if both and missing[0][-1] in ("question", "answer") else ""


def _walk(data: Any, loc: At) -> tuple[At, Any]:
    """The part of pydantic's place that exists in the file, and one more key where that is missing; the value there."""
    for depth, key in enumerate(loc):
        if key in data if isinstance(data, dict) else isinstance(data, list) and key in range(len(data)):
            data = data[key]
        else:
            is_missing = isinstance(data, dict) and key != "[key]" and not isinstance(key, int)
            return loc[: depth + 1] if is_missing else loc[:depth], data
    return loc, data


def _problem(f: _Finding) -> Problem | None:
    path, kind, context, key = f.document.path, f.error["type"], f.error.get("ctx", {}), name(f.loc)
    match kind:
        case "extra_forbidden":
            return _unknown(f)
        case "missing" if isinstance(f.error["loc"][-1], int):
            return f.problem("bad-value", f"{key} has too few entries")
        case "missing":
            loc, parent = _walk(f.data, f.error["loc"][:-1])
            return missing_key(path, f.shape, parent, f.error["loc"], (*f.base, *loc))
        case "unquoted" | "empty_text":
            return _unquoted(f, str(context.get("value", "")))
        case "not_text" if name(f.loc) == "retired" and f.value is True:
            return f.problem(
                "not-text", "retired is the reason, not true", "write retired: and why nobody should learn this card"
            )
        case "not_text" | "string_type":
            return f.problem("not-text", f"{key} is text, not {what(f.value)}", as_text(f.value, f.write))
        case "not_nfc":
            word = next(word for word in f.value.split() if not unicodedata.is_normalized("NFC", word))
            message = f"{key} has letters made of several characters; they must be single ones (Unicode NFC)"
            help = f"type anew: {short(unicodedata.normalize('NFC', word), 60)}"
            return f.problem("not-nfc", message, help, needle=word)
        case "string_too_long":
            return too_long(path, f.at, _typed(f), context["max_length"], on_key=f.in_key)
        case "string_pattern_mismatch":
            return wrong_form(path, f.at, _typed(f), context["pattern"], on_key=f.in_key)
        case "literal_error":
            choices = re.findall(r"'([^']*)'", context["expected"])
            shown = short(f.value) if isinstance(f.value, str) else what(f.value)
            message = f"{key} must be {', '.join(choices[:-1])} or {choices[-1]}, not {shown}"
            close = closest(f.value.strip(), choices, 60) if isinstance(f.value, str) else ""
            return f.problem("bad-value", message, f'did you mean "{close}"?' if close else "")
        case "too_short" if not f.in_key:
            return f.problem("empty-list", f"{key} has too few entries", f"it needs {context['min_length']} or more")
        case "tuple_type" if f.value == "":
            return f.problem("empty-list", f"{key} is empty")
    return f.problem("bad-value", *bad_value(f.loc, f.value, kind, context))


def _typed(f: _Finding) -> str:
    return str(f.loc[-1] if f.in_key else f.value)


def _unknown(f: _Finding) -> Problem | None:
    *parent, key = f.error["loc"]
    if any(typed == key and isinstance(typed, Unquoted) for typed in value_at(f.data, f.loc[:-1])):
        return None  # a bad key: `source` has said it
    return unknown_key(f.document.path, shape_at(f.shape, tuple(parent)), str(key), f.at, f.missing)


def _unquoted(f: _Finding, text: str) -> Problem | None:
    odd = f.document.oddities.get(f.at)
    if (f.in_key and text) or (odd and odd.code == "comment-cuts-text"):
        return None  # a bad key, or `answer: #1 cause`: said elsewhere
    if not text:
        return f.problem("empty-text", f"{name(f.loc)} is empty", "write the text, or delete the key")
    message = f'"{text}" without quotes is read as {read_as(text)} by YAML'
    return f.problem("quote-it", message, f.write(quoted(text)))
