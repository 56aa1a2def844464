"""Allow a synonym where the term itself is nowhere on the card.

Why: who learned "lateral rotation" on one card does not know that "external rotation" on the next is the same thing.

Bad:
    - id: iliopsoas-rotation
      question: In which position of the hip can the iliopsoas add external rotation?
      answer: In flexion
      sources: gray1918

Good:
    - id: iliopsoas-rotation
      question: In which position of the hip can the iliopsoas add lateral (external) rotation?
      answer: In flexion
      sources: gray1918
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..card_texts import everything, found, phrases, without_brackets
from ..model import Card, Deck
from ..problem import Problem

CODE = "other-name"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. The synonyms are the glossary's; one with a remark in brackets is left alone, as is a word in italics,
    which the card speaks about."""
    term_of = {
        synonym.casefold(): term.term
        for term in deck.glossary.terms
        for synonym in term.synonyms or ()
        if "(" not in synonym and term.term.casefold() not in synonym.casefold()
    }
    if not term_of:
        return
    wanted, pattern = tuple(term_of), phrases(term_of)
    for card in cards:
        for at, match in found(card, wanted, pattern):
            term = term_of[" ".join(match[0].casefold().split())]
            if at == ("accept",) or match.string[match.start() - 1] in '*"“':
                continue
            if term.casefold() in everything(card) or term.casefold() in without_brackets(everything(card)):
                continue
            message = f'"{match[0]}" stands in the glossary as "{term}"'
            help_ = f'write "{term}", or name both on this card'
            yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=match[0])
