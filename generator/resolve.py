"""Topics, sources, figures and the deck definition become one Deck; complains about references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .model import (
    KEY,
    LEVELS,
    Card,
    ClozeCard,
    Deck,
    DeckFile,
    Figure,
    GlossaryFile,
    NoteType,
    OcclusionCard,
    QuestionCard,
    Source,
    SourcesFile,
    Topic,
)
from .problem import At, Problem
from .references import SOURCES, all_right, cited, references
from .similar import similar

RESERVED = ("topic", "level", "certainty", "source", "changed", "red-flag", "vignette", "retired")  # tags of our own


@dataclass(frozen=True, slots=True)
class Known:
    """Names that stand in the files, whether or not what they name could be read: a card with a mistake still exists.

    None where a file could not be read at all, and any name may stand in it.
    """

    cards: frozenset[str] | None
    sources: frozenset[str] | None
    topics: frozenset[str]
    figures: frozenset[str]


def deck(
    key: str,
    path: str,
    shape: DeckFile,
    topics: Iterable[Topic],
    sources: SourcesFile,
    glossary: GlossaryFile,
    figures: Mapping[str, Figure],
    note_types: Mapping[str, NoteType],
    known: Known,
) -> tuple[Deck, list[Problem]]:
    """Topics come out in the deck's order. Sources, figures, topics and cards that are named and do not exist are problems."""
    by_id, problems = _unique_sources(sources)
    found = {topic.key: topic for topic in topics}
    problems += _deck_file(path, shape)
    problems += _topics(path, shape, found, known)
    ordered = tuple(found[name] for name in dict.fromkeys(shape.topics) if name in found)
    cards = {card.id: card for topic in found.values() for card in topic.cards}
    citable = references(by_id)
    for card in (card for topic in found.values() for card in topic.cards):
        if not all_right(card.sources, citable):
            problems += cited(card.path, card.at("sources"), card.sources, by_id, known.sources)
        if card.shows:
            problems += _figures(card, figures, known)
        if card.tags:
            problems += _tags(card)
    for figure in figures.values():
        problems += cited(f"cards/figures/{figure.name}.yaml", ("sources",), figure.shape.sources, by_id, known.sources)
    problems += _summary(path, shape, cards, figures, known)
    return Deck(key, path, shape, ordered, by_id, glossary, dict(figures), dict(note_types)), problems


def _unique_sources(file: SourcesFile) -> tuple[dict[str, Source], list[Problem]]:
    by_id: dict[str, Source] = {}
    problems = []
    for i, source in enumerate(file.sources):
        if source.id in by_id:
            message = f'there is already a source "{source.id}"'
            problems.append(Problem(SOURCES, "duplicate-id", message, ("sources", i, "id")))
        by_id.setdefault(source.id, source)
    return by_id, problems


def _deck_file(path: str, shape: DeckFile) -> list[Problem]:
    problems = []
    parts = shape.name.split("::")
    if not all(part == part.strip() and part for part in parts) or "\n" in shape.name or shape.name == "Default":
        help_ = "one line; parts with :: between them; not Default, which is the learner's own"
        problems.append(
            Problem(path, "bad-deck-name", f'Anki would not keep the name "{shape.name}"', ("name",), help_)
        )
    if shape.id < 2:
        problems.append(Problem(path, "bad-deck-id", "1 is the id of the learner's own deck", ("id",)))
    if "full" not in shape.editions or set(shape.editions["full"].levels) != set(LEVELS):
        message = 'there is no edition "full" with every level'
        problems.append(Problem(path, "no-full-edition", message, ("editions",), "add  full: {title: all cards}"))
    return problems


