"""Allow short lines without punctuation, which come out as one line.

Why: a new line in a text is a space to learners; "Hills / Ramps / Ladders" on three lines becomes "Hills Ramps Ladders".

Bad:
    - id: iliopsoas-worse-on
      question: Which three movements hurt with an iliopsoas strain?
      answer: |
        Climbing stairs
        Walking uphill
        Kicking a ball
      sources: skyrme1999

Good:
    - id: iliopsoas-worse-on
      question: Which three movements hurt with an iliopsoas strain?
      answer: |
        - Climbing stairs
        - Walking uphill
        - Kicking a ball
      sources: skyrme1999
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model import Card, Deck, Reverse, Shape
from ..problem import At, Problem

CODE = "lines-run-together"
SHORT = 40  # characters; longer lines are wrapped text
_ENDS = re.compile(r"[.,;:!?…)\]–—-]\W*$| {2}$|<br ?/?>$", re.IGNORECASE)
_ITEM = re.compile(
    r"\s*(?:[^\w\s\"'“‘({<\[]|\(?\w{1,2}[.)]|o)\s|\s*\|"
)  # a list or table, or what `markup` complains of


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review."""
    for card in cards:
        for at, text in _long_texts(card):
            if any(map(_runs_together, text.split("\n\n"))):
                message = f"the lines of {at[-1]} come out as one line"
                help_ = 'begin each with "- " for a list, end it with <br>, or put ";" between them'
                yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review")


def _long_texts(shape: Shape) -> Iterator[tuple[At, str]]:
    """Texts of several lines; quick, for it sees every card."""
    for name, value in vars(shape).items():
        if isinstance(value, str):
            if "\n" in value:
                yield (name,), value
        elif isinstance(value, Reverse):
            yield from (((name, *at), text) for at, text in _long_texts(value))


def _runs_together(paragraph: str) -> bool:
    lines = paragraph.split("\n")
    if len(lines) < 2 or max(map(len, lines)) >= SHORT:
        return False
    return not any(map(_ITEM.match, lines)) and not any(map(_ENDS.search, lines))
