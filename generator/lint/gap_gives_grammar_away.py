"""Allow a gap whose neighbors say how its word begins or ends: `a` or `an` before it, a plural `s` behind it.

Why: learners pick the word that fits the article, not the one that fits the body.

Bad:
    - id: psoas-minor-tendon
      cloze: Where psoas minor reaches the pelvis it meets an {{c1::eminence::low rise}} of the bone.
      sources: gray1918

Good:
    - id: psoas-minor-tendon
      cloze: Where psoas minor reaches the pelvis it meets {{c1::an eminence::low rise}} of the bone.
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model import Card, ClozeCard, Deck
from ..problem import Problem

CODE = "gap-gives-grammar-away"
_ARTICLE = re.compile(r"\b(an?)\s+[*]*\{\{c\d+::", re.IGNORECASE)
_ENDING = re.compile(r"\}\}[*]*(s|es|['’]s)\b")


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English."""
    for card in cards:
        if isinstance(card, ClozeCard):
            for match in (*_ARTICLE.finditer(card.cloze), *_ENDING.finditer(card.cloze)):
                message = f'"{match[1]}" beside a gap says something about the hidden word'
                help_ = "take it into the gap"
                yield card, Problem(card.path, CODE, message, card.at("cloze"), help_, "review", needle=match[0])
