"""Allow a weakly supported claim in the core deck.

Why: core is what everybody drills; repetition makes a weak claim feel true.

Bad:
    - id: psoas-stores-fear
      question: What do popular articles claim that the psoas stores?
      answer: Emotion
      level: core
      certainty: weak
      sources: back-pain-role

Good:
    - id: psoas-stores-fear
      question: What do popular articles claim that the psoas stores?
      answer: Emotion
      level: detail
      certainty: weak
      sources: back-pain-role
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Card, Deck
from ..problem import Problem

CODE = "weak-in-core"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review."""
    for card in cards:
        if card.certainty == "weak" and card.level == "core":
            message = f'card "{card.id}" is core and its claim is weakly supported'
            help_ = "make its level standard or detail"
            yield card, Problem(card.path, CODE, message, card.at("level"), help_, "review")
