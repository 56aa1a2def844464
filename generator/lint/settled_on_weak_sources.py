"""Allow a settled claim that rests on popular articles or blogs alone.

Why: such pages repeat each other; a claim called settled needs a textbook, a guideline or a study behind it.

Bad:
    - id: psoas-stabilizes
      question: What does the psoas do to the lumbar spine in standing?
      answer: It steadies it
      certainty: settled
      sources: iliopsoas-blog

Good:
    - id: psoas-stabilizes
      question: What does the psoas do to the lumbar spine in standing?
      answer: It steadies it
      certainty: settled
      sources: [penning2000, iliopsoas-blog]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Card, Deck
from ..problem import Problem

CODE = "settled-on-weak-sources"
WEAK = ("article", "blog")


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review."""
    for card in cards:
        if card.certainty == "settled" and _all_weak(card, deck):
            message = f'card "{card.id}" is called settled and rests on popular pages alone'
            help_ = "add a textbook, guideline or study, or mark it weak"
            yield card, Problem(card.path, CODE, message, card.at("sources"), help_, "review")


def _all_weak(card: Card, deck: Deck) -> bool:
    found = False
    for reference in card.sources:
        source = deck.sources.get(reference.partition("#")[0])
        if source and source.kind not in WEAK:
            return False
        found = found or source is not None
    return found
