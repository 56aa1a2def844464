"""What a note's fields say, in words: what a reviewer or a learner reads of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .. import markup

MAIN = ("Vignette", "Question", "Answer", "Reverse question", "Reverse answer", "Text", "Image", "Header", "Occlusion")
UNSAID = ("Id", "Topic")  # the head of a new card says them
PICTURE = re.compile(r'<img src="_([a-z0-9-]+)-([0-9a-f]{12})\.png" alt="([^"]*)">')
OPEN, CLOSE = "\ue000", "\ue001"  # braces that `plain` does not read


@dataclass(frozen=True, slots=True)
class Field:
    """A field, and what it says in words: before (empty for a new card) and now."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the fields of one card. `names` are the note type's, `labels` those of the card's figure, by number."""

    namespace: str
    names: Sequence[str]
    labels: Mapping[int, str]

    def shown(self, fields: Sequence[str]) -> tuple[Field, ...]:
        """All that a new card says."""
        named = zip(self.names, fields, strict=False)
        return tuple(Field(name, "", self.words(name, text)) for name, text in named if text and name not in UNSAID)

    def changed(self, old: Sequence[str], new: Sequence[str]) -> tuple[Field, ...]:
        """The fields that say something else, among those that tell which card it is. Nothing where only the bytes of a
        picture changed."""
        found = []
        differs = False
        for name, before, after in zip(self.names, old, new, strict=False):
            if _without_hashes(before) != _without_hashes(after):
                differs = True
                found.append(self._field(name, before, after))
            elif name in MAIN and after:
                same = self.words(name, after)
                found.append(Field(name, same, same))
        return tuple(found) if differs else ()

    def redrawn(self, old: Sequence[str], new: Sequence[str]) -> set[str]:
        """The pictures whose bytes are others."""
        before, after = ({p[1]: p[2] for text in fields for p in PICTURE.finditer(text)} for fields in (old, new))
        return {self._named(name) for name in before.keys() & after.keys() if before[name] != after[name]}

    def words(self, name: str, html: str) -> str:
        """One line. Gaps stay as they are written, for their numbers are Anki cards."""
        if name == "Occlusion":
            return "; ".join(self.labels.get(n, f"label {n}") for n in markup.cloze_numbers(html))
        if name == "Red flag":
            return "yes" if html else ""
        html = PICTURE.sub(lambda picture: f"{self._named(picture[1])}: {picture[3]}", html)
        lines = markup.plain(markup.fill_cloze(html, _gap)).split("\n")
        return " / ".join(line.strip() for line in lines).translate({ord(OPEN): "{{", ord(CLOSE): "}}"})

    def _field(self, name: str, before: str, after: str) -> Field:
        old, new = self.words(name, before), self.words(name, after)
        if old == new:  # bold, a link's address
            old, new = markup.to_markdown(before), markup.to_markdown(after)
        return Field(name, old, new) if old != new else Field(name, before, after)  # the place of a mask

    def _named(self, picture: str) -> str:
        return picture.removeprefix(f"{self.namespace}-")


def _without_hashes(html: str) -> str:
    return PICTURE.sub(r"\1 \3", html)


def _gap(gap: markup.Gap) -> str:
    return f"{OPEN}c{gap.number}::{gap.hidden}{f'::{gap.hint}' if gap.hint else ''}{CLOSE}"
