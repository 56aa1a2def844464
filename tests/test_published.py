"""What stands in decks/published is the last release, whole: learners have it."""

from __future__ import annotations

from lab import REPO

from generator import ledger as ledgers
from generator.release import sums

PUBLISHED = REPO / "decks" / "published"


def test_the_published_files_are_those_of_the_ledgers_release():
    """Before the first release there are neither."""
    ledger = REPO / "decks" / "ledger.json"
    assert PUBLISHED.exists() == ledger.exists()
    if ledger.exists():
        release = ledgers.read(ledger.read_text("utf-8"))[0].release
        assert (PUBLISHED / "SHA256SUMS").read_text("utf-8") == sums(PUBLISHED)
        (deck,) = (REPO / "decks").glob("*.yaml")
        history = (REPO / "decks" / "history" / f"{release}.txt").read_bytes()
        assert (PUBLISHED / f"{deck.stem}-update.txt").read_bytes() == history
        assert f"## {release} " in (REPO / "CHANGELOG.md").read_text("utf-8")
