"""Allow an abbreviation before a card has written it out.

Why: the glossary is not on the screen. The first card in study order that uses the letters gives the words.

Bad:
    - id: psoas-cross-section
      question: At which lumbar level does psoas major have its largest cross-section on MRI?
      answer: L4/5
      sources: gray1918

Good:
    - id: psoas-cross-section
      question: At which lumbar level does psoas major have its largest cross-section in magnetic resonance imaging (MRI)?
      answer: L4/5
      sources: gray1918
    - id: psoas-fat-on-mri
      question: What does MRI show beside the iliopsoas tendon as a bright stripe?
      answer: Fat
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..card_texts import bare, texts
from ..model import LEVELS, Card, Deck
from ..problem import Problem

CODE = "abbreviation-before-words"


def check(cards: Sequence[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review of the first card that learners meet: core, then standard, then detail. The words stand in the same text or
    in one that is read before it."""
    waiting = {one.short: re.sub(r"\s*\(.*", "", one.long) for one in deck.glossary.abbreviations}
    for card in sorted(cards, key=lambda card: LEVELS.index(card.level)):
        if not waiting:
            return
        all_texts, read = texts(card), ""
        whole = "\n".join([text for _, text in all_texts])
        used = [short for short in waiting if short in whole]
        for at, text in all_texts if used else ():
            for short in used:
                if short not in waiting or not _stands_in(short, text):
                    continue
                long = waiting.pop(short)
                if long.casefold() in " ".join(bare(f"{read}{text}").casefold().split()):
                    continue
                message = f'"{short}" is not written out on this card, the first that learners meet with it'
                help_ = f'write "{long} ({short})"'
                yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review", needle=short)
            read += f"{text}\n"


def _stands_in(short: str, text: str) -> bool:
    return short in text and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text) is not None
