"""Where everything stands in a file: read a second time, and only when there is something to report."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from ..problem import At
from .events import events


class Place(NamedTuple):
    """Lines and columns from 1. `end` is the last line; a `scalar` has nothing inside it."""

    key: tuple[int, int]
    value: tuple[int, int]
    end: int
    scalar: bool


def places(text: str) -> dict[At, Place]:
    """The place of every value; where it has no key, its own place is the key's."""
    found: dict[At, Place] = {}
    stack: list[list[Any]] = []  # [is a mapping, key or index, place of the key]
    for event in events(text):
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            start: Any = event.start_mark
            here = (start.line + 1, start.column + 1)
            if stack and stack[-1][0] and stack[-1][2] is None:
                stack[-1][1:] = [getattr(event, "value", None), here]
                continue
            if stack and not stack[-1][0]:
                stack[-1][1] += 1
            key = stack[-1][2] if stack and stack[-1][0] else here
            end: Any = event.end_mark  # a block's is at the start of the line after it
            is_scalar = isinstance(event, yaml.ScalarEvent)
            found[tuple(frame[1] for frame in stack)] = Place(key, here, end.line + (end.column > 0), is_scalar)
            if stack:
                stack[-1][2] = None
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append([isinstance(event, yaml.MappingStartEvent), -1, None])
        elif isinstance(event, yaml.DocumentEndEvent):
            break
    return found
