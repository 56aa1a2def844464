"""What only a release may touch: learners' ids and clocks, the history, and the published files.

A pull request that changes them is a release itself, or it takes learners' progress into its hands.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from .. import ledger as ledgers
from ..git import GitError, fork, git
from ..history import FOLDER
from ..ledger import Ledger
from ..problem import Problem, in_order
from ..read import Files
from ..version import order
from .make import PUBLISHED, SUMS, sums

PATHS = (ledgers.PATH, FOLDER, PUBLISHED)


def outside(root: Path, base: str) -> list[Problem]:
    """Where the tree differs from `base` (a commit or branch) in such a file and is no release. Raises GitError."""
    commit = fork(root, base)
    touched = _touched(root, commit)
    if not touched:
        return []
    release = _release(root, commit)
    if release:
        return in_order(_of_release(root, release, touched))
    help_ = f"take it back with `git checkout {base} -- decks/` and, for new files, `git rm`; `studydeck release` makes a release"
    return in_order(_problem(path, "only a release writes this file", help_) for path in touched)


def _touched(root: Path, commit: str) -> list[str]:
    changed = git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", commit, "--", *PATHS)
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *PATHS)
    return sorted({path for path in (changed + new).split("\0") if path})


def _release(root: Path, commit: str) -> str:
    """The version of this tree's release if it comes after that of the commit, or an empty string."""
    try:
        before, _ = ledgers.read(git(root, "show", f"{commit}:./{ledgers.PATH}"))
    except GitError:
        before = None
    after = _ledger(root)
    if after is None or (before and order(after.release) <= order(before.release)):
        return ""
    return after.release


def _ledger(root: Path) -> Ledger | None:
    content = Files(root).text(ledgers.PATH, needed=False)
    return ledgers.read(content)[0] if content is not None else None


def _of_release(root: Path, version: str, touched: list[str]) -> list[Problem]:
    """A release writes its own history and leaves the others alone; its files are those that were summed up."""
    own = {f"{FOLDER}/{version}.txt", f"{FOLDER}/{version}.json"}
    others = [path for path in touched if PurePosixPath(path).is_relative_to(FOLDER) and path not in own]
    problems = [
        _problem(path, f"release {version} may not change another release's history", "put it back") for path in others
    ]
    again = "make the release again with `studydeck release`, and commit all that it writes"
    problems += [_problem(path, "the release lacks this file", again) for path in own if not (root / path).is_file()]
    file = root / PUBLISHED / SUMS
    if not file.is_file() or file.read_bytes() != sums(root / PUBLISHED).encode():
        problems.append(_problem(f"{PUBLISHED}/{SUMS}", f"these are not the files of release {version}", again))
    return problems


def _problem(path: str, message: str, help_: str) -> Problem:
    return Problem(path, "outside-release", message, help=help_, line=1, column=1)
