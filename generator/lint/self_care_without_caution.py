"""Allow a card about what people do to themselves, without a word on how it can harm.

Why: learners try it out. A pressure, a stretch or an exercise that helps one person harms another.

Bad:
    - id: psoas-massage-ball
      question: Where does a popular article place the massage ball for the psoas?
      answer: Beside the navel
      certainty: weak
      sources: iliopsoas-blog

Good:
    - id: psoas-massage-ball
      question: Where does a popular article place the massage ball for the psoas?
      answer: Beside the navel
      caution: Deep pressure there can injure organs and vessels; never with an aortic aneurysm or blood thinners.
      certainty: weak
      sources: iliopsoas-blog
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Card, Deck
from ..problem import Problem
from ..subject_words import found

CODE = "self-care-without-caution"
TEACHES = ("question", "answer", "cloze", "hook")  # a case, why and debate only speak of it


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review, once a card. The words are those under `lint: {self_care: […]}` in the deck definition."""
    told = ""
    for card, at, match in found((card for card in cards if not card.caution), deck, deck.shape.lint.self_care):
        if at[-1] in TEACHES and card.id != told:
            told = card.id
            message = f'this card teaches "{match[0]}" and has no caution'
            help_ = "add caution: whom it can harm and how"
            yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=match[0])
