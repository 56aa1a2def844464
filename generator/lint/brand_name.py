"""Allow a brand name.

Why: brands come and go and differ by country; a card that names one advertises.

Bad:
    - id: hemophilia-trial
      question: What does a Theragun press on?
      answer: The skin over the muscle
      sources: gray1918

Good:
    - id: hemophilia-trial
      question: What does a percussion massager press on?
      answer: The skin over the muscle
      sources: gray1918
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Card, Deck
from ..problem import Problem
from ..subject_words import found

CODE = "brand-name"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. The names are those under `lint: {brands: […]}` in the deck definition."""
    for card, at, match in found(cards, deck, deck.shape.lint.brands):
        message, help_ = f'"{match[0]}" is a brand name', "name the kind of thing, or the active substance"
        yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=match[0])
