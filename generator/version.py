"""Version numbers of releases: their order, and the least that a release may take."""

from __future__ import annotations

from typing import Literal

Kind = Literal["major", "minor", "patch"]


def order(version: str) -> tuple[int, int, int, bool, str]:
    """A key to sort by. What stands before a release (1.0.0-rc.1) comes before it."""
    numbers, _, before = version.partition("-")
    major, minor, patch = (int(number) for number in numbers.split("."))
    return major, minor, patch, not before, before


def least(last: str, kind: Kind) -> str:
    """The lowest version after `last` that may hold changes of this kind.

    Semantic versioning, read for learners: `major` where somebody loses progress, `minor` for new cards, `patch` for the
    rest. Before 1.0.0 the second number stands for both of the first two.
    """
    major, minor, patch, whole, _ = order(last)
    if not whole:  # 1.0.0-rc.1 has announced 1.0.0
        return f"{major}.{minor}.{patch}"
    if kind == "patch":
        return f"{major}.{minor}.{patch + 1}"
    if kind == "minor" or major == 0:
        return f"{major}.{minor + 1}.0"
    return f"{major + 1}.0.0"
