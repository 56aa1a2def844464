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

from ..card_texts import texts, without_brackets
from ..model import Card, Deck
from ..problem import Problem
from ..subject_words import found, one_line, synonyms

CODE = "other-name"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. The synonyms are the glossary's; one with a remark in brackets is left alone, as is a word in italics or
    quotes, which the card speaks about."""
    term_of = synonyms(deck)
    for card, at, match in found(cards, deck, term_of):
        term = term_of[one_line(match[0])]
        if at == ("accept",) or match.string[match.start() - 1] in '*"“' or _says(card, term.casefold()):
            continue
        message = f'"{match[0]}" stands in the glossary as "{term}"'
        help_ = f'write "{term}", or name both on this card'
        yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=match[0])


def _says(card: Card, term: str) -> bool:
    said = one_line(" ".join(text for _, text in texts(card)).replace("*", ""))
    return term in said or term in without_brackets(said)
