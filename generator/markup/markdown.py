"""Rendered fields as Markdown that a code host shows with the same words (CommonMark with tables)."""

from __future__ import annotations

import re
import unicodedata
from string import punctuation
from xml.etree.ElementTree import Element

from .cloze import fill_cloze
from .tree import BLOCKS, SPACES, tree

# Only what a code host would act on. A dollar sign is an entity because hosts look for formulas before they unescape.
_ACTIVE = re.compile(r"[\\`*_\[\]|~]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?:>|#{1,6}(?= |$)|[-+](?= |$)|(?:-[ \t]*){3,}$|=+$)|(\d{1,9})(?=[.)](?: |$))")


def to_markdown(html: str) -> str:
    """Markdown for a code host (CommonMark with tables). Gaps are filled, their words bold."""
    return "\n\n".join(_blocks(tree(fill_cloze(html))))


def _blocks(element: Element) -> list[str]:
    """An element's blocks; words between blocks are paragraphs of their own."""
    blocks: list[str] = []
    run: list[str | Element] = [element.text or ""]
    for child in [*element, None]:
        if child is not None and child.tag not in BLOCKS:
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
    line = SPACES.sub(" ", _inline(run)).strip(" ")
    match = _LINE_START.match(line)
    if not match:
        return line
    at = match.end() if match[1] else 0
    return line[:at] + "\\" + line[at:]


def _inline(run: list[str | Element]) -> str:
    out = ""
    for place, part in enumerate(run):
        if isinstance(part, str):
            out += _escaped(part)
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
                out += _emphasis(part, inner, out[-1:], _next(run[place + 1 :]))
            case _:
                out += inner
    return out


def _escaped(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text).replace("$", "&#36;")


def _next(run: list[str | Element]) -> str:
    """The first character of what follows; of an element, the sign that it would bring if it is emphasis too."""
    following = next((part for part in run if part != ""), "")
    return _escaped(following)[:1] if isinstance(following, str) else "*"


def _emphasis(element: Element, inner: str, before: str, after: str) -> str:
    """With asterisks where CommonMark reads them so, else as HTML."""
    tag, sign = ("strong", "**") if element.tag in ("strong", "b") else ("em", "*")
    alike = ("strong", "b") if tag == "strong" else ("em", "i")
    nested = any(child.tag in alike for child in element.iter() if child is not element)
    if not nested and _flanks(before, inner[:1]) and _flanks(after, inner[-1:]):
        return f"{sign}{inner}{sign}"
    return f"<{tag}>{inner}</{tag}>"


def _flanks(outside: str, inside: str) -> bool:
    """Whether asterisks between these two begin or end emphasis: a space or sign inside needs one outside."""
    if "*" in (outside, inside) or inside == "" or inside.isspace():
        return False
    if inside.isalnum() or outside == "" or outside.isspace():
        return True
    return outside in punctuation or unicodedata.category(outside)[0] == "P"  # CommonMark's versions differ on others
