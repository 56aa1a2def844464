"""What a release has promised to learners and this tree would break; each message says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from .ledger import PATH, CardEntry, Ledger
from .model import Card, Deck
from .notes import Note, source_hash
from .problem import At, Problem
from .released_text import Snapshot, against, differ


def promises(
    deck: Deck, notes: Sequence[Note], ledger: Ledger, released: Snapshot, accept_tool_change: bool = False
) -> list[Problem]:
    """`released` is the last release's text.

    `accept_tool_change`: the release was told that notes whose source is the same may be rendered anew.
    """
    if frozen := _names(deck, ledger):
        return frozen  # every note would differ
    problems = _note_types(deck, ledger) + _figures(deck, ledger) + _sources(deck, ledger) + _editions(deck, ledger)
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
        elif note.guid in released and not note.card.retired:
            problems += against(note, deck, released[note.guid])
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
            ("name", "name", [entry.name], [note_type.name]),
            ("id", "id", [entry.id], [note_type.id]),
            ("fields", "fields", entry.fields, [id_ for _, id_ in note_type.fields]),
            ("templates", "templates", entry.templates, [t.id for t in note_type.templates]),
        ):
            if old != new:
                message = f"the {what} of a released note type may not change: Anki would update no note of it"
                problems.append(Problem(path, "note-type-changed", message, (at,), help_))
    return problems


def _figures(deck: Deck, ledger: Ledger) -> list[Problem]:
    problems = []
    for name, labels in ledger.figures.items():
        path = f"cards/figures/{name}.yaml"
        figure = deck.figures.get(name)
        if figure is None:
            if labels:
                problems.append(Problem(path, "figure-gone", f'released figure "{name}" is gone', help="put it back"))
            continue
        for label, old in labels.items():
            new = figure.shape.labels.get(label)
            at: At = ("labels", label, "number") if new else ("labels",)
            if new is None or new.number != old.number:
                message = f'label "{label}" had number {old.number}: learners\' progress hangs on it'
                problems.append(Problem(path, "label-renumbered", message, at, f"put back number {old.number}"))
            elif differ(old.text, new.text):
                message = f'label "{label}" was "{old.text}": learners keep the progress of that'
                help_ = "a new spot takes a new label and number"
                problems.append(Problem(path, "different-fact", message, ("labels", label, "text"), help_, "review"))
    return problems


def _sources(deck: Deck, ledger: Ledger) -> list[Problem]:
    problems = []
    for key in ledger.sources:
        name, _, section = key.partition("#")
        source = deck.sources.get(name)
        if source is None or (section and section not in source.sections):
            message = f'released source "{key}" is gone: its key is a tag that learners have'
            help_ = "put it back with its key; a source that no card cites may stay"
            problems.append(Problem("cards/sources.yaml", "source-gone", message, ("sources",), help_))
    return problems


def _editions(deck: Deck, ledger: Ledger) -> list[Problem]:
    released = {name for entry in ledger.cards.values() for name in entry.editions}
    return [
        Problem(deck.path, "edition-gone", f'released edition "{name}" is gone', ("editions",), "put it back")
        for name in sorted(released - {*deck.shape.editions})
    ]


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
    if card.shows != entry.figure and note.note_type == "occlusion":
        message = f'this card hid labels of "{entry.figure}": progress would move to another picture'
        return [_problem(card, "figure-changed", message, "retire it and write a new card", "occlude", "figure")]
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


def _tool(ids: Sequence[str]) -> Problem:
    message = (
        f"{len(ids)} released card{'' if len(ids) == 1 else 's'} would reach learners rendered anew though nobody changed "
        f"{'it' if len(ids) == 1 else 'them'} ({', '.join(ids[:3])}{' …' if len(ids) > 3 else ''}): "
        "the tool changed, and an update replaces what learners edited in such notes"
    )
    return Problem(PATH, "tool-changed", message, help="undo the change to the rendering, or accept it at the release")
