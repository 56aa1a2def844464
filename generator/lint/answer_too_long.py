"""Allow an answer that is too long to say aloud.

Why: learners cannot tell whether they knew a long answer; they grade themselves by the part they remembered.

Bad:
    - id: iliacus-origin
      question: Where does iliacus arise?
      answer: |
        From most of the hollow on the inner face of the ilium, and above it from the inner lip of the crest, and
        behind it from the ligaments of the joint
      sources: gray1918

Good:
    - id: iliacus-origin
      question: Which hollow on the inner face of the ilium is the main origin of iliacus?
      answer: The **iliac fossa** (with the ridge above it and the ligaments of the joint behind it)
      sources: gray1918
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..card_texts import asked, without_brackets, words
from ..model import Card, Deck
from ..problem import Problem

CODE = "answer-too-long"
MOST = 12  # words; what stands in brackets is no part of what one has to say
LONG = 60  # characters; below it, counting words is not worth the time


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review."""
    for card in cards:
        for at, _, answer in asked(card):
            if len(answer) > LONG and (count := len(words(without_brackets(answer)))) > MOST:
                message = f"this answer has {count} words"
                help_ = f"say it in at most {MOST}, and move the rest to why; or make it two cards"
                yield card, Problem(card.path, CODE, message, card.at(*at, "answer"), help_, "review")
