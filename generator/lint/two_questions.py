"""Allow a card that asks two things.

Why: learners who know one half can grade neither. Two questions are two cards, each with its own progress.

Bad:
    - id: psoas-major-nerve
      question: Which nerves supply psoas major, and where do they leave it?
      answer: L1–L3; they do not leave it
      sources: gray1918

Good:
    - id: psoas-major-nerve
      question: Which spinal nerves supply psoas major, and by which of their rami?
      answer: L1–L3, by their anterior rami
      allow: {two-questions: The levels mean nothing without the rami.}
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..card_texts import asked, bare
from ..model import Card, Deck
from ..problem import Problem

CODE = "two-questions"
APART = 3  # words; "which muscle and which nerve" is one question
_ASKS = r"(?:(?:at|by|for|from|in|on|to|with|under|into)\s+)?(?:what|which|who|whom|whose|where|when|why|how)\b"
_SECOND = re.compile(rf",?\s(?:and|or)\s+{_ASKS}(?!\s+(?:is|are|was|were)\s+(?:called|known|named))", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?:what (?:is|are)|name|give|state)\s+the\s+\w+(?:,\s+\w+)*,?\s+and\s+(?:the\s+)?\w+\s+of\b", re.IGNORECASE
)
_FIRST = re.compile(rf"\b{_ASKS}", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English: a second question mark, or `and where` after a first `which`, or "the origin and the
    insertion of"."""
    for card in cards:
        for at, question, _ in asked(card):
            if _two(question):
                message = "this asks two things"
                help_ = "make it two cards, or ask only for the one that matters"
                yield card, Problem(card.path, CODE, message, card.at(*at, "question"), help_, "review")


def _two(question: str) -> bool:
    if question.count("?") > 1 and _QUOTED.sub("", bare(question)).count("?") > 1:
        return True
    if " and " in question and _BOTH.search(question):
        return True
    second = _SECOND.search(question) if " and " in question or " or " in question else None
    first = _FIRST.search(question, 0, second.start()) if second else None
    return second is not None and first is not None and len(question[first.end() : second.start()].split()) >= APART
