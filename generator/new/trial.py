"""A new card in its project: which ids are taken, what `check` would say, and the file written."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from .. import staging
from ..ledger import PATH as LEDGER
from ..ledger import read as read_ledger
from ..load import load
from ..names import NOT_TOPICS
from ..problem import Problem
from ..read import Files, ids
from ..similar import similar


def topic_key(files: Files, name: str) -> tuple[str, str]:
    """The topic that is meant, by its key, its file or its title; or an empty string, and what was meant perhaps."""
    keys = [Path(file).stem for file in files.names("cards") if file not in NOT_TOPICS]
    key = name.strip().replace("\\", "/").rpartition("/")[2].removesuffix(".yaml")
    if key in keys:
        return key, ""
    documents = {key: files.document(f"cards/{key}.yaml") for key in keys}
    titles = {str(document.data.get("title", "")).lower(): key for key, document in documents.items() if document}
    title = name.strip().lower()
    if title in titles:
        return titles[title], ""
    meant = similar(key, keys) or titles.get(similar(title, titles), "")
    return "", f'did you mean "{meant}"?' if meant else f"there are {', '.join(keys)}"


def taken(files: Files) -> set[str]:
    """Ids that cards have, or that learners know."""
    documents = [files.document(f"cards/{name}") for name in files.names("cards") if name not in NOT_TOPICS]
    taken = {id_ for document in documents if document for id_ in ids(document.data, "cards")}
    text = files.text(LEDGER, needed=False)
    ledger = read_ledger(text)[0] if text else None
    return taken | ({*ledger.cards} if ledger else set())


def trial(root: Path, path: str, content: bytes, before: Iterable[Problem]) -> list[Problem]:
    """What `check` would say about the new card: tried on a copy, without what it said before."""
    old = Counter((problem.path, problem.code, problem.message) for problem in before)
    with tempfile.TemporaryDirectory() as folder:
        copy = staging.copy(root, Path(folder) / "project")
        (copy / path).write_bytes(content)
        found = []
        for problem in load(copy, 0).problems:
            key = (problem.path, problem.code, problem.message)
            if old[key]:
                old[key] -= 1
            else:
                found.append(problem)
        return found


def write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
        there = Path(folder) / path.name
        there.write_bytes(content)
        there.chmod(path.stat().st_mode)
        there.replace(path)
