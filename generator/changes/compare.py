"""A release and this tree's notes become Changes: what is added, changed, retired, and whose progress or edits it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..clocks import edition, note_type_hash
from ..history import History
from ..ledger import CardEntry, Ledger
from ..model import Deck
from ..notes import Note, source_hash
from ..released_text import against, differ
from .fields import Field, Reader


@dataclass(frozen=True, slots=True)
class Changed:
    """A card with the fields to show. `anki_cards` are the numbers of the Anki cards that come with the change, from 1."""

    note: Note
    fields: tuple[Field, ...]
    anki_cards: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionChange:
    """How many Anki cards each card of an edition had and has. A retired card has none and is left out."""

    title: str
    before: Mapping[str, int]
    after: Mapping[str, int]

    @property
    def gained(self) -> tuple[int, int]:
        """Cards and Anki cards."""
        more = sum(max(0, self.after[id_] - self.before.get(id_, 0)) for id_ in self.after)
        return len(self.after.keys() - self.before.keys()), more

    @property
    def lost(self) -> tuple[int, int]:
        """Cards and Anki cards."""
        fewer = sum(max(0, self.before[id_] - self.after.get(id_, 0)) for id_ in self.before)
        return len(self.before.keys() - self.after.keys()), fewer


@dataclass(frozen=True, slots=True)
class Changes:
    """What learners would see. Cards stand in the order of topics and files.

    `since` is the release compared with, empty before the first. `pictures` are those with other bytes, and the cards
    that changed in nothing else. `tags` are cards whose tags alone changed. `restyled` are note types whose look
    changed, by the name that learners know. `other_facts` are cards and labels (figure/label) that teach something
    else under an old id: learners lose that progress. `by_tool` are cards that nobody changed and that come anew.
    `commit` is what was compared with instead of a release; `gone` are cards it had, and no release. `learners` is
    false before the first release: nobody has anything to lose.
    """

    since: str
    editions: Mapping[str, EditionChange]
    added: Sequence[Changed] = ()
    changed: Sequence[Changed] = ()
    retired: Sequence[Changed] = ()
    unretired: Sequence[Changed] = ()
    pictures: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tags: Sequence[str] = ()
    restyled: Sequence[str] = ()
    other_facts: Sequence[str] = ()
    by_tool: Sequence[str] = ()
    commit: str = ""
    gone: Sequence[str] = ()
    learners: bool = True

    @property
    def replaced(self) -> list[str]:
        """The cards whose notes an update replaces in learners' collections, with what they edited there."""
        return self._touched if self.learners else []

    @property
    def _touched(self) -> list[str]:
        cards = (*self.changed, *self.retired, *self.unretired)
        ids = {changed.note.card.id for changed in cards} | {id_ for ids in self.pictures.values() for id_ in ids}
        return sorted(ids | {*self.tags})

    @property
    def anything(self) -> bool:
        return bool(self.added or self._touched or self.restyled or self.other_facts or self.gone)


def compare(deck: Deck, notes: Sequence[Note], ledger: Ledger | None, then: History, commit: str = "") -> Changes:
    """`ledger` is the last release's, which knows what editions hold and what learners have; `then` is the release to
    compare with, or that of a `commit`."""
    old: Mapping[str, CardEntry] = then.ledger.cards if then.ledger else {}
    changes = Changes(then.ledger.release if then.ledger else "", _editions(deck, notes, ledger, then))
    if then.ledger is None:
        return changes
    added: list[Changed] = []
    moved: dict[tuple[bool, bool], list[Changed]] = {}  # by whether it was, and is, retired
    pictures: dict[str, list[str]] = {}
    tags, other_facts, by_tool = [], [], []
    for note in _by_topic(deck, notes):
        card, entry, before = note.card, old.get(note.card.id), then.text.get(note.guid)
        reader = _reader(deck, note, then.ledger)
        if entry is None or before is None:
            added += [] if card.retired else [Changed(note, reader.shown(note.fields))]
            continue
        if note.hash == entry.hash:
            continue
        states = _retired(deck, note.note_type, before), bool(card.retired)
        fields, redrawn = reader.changed(before, note.fields), reader.redrawn(before, note.fields)
        for picture in redrawn:
            pictures.setdefault(picture, []).extend([] if fields else [card.id])
        if fields:
            gained = tuple(n + 1 for n in sorted({*note.ords} - {*entry.ords}))
            moved.setdefault(states, []).append(Changed(note, fields, gained))
        elif not redrawn:
            tags.append(card.id)
        if source_hash(note, deck) == entry.source_hash:
            by_tool.append(card.id)
        elif (
            ledger
            and card.id in ledger.cards
            and not card.retired
            and any(p.code == "different-fact" for p in against(note, deck, before))
        ):
            other_facts.append(card.id)
    return replace(
        changes,
        added=added,
        changed=moved.get((False, False), []) + moved.get((True, True), []),
        retired=moved.get((False, True), []),
        unretired=moved.get((True, False), []),
        pictures=dict(sorted(pictures.items())),
        tags=tags,
        restyled=_restyled(deck, then.ledger),
        other_facts=other_facts + (_other_labels(deck, then.ledger) if ledger else []),
        by_tool=by_tool,
        commit=commit,
        learners=ledger is not None,
        gone=sorted(old.keys() - {note.card.id for note in notes}),
    )


def _by_topic(deck: Deck, notes: Iterable[Note]) -> list[Note]:
    of_card = {id(note.card): note for note in notes}
    return [of_card[id(card)] for topic in deck.topics for card in topic.cards if id(card) in of_card]


def _reader(deck: Deck, note: Note, ledger: Ledger) -> Reader:
    figure = deck.figures.get(note.card.shows)
    labels = {label.number: label.text for label in ledger.figures.get(note.card.shows, {}).values()}
    labels |= {label.number: label.text for label in figure.shape.labels.values()} if figure else {}
    return Reader(deck.shape.namespace, [name for name, _ in deck.note_types[note.note_type].fields], labels)


def _retired(deck: Deck, note_type: str, fields: Sequence[str]) -> bool:
    names = [name for name, _ in deck.note_types[note_type].fields]
    return bool(dict(zip(names, fields, strict=False)).get("Retired"))


def _editions(deck: Deck, notes: Sequence[Note], ledger: Ledger | None, then: History) -> dict[str, EditionChange]:
    old: Mapping[str, CardEntry] = then.ledger.cards if then.ledger else {}
    namespace = deck.shape.namespace
    studied = {
        id_: entry
        for id_, entry in old.items()
        if not _retired(deck, entry.note_type, then.text.get(f"{namespace}/{id_}", ()))
    }
    return {
        name: EditionChange(
            shape.title,
            {id_: len(entry.ords) for id_, entry in studied.items() if name in entry.editions},
            {note.card.id: len(note.ords) for note in edition(notes, name, shape, ledger) if note.ords},
        )
        for name, shape in deck.shape.editions.items()
    }


def _restyled(deck: Deck, ledger: Ledger) -> list[str]:
    entries = ledger.note_types.items()
    return [
        deck.note_types[key].name
        for key, entry in entries
        if key in deck.note_types and note_type_hash(deck.note_types[key]) != entry.hash
    ]


def _other_labels(deck: Deck, ledger: Ledger) -> list[str]:
    return [
        f"{name}/{key}"
        for name, labels in ledger.figures.items()
        for key, old in labels.items()
        if name in deck.figures
        and (new := deck.figures[name].shape.labels.get(key))
        and new.number == old.number
        and differ(old.text, new.text)
    ]
