"""Allow a sentence with many gaps.

Why: each number is an Anki card of the same sentence; by the fourth, learners know it by its looks, and the sentence holds
more than one fact.

Bad:
    - id: psoas-major-in-one-sentence
      cloze: |
        The {{c1::psoas major}} runs from {{c2::T12 to L5}} under the {{c3::inguinal ligament}} to the
        {{c4::lesser trochanter}} of the femur.
      sources: gray1918

Good:
    - id: psoas-major-in-one-sentence
      cloze: Psoas major runs under the {{c1::inguinal ligament}} to the {{c2::lesser trochanter}} of the femur.
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model import Card, ClozeCard, Deck
from ..problem import Problem

CODE = "too-many-gaps"
MOST = 3  # numbers
ALL = 5  # gaps, whatever their numbers
_GAP = re.compile(r"\{\{c(\d+)::")


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review."""
    for card in cards:
        if not isinstance(card, ClozeCard):
            continue
        gaps = _GAP.findall(card.cloze)
        if len(set(gaps)) > MOST or len(gaps) > ALL:
            message = f"this sentence has {len(gaps)} gaps and makes {len(set(gaps))} Anki cards"
            help_ = f"keep at most {MOST} numbers, and make another card of the rest"
            yield card, Problem(card.path, CODE, message, card.at("cloze"), help_, "review")
