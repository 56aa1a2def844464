"""Card text as data for Typst. No text is ever read as Typst: templates/card_text.typ builds content from this tree.

A node is a string, or a list of a tag, perhaps an attribute, and the nodes inside: `["strong", "psoas"]`.
"""

from __future__ import annotations

from html import unescape
from xml.etree.ElementTree import Element

from ..markup import Gap, fill_cloze
from ..markup.tree import BLOCKS, SPACES, tree
from ..print_font import printable

Node = str | list["Node"]


def nodes(html: str) -> list[Node]:
    """Validated HTML. Gaps must be filled."""
    if "<" not in html:
        text = plain(unescape(html))
        return [text] if text else []
    return _inside(tree(html))


def plain(text: str) -> str:
    """Text that is no HTML, or lies between two tags."""
    return printable(SPACES.sub(" ", text))


def gapped(cloze: str, number: int = 0) -> list[Node]:
    """A cloze with its gaps empty, each with its hint; with `number`, only that gap, the others filled."""

    def mark(gap: Gap) -> str:
        return gap.hidden if number not in (0, gap.number) else f"<gap>{gap.hint}</gap>"

    return nodes(fill_cloze(cloze, mark))


def hidden(cloze: str) -> list[list[Node]]:
    """What each gap hides, from left to right."""
    found: list[list[Node]] = []

    def keep(gap: Gap) -> str:
        found.append(nodes(gap.hidden))
        return gap.hidden

    fill_cloze(cloze, keep)
    return found


def filled(cloze: str, number: int = 0) -> list[Node]:
    """A cloze with its gaps filled and set off; with `number`, only that gap is set off."""

    def mark(gap: Gap) -> str:
        return gap.hidden if number not in (0, gap.number) else f"<b>{gap.hidden}</b>"

    return nodes(fill_cloze(cloze, mark))


def _inside(element: Element) -> list[Node]:
    found: list[Node] = []
    block = element.tag in BLOCKS or element.tag == "field"
    before = True  # blanks at the border of a block print nothing
    for part in (element.text, *(x for child in element for x in (child, child.tail))):
        if isinstance(part, Element):
            found.append(_node(part))
            before = part.tag in BLOCKS or part.tag == "br"
        elif part and (text := plain(part)):
            text = text.lstrip(" ") if before and block else text
            if text:
                found.append(text)
                before = False
    if block and found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip(" ")
    return [node for node in found if node]


def _node(element: Element) -> Node:
    match element.tag:
        case "a":
            return ["a", element.get("href", ""), *_inside(element)]
        case "table":
            rows: list[Node] = [[_inside(cell) for cell in row] for row in element.iter("tr")]
            return ["table", *rows]
        case "ul" | "ol":
            return [element.tag, *(_inside(item) for item in element)]
        case "img":
            return plain(element.get("alt", ""))
        case tag:
            return [tag, *_inside(element)]
