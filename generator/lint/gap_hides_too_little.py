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

from collections.abc import Iterable, Iterator

from ..card_texts import hidden, words
from ..english import ARTICLES, AUXILIARIES, CONJUNCTIONS, PRONOUNS
from ..model import Card, ClozeCard, Deck
from ..problem import Problem

CODE = "gap-hides-too-little"
LITTLE = ARTICLES | AUXILIARIES | CONJUNCTIONS | PRONOUNS | {"of", "to", "not", "no", "also", "very", "there"}


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English. A word that says where (above, before, through) may be hidden: it can be the fact."""
    for card in cards:
        if not isinstance(card, ClozeCard):
            continue
        for one in hidden(card):
            said = [word for text in one.hidden for word in words(text)]
            if said and LITTLE.issuperset(said):
                message = f'gap c{one.number} hides only "{" ".join(said)}"'
                help_ = "hide the word that carries the fact"
                place = card.at("cloze")
                yield card, Problem(card.path, CODE, message, place, help_, "review", needle=f"{{{{c{one.number}::")
