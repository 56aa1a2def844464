"""What a release has promised to learners and this tree would break; each message says what to do."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from . import markup
from .ledger import PATH, CardEntry, Ledger
from .model import Card, ClozeCard, Deck
from .notes import Note, source_hash
from .problem import Problem

Snapshot = Mapping[str, Sequence[str]]  # guid -> its fields as released
DIFFERENT_FACT = 40  # of 100, rapidfuzz token_set_ratio; measured in tests/test_promises.py


def snapshot(text: str) -> Snapshot:
    """A release's update text (see write/update_text.py) as guid -> fields."""
    lines = (line for line in io.StringIO(text, newline="") if not line.startswith("#"))
    return {row[0]: row[3:] for row in csv.reader(lines, delimiter="\t") if row}


def promises(
    deck: Deck,
    notes: Sequence[Note],
    ledger: Ledger,
    snapshot: Snapshot | None = None,
    accept_tool_change: bool = False,
) -> list[Problem]:
    """`snapshot` is the last release's text; without it, swapped gaps and changed facts are not seen.

    `accept_tool_change`: the release was told that notes whose source is the same may be rendered anew.
    """
    if frozen := _names(deck, ledger):
        return frozen  # every note would differ
    problems = _note_types(deck, ledger) + _figures(deck, ledger)
    present = {note.card.id: note for note in notes}
    changed_by_tool = []
    for id_, entry in ledger.cards.items():
        note = present.get(id_)
        if note is None:
            problems.append(_gone(id_))
            continue
        found = _card(note, entry)
        problems += found
        if found or note.hash == entry.hash:
            continue
        if source_hash(note, deck) == entry.source_hash:
            changed_by_tool.append(id_)
        elif snapshot and note.guid in snapshot and not note.card.retired:
            problems += _against(note, snapshot[note.guid])
    if changed_by_tool and not accept_tool_change:
        problems.append(_tool(changed_by_tool))
    return problems


def _problem(card: Card, code: str, message: str, help_: str, *at: str) -> Problem:
    return Problem(card.path, code, message, card.at(*at), help_)


def _names(deck: Deck, ledger: Ledger) -> list[Problem]:
    problems = []
    for key, old, new in (
        ("namespace", ledger.namespace, deck.shape.namespace),
        ("id", ledger.deck_id, deck.shape.id),
        ("name", ledger.deck_name, deck.shape.name),
    ):
        if old != new:
            message = (
                f"the deck's {key} is frozen since its release: learners' cards would come twice or in a second deck"
            )
            problems.append(Problem(deck.path, "frozen-name", message, (key,), f"put back {old}"))
    return problems


def _note_types(deck: Deck, ledger: Ledger) -> list[Problem]:
    problems = []
    for key, entry in ledger.note_types.items():
        path = f"decks/note_types/{key}/note_type.yaml"
        note_type = deck.note_types.get(key)
        if note_type is None:
            problems.append(Problem(path, "note-type-gone", f'released note type "{key}" is gone', help="put it back"))
            continue
        help_ = "put back what the ledger lists; a new field takes a spare one: rename it and keep its id"
        for what, at, old, new in (
            ("id", "id", [entry.id], [note_type.id]),
            ("fields", "fields", entry.fields, [id_ for _, id_ in note_type.fields]),
            ("templates", "templates", entry.templates, [t.id for t in note_type.templates]),
        ):
            if old != new:
                message = f"the {what} of a released note type may not be added, removed or reordered: Anki would update no note of it"
                problems.append(Problem(path, "note-type-changed", message, (at,), help_))
    return problems


def _figures(deck: Deck, ledger: Ledger) -> list[Problem]:
    problems = []
    for name, numbers in ledger.figures.items():
        path = f"cards/figures/{name}.yaml"
        figure = deck.figures.get(name)
        if figure is None:
            if numbers:
                problems.append(Problem(path, "figure-gone", f'released figure "{name}" is gone', help="put it back"))
            continue
        for label, number in numbers.items():
            new = figure.shape.labels.get(label)
            if new is None or new.number != number:
                message = f'label "{label}" had number {number}: learners\' progress hangs on it'
                at = ("labels", label, "number") if new else ("labels",)
                problems.append(Problem(path, "label-renumbered", message, at, f"put back number {number}"))
    return problems


def _gone(id_: str) -> Problem:
    help_ = "put the card back with its id; to take it out of study, add `retired: the reason` to it"
    return Problem(
        PATH, "released-card-gone", f'released card "{id_}" is gone: learners have it', ("cards", id_), help_
    )


def _card(note: Note, entry: CardEntry) -> list[Problem]:
    card = note.card
    if note.note_type != entry.note_type:
        message = f'released card "{card.id}" was a {entry.note_type} card; Anki cannot change that and would never update it again'
        return [_problem(card, "kind-changed", message, "retire it and write a new card with a new id", "id")]
    gone = [] if card.retired else sorted(set(entry.ords) - set(note.ords))
    if not gone:
        return []
    if note.note_type == "question":
        message, help_ = (
            "this card had a reverse: learners would keep an empty Anki card",
            "put the reverse back, or retire the card",
        )
    elif note.note_type == "cloze":
        numbers = ", ".join(f"c{n + 1}" for n in gone)
        message = f"{numbers} was released: learners would keep an empty Anki card"
        help_ = "keep its number on some text of the sentence, or retire the card"
    else:
        message = f"label {', '.join(str(n + 1) for n in gone)} was released: learners would keep an empty Anki card"
        help_ = "put the label back, or retire the card"
    return [_problem(card, "anki-card-gone", message, help_)]


def _against(note: Note, old: Sequence[str]) -> list[Problem]:
    """What only the released text can show."""
    from rapidfuzz.fuzz import token_set_ratio  # only for changed cards

    if isinstance(note.card, ClozeCard):
        before, after = _hidden(old[0]), _hidden(note.fields[0])
        for number, text in sorted(after.items()):
            other = next((n for n, t in before.items() if n != number and t == text), None)
            if other is not None and before.get(number) != text and after.get(other) != text:
                message = f'c{number} now hides "{markup.plain(text)}", which was c{other}: progress would move to another fact'
                return [_problem(note.card, "cloze-swapped", message, "give each hidden text its old number", "cloze")]
    shown = 1 if note.note_type == "cloze" else 2
    texts = [" ".join(map(markup.plain, fields[:shown])) for fields in (old, note.fields)]
    if note.note_type != "occlusion" and token_set_ratio(*texts) < DIFFERENT_FACT:
        message = "this looks like a different fact under an old id: learners keep the progress of the old one"
        help_ = "for a new fact, retire this card and write a new one; for a better wording, leave it"
        return [Problem(note.card.path, "different-fact", message, note.card.at("id"), help_, "review")]
    return []


def _hidden(text: str) -> dict[int, str]:
    """What each number hides."""
    found: dict[int, str] = {}

    def keep(gap: markup.Gap) -> str:
        found[gap.number] = f"{found[gap.number]} {gap.hidden}" if gap.number in found else gap.hidden
        return gap.hidden

    markup.fill_cloze(text, keep)
    return found


def _tool(ids: Sequence[str]) -> Problem:
    message = (
        f"{len(ids)} released card{'' if len(ids) == 1 else 's'} would reach learners rendered anew though nobody changed "
        f"{'it' if len(ids) == 1 else 'them'} ({', '.join(ids[:3])}{' …' if len(ids) > 3 else ''}): "
        "the tool changed, and an update replaces what learners edited in such notes"
    )
    return Problem(PATH, "tool-changed", message, help="undo the change to the rendering, or accept it at the release")
