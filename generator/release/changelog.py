"""CHANGELOG.md, for learners: a draft of the new release's section, upgrade steps first; the rest stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from ..changes import MARKDOWN, Changes, sections, totals
from ..model import Deck

HEAD = """\
# Changes

What each release of the deck brings to those who study it. [How to update](decks/README.md#import-and-update).
"""


def changelog(text: str, version: str, now: int, deck: Deck, changes: Changes) -> str:
    """The whole file. What stands under `## Unreleased`, or under this version already, is kept in the new section."""
    head, notes, rest = _parts(text or HEAD, version)
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    parts = [f"## {version} – {day}", "\n".join(_steps(version, deck, changes)), notes.strip()]
    parts += sections(changes, MARKDOWN)
    new = "\n\n".join(part for part in parts if part)
    return "\n\n".join(part for part in (head.strip(), new, rest.strip()) if part) + "\n"


def _parts(text: str, version: str) -> tuple[str, str, str]:
    """What stands above the new section, what was written for it by hand, and what stands below it."""
    unreleased = re.search(rf"^## +\[?(?:unreleased|{re.escape(version)}(?![\w.-]))[^\n]*\n?", text, re.M | re.I)
    if unreleased:
        after = text[unreleased.end() :]
        end = re.search(r"^## ", after, re.M)
        at = end.start() if end else len(after)
        return text[: unreleased.start()], after[:at], after[at:]
    first = re.search(r"^## ", text, re.M)
    at = first.start() if first else len(text)
    return text[:at], "", text[at:]


def _steps(version: str, deck: Deck, changes: Changes) -> Iterator[str]:
    packages = " or ".join(f"`{name}`" for name in _packages(deck, changes))
    namespace = deck.shape.namespace
    if not changes.since:
        for change in changes.editions.values():
            yield f"- {MARKDOWN.escape(change.title)}: {totals(change)}"
        return
    if changes.other_facts:
        yield (
            f"- **You lose progress** on {', '.join(changes.other_facts)}: these ask something else now. After the "
            "update, find them in Anki's browser by their id and choose Cards → Reset."
        )
    yield f"- To update, import {packages} as you did before. Your progress stays."
    if changes.replaced:
        yield (
            f"- What you edited or tagged on the cards named below is replaced; `tag:{namespace}::changed::{version}` "
            "finds them. Where you have notes of your own there, keep a copy, or import the update text first."
        )
    if changes.restyled:
        yield "- The cards look different. What you changed in our note types' templates and style is replaced."
    if changes.retired:
        yield f"- To remove retired cards, search `tag:{namespace}::retired` in Anki's browser and delete what it finds."


def _packages(deck: Deck, changes: Changes) -> list[str]:
    names = [name for name, change in changes.editions.items() if change.after]
    return [deck.key + ("" if name == "full" else f"-{name}") + ".apkg" for name in names]
