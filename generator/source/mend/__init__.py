"""YAML as people type it: which line is wrong, what was meant, and how to write it."""

from __future__ import annotations

from ..events import StopError
from .card import below_reverse, new_card
from .indentation import block_header, misaligned, outside_block
from .line import Mend
from .punctuation import missing_in_key
from .quotes import needs_quotes
from .signs import merge_marks, signs

__all__ = ["Mend", "mend"]

LONGEST = 5_000  # characters of a line that is mended


def mend(lines: list[str], stop: StopError) -> Mend | None:
    """The first mistake that we know in the lines where it may be."""
    if stop.code in ("too-deep", "empty-file"):
        return None
    if stop.code == "second-list":
        message = f"{stop.message}: stands here a second time; one list holds them all"
        return Mend(stop.row, 0, "duplicate-key", message, "delete this line", {stop.row: ""})
    if stop.code == "reverse":
        return below_reverse(lines, stop.row)
    if stop.code == "new-card":
        return new_card(lines, stop.row, stop.code)
    rows = [row for row in stop.rows if row < len(lines) and len(lines[row]) <= LONGEST]
    rows = [row for row in rows if lines[row].strip() and not lines[row].lstrip().startswith("#")]
    for row in rows:
        if (row == rows[0] or block_header(lines, row) is None) and (
            found := merge_marks(lines, row) or signs(lines, row)
        ):
            return found
    for row in rows:
        header = block_header(lines, row)
        if header is None:
            found = (
                new_card(lines, row, stop.code)
                or needs_quotes(lines, row, stop.code)
                or missing_in_key(lines[row], row)
            )
        else:
            found = outside_block(lines, row, header) if row == rows[0] else None
        if found:
            return found
    return next(filter(None, (misaligned(lines, row) for row in rows[:2])), None)
