"""Whether a tree may be released under a version: each refusal says what to do."""

from __future__ import annotations

import re
from pathlib import Path

from ..changes import Changes
from ..git import GitError, has_tag, uncommitted
from ..version import Kind, least, order

MOST = 5  # files named
NUMBER = r"(?:0|[1-9][0-9]{0,5})"  # 01 would be another name of 1
VERSIONS = re.compile(rf"{NUMBER}\.{NUMBER}\.{NUMBER}")


def kind(changes: Changes) -> Kind:
    """`major` where learners lose progress, `minor` where Anki cards come, else `patch`."""
    if changes.other_facts:
        return "major"
    gained = any(change.gained[1] for change in changes.editions.values())
    return "minor" if gained or changes.added else "patch"


def refusals(root: Path, version: str, changes: Changes) -> list[str]:
    """Why not."""
    found = _of_version(version, changes)
    try:
        if not found and has_tag(root, f"v{version}"):
            found.append(f"there is a tag v{version} already: take the next version")
        return found + _uncommitted(root)
    except GitError as e:
        return [*found, str(e)]


def _uncommitted(root: Path) -> list[str]:
    names = uncommitted(root)
    if not names:
        return []
    named = ", ".join(names[:MOST]) + (" …" if len(names) > MOST else "")
    return [
        f"{len(names)} file{'' if len(names) == 1 else 's'} not committed ({named}): commit them, or take them back with "
        "`git restore .` and `git clean`, so that the release can be made again from its commit"
    ]


def _of_version(version: str, changes: Changes) -> list[str]:
    if not VERSIONS.fullmatch(version):
        return [f'"{version}" is no version: write three numbers, such as 1.0.0']
    last = changes.since
    if not last:
        return []
    if order(version) <= order(last):
        return [f"{version} is not after {last}, the last release"]
    lowest, why = needed(changes)
    return (
        []
        if order(version) >= order(lowest)
        else [f"{version} is too low after {last}, for {why}: the least is {lowest}"]
    )


def needed(changes: Changes) -> tuple[str, str]:
    """After a first release: the least version, and why."""
    why = {
        "major": f"learners lose progress on {', '.join(changes.other_facts)}",
        "minor": "it brings new cards",
        "patch": "it brings no new cards, and nobody loses progress",
    }
    return least(changes.since, kind(changes)), why[kind(changes)]
