"""How messages name things: a field, a shape, a value, the corrected line."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from ..model import Card, Shape
from ..problem import At, Problem
from ..source import Document


def short(text: str, width: int = 40) -> str:
    """The text in quotes, on one line."""
    text = " ".join(text.split())
    return f'"{text if len(text) <= width else text[:width].rstrip() + "…"}"'


def article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def name(at: At) -> str:
    """The field at this place; an item of a list has the list's name."""
    return next((key for key in reversed(at) if isinstance(key, str)), "value")


def noun(shape: type[Shape]) -> str:
    """`topic file`; all kinds of cards are cards."""
    if issubclass(shape, Card):
        return "card"
    return re.sub(r"(?<!^)(?=[A-Z])", " ", re.sub("(Use|Head)$", "", shape.__name__)).lower()


def what(value: Any) -> str:
    """What stands there instead of what should."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return 'lines of "key: value"'
    if isinstance(value, bool):
        return "true or false"
    return "nothing" if value == "" else f"the text {short(value)}" if isinstance(value, str) else "this"


def closest(typed: str, known: list[str], cutoff: int) -> str:
    from rapidfuzz import fuzz, process  # only needed once something is wrong

    best = process.extractOne(typed.lower(), known, scorer=fuzz.ratio, score_cutoff=cutoff)
    return str(best[0]) if best else ""


def slug(text: str) -> str:
    """A key that looks like the text."""
    plain = (
        unicodedata.normalize("NFKD", re.sub("[\u2010-\u2015\u2212]", "-", text))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:60].strip("-")


def corrected(document: Document, at: At, value: str, below: str = "") -> str:
    """The line of this place with another value, and what belongs below it."""
    place = document.locate(Problem(document.path, "", "", at, on_key=True))
    line = document.lines[place.line - 1]
    if isinstance(at[-1], int):
        return f"{' ' * (len(line) - len(line.lstrip()))}- {value}" if line.lstrip().startswith("-") else value
    head = line[: line.find(f"{at[-1]}:")]
    fixed = f"{head if not head.strip(' -') else ''}{at[-1]}: {value}"
    indent = " " * (len(fixed) - len(fixed.lstrip(" -")))
    return fixed + "".join(f"\n{indent}{one}" for one in below.split("\n") if one)
