"""Allow a gap that hides a whole sentence, or so much of it that what is left asks nothing.

Why: nobody fills such a gap word by word, so learners cannot grade themselves; it is a question that was not asked.

Bad:
    - id: psoas-minor-end
      cloze: The psoas minor {{c1::ends on the pelvis and therefore does not cross the hip joint}}.
      sources: gray1918

Good:
    - id: psoas-minor-end
      cloze: The psoas minor ends on the {{c1::pelvis::bone}} and does not cross the hip joint.
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..card_texts import hidden, words
from ..model import Card, ClozeCard, Deck
from ..problem import Problem

CODE = "gap-hides-too-much"
MOST = 7  # words in one gap
LEFT = 3  # words that must be left to read
_LONG = re.compile(r"\{\{c\d+::(?:(?!::|\}\}).){30,}|^.{,60}$", re.DOTALL)  # quick: a long gap, or a short sentence


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review."""
    for card in cards:
        if not isinstance(card, ClozeCard) or not _LONG.search(card.cloze):
            continue
        for one in hidden(card):
            longest = max(one.hidden, key=len)
            if (count := len(words(longest))) > MOST:
                message = f"gap c{one.number} hides {count} words"
            elif len(words(one.around)) < LEFT:
                message = f"gap c{one.number} leaves nothing to go by"
            else:
                continue
            help_ = "hide the one word that matters, or write a question and its answer"
            yield card, Problem(card.path, CODE, message, card.at("cloze"), help_, "review", needle=longest)
