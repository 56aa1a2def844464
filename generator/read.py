"""Reads a project's files: only regular files inside the project, as bytes, text or data; keeps what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from . import parse
from .model import KEY, Shape
from .problem import Problem, in_order
from .source import Document, read

S = TypeVar("S", bound=Shape)


class Files:
    """The files below `root`. Every problem is kept, with the documents that know its place."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}

    def names(self, folder: str, suffix: str = ".yaml") -> list[str]:
        """The names of a folder's files with this ending, sorted. A file that nobody would read is a problem."""
        found = []
        try:
            paths = sorted((self.root / folder).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as e:
            self.problems.append(
                Problem(folder, "unreadable-file", f"this folder cannot be read: {e.strerror}".lower())
            )
            return []
        for path in paths:
            name = path.name
            if name.startswith("."):  # an editor's or a system's own
                continue
            if path.suffix == suffix:
                found.append(name)
            elif suffix == ".yaml" and (path.suffix.lower() in (".yaml", ".yml") or name.lower().endswith(".yaml.txt")):
                message = "nobody reads a file of this name"
                help_ = f"rename it to {name.partition('.')[0]}.yaml"
                self.problems.append(Problem(f"{folder}/{name}", "unread-file", message, help=help_))
            elif (
                suffix == ".yaml"
                and path.is_dir()
                and any(path.glob("*.y*ml"))
                and name not in ("figures", "note_types")
            ):
                message = f"nobody reads folders in {folder}/"
                self.problems.append(
                    Problem(f"{folder}/{name}", "unread-file", message, help=f"move its files to {folder}/")
                )
        return found

    def all_names(self, folder: str) -> list[str]:
        """Of whatever is in a folder, but what an editor or a system keeps there."""
        try:
            return sorted(path.name for path in (self.root / folder).iterdir() if not path.name.startswith("."))
        except OSError:  # `names` says why
            return []

    def shape(self, path: str, shape: type[S], needed: bool = True) -> S | None:
        """A YAML file as one of the model's shapes."""
        document = self.document(path, needed)
        if document is None:
            return None
        value, problems = parse.file(document, shape)
        self.problems += problems
        return value

    def document(self, path: str, needed: bool = True) -> Document | None:
        content = self.content(path, needed)
        if content is None:
            return None
        document, problems = read(path, content)
        self.problems += problems
        if document:
            self.documents[path] = document
        return document

    def texts(self, folder: str, suffix: str = ".html") -> dict[str, str]:
        """The folder's files with this ending, by name."""
        found = {name: self.text(f"{folder}/{name}") for name in self.names(folder, suffix)}
        return {name: text for name, text in found.items() if text is not None}

    def text(self, path: str, needed: bool = True) -> str | None:
        """With line ends as on Linux: those of a Windows checkout must not reach learners as a change."""
        content = self.content(path, needed)
        if content is None:
            return None
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.problems.append(Problem(path, "not-utf8", "this file is not UTF-8", help="save it as UTF-8"))
            return None

    def contents(self, folder: str, suffix: str) -> dict[str, bytes]:
        found = {name: self.content(f"{folder}/{name}") for name in self.names(folder, suffix)}
        return {name: content for name, content in found.items() if content is not None}

    def content(self, path: str, needed: bool = True) -> bytes | None:
        """A link may stand in a stranger's pull request and lead to a secret: none is followed."""
        file = self.root / path
        try:
            for part in (file, *file.parents):
                if part == self.root:
                    break
                if part.is_symlink():
                    message = "this is a link, and links are not followed"
                    self.problems.append(Problem(path, "link", message, help="put the file itself here"))
                    return None
            if file.exists() and not file.is_file():
                self.problems.append(Problem(path, "not-a-file", "this is not a file"))
                return None
            return file.read_bytes()
        except FileNotFoundError:
            if needed:
                help_ = f"bring it back: git restore {path}"
                self.problems.append(Problem(path, "missing-file", "there is no such file", help=help_))
        except (OSError, ValueError) as e:
            reason = e.strerror if isinstance(e, OSError) and e.strerror else str(e)
            self.problems.append(Problem(path, "unreadable-file", f"this file cannot be read: {reason.lower()}"))
        return None

    def located(self, lines: Mapping[str, Mapping[str, int]]) -> list[Problem]:
        """All problems with lines and columns, sorted. `lines` are those of files that are no documents, by key."""
        found = []
        for problem in self.problems:
            if not problem.line and problem.path in self.documents:
                problem = self.documents[problem.path].locate(problem)
            elif not problem.line and problem.at:
                problem = replace(problem, line=lines.get(problem.path, {}).get(str(problem.at[-1]), 1))
            found.append(
                problem if problem.line and problem.column else replace(problem, line=problem.line or 1, column=1)
            )
        return in_order(found)


def is_key(name: str) -> bool:
    """Whether a file's name, without its ending, may be a name in the project."""

    return re.fullmatch(KEY, name) is not None


def ids(data: Any, key: str) -> frozenset[str]:
    """The ids in a list of a file, whether or not the rest of an item is right."""
    items = data.get(key) if isinstance(data, dict) else None
    found = (item.get("id") for item in items if isinstance(item, dict)) if isinstance(items, list) else ()
    return frozenset(str(id_).strip() for id_ in found if id_ is not None)


def good_items(data: Any, key: str, shape: type[S]) -> tuple[S, ...]:
    """The items of a list that have the right shape."""
    items = data.get(key) if isinstance(data, dict) else None
    found = []
    for item in items if isinstance(items, list) else ():
        try:
            found.append(shape.model_validate(item))
        except ValidationError:  # `parse` says why
            continue
    return tuple(found)
