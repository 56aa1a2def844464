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

from ..card_texts import found, phrases
from ..model import Card, Deck
from ..problem import Problem

CODE = "spelling"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. The words are those under `spelling:` in the glossary, and their plurals in -s."""
    right = {wrong.casefold(): word for wrong, word in deck.glossary.spelling.items()}
    right |= {f"{wrong}s": f"{word}s" for wrong, word in right.items()}
    if not right:
        return
    wanted, pattern = tuple(right), phrases(right)
    for card in cards:
        for at, match in found(card, wanted, pattern):
            message = f'this deck does not write "{match[0]}"'
            help_ = f'write "{right[" ".join(match[0].casefold().split())]}"'
            yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=match[0])
