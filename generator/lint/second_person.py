"""Allow a card that speaks to its reader as to a patient.

Why: cards teach a subject. "You should stretch" is advice, and nobody has examined the one who reads it.

Bad:
    - id: half-kneeling-stretch
      question: Which movement of your pelvis adds to a half-kneeling stretch?
      answer: Posterior tilt
      caution: Not with groin pain after a fall.
      sources: gray1918

Good:
    - id: half-kneeling-stretch
      question: Which movement of the pelvis adds to a half-kneeling stretch?
      answer: Posterior tilt
      caution: Not with groin pain after a fall.
      sources: gray1918
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Card, Deck
from ..problem import Problem
from ..subject_words import ADDRESSES, found

CODE = "second-person"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English. What stands in quotes is somebody else's."""
    for card, at, match in found(cards, deck, ADDRESSES):
        before = match.string[: match.start()]
        if before.count('"') % 2 == 0 and before.count("“") == before.count("”"):
            message, help_ = f'"{match[0]}" speaks to the reader', "say it of a person, a patient or the body"
            yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=match[0])
