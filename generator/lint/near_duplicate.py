"""Allow a card that asks in other words what another asks.

Why: learners pay twice for one fact, and two cards on one fact soon say two things.

Bad:
    - id: iliacus-origin
      question: Which hollow on the inner face of the ilium is the main origin of iliacus?
      answer: The iliac fossa
      sources: gray1918
    - id: iliacus-arises
      question: Which hollow of the ilium is the origin of the iliacus?
      answer: "**Iliac fossa**"
      sources: gray1918

Good:
    - id: iliacus-origin
      question: Which hollow on the inner face of the ilium is the main origin of iliacus?
      answer: The iliac fossa
      sources: gray1918
    - id: iliacus-named-after
      question: After which bone is iliacus named?
      answer: The ilium
      sources: gray1918
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..alike import Question, key, pairs, questions, same_answer
from ..model import Card, Deck
from ..problem import Problem

CODE = "near-duplicate"
ALIKE = 75  # of 100: the words in any order, where the answer is the same. Tried on rewordings of real cards
PART = 65  # where moreover the one question holds all words of the other
ALONE = 90  # where the answer is another


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review of the card that comes later. Reads English. Cards that swap one term for another ("psoas major",
    "psoas minor") are no duplicates while their answers differ."""
    for one, other, words, others in pairs(list(questions(cards))):
        if key(one) != key(other) and _alike(one, other, words, others):
            message = f'card "{one.card.id}" asks nearly the same'
            help_ = "take one of the two out, or say what sets them apart"
            place = other.card.at(*other.at)
            yield other.card, Problem(other.card.path, CODE, message, place, help_, "review")


def _alike(one: Question, other: Question, words: list[str], others: list[str]) -> bool:
    part = {*words} <= {*others} or {*others} <= {*words}
    same = type(one.card) is type(other.card) and same_answer(one, other)
    if not part and not same:
        return False
    from rapidfuzz import fuzz  # late: it takes as long to import as to read 50 cards

    alike = fuzz.token_sort_ratio(" ".join(words), " ".join(others))
    return alike >= (ALONE if not same else PART if part else ALIKE)
