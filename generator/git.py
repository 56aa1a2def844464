"""Asks git; changes nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path


class GitError(Exception):
    """Git is not there, or this is no repository, or git refuses; the message says what to do."""


class GitSaysError(GitError):
    """Git refuses."""


def git(root: Path, *arguments: str) -> str:
    """What git prints in this folder."""
    command = ["git", "-c", "core.quotepath=off", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except FileNotFoundError:
        raise GitError("git is not installed, and this needs it") from None
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if line.strip()), f"{arguments[0]} failed")
        if "not a git repository" in said:
            raise GitError(
                "this project is not kept in git, and this needs it: run `git init`, `git add .` and `git commit` first"
            )
        raise GitSaysError(f"git says: {said.removeprefix('fatal: ')}")
    return done.stdout


def uncommitted(root: Path) -> list[str]:
    """Files that differ from the last commit or are not in it; paths are those of the repository."""
    return [entry[3:] for entry in git(root, "status", "--porcelain", "-z").split("\0") if entry[3:]]


def fork(root: Path, base: str) -> str:
    """The commit where this tree's branch left `base` (a commit or branch): what came to `base` since is no change of ours."""
    try:
        commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}").strip()
    except GitSaysError:
        raise GitError(
            f'there is no commit or branch "{base}" here: `git branch --all` lists the branches; one that is only on the '
            f"server is named origin/{base or 'main'} after `git fetch`"
        ) from None
    try:
        return git(root, "merge-base", commit, "HEAD").strip()
    except GitError:  # a clone without history
        return commit


def has_tag(root: Path, name: str) -> bool:
    return bool(git(root, "tag", "--list", name).strip())
