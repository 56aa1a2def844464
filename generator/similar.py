"""Which known name was meant by one that nobody knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

CLOSE = 70  # of 100: gray1981 for gray1918, not onexam-psoas for none


def similar(name: str, known: Iterable[str]) -> str:
    """The known name that differs in case, spaces and signs alone, or begins like this one, or is nearest; or nothing."""
    names = sorted(known)
    bare = _bare(name)
    same = [one for one in names if _bare(one) == bare]
    begun = [one for one in names if len(bare) > 3 and _bare(one).startswith(bare)]
    if len(same) == 1 or len(begun) == 1:
        return (same or begun)[0]
    from rapidfuzz import fuzz, process  # only needed once something is wrong

    best = process.extractOne(name.lower(), names, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return str(best[0]) if best else ""


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
