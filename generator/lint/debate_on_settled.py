"""Allow a card marked settled that says who disagrees.

Why: learners see no mark on it and read of a dispute; one of the two is wrong.

Bad:
    - id: iliopsoas-rotation
      question: In which direction does the iliopsoas turn the thigh?
      answer: Outward
      certainty: settled
      debate: Textbooks list lateral rotation; cadaver traction found none in the anatomical position.
      sources: skyrme1999

Good:
    - id: iliopsoas-rotation
      question: In which direction does the iliopsoas turn the thigh?
      answer: It depends on the position of the hip
      certainty: debated
      debate: Textbooks list lateral rotation; cadaver traction found none in the anatomical position.
      sources: skyrme1999
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Card, Deck
from ..problem import Problem

CODE = "debate-on-settled"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review."""
    for card in cards:
        if card.debate and card.certainty == "settled":
            message = f'card "{card.id}" is called settled and has a debate'
            help_ = "mark it debated; or, if nobody doubts it any more, say so in why and take the debate out"
            yield card, Problem(card.path, CODE, message, card.at("debate"), help_, "review")
