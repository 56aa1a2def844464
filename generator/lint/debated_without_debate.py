"""Allow a card marked debated that does not say who says what.

Why: a learner who reads "debated" and nothing more knows less than before.

Bad:
    - id: iliopsoas-rotation
      question: In which direction does the iliopsoas turn the thigh?
      answer: It depends on the position of the hip
      certainty: debated
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

CODE = "debated-without-debate"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """An error: the badge promises what the card does not hold."""
    for card in cards:
        if card.certainty == "debated" and not card.debate:
            message = f'card "{card.id}" is marked debated and does not say who says what'
            yield (
                card,
                Problem(
                    card.path, CODE, message, card.at("certainty"), "add debate: with the positions and who holds them"
                ),
            )
