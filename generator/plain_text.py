"""Text that learners see and that is no card text: titles, sources, credits, the deck's own words. It is escaped and not
rendered, and may hold no more than card text may; addresses are as plain as links in cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from . import markup
from .model import Shape
from .problem import At, Problem

ADDRESSES = ("url", "report")
MAILTO = re.compile(r"mailto:[a-z0-9._+-]+@[a-z0-9.-]+(\?[a-z0-9._~%&=+-]*)?", re.IGNORECASE)


def plain_text(path: str, value: Shape | str, at: At = ()) -> list[Problem]:
    """What is wrong with the texts of a file, or of a part of it that stands at `at`."""
    problems = []
    for place, text in _texts(value if isinstance(value, str) else value.model_dump(exclude_defaults=True), at):
        if place[-1] in ADDRESSES and not is_address(text):
            message = f"{place[-1]} is no plain address"
            help_ = (
                "write https://, a host and a path, without user names, quotes or spaces; of braces only {id} in report"
            )
            problems.append(Problem(path, "bad-link", message, place, help_))
        problems += [Problem(path, c.code, c.message, place, c.help) for c in markup.forbidden_text(text)]
    return problems


def is_address(text: str) -> bool:
    """A https address or, for reports, a mailto one."""
    text = text.replace("{id}", "id")
    return markup.is_link(text) or MAILTO.fullmatch(text) is not None


def _texts(value: Any, at: At) -> Iterator[tuple[At, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict | list | tuple):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*at, key))
