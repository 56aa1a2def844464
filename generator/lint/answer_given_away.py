"""Allow an answer that stands on the front already: in the question, the case, the topic's title, or a lettered figure.

Why: learners learn to copy a word, and believe that they know the fact. Where the question offers a choice, the answer has
to stand there.

Bad:
    - id: psoas-minor-end
      question: On which line of the pubis, the pectineal line, does psoas minor insert?
      answer: The **pectineal line**
      sources: gray1918

Good:
    - id: psoas-minor-end
      question: On which line of the pubis does psoas minor insert?
      answer: The **pectineal line**
      sources: gray1918
    - id: psoas-minor-stops
      question: Psoas major, psoas minor and iliacus. Which of the three ends on the pelvis?
      answer: Psoas minor
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..card_texts import asked, core, words
from ..english import fact, stands_in
from ..model import Card, Deck, QuestionCard
from ..problem import Problem

CODE = "answer-given-away"
_LETTERS = re.compile(r"[^\W\d_]{4}")
_CHOICE = re.compile(
    r"\b(?:or|either|whether)\b|\bwhich\s+(?:\w+\s+)?of\s+(?:the\s+)?(?:these|them|two|three|four|five)\b"
    r"|\b(?:which|what)\s+(?:order|finding|sign)\b|,\s[^,.:;?]+\s(?:and|or)\s",
    re.IGNORECASE,
)


def check(cards: Sequence[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English: the words of the answer in the same order, without small ones, in the singular."""
    titles = {topic.path: (topic.title, fact(words(topic.title))) for topic in deck.topics}
    for card in cards:
        for at, question, answer in asked(card):
            title, in_title = titles[card.path]
            text = core(answer)
            if not _may_stand_in(text, (title, question, card.vignette or "")) and not card.shows:
                continue
            said = fact(words(text))
            if not said:
                continue
            where = ""
            if stands_in(said, in_title):
                where = f'the title of the topic, "{title}",'
            elif _stands_in_question(said, f"{card.vignette or ''} … {question}") and not _CHOICE.search(question):
                where = "the question"
            elif not at and (label := _label(card, deck, said)):
                where = f'the lettering "{label}" of the figure'
            if where:
                message, help_ = f"{where} gives this answer away", "ask without naming it, or ask for something else"
                yield card, Problem(card.path, CODE, message, card.at(*at, "answer"), help_, "review")


def _may_stand_in(text: str, seen: tuple[str, ...]) -> bool:
    """Quick: the beginning of the first word of four letters."""
    start = _LETTERS.search(text)
    return start is None or any(start[0].casefold() in one.casefold() for one in seen)


def _stands_in_question(said: list[str], question: str) -> bool:
    return said[0] in question.casefold() and stands_in(said, fact(words(question)))


def _label(card: Card, deck: Deck, said: list[str]) -> str:
    """The label of a lettered figure on the front that says it."""
    figure = deck.figures.get(card.shows)
    if figure is None or not isinstance(card, QuestionCard) or card.figure is None:
        return ""
    if card.figure.side == "back" or card.figure.blank:
        return ""
    return next((one.text for one in figure.shape.labels.values() if stands_in(said, fact(words(one.text)))), "")
