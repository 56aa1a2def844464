"""The words and phrases of the subject that a deck and its glossary name, and the cards that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .card_texts import texts
from .model import Card, Deck
from .problem import At

ADDRESSES = ("you", "your", "yours", "yourself")  # asked of every card too
_WORD = re.compile(r"\w+")


def found(cards: Iterable[Card], deck: Deck, wanted: Iterable[str]) -> Iterator[tuple[Card, At, re.Match[str]]]:
    """Where cards say one of these, whole and in any case, also over the end of a line. `wanted` is among `_named`."""
    longest = sorted({one.casefold() for one in wanted}, key=len, reverse=True)
    if not longest:
        return
    either = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in longest)
    pattern = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)
    phrases, named = [frozenset(_WORD.findall(one)) for one in longest], _words(_named(deck))
    says: dict[frozenset[str], bool] = {}
    for card in cards:
        held = _held(card, named)
        if held not in says:
            says[held] = any(phrase <= held for phrase in phrases)
        if says[held]:
            for at, text in texts(card):
                for match in pattern.finditer(text):
                    yield card, at, match


def synonyms(deck: Deck) -> dict[str, str]:
    """In lower case, and the term that they stand for. Those with a remark in brackets are left out."""
    return {
        synonym.casefold(): term.term
        for term in deck.glossary.terms
        for synonym in term.synonyms or ()
        if "(" not in synonym and term.term.casefold() not in synonym.casefold()
    }


def misspelled(deck: Deck) -> dict[str, str]:
    """In lower case, with the plurals in -s, and what is right."""
    right = {wrong.casefold(): word for wrong, word in deck.glossary.spelling.items()}
    return right | {f"{wrong}s": f"{word}s" for wrong, word in right.items()}


def one_line(text: str) -> str:
    """As the keys of `synonyms` and `misspelled` are written."""
    return " ".join(text.casefold().split())


def _named(deck: Deck) -> list[str]:
    own = deck.shape.lint
    return [*own.brands, *own.self_care, *synonyms(deck), *misspelled(deck), *ADDRESSES]


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for one in phrases for word in _WORD.findall(one.casefold()))


def _held(card: Card, named: frozenset[str]) -> frozenset[str]:
    """Which of these words the card holds. Kept with it: to take all its words apart is most of the work."""
    own: dict[str, Any] = card.__pydantic_private__ or {}  # by its name, `_held` takes ten times as long
    if own["_held"] is None:
        said = "\n".join([text for _, text in texts(card)]).casefold()
        own["_held"] = named.intersection(_WORD.findall(said))
    held: frozenset[str] = own["_held"]
    return held
