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

from collections.abc import Iterator

from ..model import Card, Deck, Reverse, Shape
from ..print_font import unprintable
from ..problem import At, Problem

CODE = "unprintable-character"


def check(card: Card, deck: Deck) -> Iterator[Problem]:
    """A review."""
    for at, text in _texts(card):
        found = unprintable(text)
        if found:
            named = ", ".join(f'"{c}" (U+{ord(c):04X})' for c in found)
            message = f"the printed sheets have no letter for {named}"
            help_ = "write it in Latin letters, or keep it: paper then shows its number in brackets"
            yield Problem(card.path, CODE, message, card.at(*at), help_, "review")


def _texts(shape: Shape) -> Iterator[tuple[At, str]]:
    """Texts with more than ASCII; quick, for it sees every card."""
    for name, value in vars(shape).items():
        if isinstance(value, str):
            if not value.isascii():
                yield (name,), value
        elif isinstance(value, Reverse):
            yield from (((name, *at), text) for at, text in _texts(value))
