"""What is released, as it stands in decks/: the ledger and the last release's text; and earlier releases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from . import ledger as ledgers
from .ledger import Ledger
from .model import VERSION
from .read import Files
from .released_text import Snapshot, snapshot
from .version import order

FOLDER = "decks/history"


@dataclass(frozen=True, slots=True)
class History:
    """Without a ledger nothing is released and nothing promised. `lines` are the ledger's, by card id."""

    ledger: Ledger | None = None
    text: Snapshot = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def history(files: Files) -> History:
    """The last release."""
    content = files.text(ledgers.PATH, needed=bool(files.names(FOLDER, ".txt")))
    return _history(files, ledgers.PATH, content) if content is not None else History()


def releases(files: Files) -> list[str]:
    """The versions that are released, the oldest first."""
    names = [PurePosixPath(name).stem for name in files.names(FOLDER, ".txt")]
    return sorted((name for name in names if re.fullmatch(VERSION, name)), key=order)


def earlier(files: Files, version: str) -> History:
    """A release before the last. Beside its text lies the ledger as it was then."""
    path = f"{FOLDER}/{version}.json"
    content = files.text(path)
    return _history(files, path, content) if content is not None else History()


def _history(files: Files, path: str, content: str) -> History:
    ledger, problems = ledgers.read(content, path)
    files.problems += problems
    if ledger is None:
        return History()
    path = f"{FOLDER}/{ledger.release}.txt"
    text, problems = snapshot(path, files.text(path) or "")
    files.problems += problems
    return History(ledger, text, ledgers.lines(content))
