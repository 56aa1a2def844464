"""Allow a question that another card asks in the same words.

Why: learners study the same fact twice, and two cards soon say two things.

Bad:
    - id: psoas-major-insertion
      question: Where does the psoas major insert?
      answer: Lesser trochanter
      sources: skyrme1999
    - id: psoas-major-end
      question: Where does the **psoas major** insert?
      answer: Lesser trochanter of the femur
      sources: skyrme1999

Good:
    - id: psoas-major-insertion
      question: Where does the psoas major insert?
      answer: Lesser trochanter
      sources: skyrme1999
    - id: psoas-minor-insertion
      question: Where does the psoas minor insert?
      answer: Iliopubic eminence
      sources: skyrme1999
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Card, ClozeCard, Deck, QuestionCard
from ..problem import Problem

CODE = "same-question"
Asked = tuple[str, str, str]


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review of the second card, as it stands in the deck. The case and the picture belong to the question."""
    first: dict[Asked, Card] = {}
    for card in cards:
        about = (_words(card.vignette) if card.vignette else "", card.shows)
        for key, text in _questions(card):
            asked = (_words(text), *about)
            other = first.setdefault(asked, card)
            if other is not card and other.id != card.id:
                message = f'card "{other.id}" asks this in the same words'
                help_ = "take one of the two out, or say what sets them apart"
                yield card, Problem(card.path, CODE, message, card.at(*key), help_, "review")


def _questions(card: Card) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(card, QuestionCard):
        yield ("question",), card.question
        if card.reverse:
            yield ("reverse", "question"), card.reverse.question
    elif isinstance(card, ClozeCard):
        yield ("cloze",), card.cloze


def _words(text: str) -> str:
    return " ".join(text.replace("*", "").lower().split())
