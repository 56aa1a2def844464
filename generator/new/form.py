"""The text of a "new card" issue: a heading for each field of the form, and under it what was typed."""

from __future__ import annotations

import re

HEADING = re.compile(r"^### +(.+?) *$", re.M)
EMPTY = "_No response_"
FIELDS = {  # by the first word of a heading
    "topic": "topic", "question": "question", "answer": "answer", "cloze": "cloze", "sentence": "cloze", "why": "why",
    "debate": "debate", "source": "sources", "sources": "sources", "doi": "sources", "level": "level",
    "certainty": "certainty",
}  # fmt: skip
CREDIT = "How may we name you?"  # no part of a card
CHOICES = ("topic", "level", "certainty")  # of which the first word counts: `core (everybody)`


def form(text: str) -> dict[str, str]:
    """What the form says, by field. Headings that are no field's are text of the field above."""
    found: dict[str, str] = {}
    name, start = "", 0
    text = text.replace("\r\n", "\n")
    for heading in [*HEADING.finditer(text), None]:
        field = _field(heading[1]) if heading else ""
        if heading and (not field or field in found or field == name):
            continue
        if name:
            found[name] = text[start : heading.start() if heading else len(text)].strip()
        if heading:
            name, start = field, heading.end()
    for choice in CHOICES:
        found[choice] = found.get(choice, "").partition("\n")[0]
    for choice in CHOICES[1:]:
        found[choice] = re.split(r"\W", found[choice].lower(), maxsplit=1)[0]
    return {name: value for name, value in found.items() if value and value != EMPTY and name != CREDIT}


def _field(heading: str) -> str:
    if heading == CREDIT:
        return CREDIT
    words = re.findall(r"[a-z]+", heading.lower())
    return FIELDS.get(words[0], "") if words else ""
