"""Asks git; changes nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path


class GitError(Exception):
    """Git is not there, or this is no repository, or git refuses; the message says what to do."""


def git(root: Path, *arguments: str) -> str:
    """What git prints in this folder."""
    command = ["git", "-c", "core.quotepath=off", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except FileNotFoundError:
        raise GitError("git is not installed, and a release is a commit with a tag") from None
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if line.strip()), f"git {arguments[0]} failed")
        if "not a git repository" in said:
            raise GitError(
                "this project is not kept in git, and a release is a commit with a tag: "
                "run `git init`, `git add .` and `git commit` first"
            )
        raise GitError(f"git says: {said.removeprefix('fatal: ')}")
    return done.stdout


def uncommitted(root: Path) -> list[str]:
    """Files that differ from the last commit or are not in it; paths are those of the repository."""
    return [entry[3:] for entry in git(root, "status", "--porcelain", "-z").split("\0") if entry[3:]]


def has_tag(root: Path, name: str) -> bool:
    return bool(git(root, "tag", "--list", name).strip())