def _topics(path: str, shape: DeckFile, found: Mapping[str, Topic], known: Known) -> list[Problem]:
    problems = []
    for i, name in enumerate(shape.topics):
        if name not in known.topics:
            help_ = _similar(name, known.topics)
            problems.append(Problem(path, "unknown-topic", f"there is no cards/{name}.yaml", ("topics", i), help_))
        elif name in shape.topics[:i]:
            problems.append(Problem(path, "duplicate-topic", f'topic "{name}" is listed twice', ("topics", i)))
    for name, topic in found.items():
        if name not in shape.topics and re.fullmatch(KEY, name):  # `parse` has spoken of other names
            message = f'topic "{name}" is not in the deck, so nobody would get its cards'
            help_ = f'add "{name}" to topics in {path}, where it belongs in study order'
            problems.append(Problem(topic.path, "unlisted-topic", message, ("topic",), help_))
    return problems


def _figures(card: Card, figures: Mapping[str, Figure], known: Known) -> list[Problem]:
    figure = figures.get(card.shows)
    at = card.at("occlude", "figure") if isinstance(card, OcclusionCard) else card.at("figure", "name")
    if figure is None:
        if card.shows in known.figures:
            return []
        help_ = _similar(card.shows, known.figures)
        help_ = help_ or f"figures are described in cards/figures/; there is no {card.shows}.yaml"
        return [Problem(card.path, "unknown-figure", f'there is no figure "{card.shows}"', at, help_)]
    problems = []
    if isinstance(card, QuestionCard | ClozeCard) and card.figure and card.figure.blank and figure.blank is None:
        message = f'figure "{figure.name}" has no picture without lettering'
        help_ = f"add cards/figures/{figure.name}-blank.png"
        problems.append(Problem(card.path, "no-blank-figure", message, card.at("figure", "blank"), help_))
    for i, name in enumerate(card.occlude.labels if isinstance(card, OcclusionCard) else ()):
        if name not in figure.shape.labels:
            message = f'figure "{figure.name}" has no label "{name}"'
            help_ = _similar(name, figure.shape.labels)
            problems.append(Problem(card.path, "unknown-label", message, card.at("occlude", "labels", i), help_))
    return problems


def _tags(card: Card) -> list[Problem]:
    problems = []
    for i, tag in enumerate(card.tags):
        first = tag.partition("::")[0]
        if first in RESERVED:
            message = f'tags that begin with "{first}" are made from the card itself'
            problems.append(Problem(card.path, "reserved-tag", message, card.at("tags", i), "take it out"))
    return problems


def _summary(
    path: str, shape: DeckFile, cards: Mapping[str, Card], figures: Mapping[str, Figure], known: Known
) -> list[Problem]:
    if shape.summary is None:
        return []
    problems = []
    shown = {card.shows for card in cards.values() if not card.retired}
    for i, name in enumerate(shape.summary.figures):
        at: At = ("summary", "figures", i)
        if name not in figures and name not in known.figures:
            problems.append(
                Problem(path, "unknown-figure", f'there is no figure "{name}"', at, _similar(name, known.figures))
            )
        elif name in figures and known.cards is not None and name not in shown:
            message = f'no card shows the figure "{name}"'
            problems.append(Problem(path, "figure-not-shown", message, at, "sheets have the figures of their cards"))
    width = len(shape.summary.columns)
    for r, row in enumerate(shape.summary.rows):
        if len(row) != width:
            message = f"this row has {len(row)} cell{'' if len(row) == 1 else 's'} and the table {width} columns"
            problems.append(Problem(path, "summary-row", message, ("summary", "rows", r)))
        for c, cell in enumerate(row):
            for i, name in enumerate(cell.cards or ()):
                at = ("summary", "rows", r, c, "cards", i)
                if name in cards:
                    if cards[name].retired:
                        problems.append(Problem(path, "retired-card", f'card "{name}" is retired', at))
                elif known.cards is not None and name not in known.cards:
                    help_ = _similar(name, known.cards)
                    problems.append(Problem(path, "unknown-card", f'there is no card "{name}"', at, help_))
    return problems


def _similar(name: str, known: Iterable[str]) -> str:
    best = similar(name, known)
    return f'did you mean "{best}"?' if best else ""
