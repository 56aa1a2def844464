"""A copy of a project's sources, where a command tries what it would write."""

from __future__ import annotations

import shutil
from pathlib import Path

OUTPUTS = ("build", "published")  # in decks/


def copy(root: Path, to: Path) -> Path:
    """cards/ and decks/, without what is built. Links stay links: nothing follows them."""
    shutil.copytree(root / "cards", to / "cards", symlinks=True)
    shutil.copytree(root / "decks", to / "decks", symlinks=True, ignore=shutil.ignore_patterns(*OUTPUTS, ".*"))
    return to
