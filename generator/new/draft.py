"""A card as its author says it becomes lines of a topic's file, and gets an id for ever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count

from .. import markup
from ..source.scalar import is_text, quoted

WORDS, LONGEST = 5, 48  # of an id; at most 60 characters are allowed
SMALL = """
a about an and are as at be been being between by called can chiefly commonly did do does done during for from give gives
had has have how if in into is it its kind mainly make makes many may might more most much name named names of often on one
or other over put puts said same say should some somebody such than that the their them then there these they this those
through to two typically under up usual usually was well were what when where whether which while who whom whose why will
with would
"""
SMALL_WORDS = frozenset(SMALL.split())  # they say nothing of which question it is


@dataclass(frozen=True, slots=True)
class Draft:
    """Either `question` and `answer`, or `cloze`. Empty texts are left out."""

    question: str = ""
    answer: str = ""
    cloze: str = ""
    why: str = ""
    debate: str = ""
    level: str = "standard"
    certainty: str = "settled"
    sources: tuple[str, ...] = ()

    def texts(self) -> dict[str, str]:
        """The texts that a card of this draft has, as they are read back."""
        names = ("cloze", "why", "debate") if self.cloze else ("question", "answer", "why", "debate")
        found = {name: _clean(getattr(self, name)) for name in names}
        return {name: text for name, text in found.items() if text}

    def lines(self, id_: str, indent: int) -> list[str]:
        """The card as the other cards are written: texts as blocks, in which every sign is safe. `indent` is that of
        the dash."""
        keys = " " * (indent + 2)
        lines = [f"{' ' * indent}- id: {_word(id_)}"]
        for name, text in self.texts().items():
            lines += [f"{keys}{name}: |", *(f"{keys}  {line}" if line else "" for line in text.split("\n"))]
        lines += [f"{keys}level: {_word(self.level)}", f"{keys}certainty: {_word(self.certainty)}"]
        return [*lines, f"{keys}sources: [{', '.join(map(_word, self.sources))}]"]


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def _word(text: str) -> str:
    return text if re.fullmatch(r"[a-z0-9#-]+", text) and text[:1] != "#" and is_text(text) else quoted(text)


def card_id(draft: Draft, topic: str, taken: Collection[str]) -> str:
    """The content words of the question, as few as make an id that no card has or had."""
    text = markup.fill_cloze(draft.cloze, lambda gap: " ") if draft.cloze else draft.question
    text = re.sub(r"['’]s\b|<[^>]*>|[^\w'’]", " ", text.lower())
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[a-z0-9]+", bare) if word not in SMALL_WORDS]
    words = [word for word in words if len(word) <= LONGEST]
    for length in range(min(WORDS, len(words)), len(words) + 1):
        id_ = "-".join(words[:length])
        if id_ and len(id_) <= LONGEST and id_ not in taken:
            return id_
    while len("-".join(words[:WORDS])) > LONGEST:
        words.pop()
    stem = "-".join(words[:WORDS]) or f"{topic[:LONGEST]}-card"
    return next(id_ for n in count(2) if (id_ := f"{stem}-{n}") not in taken)
