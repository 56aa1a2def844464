"""Allow a gap whose words stand beside it: in the sentence, in another gap, in its own hint, or in the topic's title.

Why: a gap is there to be filled from memory. What stands next to it is read off.

Bad:
    - id: iliopsoas-names
      cloze: The iliacus and psoas major muscles share the tendon of {{c1::psoas major}}.
      sources: gray1918

Good:
    - id: iliopsoas-names
      cloze: Most fibers of iliacus end in the tendon of {{c1::psoas major::muscle}}.
      sources: gray1918
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..card_texts import hidden, words
from ..english import fact, stands_in
from ..model import Card, ClozeCard, Deck
from ..problem import Problem

CODE = "gap-given-away"
_STARTS = re.compile(r"\{\{c\d+::(?:the |an? )?[\W_]*(\w{1,4})")


def check(cards: Sequence[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English: the words of the gap in the same order, without small ones, in the singular."""
    titles = {topic.path: topic.title for topic in deck.topics}
    for card in cards:
        if not isinstance(card, ClozeCard) or not _may_be_given(card, titles[card.path]):
            continue
        for one in hidden(card):
            seen = fact(words(" … ".join((one.around, *one.hints, card.vignette or "", titles[card.path]))))
            for text in one.hidden:
                said = fact(words(text))
                if said and stands_in(said, seen):
                    message = f'"{text}" can be read beside its gap c{one.number}'
                    help_ = "hide it there too, under the same number, or word the sentence without it"
                    yield card, Problem(card.path, CODE, message, card.at("cloze"), help_, "review", needle=text)


def _may_be_given(card: ClozeCard, title: str) -> bool:
    """Quick: the beginning of a gap stands there twice."""
    text = f"{card.cloze}\n{card.vignette or ''}\n{title}".casefold()
    return any(text.count(start) > 1 for start in _STARTS.findall(text))
