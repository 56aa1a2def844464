"""Allow a weakly supported claim that is worded as a fact.

Why: learners remember the sentence and forget the mark. A weak claim names who makes it.

Bad:
    - id: psoas-tight-back-pain
      question: What does a tight psoas cause in the lumbar spine?
      answer: Pain from the pull on its attachments
      certainty: weak
      sources: iliopsoas-blog

Good:
    - id: psoas-tight-back-pain
      question: What does a tight psoas cause in the lumbar spine, according to a popular article?
      answer: Pain from the pull on its attachments
      certainty: weak
      sources: iliopsoas-blog
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..card_texts import asked
from ..model import Card, ClozeCard, Deck
from ..problem import At, Problem

CODE = "too-sure-for-weak"
_SURE = re.compile(
    r"\b(?:causes?|caused|causing|leads?\s+to|led\s+to|results?\s+in|due\s+to|because\s+of|makes?|prevents?|cures?|heals?"
    r"|fix(?:es)?|relieves?|reduces?|increases?|improves?|proves?|proven|always|never|certainly|definitely|clearly"
    r"|undoubtedly|guarantees?|must|will)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\b(?:articles?|authors?|blogs?|pages?|websites?|popular|according|claim\w*|sa(?:y|ys|id)|propos\w*|teach\w*|taught"
    r"|report\w*|describ\w*|believ\w*|thought|held|suggest\w*|assum\w*|suspect\w*|hypothes\w*|model|may|might|could|can"
    r"|stud(?:y|ies)|series|trials?|pilot|experiment\w*|laborator\w+|simulations?|dissection|case|found|measured|shown?"
    r"|critics|therapists|clinicians|list\w*|names?|named)\b|\(\d{4}\)",
    re.IGNORECASE,
)


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English: a word like `causes` on the front or in the answer, and no `article`, `claims` or `may`."""
    for card in cards:
        if card.certainty != "weak":
            continue
        for at, text in _claims(card):
            sure = _SURE.search(text)
            if sure and not _WHOSE.search(f"{text} {card.vignette or ''}"):
                message = f'"{sure[0]}" is too sure for a weak claim'
                help_ = "say whose claim it is (a popular article, one study), or that it may be so"
                yield card, Problem(card.path, CODE, message, card.at(*at), help_, "review")


def _claims(card: Card) -> Iterator[tuple[At, str]]:
    for at, question, answer in asked(card):
        yield (*at, "question"), f"{question} {answer}"
    if isinstance(card, ClozeCard):
        yield ("cloze",), card.cloze
