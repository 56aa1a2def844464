"""Cards and figures cite sources: whether these exist, and which one was meant by what is no source's id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .model import SOURCE_REF, Source
from .problem import At, Problem
from .similar import similar

SOURCES = "cards/sources.yaml"
DESCRIBE = f"describe the work in {SOURCES} and write its id here"


def references(sources: Mapping[str, Source]) -> frozenset[str]:
    """All that may be cited: ids, and ids with a section."""
    sections = (f"{name}#{section}" for name, source in sources.items() for section in source.sections)
    return frozenset((*sources, *sections))


def all_right(cited: tuple[str, ...], citable: frozenset[str]) -> bool:
    """Quick, for almost always they are."""
    return citable.issuperset(cited) and len(set(cited)) == len(cited)


def cited(
    path: str, at: At, references: tuple[str, ...], sources: Mapping[str, Source], known: frozenset[str] | None
) -> list[Problem]:
    """Problems of the references at this place. `known` are the ids in the file, None where it could not be read."""
    problems = []
    for i, reference in enumerate(references):
        name, _, section = reference.partition("#")
        source = sources.get(name)
        if reference in references[:i]:
            message = f'"{reference}" is cited twice'
            problems.append(Problem(path, "duplicate-source", message, (*at, i), "delete one of them"))
        elif source is None:
            if known is not None and name not in known:
                help_ = _did_you_mean(similar(name, known)) or f"add it to {SOURCES}"
                problems.append(Problem(path, "unknown-source", f'there is no source "{name}"', (*at, i), help_))
        elif section and section not in source.sections:
            if not source.sections:
                help_ = f"cite it as {name}, or add the section to {SOURCES}"
            else:
                help_ = _did_you_mean(similar(section, source.sections))
                help_ = help_ or f"its sections are {', '.join(source.sections)}"
            message = f'source "{name}" has no section "{section}"'
            problems.append(Problem(path, "unknown-section", message, (*at, i), help_))
    return problems


def _did_you_mean(name: str) -> str:
    return f'did you mean "{name}"?' if name else ""


def with_meant_sources(problems: Iterable[Problem], sources: Iterable[Source]) -> list[Problem]:
    """The problems; where `parse` found something that is no source's id, with the id that was meant, if it is known."""
    listed = list(sources)
    return [_with_meant(p, listed) if p.code == "bad-source" and p.needle else p for p in problems]


def _with_meant(problem: Problem, sources: list[Source]) -> Problem:
    typed = problem.needle
    apart = [part for part in re.split(r"[,;•·\n]| and ", typed) if part.strip()]
    for several in (apart, parts(typed)):
        found = [_meant(part, sources) for part in several]
        if len(found) > 1 and all(found):
            return replace(problem, help=f"write {as_list(found, in_list=isinstance(problem.at[-1], int))}")
    if whole := _meant(typed, sources):
        return replace(problem, help=f"write {whole}")
    if (len(parts(typed)) == 1 and "/" not in typed) or are_sources(parts(typed)) or not sources:
        return problem
    near = similar(typed, [source.id for source in sources]) if len(apart) == 1 else ""
    return replace(problem, help=_did_you_mean(near) or DESCRIBE)


def _meant(typed: str, sources: list[Source]) -> str:
    """The id of the source with this address, DOI or, but for case, spaces and signs, this id."""
    address = re.sub(r"^(doi:|https?://(dx\.)?doi\.org/|https?://(www\.)?)", "", typed.strip(), flags=re.I)
    for source in sources:
        own = [source.doi or "", re.sub(r"^https://(www\.)?", "", source.url or "")]
        if any(one and one.rstrip("/").lower() == address.rstrip("/").lower() for one in own):
            return source.id
    name, _, section = typed.partition("#")
    bare = {re.sub(r"\W|_", "", source.id): source for source in sources}
    named = bare.get(re.sub(r"\W|_", "", name).lower())
    if named is None or not section.strip():
        return named.id if named else ""
    titles = {title: key for key, title in named.sections.items()}
    meant = similar(section, named.sections) or titles.get(similar(section, titles), "")
    return f"{named.id}#{meant}" if meant else named.id


def parts(typed: str) -> list[str]:
    """Several sources that were written without brackets or commas."""
    return [part for part in re.split(r"[\s,;•·]+(?:and\s+|[-–]\s+)?", typed.strip(" \n,;•·-–[]")) if part]


def are_sources(typed: list[str]) -> bool:
    return len(typed) > 1 and all(re.match(SOURCE_REF, part) for part in typed)


def as_list(references: list[str], in_list: bool) -> str:
    shown = ", ".join(references)
    return shown if in_list else f"[{shown}]"
