"""Allow a text to type that is neither in the answer nor among the other right answers.

Why: learners type what the answer says, and are told that it is wrong.

Bad:
    - id: lesser-trochanter
      question: On which bump of the femur does the iliopsoas end?
      answer: The **lesser trochanter**
      type_in: greater trochanter
      sources: skyrme1999

Good:
    - id: lesser-trochanter
      question: On which bump of the femur does the iliopsoas end?
      answer: The **lesser trochanter**
      type_in: lesser trochanter
      sources: skyrme1999
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model import Card, Deck, QuestionCard
from ..problem import Problem

CODE = "type-in-not-in-answer"
_ARTICLES = re.compile(r"\b(?:the|an?|der|die|das|le|la|les|el|il)\b")


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Case, articles and markup do not matter."""
    for card in cards:
        if isinstance(card, QuestionCard) and card.type_in:
            typed = _words(card.type_in)
            if typed not in _words(card.answer) and typed not in _words(card.accept or ""):
                message = f'card "{card.id}" wants "{card.type_in}" typed, and that is not in its answer'
                help_ = "type_in is the answer in its shortest form, or one that accept names"
                yield card, Problem(card.path, CODE, message, card.at("type_in"), help_, "review")


def _words(text: str) -> str:
    bare = re.sub(r"\]\([^)]*\)|<[^>]*>|[^\w\s]", " ", text.casefold())
    return f" {' '.join(_ARTICLES.sub(' ', bare).split())} "
