"""What learners already have, in decks/ledger.json: gives notes their clocks and ids. `promises` checks them against it.

A note's clock (`mod`, epoch seconds) moves only when what the learner sees in it moves: Anki 23.12 to 26.9.3 takes a note
from a package only where its clock is newer, and then replaces all of its fields (tests/test_update_story.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .model import VERSION, Deck, Edition, NoteType, OcclusionCard
from .notes import Note, source_hash, with_tag
from .problem import Problem

PATH = "decks/ledger.json"


Number = Annotated[int, Field(ge=0, lt=2**53)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class CardEntry(_Entry):
    """A released card. `mod` in seconds, `nid` (its note id) in milliseconds since 1970; `ords` are all Anki cards that
    learners may have; `figure` is the one whose labels an occlusion card hides; `changed` is the release that last
    changed it, empty for the release that brought it."""

    note_type: str
    hash: str
    source_hash: str
    mod: Number
    nid: Number
    ords: list[Number]
    editions: list[str]
    figure: str = ""
    changed: str = ""


class NoteTypeEntry(_Entry):
    """A released note type. `fields` and `templates` are their ids, in order."""

    name: str
    id: Number
    hash: str
    mod: Number
    fields: list[Number]
    templates: list[Number]


class LabelEntry(_Entry):
    """A label of a released figure."""

    number: Number
    text: str


class Ledger(_Entry):
    """decks/ledger.json. Only a release writes it. `sources` are the keys that released cards cite, with `#section`."""

    namespace: str
    deck_id: Number
    deck_name: str
    release: Annotated[str, Field(pattern=VERSION)]
    sources: list[str]
    note_types: dict[str, NoteTypeEntry]
    figures: dict[str, dict[str, LabelEntry]]
    cards: dict[str, CardEntry]


def read(text: str) -> tuple[Ledger | None, list[Problem]]:
    """The ledger, or where it is broken."""
    place = (1, 1)
    try:
        return Ledger.model_validate(json.loads(text)), []
    except json.JSONDecodeError as e:
        place, message = (e.lineno, e.colno), f"this is not JSON: {e.msg}"
    except RecursionError:
        message = "this is nested too deeply"
    except ValidationError as e:
        first = e.errors()[0]
        message = f"{'.'.join(map(str, first['loc']))}: {first['msg'].lower()}"
    except ValueError as e:  # a number of thousands of digits
        message = str(e).lower()
    help_ = "only a release writes this file; take it back from the main branch"
    return None, [Problem(PATH, "broken-ledger", message, help=help_, line=place[0], column=place[1])]


def write(ledger: Ledger) -> str:
    """JSON with a line a card, sorted, so that a release reads well as a diff."""
    data = ledger.model_dump()
    lines = [f'  "{key}": {_json(data[key])},' for key in ("namespace", "deck_id", "deck_name", "release")]
    lines.append('  "sources": [\n' + ",\n".join(f"    {_json(key)}" for key in data["sources"]) + "\n  ],")
    for key in ("note_types", "figures", "cards"):
        rows = [f"    {_json(name)}: {_json(row)}" for name, row in sorted(data[key].items())]
        lines.append(f'  "{key}": {{\n' + ",\n".join(rows) + "\n  }," if rows else f'  "{key}": {{}},')
    return "{\n" + "\n".join(lines).removesuffix(",") + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def lines(text: str) -> dict[str, int]:
    """The line of each card, note type, figure and source, from 1, as `write` puts them."""
    found = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith('    "'):
            found[line[5:].partition('"')[0]] = number
    return found


def note_type_hash(note_type: NoteType) -> str:
    """What the learner sees of a note type: its name, fields, templates and style."""
    templates = [[t.name, t.id, t.front, t.back] for t in note_type.templates]
    value = [note_type.name, note_type.fields, templates, note_type.css]
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Clock:
    """When a note last changed (seconds) and its id (milliseconds)."""

    mod: int
    nid: int


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
