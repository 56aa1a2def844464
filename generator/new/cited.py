"""Sources as people name them: a key, a key with a section, a DOI, or a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model import Source
from ..similar import similar
from ..source.scalar import quoted

URL = re.compile(r"https?://(?:www\.)?([^\s,;\"'<>]+)", re.I)
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi: ?)?(10\.\d{4,9}/[^\s,;\"'<>]+)", re.I)


@dataclass(frozen=True, slots=True)
class Cited:
    """`keys` are known; `unknown` says of each other one what to do."""

    keys: tuple[str, ...]
    unknown: tuple[str, ...]


def cited(text: str, sources: Mapping[str, Source]) -> Cited:
    """The sources that a line or a paragraph names; commas, semicolons and line breaks stand between them."""
    by_doi = {source.doi.lower(): key for key, source in sources.items() if source.doi}
    by_url = {match[1].rstrip("/"): key for key, source in sources.items() if (match := URL.match(source.url or ""))}
    keys, unknown, strangers = [], [], []
    for url in URL.finditer(text):
        key = by_url.get(url[1].rstrip("/.:)]"))
        if key:
            keys.append(key)
            text = text.replace(url[0], " , ")
    for doi in DOI.findall(text):
        doi = _whole(doi)
        key = by_doi.get(doi.lower())
        if key:
            keys.append(key)
        else:
            unknown.append(_of_doi(doi))
    for name in _names(DOI.sub(" , ", text)):
        key, _, section = name.lower().partition("#")
        if key not in sources:
            meant = similar(key, sources)
            if meant:
                unknown.append(f'no source is called "{name}"; did you mean "{meant}"?')
            else:
                strangers.append(name)
        elif section and section not in sources[key].sections:
            has = f"it has {', '.join(sources[key].sections)}" if sources[key].sections else "it has none"
            unknown.append(f'the source "{key}" has no section "{section}"; {has}')
        else:
            keys.append(name.lower())
    if strangers:
        names = ", ".join(f'"{name}"' for name in dict.fromkeys(strangers))
        unknown.append(f"no source is called {names}; add it at the end of cards/sources.yaml, and name it by its id")
    return Cited(tuple(dict.fromkeys(keys)), tuple(dict.fromkeys(unknown)))


def _whole(doi: str) -> str:
    """Without what a sentence puts behind it; brackets that were opened in a DOI belong to it."""
    doi = doi.rstrip(".:")
    while doi.endswith((")", "]")) and doi.count(doi[-1]) > doi.count({")": "(", "]": "["}[doi[-1]]):
        doi = doi[:-1].rstrip(".:")
    return doi


def _names(text: str) -> Iterator[str]:
    for part in re.split(r"[,;\n]", text):
        name = re.sub(r"^(?:[-*] |and )?[\[`\"']*|[\]`\"'.]*$", "", part.strip())
        if re.search(r"\w", name):
            yield name


def _of_doi(doi: str) -> str:
    return (
        f"no source has the DOI {doi}. Add it at the end of cards/sources.yaml, with your words for what is in brackets, "
        f"and name it by its id:\n  - id: [name and year, as in smith2020]\n    kind: [study, review, guideline, …]\n"
        f'    title: "[its title]"\n    doi: {quoted(doi)}'
    )
