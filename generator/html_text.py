"""Rendered fields in other forms: plain text, and Markdown that a code host shows with the same words."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

from .cloze import fill_cloze

_VOID = ("br", "img", "hr")
_BLOCKS = frozenset("p ul ol li table thead tbody tr div".split())  # noqa: SIM905
_SPACES = re.compile(r"[ \t\n]+")
# Only what a code host would act on. A dollar sign is an entity because hosts look for formulas before they unescape.
_ACTIVE = re.compile(r"[\\`*_\[\]|~]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?:>|#{1,6}(?= |$)|[-+](?= |$)|(?:-[ \t]*){3,}$|=+$)|(\d{1,9})(?=[.)](?: |$))")


class _Tree(HTMLParser):
    """HTML to an element tree. Tags that have no partner do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.builder.start("field", {})
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while (last := self.open.pop()) != tag:
                self.builder.end(last)
            self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def _tree(html: str) -> Element:
    parser = _Tree()
    parser.feed(html)
    parser.close()
    while parser.open:
        parser.builder.end(parser.open.pop())
    parser.builder.end("field")
    return parser.builder.close()


def plain(html: str) -> str:
    """The words, one line for each paragraph, list item and table row. Gaps are filled, pictures give their alt."""
    html = fill_cloze(html, ("", ""))
    if "<" not in html:
        return _SPACES.sub(" ", unescape(html) if "&" in html else html).strip(" ")
    lines: list[str] = [""]
    _lines(_tree(html), lines, "")
    return "\n".join(line.rstrip(" ") for line in lines if line.strip(" "))


def _lines(element: Element, lines: list[str], indent: str) -> None:
    """Append the words of an element; the last line is still open."""

    def add(text: str | None) -> None:
        words = _SPACES.sub(" ", text or "")
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
                if child.tag in _BLOCKS and not first:
                    lines.append(indent)
                _lines(child, lines, indent)
        if child.tag in _BLOCKS:
            lines.append(indent)
        add(child.tail)


def _cell(cell: Element) -> str:
    lines = [""]
    _lines(cell, lines, "")
    return " ".join(line.strip(" ") for line in lines)


def to_markdown(html: str) -> str:
    """Markdown for a code host (CommonMark with tables). Gaps are filled, their words bold."""
    return "\n\n".join(_blocks(_tree(fill_cloze(html))))


def _blocks(element: Element) -> list[str]:
    """An element's blocks; words between blocks are paragraphs of their own."""
    blocks: list[str] = []
    run: list[str | Element] = [element.text or ""]
    for child in [*element, None]:
        if child is not None and child.tag not in _BLOCKS:
            run += [child, child.tail or ""]
            continue
        if words := _paragraph(run):
            blocks.append(words)
        if child is None:
            break
        run = [child.tail or ""]
        if child.tag in ("ul", "ol"):
            blocks.append(_list(child))
        elif child.tag == "table":
            blocks.append(_table(child))
        else:
            blocks += _blocks(child)
    return blocks


def _list(element: Element) -> str:
    marks = [f"{n}. " if element.tag == "ol" else "- " for n in range(1, len(element) + 1)]
    items = [re.sub(r"\n\n(?=- |1\. )", "\n", "\n\n".join(_blocks(item))) for item in element]
    gap = "\n\n" if any("\n\n" in item for item in items) else "\n"
    return gap.join(mark + re.sub(r"\n(?!\n)", "\n    ", item) for mark, item in zip(marks, items, strict=True))


def _table(element: Element) -> str:
    rows = [[_paragraph([cell.text or "", *_run(cell)]) for cell in row] for row in element.iter("tr")]
    width = max(map(len, rows), default=0)
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]])


def _run(element: Element) -> list[str | Element]:
    return [part for child in element for part in (child, child.tail or "")]


def _paragraph(run: list[str | Element]) -> str:
    """One line of Markdown."""
    line = _SPACES.sub(" ", _inline(run)).strip(" ")
    match = _LINE_START.match(line)
    if not match:
        return line
    at = match.end() if match[1] else 0
    return line[:at] + "\\" + line[at:]


def _inline(run: list[str | Element]) -> str:
    out = ""
    for place, part in enumerate(run):
        if isinstance(part, str):
            out += _ACTIVE.sub(r"\\\g<0>", part).replace("$", "&#36;")
            continue
        inner = _inline([part.text or "", *_run(part)])
        match part.tag:
            case "br":
                out += "<br>"
            case "img":
                out += f"![{_inline([part.get('alt', '')])}]({part.get('src', '')})"
            case "a":
                out = re.sub(r"!$", r"\\!", out) + f"[{inner}]({part.get('href', '').replace('&', '&amp;')})"
            case "sup" | "sub":
                out += f"<{part.tag}>{inner}</{part.tag}>"
            case "strong" | "b" | "em" | "i":
                bold = part.tag in ("strong", "b")
                following = run[place + 1] if place + 1 < len(run) else ""
                apart = not out.endswith("*") and (following != "" or place + 2 >= len(run))
                if apart and not len(part) and inner[:1].isalnum() and inner[-1:].isalnum():
                    sign = "**" if bold else "*"
                    out += f"{sign}{inner}{sign}"
                else:
                    tag = "strong" if bold else "em"
                    out += f"<{tag}>{inner}</{tag}>"
            case _:
                out += inner
    return out
