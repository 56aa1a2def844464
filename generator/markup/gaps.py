"""Gaps in rendered HTML that would come out wrong in Anki: where markup and gaps cross, or a gap makes no card."""

from __future__ import annotations

import re

from .forbidden import Complaint

_STEP = re.compile(r"\{\{c([0-9]+)::|\}\}|::|<(/?)([a-z]+[0-9]?)[^>]*>")
_DEEP = 10  # Anki opens no more gaps inside each other


def cloze_complaints(html: str) -> list[Complaint]:
    """What would make a gap come out wrong in Anki. `html` holds only well-formed markup."""
    found: list[Complaint] = []
    tags: list[str] = []
    gaps: list[tuple[int, int]] = []  # tags open where the gap starts; end of the opening
    hints: list[bool] = []
    for match in _STEP.finditer(html):
        number, closing, tag = match[1], match[2], match[3]
        if number is not None:
            if not _makes_a_card(number):
                found.append(Complaint("cloze-number", f"Anki makes no card for c{number[:8]}",
                                       "number gaps from 1, without a leading 0", match[0]))  # fmt: skip
            gaps.append((len(tags), match.end()))
            hints.append(False)
            if len(gaps) == _DEEP:
                found.append(Complaint("cloze-open", "too many gaps inside each other", "end a gap with }}"))
        elif tag is not None:
            if gaps and any(sign in match[0] for sign in ("::", "}}", "{{")):
                found.append(_crossing("an address"))
            if closing:
                if gaps and len(tags) <= gaps[-1][0]:
                    found.append(_crossing(tag))
                if tags:
                    tags.pop()
            elif tag not in ("br", "img"):
                tags.append(tag)
        elif gaps:
            depth, start = gaps[-1]
            if match[0] == "::" and hints[-1]:
                continue  # a hint may hold ::
            if len(tags) > depth:
                found.append(_crossing(tags[-1]))
            if not hints[-1] and not re.sub(r"<[^>]*>", "", html[start : match.start()]).strip():
                found.append(Complaint("cloze-empty", "a gap hides nothing", "write {{c1::hidden::hint}}"))
            if match[0] == "::":
                hints[-1] = True
            else:
                gaps.pop()
                hints.pop()
    if gaps:
        found.append(Complaint("cloze-open", "a gap is not closed", "end it with }}"))
    return list(dict.fromkeys(found))


def _makes_a_card(number: str) -> bool:
    if number.startswith("0") or len(number) > 3:
        return False
    if len(number) < 3:
        return True
    from ..model import MAX_CLOZE  # late: pydantic takes 100 ms to import

    return int(number) <= MAX_CLOZE


_WORDS = {"p": "a paragraph", "li": "a list item", "td": "a table cell", "th": "a table cell", "strong": "**bold**",
          "em": "*italic*", "a": "a link"}  # fmt: skip


def _crossing(tag: str) -> Complaint:
    return Complaint("cloze-markup", f"{_WORDS.get(tag, tag)} crosses the border of a gap",
                     "begin and end it on the same side: **{{c1::psoas}}** or {{c1::**psoas**::hint}}")  # fmt: skip
