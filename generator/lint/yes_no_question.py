"""Allow a question that can be answered with yes or no.

Why: one guess in two is right, so the schedule says "known" where nothing is known.

Bad:
    - id: psoas-minor-crosses-hip
      question: Does the psoas minor cross the hip joint?
      answer: "No, it ends on the pelvis"
      sources: gray1918

Good:
    - id: psoas-minor-crosses-hip
      question: On which bone does the psoas minor end, as it does not cross the hip joint?
      answer: The pelvis
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..card_texts import asked, bare
from ..model import Card, Deck
from ..problem import Problem

CODE = "yes-no-question"
ASKS = ("which", "what", "how", "where", "who", "why", "when")  # the most frequent first
_END = re.compile(r"[.!?]\s+")
_BEGINS = re.compile(
    r"(?:^|[,:;—–]\s*|\b(?:and|but|so|then)\s+)"
    r"(?:is|are|was|were|do|does|did|can|could|may|might|must|should|will|would|has|have|had"
    r"|isn't|aren't|doesn't|don't|didn't|can't)\s+(?!of\b)\S",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\W*(?:yes|no|true|false)\b(?!\s\w)", re.IGNORECASE)


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English: the last sentence begins with a verb, and no `which` stands in it."""
    for card in cards:
        for at, question, answer in asked(card):
            if _SAYS.match(answer) or _yes_or_no(question):
                message = "this can be answered with yes or no"
                help_ = "ask for the thing itself: which, where, how many"
                yield card, Problem(card.path, CODE, message, card.at(*at, "question"), help_, "review")


def _yes_or_no(question: str) -> bool:
    last = _END.split(question)[-1].casefold()
    for word in ASKS:
        if word in last:
            return False
    return "?" in last and _BEGINS.search(bare(last).strip()) is not None
