"""Which questions of a deck ask the same, or nearly the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, combinations
from typing import NamedTuple

from .card_texts import asked, core, hidden, words
from .english import content, fact
from .model import Card, ClozeCard
from .problem import At

RAREST = 4  # words of a question by which it is looked up: two of them must be the same
CROWD = 50  # questions that share two words; with more, the words say nothing


SHARED = 0.65  # of the words of two questions, that stand in both


class Question(NamedTuple):
    """What one Anki card asks; both are card text."""

    card: Card
    at: At
    text: str
    answer: str


def questions(cards: Iterable[Card]) -> Iterator[Question]:
    """Of cards with a question, and of sentences with gaps, where the text is the sentence with its gaps."""
    for card in cards:
        if isinstance(card, ClozeCard):
            yield Question(card, ("cloze",), card.cloze, "")
        else:
            for at, question, answer in asked(card):
                yield Question(card, (*at, "question"), question, answer)


def key(one: Question) -> str:
    """The same for questions in the same words. Case, articles and markup do not matter; the case and the picture belong to
    the question."""
    said = " ".join(one.text.casefold().replace("*", "").split()).replace(" the ", " ")
    return f"{said}\n{one.card.vignette or ''}\n{one.card.shows}"


def same_answer(one: Question, other: Question) -> bool:
    """One says what the other says, or more."""
    a, b = (set(_answer(question)) for question in (one, other))
    return a <= b or b <= a


def _answer(question: Question) -> list[str]:
    if isinstance(question.card, ClozeCard):
        return [word for gap in hidden(question.card) for text in gap.hidden for word in fact(words(text))]
    return fact(words(core(question.answer)))


def pairs(found: list[Question]) -> Iterator[tuple[Question, Question, list[str], list[str]]]:
    """Questions that share two of their rarest words and more than half of all, each with its content words. What differs
    in up to three words is among them; the time grows with the number of questions, not with its square."""
    said = [content(words(f"{one.text} {one.card.vignette}" if one.card.vignette else one.text)) for one in found]
    sets = [frozenset(one) for one in said]
    often = Counter(chain.from_iterable(sets))
    rank = {word: i for i, word in enumerate(sorted(often, key=lambda word: (often[word], word)))}
    shelves: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, one in enumerate(sets):
        for pair in combinations(sorted([word for word in one if often[word] > 1], key=rank.__getitem__)[:RAREST], 2):
            shelves[pair].append(i)
    near = {pair for shelf in shelves.values() if 1 < len(shelf) <= CROWD for pair in combinations(shelf, 2)}
    for i, j in sorted(near):
        shared = 2 * len(sets[i] & sets[j]) / (len(sets[i]) + len(sets[j]))
        if shared >= SHARED and found[i].card is not found[j].card:
            yield found[i], found[j], said[i], said[j]
