"""Topics, sources, figures and the deck definition become one Deck; complains about references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .model import Card, Deck, DeckFile, Figure, GlossaryFile, NoteType, OcclusionCard, Source, SourcesFile, Topic
from .problem import At, Problem

SOURCES = "cards/sources.yaml"


def deck(
    key: str,
    path: str,
    shape: DeckFile,
    topics: Iterable[Topic],
    sources: SourcesFile,
    glossary: GlossaryFile,
    figures: Mapping[str, Figure],
    note_types: Mapping[str, NoteType],
) -> tuple[Deck, list[Problem]]:
    """Topics come out in the deck's order. Sources, figures, topics and cards that are named but do not exist are problems."""
    by_id, problems = _unique_sources(sources)
    found = {topic.key: topic for topic in topics}
    problems += _topics(path, shape, found)
    ordered = tuple(found[name] for name in dict.fromkeys(shape.topics) if name in found)
    cards, duplicates = _unique_cards(found.values())
    problems += duplicates
    citable = {*by_id, *(f"{source.id}#{section}" for source in by_id.values() for section in source.sections)}
    for card in cards.values():
        if not citable.issuperset(card.sources):
            problems += _sources(card, by_id)
        problems += _figures(card, figures)
    for figure in figures.values():
        path_ = f"cards/figures/{figure.name}.yaml"
        for i, reference in enumerate(figure.shape.sources):
            problems += _source(path_, ("sources", i), reference, by_id)
    problems += _summary(path, shape, cards)
    return Deck(key, path, shape, ordered, by_id, glossary, dict(figures), dict(note_types)), problems


def _unique_sources(file: SourcesFile) -> tuple[dict[str, Source], list[Problem]]:
    by_id: dict[str, Source] = {}
    problems = []
    for i, source in enumerate(file.sources):
        if source.id in by_id:
            problems.append(
                Problem(SOURCES, "duplicate-id", f'there is already a source "{source.id}"', ("sources", i, "id"))
            )
        by_id.setdefault(source.id, source)
    return by_id, problems


def _unique_cards(topics: Iterable[Topic]) -> tuple[dict[str, Card], list[Problem]]:
    cards: dict[str, Card] = {}
    problems = []
    for topic in topics:
        for card in topic.cards:
            first = cards.setdefault(card.id, card)
            if first is not card:
                where = "above in this file" if first.path == card.path else f"in {first.path}"
                problems.append(
                    Problem(
                        card.path,
                        "duplicate-id",
                        f'there is already a card "{card.id}" {where}',
                        card.at("id"),
                        help="give the new card an id of its own; ids are permanent, so the older card keeps its id",
                    )
                )
    return cards, problems


def _topics(path: str, shape: DeckFile, found: Mapping[str, Topic]) -> list[Problem]:
    problems = []
    for i, name in enumerate(shape.topics):
        if name not in found:
            problems.append(
                Problem(path, "unknown-topic", f"there is no cards/{name}.yaml", ("topics", i), _similar(name, found))
            )
        elif name in shape.topics[:i]:
            problems.append(Problem(path, "duplicate-topic", f'topic "{name}" is listed twice', ("topics", i)))
    for name, topic in found.items():
        if name not in shape.topics:
            problems.append(
                Problem(
                    topic.path,
                    "unlisted-topic",
                    f'topic "{name}" is not in the deck, so nobody would get its cards',
                    ("topic",),
                    help=f'add "{name}" to topics in {path}, where it belongs in study order',
                )
            )
    return problems


def _sources(card: Card, sources: Mapping[str, Source]) -> list[Problem]:
    found = (_source(card.path, card.at("sources", i), reference, sources) for i, reference in enumerate(card.sources))
    return [problem for problems in found for problem in problems]


def _figures(card: Card, figures: Mapping[str, Figure]) -> list[Problem]:
    problems: list[Problem] = []
    if card.figure is not None:
        problems += _figure(card, card.at("figure", "name"), card.figure.name, figures)
        figure = figures.get(card.figure.name)
        if figure and card.figure.blank and figure.blank is None:
            problems.append(
                Problem(
                    card.path,
                    "no-blank-figure",
                    f'figure "{figure.name}" has no picture without lettering',
                    card.at("figure", "blank"),
                    help=f"add cards/figures/{figure.name}-blank.png",
                )
            )
    if isinstance(card, OcclusionCard):
        problems += _occlusion(card, figures)
    return problems


def _occlusion(card: OcclusionCard, figures: Mapping[str, Figure]) -> list[Problem]:
    problems = _figure(card, card.at("occlude", "figure"), card.occlude.figure, figures)
    labels = figures[card.occlude.figure].shape.labels if not problems else {}
    for i, name in enumerate(card.occlude.labels if not problems else ()):
        if name not in labels:
            problems.append(
                Problem(
                    card.path,
                    "unknown-label",
                    f'figure "{card.occlude.figure}" has no label "{name}"',
                    card.at("occlude", "labels", i),
                    _similar(name, labels),
                )
            )
    return problems


def _figure(card: Card, at: At, name: str, figures: Mapping[str, Figure]) -> list[Problem]:
    if name in figures:
        return []
    help_ = _similar(name, figures) or f"figures are described in cards/figures/; there is no {name}.yaml"
    return [Problem(card.path, "unknown-figure", f'there is no figure "{name}"', at, help_)]


def _source(path: str, at: At, reference: str, sources: Mapping[str, Source]) -> list[Problem]:
    name, _, section = reference.partition("#")
    source = sources.get(name)
    if source is None:
        help_ = _similar(name, sources) or f"add it to {SOURCES}"
        return [Problem(path, "unknown-source", f'there is no source "{name}"', at, help_)]
    if section and section not in source.sections:
        if not source.sections:
            help_ = f"cite it as {name}, or add the section to {SOURCES}"
        else:
            help_ = _similar(section, source.sections) or f"its sections are {', '.join(source.sections)}"
        return [Problem(path, "unknown-section", f'source "{name}" has no section "{section}"', at, help_)]
    return []


def _summary(path: str, shape: DeckFile, cards: Mapping[str, Card]) -> list[Problem]:
    if shape.summary is None:
        return []
    problems = []
    width = len(shape.summary.columns)
    for r, row in enumerate(shape.summary.rows):
        if len(row) != width:
            problems.append(
                Problem(
                    path,
                    "summary-row",
                    f"this row has {len(row)} cells and the table {width} columns",
                    ("summary", "rows", r),
                )
            )
        for c, cell in enumerate(row):
            for i, name in enumerate(cell.cards or ()):
                at: At = ("summary", "rows", r, c, "cards", i)
                if name not in cards:
                    problems.append(
                        Problem(path, "unknown-card", f'there is no card "{name}"', at, _similar(name, cards))
                    )
                elif cards[name].retired:
                    problems.append(Problem(path, "retired-card", f'card "{name}" is retired', at))
    return problems


def _similar(name: str, known: Iterable[str]) -> str:
    from rapidfuzz import process  # only needed once something is wrong

    best = process.extractOne(name, list(known), score_cutoff=70)
    return f'did you mean "{best[0]}"?' if best else ""
