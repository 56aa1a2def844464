"""Allow an answer that is a list, where the question does not say how many things it asks for.

Why: of an open list learners forget one thing, another each time, and never know whether they were done. A list of five is
five cards. What the question lists itself, to be put in order, is no list to remember.

Bad:
    - id: lumbar-plexus-nerves
      question: Which nerves leave psoas major at its lateral border?
      answer: The iliohypogastric, ilioinguinal, lateral femoral cutaneous and femoral nerves
      sources: gray1918

Good:
    - id: lumbar-plexus-nerves
      question: Which four nerves leave psoas major at its lateral border?
      answer: The iliohypogastric, ilioinguinal, lateral femoral cutaneous and femoral nerves
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..card_texts import asked, core, words
from ..english import content
from ..model import Card, Deck
from ..problem import Problem

CODE = "answer-is-a-list"
FEW, MANY = 3, 5  # things: from FEW on the question says how many, from MANY on it is too many
PART = 4  # words; a longer part is half a sentence, and its commas are no list
_ITEM = re.compile(r"^\s*(?:[-+*]|\d+[.)])\s", re.MULTILINE)
_BETWEEN = re.compile(r"[,;]\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\n")
_NUMBER = re.compile(r"\b(?:[3-9]|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English."""
    for card in cards:
        for at, question, answer in asked(card):
            if "," not in answer and ";" not in answer and "\n" not in answer:
                continue
            things = _things(answer)
            if things < FEW or (things < MANY and _NUMBER.search(question)):
                continue
            if set(content(words(answer))) <= set(content(words(question))):
                continue
            message = f"this answer lists {things} things"
            help_ = f'say in the question how many ("Which {things} …?")' if things < MANY else "make a card of each"
            yield card, Problem(card.path, CODE, message, card.at(*at, "answer"), f"{help_}, or use gaps", "review")


def _things(answer: str) -> int:
    if items := len(_ITEM.findall(answer)):
        return items
    text = core(answer).partition(":")[0].strip(" .\n")
    if not re.search("[,;]", text):
        return 1
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    return len(parts) if all(len(part.split()) <= PART for part in parts) else 1
