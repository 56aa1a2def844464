"""Sources as people name them: a key, a key with a section, a DOI, or a link to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model import Source
from ..similar import similar
from ..source.scalar import quoted

DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi: ?)?(10\.\d{4,9}/[^\s,;\"'<>]+)", re.I)


@dataclass(frozen=True, slots=True)
class Cited:
    """`keys` are known; `unknown` says of each other one what to do."""

    keys: tuple[str, ...]
    unknown: tuple[str, ...]


def cited(text: str, sources: Mapping[str, Source]) -> Cited:
    """The sources that a line or a paragraph names; commas, semicolons and line breaks stand between them."""
    by_doi = {source.doi.lower(): key for key, source in sources.items() if source.doi}
    keys, unknown = [], []
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
            unknown.append(_of_name(name, sources))
        elif section and section not in sources[key].sections:
            has = f"it has {', '.join(sources[key].sections)}" if sources[key].sections else "it has none"
            unknown.append(f'the source "{key}" has no section "{section}"; {has}')
        else:
            keys.append(name.lower())
    return Cited(tuple(dict.fromkeys(keys)), tuple(dict.fromkeys(unknown)))


def _whole(doi: str) -> str:
    """Without what a sentence puts behind it; brackets that were opened in a DOI belong to it."""
    doi = doi.rstrip(".:")
    while doi.endswith((")", "]")) and doi.count(doi[-1]) > doi.count({")": "(", "]": "["}[doi[-1]]):
        doi = doi[:-1].rstrip(".:")
    return doi


def _names(text: str) -> Iterator[str]:
    for part in re.split(r"[,;\n]", text):
        name = re.sub(r"^(?:[-*] )?[\[`\"']*|[\]`\"'.]*$", "", part.strip())
        if re.search(r"\w", name):
            yield name


def _of_doi(doi: str) -> str:
    return (
        f"no source has the DOI {doi}. Add it at the end of cards/sources.yaml, with your words for what is in brackets, "
        f"and name it by its id:\n  - id: [name and year, as in smith2020]\n    kind: [study, review, guideline, …]\n"
        f'    title: "[its title]"\n    doi: {quoted(doi)}'
    )


def _of_name(name: str, sources: Mapping[str, Source]) -> str:
    meant = similar(name.partition("#")[0], sources)
    help_ = f'did you mean "{meant}"?' if meant else "add it at the end of cards/sources.yaml, and name it by its id"
    return f'no source is called "{name}"; {help_}'
