"""What to put into AnkiWeb's form for a shared deck.

Limits (characters): title and tags 60, support page 180, description 65,000. The description is simple Markdown:
headings are not shown as such, so there are none, and text is escaped as for a code host.
"""

from __future__ import annotations

import html
import re

from .. import markup
from ..changes import Changes, totals
from ..model import Deck

TITLE, TAGS, SUPPORT, DESCRIPTION = 60, 60, 180, 65_000


def listing(deck: Deck, changes: Changes) -> str:
    """A page with the form's fields, to copy."""
    shape = deck.shape
    title = shape.title if len(shape.title) <= TITLE else shape.name[:TITLE]
    support = shape.report if shape.report and "{id}" not in shape.report and len(shape.report) <= SUPPORT else ""
    fields = [("Title", title), ("Tags", deck.key[:TAGS]), ("Support page", support)]
    head = "\n".join(f"{name}: {value}" for name, value in fields if value)
    return f"{head}\nDescription:\n\n{_description(deck, changes)[:DESCRIPTION]}\n"


def _description(deck: Deck, changes: Changes) -> str:
    shape = deck.shape
    editions = [f"- {_escaped(change.title)}: {totals(change)}" for change in changes.editions.values()]
    cards = [(topic.title, sum(not card.retired for card in topic.cards)) for topic in deck.topics]
    topics = [f"- {_escaped(title)}: {number} card{'' if number == 1 else 's'}" for title, number in cards if number]
    parts = [
        _paragraphs(shape.description),
        f"**Version {shape.version}**",
        "\n".join(editions),
        "**Topics**",
        "\n".join(topics),
        "**For learning only**",
        _paragraphs(shape.safety),
        f"**Licence: {_escaped(shape.licence.name)}**",
        f"{_paragraphs(shape.licence.text)} {shape.licence.url}",
    ]
    return "\n\n".join(parts)


def _paragraphs(text: str) -> str:
    return "\n\n".join(_escaped(part) for part in re.split(r"\n\s*\n", text.strip()))


def _escaped(text: str) -> str:
    return markup.to_markdown(html.escape(text, quote=False))
