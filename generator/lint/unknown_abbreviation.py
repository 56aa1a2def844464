"""Allow an abbreviation that is not in the glossary.

Why: cards come one by one; nobody may have to guess what letters stand for.

Bad:
    - id: psoas-area
      question: On which imaging slice is the CSA of psoas major largest?
      answer: L4/5
      sources: gray1918

Good:
    - id: psoas-area
      question: On which imaging slice is the cross-section of psoas major largest?
      answer: L4/5
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..card_texts import bare, texts
from ..model import Card, Deck
from ..problem import Problem

CODE = "unknown-abbreviation"
CAPITALS = re.compile("[A-Z][A-Z]")  # quick
SHORT = re.compile(r"(?<![\w/’'-])[A-Z]{2,6}(?=s?(?![\w’'-]))")
ROMAN = re.compile(r"[IVX]+[A-D]?")


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review, once a card and abbreviation: two to six capitals that are no Roman number (II, IIA)."""
    known = {one.short for one in deck.glossary.abbreviations}
    for card in cards:
        told = {*known}
        for at, text in texts(card):
            for match in SHORT.finditer(text) if CAPITALS.search(text) else ():
                short = match[0]
                if short in told or ROMAN.fullmatch(short):
                    continue
                told.add(short)
                if f"({short})" in bare(text) or f"{short} (" in text:  # the card itself says it
                    continue
                message = f'"{short}" is not in the glossary'
                help_ = "write it out, or add it to abbreviations in cards/glossary.yaml"
                yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=short)
