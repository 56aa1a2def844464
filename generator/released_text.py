"""A note against the text of the last release: what hashes cannot show, whether the fact is still the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import dropwhile

from . import markup
from .model import ClozeCard, Deck, QuestionCard
from .notes import Note
from .problem import Problem

Snapshot = Mapping[str, Sequence[str]]  # guid -> its fields as released
OTHER_ANSWER, OTHER_QUESTION = 60, 90  # of 100, by rapidfuzz; tests/test_promises.py has the pairs they tell apart


def snapshot(path: str, text: str) -> tuple[Snapshot, list[Problem]]:
    """A release's update text (see write/update_text.py) as guid -> fields."""
    rows = dropwhile(lambda line: line.startswith("#"), io.StringIO(text, newline=""))
    found = {}
    try:
        for row in csv.reader(rows, delimiter="\t"):
            if len(row) < 5:
                raise csv.Error(f"{row[:1]} has {len(row)} columns")
            found[row[0]] = row[3:]
    except csv.Error as e:
        help_ = "only a release writes this file; take it back from the main branch"
        return {}, [Problem(path, "broken-history", f"this is not a release's text: {e}", help=help_)]
    return found, []


def against(note: Note, deck: Deck, old: Sequence[str]) -> list[Problem]:
    """What only the released text can show."""
    names = [name for name, _ in deck.note_types[note.note_type].fields]
    before, after = (dict(zip(names, fields, strict=False)) for fields in (old, note.fields))
    if isinstance(note.card, ClozeCard):
        return _against_cloze(note, before["Text"], after["Text"])
    if not isinstance(note.card, QuestionCard):
        return []
    forward, reverse = ("Question", "Answer"), ("Reverse question", "Reverse answer")
    if all(before.get(a) == after[b] and before.get(b) == after[a] for a, b in zip(forward, reverse, strict=True)):
        message = "question and reverse changed places: learners' progress would change places too"
        return [_error(note, "reverse-swapped", message, "put them back", "reverse")]
    old_text, new_text = ([markup.plain(fields.get(name, "")) for name in forward] for fields in (before, after))
    return _another_fact(note, old_text, new_text)


def _against_cloze(note: Note, old: str, new: str) -> list[Problem]:
    before, after = _hidden(old), _hidden(new)
    for number, text in sorted(after.items()):
        other = next((n for n, t in before.items() if n != number and t == text), None)
        if other is not None and before.get(number) != text and after.get(other) != text:
            message = f'c{number} now hides "{text}", which was c{other}: progress would move to another fact'
            return [_error(note, "cloze-swapped", message, "give each hidden text its old number", "cloze")]
    sentences = [markup.plain(markup.fill_cloze(text, lambda gap: "…")) for text in (old, new)]
    hidden = [" ".join(found.values()) for found in (before, after)]
    return _another_fact(note, [sentences[0], hidden[0]], [sentences[1], hidden[1]])


def _another_fact(note: Note, old: Sequence[str], new: Sequence[str]) -> list[Problem]:
    """A review where both the question and the answer are others; either may be worded anew."""
    from rapidfuzz.fuzz import token_sort_ratio  # only for changed cards

    if not differ(old[1], new[1]) or token_sort_ratio(old[0], new[0]) >= OTHER_QUESTION:
        return []
    message = "this looks like a different fact under an old id: learners keep the progress of the old one"
    help_ = "for a new fact, retire this card and write a new one; for a better wording, leave it"
    return [Problem(note.card.path, "different-fact", message, note.card.at("id"), help_, "review")]


def differ(old: str, new: str) -> bool:
    from rapidfuzz.fuzz import token_set_ratio

    return token_set_ratio(old, new) < OTHER_ANSWER


def _hidden(text: str) -> dict[int, str]:
    """What each number hides."""
    found: dict[int, str] = {}

    def keep(gap: markup.Gap) -> str:
        text = markup.plain(gap.hidden)
        found[gap.number] = f"{found[gap.number]} {text}" if gap.number in found else text
        return gap.hidden

    markup.fill_cloze(text, keep)
    return found


def _error(note: Note, code: str, message: str, help_: str, key: str) -> Problem:
    return Problem(note.card.path, code, message, note.card.at(key), help_)
