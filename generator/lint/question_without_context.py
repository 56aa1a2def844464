"""Allow a question that only its neighbors in the file explain.

Why: cards come back one by one, months later. "Where does it insert?" names no muscle then.

Bad:
    - id: psoas-major-insertion
      question: Where does it insert?
      answer: The lesser trochanter
      sources: gray1918

Good:
    - id: psoas-major-insertion
      question: Psoas major leaves the pelvis under the inguinal ligament. Where does it insert?
      answer: The lesser trochanter
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..card_texts import asked, words
from ..english import FUNCTION_WORDS, PRONOUNS
from ..model import Card, Deck, QuestionCard
from ..problem import Problem

CODE = "question-without-context"
_WORD = re.compile(r"[^\W_]+")
POINTS = PRONOUNS - {"that", "hers", "theirs"}
SHORT = 3  # words
LIGHT = FUNCTION_WORDS | {"called", "made", "name", "named", "many", "kind", "part", "side", "direction", "degree"}


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English: a word that points back stands before any word that it could point to. A case or a picture
    on the front is what the words may point to."""
    for card in cards:
        if card.vignette or (isinstance(card, QuestionCard) and card.figure and card.figure.side == "front"):
            continue
        for at, question, _ in asked(card):
            if found := _points_nowhere(question):
                message = f'"{found}" has nothing to point to' if " " not in found else "this names no subject"
                help_ = "name what is meant: cards come one by one, in another order"
                yield card, Problem(card.path, CODE, message, card.at(*at, "question"), help_, "review")


def _points_nowhere(question: str) -> str:
    if len(question) < 24 and len(said := words(question)) <= SHORT and LIGHT.issuperset(said):
        return " ".join([*said, ""])
    for match in _WORD.finditer(question):
        word = match[0].casefold()
        if word in POINTS:
            return match[0]
        if word not in LIGHT:
            break
    return ""
