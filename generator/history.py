"""What is released, as it stands in decks/: the ledger and the last release's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from . import ledger as ledgers
from .ledger import Ledger
from .read import Files
from .released_text import Snapshot, snapshot


@dataclass(frozen=True, slots=True)
class History:
    """Without a ledger nothing is released and nothing promised. `lines` are the ledger's, by card id."""

    ledger: Ledger | None = None
    text: Snapshot = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def history(files: Files) -> History:
    names = {PurePosixPath(name).stem: name for name in files.names("decks/history", ".txt")}
    content = files.text(ledgers.PATH, needed=bool(names))
    if content is None:
        return History()
    ledger, problems = ledgers.read(content)
    files.problems += problems
    if ledger is None:
        return History()
    path = f"decks/history/{ledger.release}.txt"
    text, problems = snapshot(path, files.text(path) or "")
    files.problems += problems
    return History(ledger, text, ledgers.lines(content))
