"""A source as a line of text, as HTML and with its address: how every output cites."""

from __future__ import annotations

import html
from urllib.parse import quote

from .model import Source


def address(source: Source) -> str:
    """https address of the work, or an empty string. DOIs may hold `<`, `>` and `;`, so they are percent-encoded."""
    if source.doi:
        return "https://doi.org/" + quote(source.doi, safe="/:().-_")
    return source.url or ""


def parts(source: Source, section: str = "") -> tuple[str, str, str]:
    """What stands before the title, the title, and what stands after it."""
    authors = ""
    if source.authors:
        authors = ", ".join(source.authors[:3]) + (" et al" if len(source.authors) > 3 else "")
    where = " ".join(x for x in (source.journal or source.publisher or "", source.year or "") if x)
    if source.volume:
        where += f";{source.volume}" + (f":{source.pages}" if source.pages else "")
    if section:
        where += f"{', ' if where else ''}section “{source.sections[section]}”"
    return authors, source.title, where


def as_text(source: Source, section: str = "") -> str:
    """`Bogduk N, Pearcy M, Hadfield G. Anatomy and biomechanics of psoas major. Clin Biomech 1992.`"""
    return " ".join(_ended(part) for part in parts(source, section) if part)


def as_html(source: Source, section: str = "") -> str:
    """The same with the title as a link where the work has an address."""
    before, title, after = (html.escape(_ended(part), quote=False) if part else "" for part in parts(source, section))
    href = address(source)
    if href:
        name = html.escape(source.title, quote=False)
        title = f'<a href="{html.escape(href)}">{name}</a>{title.removeprefix(name)}'
    return " ".join(x for x in (before, title, after) if x)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", ".”", "?”")) else f"{text}."
