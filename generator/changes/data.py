"""Changes as JSON, for programs."""

from __future__ import annotations

import json
from typing import Any

from .compare import Changed, Changes, EditionChange


def as_json(changes: Changes) -> str:
    """One object, whose keys stay as they are; new ones may come. (Where the cards have errors, the command prints
    {problems: [...]} alone, as `check` does.)

    since        the release compared with, or null before the first, and where a commit was compared with
    commit       that commit, as it was named, or null
    added, changed, retired, unretired
                 lists of {id, topic, level, kind, anki_cards, fields}; kind is the note type's key, anki_cards the
                 numbers of Anki cards that come with a change, fields a list of {name, old, new} in words, of which
                 those of `MAIN` stand there unchanged too, so that a reader knows the card
    pictures     {name: [ids of cards that changed in nothing else]}
    tags         ids of cards of which only the tags changed
    gone         ids of cards that the commit had; no release had them
    restyled     names of note types with another style or other templates
    editions     {name: {before, after, gained, lost}}, each {cards, anki_cards}
    risks        progress: ids of cards, and figure/label, that teach something else under an old id; edits: ids of cards
                 of which learners' own versions are replaced; by_tool: those of them that nobody changed
    """
    kinds = {
        "added": changes.added,
        "changed": changes.changed,
        "retired": changes.retired,
        "unretired": changes.unretired,
    }
    data: dict[str, Any] = {
        "since": None if changes.commit else changes.since or None,
        "commit": changes.commit or None,
    }
    data |= {kind: [_as_data(card) for card in cards] for kind, cards in kinds.items()}
    data |= {"pictures": changes.pictures, "tags": changes.tags, "restyled": changes.restyled, "gone": changes.gone}
    data["editions"] = {name: _edition_data(change) for name, change in changes.editions.items()}
    data["risks"] = {"progress": changes.other_facts, "edits": changes.replaced, "by_tool": changes.by_tool}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _as_data(changed: Changed) -> dict[str, Any]:
    note = changed.note
    fields = [{"name": field.name, "old": field.old, "new": field.new} for field in changed.fields]
    return {
        "id": note.card.id, "topic": note.topic.key, "level": note.card.level, "kind": note.note_type,
        "anki_cards": changed.anki_cards, "fields": fields,
    }  # fmt: skip


def _edition_data(change: EditionChange) -> dict[str, dict[str, int]]:
    counts = {
        "before": (len(change.before), sum(change.before.values())),
        "after": (len(change.after), sum(change.after.values())),
        "gained": change.gained,
        "lost": change.lost,
    }
    return {name: {"cards": cards, "anki_cards": anki_cards} for name, (cards, anki_cards) in counts.items()}
