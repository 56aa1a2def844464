"""An id that stands twice: which card is the old one, whose progress learners have, and which needs another id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .history import History
from .model import Card, Topic
from .notes import Note
from .problem import Problem
from .read import is_key

MANY = 3  # cards with ids of another file, and at least half of its cards: then a file is a copy


def duplicates(
    topics: Sequence[Topic], notes: Iterable[Note], released: History, line: Callable[[Card], int]
) -> list[Problem]:
    """One problem for each id too many, and one for a file that is the copy of another."""
    first: dict[str, Card] = {}
    twice: list[tuple[Topic, Card, Card]] = []
    for topic in sorted(topics, key=lambda topic: not is_key(topic.key)):  # "actions copy" is the copy
        for card in topic.cards:
            if first.setdefault(card.id, card) is not card:
                twice.append((topic, card, first[card.id]))
    if not twice:
        return []
    of_card = {id(note.card): note for note in notes}
    problems = []
    for topic in topics:
        again = [(card, other) for where, card, other in twice if where is topic]
        if len(again) >= MANY and 2 * len(again) >= len(topic.cards) and all(o.path != topic.path for _, o in again):
            message = f"this looks like a copy of {again[0][1].path}: {len(again)} of its cards stand there too"
            problems.append(Problem(topic.path, "copied-file", message, ("topic",), "delete one of the two files"))
            continue
        for card, other in again:
            problems.append(_duplicate(card, other, of_card, released, line))
    return problems


def _duplicate(
    card: Card, other: Card, of_card: dict[int, Note], released: History, line: Callable[[Card], int]
) -> Problem:
    likeness = [_likeness(of_card.get(id(one)), released) for one in (card, other)]
    if likeness[0] == likeness[1]:
        message = f'the id "{card.id}" stands also in {_place(card, other, line)}'
        help_ = "the newer of the two cards needs an id of its own; learners' progress hangs on the older one's"
        return Problem(card.path, "duplicate-id", message, card.at("id"), help_)
    new, old = (other, card) if likeness[0] > likeness[1] else (card, other)
    message = f'the id "{new.id}" belongs to the card in {_place(new, old, line)}, which learners have'
    return Problem(new.path, "duplicate-id", message, new.at("id"), "give this card an id of its own")


def _place(here: Card, there: Card, line: Callable[[Card], int]) -> str:
    return f"line {line(there)}" if here.path == there.path else f"{there.path}:{line(there)}"


def _likeness(note: Note | None, released: History) -> tuple[bool, int]:
    """How much a note is like the released one of its id: the same, or how many fields (its topic's too) are the same."""
    entry = released.ledger.cards.get(note.card.id) if released.ledger and note else None
    if note is None or entry is None:
        return False, 0
    old = released.text.get(note.guid, ())
    return note.hash == entry.hash, sum(
        bool(text) and text == before for text, before in zip(note.fields, old, strict=False)
    )
