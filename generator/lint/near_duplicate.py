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

from ..alike import Question, pairs, questions, same_answer
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
        if one.key != other.key and _alike(one, other, " ".join(words), " ".join(others)):
            message = f'card "{one.card.id}" asks nearly the same'
            help_ = "take one of the two out, or say what sets them apart"
            place = other.card.at(*other.at)
            yield other.card, Problem(other.card.path, CODE, message, place, help_, "review")


def _alike(one: Question, other: Question, words: str, others: str) -> bool:
    from rapidfuzz import fuzz  # late: a deck of cards that are unlike does without

    alike = fuzz.token_sort_ratio(words, others)
    if alike < PART:
        return False
    part = fuzz.token_set_ratio(words, others) == 100
    if alike >= ALONE and part:
        return True
    return (alike >= ALIKE or part) and same_answer(one, other)
