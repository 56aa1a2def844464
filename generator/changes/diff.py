"""Two lines of text, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher


def by_words(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Runs of words: what was there and what is there now. Both are the same where nothing changed."""
    before, after = old.split(), new.split()
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left, right = " ".join(before[a:b]), " ".join(after[c:d])
        yield (left, right) if what != "equal" else (left, left)
