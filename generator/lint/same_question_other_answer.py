"""Allow two cards that ask the same and want different answers.

Why: whoever answers one right fails the other, for ever.

Bad:
    - id: psoas-major-nerve
      question: Which nerve supplies psoas major?
      answer: Direct branches of L1–L3
      sources: gray1918
    - id: psoas-major-innervation
      question: Which nerve supplies the psoas major?
      answer: The femoral nerve
      sources: gray1918

Good:
    - id: psoas-major-nerve
      question: Which nerve supplies psoas major?
      answer: Direct branches of L1–L3
      sources: gray1918
    - id: iliacus-nerve
      question: Which nerve supplies iliacus?
      answer: The femoral nerve
      sources: gray1918
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..alike import Question, key, questions, same_answer
from ..model import Card, Deck
from ..problem import Problem

CODE = "same-question-other-answer"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review of the second card, as it stands in the deck. Case, articles, signs and markup do not matter."""
    first: dict[str, Question] = {}
    for one in questions(cards):
        other = first.setdefault(key(one), one)
        if other.card.id != one.card.id and not same_answer(one, other):
            message = f'card "{other.card.id}" asks the same and wants another answer'
            help_ = "say in both questions what sets them apart, or take the wrong one out"
            place = one.card.at(*one.at)
            yield one.card, Problem(one.card.path, CODE, message, place, help_, "review")
