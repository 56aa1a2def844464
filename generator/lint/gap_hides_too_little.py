"""Allow a gap that hides no more than a small word.

Why: "the", "of" or "not" is filled by ear, not from knowledge.

Bad:
    - id: psoas-minor-end
      cloze: The psoas minor does {{c1::not}} cross the hip joint.
      sources: gray1918

Good:
    - id: psoas-minor-end
      cloze: The psoas minor ends on the {{c1::pelvis::bone}}, short of the hip joint.
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..english import ARTICLES, AUXILIARIES, CONJUNCTIONS, PRONOUNS
from ..model import Card, ClozeCard, Deck
from ..problem import Problem

CODE = "gap-hides-too-little"
LITTLE = ARTICLES | AUXILIARIES | CONJUNCTIONS | PRONOUNS | {"of", "to", "not", "no", "also", "very", "there"}


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English. A word that says where (above, before, through) may be hidden: it can be the fact."""
    small = "|".join(sorted(LITTLE))
    gap = re.compile(rf"\{{\{{c\d+::\W*((?:{small})(?:\s+(?:{small}))*)\W*(?:::|\}}\}})", re.IGNORECASE)
    for card in cards:
        if isinstance(card, ClozeCard):
            for match in gap.finditer(card.cloze):
                message, help_ = f'this gap hides only "{match[1]}"', "hide the word that carries the fact"
                yield card, Problem(card.path, CODE, message, card.at("cloze"), help_, "review", needle=match[0])
