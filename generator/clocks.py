"""What the ledger makes of this tree's notes: their times and ids, tags, editions; and the ledger after a release.

A note's clock (`mod`, epoch seconds) moves only when what the learner sees in it moves: Anki 23.12 to 26.9.3 takes a note
from a package only where its clock is newer, and then replaces all of its fields (tests/test_update_story.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .ledger import CardEntry, LabelEntry, Ledger, NoteTypeEntry
from .model import Deck, Edition, NoteType, OcclusionCard
from .notes import Note, source_hash, with_tag


@dataclass(frozen=True, slots=True)
class Clock:
    """When a note last changed (seconds) and its id (milliseconds)."""

    mod: int
    nid: int


def note_type_hash(note_type: NoteType) -> str:
    """What the learner sees of a note type: its name, fields, templates and style."""
    templates = [[t.name, t.id, t.front, t.back] for t in note_type.templates]
    value = [note_type.name, note_type.fields, templates, note_type.css]
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:32]


def note_clocks(notes: Sequence[Note], ledger: Ledger | None, now: int) -> dict[str, Clock]:
    """By card id. Released and untouched notes keep their clock; others take `now`, the release or build time in seconds.

    New notes get ids of a second each before `now`: Anki refuses ids more than a day ahead, and card ids stand between.
    """
    old = ledger.cards if ledger else {}
    used = {entry.nid for entry in old.values()}
    next_id = (now - len(notes)) * 1000
    clocks = {}
    for note in notes:
        entry = old.get(note.card.id)
        if entry is None:
            while next_id in used:
                next_id += 1000
            clocks[note.card.id] = Clock(now, next_id)
            next_id += 1000
        else:
            clocks[note.card.id] = Clock(_mod(entry.hash, entry.mod, note.hash, now), entry.nid)
    return clocks


def note_type_clocks(deck: Deck, ledger: Ledger | None, now: int) -> dict[str, int]:
    """By note type, in seconds."""
    old = ledger.note_types if ledger else {}
    return {
        key: _mod(old[key].hash, old[key].mod, note_type_hash(note_type), now) if key in old else now
        for key, note_type in deck.note_types.items()
    }


def _mod(old_hash: str, old_mod: int, new_hash: str, now: int) -> int:
    return old_mod if new_hash == old_hash else max(now, old_mod + 1)


def tags(note: Note, deck: Deck, ledger: Ledger | None) -> tuple[str, ...]:
    """A note's tags with the release that last changed it. That one is outside the hash: it must not move a clock."""
    entry = ledger.cards.get(note.card.id) if ledger else None
    if entry is None or not entry.changed:
        return note.tags
    return with_tag(note.tags, f"{deck.shape.namespace}::changed::{entry.changed}")


def edition(notes: Iterable[Note], name: str, edition_: Edition, ledger: Ledger | None) -> list[Note]:
    """The notes of an edition, in order. A card that an edition once held stays in it: learners would miss its fixes."""
    old = ledger.cards if ledger else {}
    return [
        n for n in notes if n.card.level in edition_.levels or (n.card.id in old and name in old[n.card.id].editions)
    ]


def released(deck: Deck, notes: Sequence[Note], ledger: Ledger | None, now: int, version: str) -> Ledger:
    """The ledger after releasing `notes` as `version` at `now` (seconds)."""
    clocks = note_clocks(notes, ledger, now)
    mods = note_type_clocks(deck, ledger, now)
    old: Mapping[str, CardEntry] = ledger.cards if ledger else {}
    editions = {name: {n.card.id for n in edition(notes, name, e, ledger)} for name, e in deck.shape.editions.items()}
    cards = {}
    for note in notes:
        entry = old.get(note.card.id)
        moved = entry is not None and entry.hash != note.hash
        cards[note.card.id] = CardEntry(
            note_type=note.note_type,
            hash=note.hash,
            source_hash=source_hash(note, deck),
            mod=clocks[note.card.id].mod,
            nid=clocks[note.card.id].nid,
            ords=sorted({*note.ords, *(entry.ords if entry else ())}),
            editions=sorted(
                {name for name, ids in editions.items() if note.card.id in ids} | {*(entry.editions if entry else ())}
            ),
            figure=note.card.shows if isinstance(note.card, OcclusionCard) else "",
            changed=version if moved else (entry.changed if entry else ""),
        )
    return Ledger(
        namespace=deck.shape.namespace,
        deck_id=deck.shape.id,
        deck_name=deck.shape.name,
        release=version,
        sources=sorted(
            {reference for note in notes for reference in note.card.sources} | {*(ledger.sources if ledger else ())}
        ),
        note_types={
            key: NoteTypeEntry(
                name=note_type.name,
                id=note_type.id,
                hash=note_type_hash(note_type),
                mod=mods[key],
                fields=[id_ for _, id_ in note_type.fields],
                templates=[t.id for t in note_type.templates],
            )
            for key, note_type in deck.note_types.items()
        },
        figures={
            name: {key: LabelEntry(number=label.number, text=label.text) for key, label in figure.shape.labels.items()}
            for name, figure in deck.figures.items()
        },
        cards=cards,
    )
