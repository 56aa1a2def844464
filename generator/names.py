"""The names that stand in a project's files, read or not: so that one bad file is not called wrong in ten other places."""

from __future__ import annotations

from pathlib import PurePosixPath

from .read import Files, ids
from .references import SOURCES
from .resolve import Known

NOT_TOPICS = ("sources.yaml", "glossary.yaml")


def known(files: Files) -> Known:
    documents = files.documents
    topics = [f"cards/{name}" for name in files.names("cards") if name not in NOT_TOPICS]
    unread = [p.path for p in files.problems if p.code == "unread-file" and p.path.startswith("cards/")]
    read = [documents[path].data for path in topics if path in documents]
    whole = (
        len(read) == len(topics)
        and not unread
        and all(isinstance(data.get("cards"), list) and data["cards"] for data in read)
    )
    stems = {PurePosixPath(path).name.partition(".")[0] for path in (*topics, *unread)}
    named = {data["topic"] for data in read if isinstance(data.get("topic"), str)}  # whatever the file's name
    sources = documents.get(SOURCES)
    return Known(
        cards=frozenset().union(*(ids(data, "cards") for data in read)) if whole else None,
        sources=ids(sources.data, "sources") if sources and "sources" in sources.data else None,
        topics=frozenset(stems | named),
        figures=frozenset(PurePosixPath(name).stem for name in files.names("cards/figures")),
    )
