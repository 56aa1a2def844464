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

from collections.abc import Iterator

from ..model import Card, Deck
from ..problem import Problem

CODE = "settled-on-weak-sources"
WEAK = ("article", "blog")


def check(card: Card, deck: Deck) -> Iterator[Problem]:
    """A review."""
    kinds = [deck.sources[name].kind for name in (s.partition("#")[0] for s in card.sources) if name in deck.sources]
    if card.certainty == "settled" and kinds and all(kind in WEAK for kind in kinds):
        message = f'card "{card.id}" is called settled and rests on popular pages alone'
        help_ = "add a textbook, guideline or study, or mark it weak"
        yield Problem(card.path, CODE, message, card.at("sources"), help_, "review")
