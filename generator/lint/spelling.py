"""Allow a spelling that the glossary replaces by another.

Why: learners search and type words; two spellings of one word are two words to them and to Anki.

Bad:
    - id: psoas-minor-tendon
      question: What becomes of the fibres of psoas minor after a few centimeters?
      answer: A long flat tendon
      sources: gray1918

Good:
    - id: psoas-minor-tendon
      question: What becomes of the fibers of psoas minor after a few centimeters?
      answer: A long flat tendon
      sources: gray1918
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Card, Deck
from ..problem import Problem
from ..subject_words import found, misspelled, one_line

CODE = "spelling"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. The words are those under `spelling:` in the glossary, and their plurals in -s."""
    right = misspelled(deck)
    for card, at, match in found(cards, deck, right):
        message, help_ = f'this deck does not write "{match[0]}"', f'write "{right[one_line(match[0])]}"'
        yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=match[0])
