"""The project as it was at a commit, as if that had been a release: what a pull request is compared with."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from . import clocks
from .git import GitError, fork, git
from .history import History
from .load import load
from .released_text import snapshot
from .write.update_text import update_text

UNRELEASED = "0.0.0"


def at_commit(root: Path, base: str, now: int) -> History:
    """Where this tree's branch began on `base` (a commit or branch). Its cards are rendered by this program, not by the
    program as it was. Raises GitError."""
    commit = fork(root, base)
    with tempfile.TemporaryDirectory() as folder:
        packed, tree = Path(folder) / "tree.zip", Path(folder) / "tree"
        # a zip file's links come out as files: nothing follows them
        git(
            root, "archive", "--format=zip", f"--output={packed}", commit, "cards", "decks", ":(exclude)decks/published"
        )
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(tree)
        loaded = load(tree, now, accept_tool_change=True)
    if loaded.project is None:
        raise GitError(f"the cards of {base} have errors, and cannot be compared with: compare with another commit")
    deck, notes, ledger = loaded.project.deck, loaded.project.notes, loaded.project.ledger
    then = clocks.released(deck, notes, ledger, now, ledger.release if ledger else UNRELEASED)
    return History(then, snapshot(base, update_text(deck, notes))[0])
