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

from ..card_texts import found, phrases
from ..model import Card, Deck
from ..problem import Problem

CODE = "self-care-without-caution"
TEACHES = ("question", "answer", "cloze", "hook")  # a case, why and debate only speak of it


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review, once a card. The words are those under `lint: {self_care: […]}` in the deck definition."""
    wanted = tuple(word.casefold() for word in deck.shape.lint.self_care)
    if not wanted:
        return
    pattern = phrases(wanted)
    for card in cards:
        if card.caution:
            continue
        for at, match in found(card, wanted, pattern):
            if at[-1] in TEACHES:
                message = f'this card teaches "{match[0]}" and has no caution'
                help_ = "add caution: whom it can harm and how"
                yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=match[0])
                break
