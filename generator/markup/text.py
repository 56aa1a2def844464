"""Rendered fields as plain text."""

from __future__ import annotations

from html import unescape
from xml.etree.ElementTree import Element

from .cloze import fill_cloze
from .tree import BLOCKS, SPACES, tree


def plain(html: str) -> str:
    """The words, one line for each paragraph, list item and table row. Gaps are filled, pictures give their alt."""
    html = fill_cloze(html, ("", ""))
    if "<" not in html:
        return SPACES.sub(" ", unescape(html) if "&" in html else html).strip(" ")
    lines: list[str] = [""]
    _lines(tree(html), lines, "")
    return "\n".join(line.rstrip(" ") for line in lines if line.strip(" "))


def _lines(element: Element, lines: list[str], indent: str) -> None:
    """Append the words of an element; the last line is still open."""

    def add(text: str | None) -> None:
        words = SPACES.sub(" ", text or "")
        if lines[-1].strip(" ") == "" or lines[-1].endswith((" ", "\n")):
            words = words.lstrip(" ")
        lines[-1] += words

    add(element.text)
    for place, child in enumerate(element, 1):
        match child.tag:
            case "br":
                lines.append(indent)
            case "img":
                add(child.get("alt"))
            case "li":
                lines.append(indent + ("- " if element.tag == "ul" else f"{place}. "))
                _lines(child, lines, indent + "  ")
            case "tr":
                lines.append(indent)
                lines[-1] += " | ".join(_cell(cell) for cell in child)
            case _:
                first = child.tag == "p" and place == 1 and element.tag == "li"
                if child.tag in BLOCKS and not first:
                    lines.append(indent)
                _lines(child, lines, indent)
        if child.tag in BLOCKS:
            lines.append(indent)
        add(child.tail)


def _cell(cell: Element) -> str:
    lines = [""]
    _lines(cell, lines, "")
    return " ".join(line.strip(" ") for line in lines)
