"""The gaps of a cloze field, read as Anki reads them: in the raw HTML, before any browser does.

`{{c1::hidden::hint}}`: the first `::` after the opening starts the hint, the first `}}` ends the innermost gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_MARK = re.compile(r"\{\{c([0-9]+(?:,[0-9]+)*)::|\}\}")
_HIGHEST = 65535  # Anki takes a higher number for text


@dataclass(slots=True)
class Node:
    """A gap as a tree: text and the gaps inside it. Anki knows gaps of several numbers; the root has none."""

    numbers: tuple[int, ...] = ()
    parts: list[str | Node] = field(default_factory=list)
    hint: str | None = None


class Gap(NamedTuple):
    """A gap: its number, what it hides (inner gaps already filled), and its hint."""

    number: int
    hidden: str
    hint: str


Mark = tuple[str, str] | Callable[[Gap], str]


def scan(html: str) -> Node:
    """The text with its gaps, which may stand inside each other. Anki drops what is opened and not closed."""
    stack = [Node()]

    def put(piece: str) -> None:
        node = stack[-1]
        if len(stack) > 1 and "::" in piece:
            piece, _, node.hint = piece.partition("::")
        if piece:
            node.parts.append(piece)

    end = 0
    for mark in _MARK.finditer(html):
        numbers = _numbers(mark[1]) if mark[1] else ()
        if mark[1] and not numbers:
            continue
        put(html[end : mark.start()])
        end = mark.end()
        if numbers:
            stack.append(Node(numbers))
        elif len(stack) > 1:
            closed = stack.pop()
            stack[-1].parts.append(closed)
        else:
            stack[-1].parts.append("}}")
    put(html[end:])
    return stack[0]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(n) for n in text.split(",") if len(n) < 10 and int(n) <= _HIGHEST}))


def gaps(root: Node) -> Iterator[Node]:
    """All gaps, at any depth."""
    nodes = [root]
    for node in nodes:
        inside = [part for part in node.parts if isinstance(part, Node)]
        yield from inside
        nodes += inside


def cloze_numbers(html: str) -> tuple[int, ...]:
    """The numbers of all gaps, sorted: Anki makes one card for each."""
    return tuple(sorted({n for gap in gaps(scan(html)) for n in gap.numbers})) if "{{c" in html else ()


def fill_cloze(html: str, mark: Mark = ("<b>", "</b>")) -> str:
    """The HTML with every gap filled by what it hides, between the two marks or as the function says."""
    return _filled(scan(html), mark) if "{{c" in html else html


def _filled(node: Node, mark: Mark) -> str:
    inside = "".join(part if isinstance(part, str) else _filled(part, mark) for part in node.parts)
    if not node.numbers:
        return inside
    return mark(Gap(node.numbers[0], inside, node.hint or "")) if callable(mark) else mark[0] + inside + mark[1]
