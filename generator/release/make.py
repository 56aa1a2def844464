"""All files of a release, made in another folder from a copy of the project."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .. import clocks, staging
from .. import ledger as ledgers
from ..build import Output, build
from ..changes import Changes
from ..history import FOLDER
from ..load import Project, load
from ..problem import as_text
from ..read import Files
from ..write.update_text import update_text
from .changelog import changelog
from .listing import listing

PUBLISHED = "decks/published"
CHANGELOG = "CHANGELOG.md"
SUMS = "SHA256SUMS"
KINDS = ("apkg", "update", "sheet-md", "sheet-html", "pdf")
# Git keeps every release for ever, so of the PDFs only those that most people print: half of their bytes.
PRINTED = re.compile(r"-(study-sheet|summary|worksheets|self-test-core|cards-core)-(a4|letter)\.pdf$")


class ReleaseError(Exception):
    """The release cannot be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """`names` are the files and folders of the release, relative to `folder` and to the project."""

    folder: Path
    names: tuple[str, ...]
    outputs: tuple[Output, ...]


def make(
    project: Project, version: str, changes: Changes, folder: Path, step: Callable[[], None] = lambda: None
) -> Made:
    """`project` is what is released, at its `now`; `folder` is empty. Raises OSError, BuildError and ReleaseError."""
    staging.copy(project.root, folder)
    _set_version(folder / project.deck.path, project.deck.shape.version, version)
    ledger = clocks.released(project.deck, project.notes, project.ledger, project.now, version)
    text = update_text(project.deck, project.notes)
    names = [CHANGELOG, project.deck.path, ledgers.PATH, f"{FOLDER}/{version}.txt", f"{FOLDER}/{version}.json"]
    for name, content in ((names[2], ledgers.write(ledger)), (names[3], text), (names[4], ledgers.write(ledger))):
        _write(folder / name, content)
    released = _released(project, folder, version)
    published = folder / PUBLISHED
    outputs = build(released, published, KINDS, step)
    for output in outputs:
        if output.of_print and not PRINTED.search(output.path.name):
            output.path.unlink()
    _write(published / "ankiweb.md", listing(released.deck, changes))
    _write(published / SUMS, sums(published))
    before = _text(project.root, CHANGELOG)
    _write(folder / CHANGELOG, changelog(before, version, project.now, released.deck, changes))
    return Made(folder, (*names, PUBLISHED), tuple(output for output in outputs if output.path.exists()))


def sums(folder: Path) -> str:
    """What `sha256sum --check` reads, for every file in the folder but the sums themselves."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n"
        for name, path in sorted(files.items())
        if name != SUMS
    )


def _released(project: Project, folder: Path, version: str) -> Project:
    """The project as it stands after the release: read again, so that what learners get was made from what is kept."""
    loaded = load(folder, project.now)
    if loaded.project is None:
        raise ReleaseError("the released tree has problems:\n" + "\n".join(map(as_text, loaded.problems)))
    if loaded.project.deck.shape != project.deck.shape.model_copy(update={"version": version}):
        raise ReleaseError(f"cannot set the version: write it on a line of its own in {project.deck.path}")
    return loaded.project


def _set_version(path: Path, old: str, new: str) -> None:
    """Everything else in the file stays, byte for byte."""
    text = path.read_bytes().decode("utf-8")
    pattern = rf"""^(version[ \t]*:[ \t]*)(["']?){re.escape(old)}\2(?=[ \t\r]*(#.*)?$)"""
    path.write_bytes(
        re.sub(pattern, lambda match: f"{match[1]}{match[2]}{new}{match[2]}", text, count=1, flags=re.M).encode()
    )


def _text(root: Path, path: str) -> str:
    files = Files(root)
    text = files.text(path, needed=False)
    if files.problems:  # a link, or no UTF-8
        raise ReleaseError("\n".join(map(as_text, files.located({}))))
    return text or ""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
