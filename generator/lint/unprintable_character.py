"""Allow a character that the printed sheets have no letter for.

Why: Anki borrows a letter from whatever font a device has; paper has one font, and shows the character's number instead.

Bad:
    - id: psoas-in-japanese
      question: What is the psoas major called in Japanese?
      answer: 大腰筋
      sources: skyrme1999

Good:
    - id: psoas-in-japanese
      question: What is the psoas major called in Japanese?
      answer: Daiyōkin
      sources: skyrme1999
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..card_texts import texts
from ..model import Card, Deck
from ..print_font import unprintable
from ..problem import Problem

CODE = "unprintable-character"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review."""
    for card in cards:
        for at, text in texts(card):
            found = unprintable(text)
            if found:
                named = ", ".join(f'"{c}" (U+{ord(c):04X})' for c in found)
                message = f"the printed sheets have no letter for {named}"
                help_ = "write it in Latin letters, or keep it: paper then shows its number in brackets"
                yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review")
