"""Allow a question that another card asks in the same words.

Why: learners study the same fact twice, and two cards soon say two things.

Bad:
    - id: psoas-major-insertion
      question: Where does the psoas major insert?
      answer: Lesser trochanter
      sources: skyrme1999
    - id: psoas-major-end
      question: Where does the **psoas major** insert?
      answer: Lesser trochanter of the femur
      sources: skyrme1999

Good:
    - id: psoas-major-insertion
      question: Where does the psoas major insert?
      answer: Lesser trochanter
      sources: skyrme1999
    - id: psoas-minor-insertion
      question: Where does the psoas minor insert?
      answer: Iliopubic eminence
      sources: skyrme1999
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..alike import Question, key, questions, same_answer
from ..model import Card, Deck
from ..problem import Problem

CODE = "same-question"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review of the second card, as it stands in the deck. The case and the picture belong to the question."""
    first: dict[str, Question] = {}
    for one in questions(cards):
        other = first.setdefault(key(one), one)
        if other.card is not one.card and other.card.id != one.card.id and same_answer(one, other):
            message = f'card "{other.card.id}" asks this in the same words'
            help_ = "take one of the two out, or say what sets them apart"
            yield one.card, Problem(one.card.path, CODE, message, one.card.at(*one.at), help_, "review")
