"""A deck and its notes become one study sheet: the value that the Markdown and the HTML writers both print.

Fields named in HTML hold validated card text (markup.render); everything else is plain text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from . import citation
from .markup import Gap, fill_cloze
from .model import Abbreviation, Card, ClozeCard, Deck, Licence, OcclusionCard, QuestionCard, Term
from .notes import Note

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Reference:
    """A short citation: the number of a source and the letter of one of its sections, `3b`."""

    number: int
    letter: str

    def __str__(self) -> str:
        return f"{self.number}{self.letter}"


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source that the sheet cites. `html` is the citation; `sections` are the cited ones, by letter."""

    number: int
    html: str
    address: str
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its lettering: a sheet shows answers. `name` is its file beside the Markdown sheet; `blank` has numbers
    in place of names, or is empty; `numbered`: a card asks by these numbers. `drawing` and `blank_drawing` are the same as SVG for paper: file name, bytes. `labels`
    are those numbers with their names and where the lettering is (as in Entry)."""

    number: int
    name: str
    title: str
    alt: str
    alt_blank: str
    credit: str
    content: bytes
    blank: bytes
    labels: tuple[tuple[int, str, Box], ...]
    numbered: bool
    references: tuple[Reference, ...]
    drawing: tuple[str, bytes] | None
    blank_drawing: tuple[str, bytes] | None

    @property
    def blank_name(self) -> str:
        return f"blank-{self.name}"

    @property
    def key(self) -> str:
        """What the numbers of the blank figure stand for, for those who see the names and are asked by number."""
        return ", ".join(f"{number} {text}" for number, text, _ in self.labels) if self.numbered else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A card. `cloze` (HTML) has its gaps as Anki reads them, `statement` has them filled and in <b>; `number` is the
    topic's and the card's, `2.4`. `boxes` are where the labels' lettering is: left, top, width, height, each a fraction of
    the picture's; `hides_all`: while one label is asked, the others are hidden too.

    `picture_here`: the picture stands with the first card that uses it, later cards refer to it. `picture_asks`: it belongs
    to the question, not to the answer; with `picture_blank`, as the blank one.
    """

    id: str
    number: str
    vignette: str
    question: str
    answer: str
    cloze: str
    statement: str
    reverse_question: str
    reverse_answer: str
    accept: str
    caution: str
    hook: str
    why: str
    debate: str
    certainty: str
    red_flag: bool
    core: bool
    labels: tuple[str, ...]
    hides_all: bool
    boxes: tuple[Box, ...]
    picture: Picture | None
    picture_here: bool
    picture_asks: bool
    picture_blank: bool
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class SheetTopic:
    """A topic and its cards in study order."""

    key: str
    number: int
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the summary table, and the cards that teach it."""

    text: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a study sheet says, in order. `folder` holds `images` beside the Markdown."""

    title: str
    version: str
    language: str
    description: str
    safety: str
    licence: Licence
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    summary_pictures: tuple[Picture, ...]
    topics: tuple[SheetTopic, ...]
    terms: tuple[Term, ...]
    abbreviations: tuple[Abbreviation, ...]
    sources: tuple[CitedSource, ...]
    folder: str
    pictures: tuple[Picture, ...]

    @property
    def images(self) -> tuple[tuple[str, bytes], ...]:
        """File names and their bytes."""
        return tuple((picture.name, picture.content) for picture in self.pictures)

    @property
    def head_picture(self) -> Picture | None:
        """The figure to begin with, where a reader scrolls and does not turn pages."""
        return next(iter(self.summary_pictures), None)

    @property
    def entries(self) -> list[Entry]:
        return [entry for topic in self.topics for entry in topic.entries]

    @property
    def red_flags(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.red_flag]

    @property
    def debated(self) -> list[Entry]:
        """Points on which sources differ; claims with weak evidence have a table of their own."""
        return [entry for entry in self.entries if entry.debate and entry.certainty != "weak"]

    @property
    def weak(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.certainty == "weak"]

    @property
    def counts(self) -> str:
        """`117 cards in 9 topics, from 80 sources`"""
        numbers = ((len(self.entries), "card"), (len(self.topics), "topic"), (len(self.sources), "source"))
        cards, topics, sources = (f"{number} {word}{'' if number == 1 else 's'}" for number, word in numbers)
        return f"{cards} in {topics}, from {sources}"


def sheet(deck: Deck, notes: Sequence[Note]) -> Sheet:
    """The sheet of these notes, by topic and then as in the topic's file. Retired cards are left out."""
    shown = {note.card.id: note for note in notes if not note.card.retired}
    chosen = [(topic, [shown[card.id] for card in topic.cards if card.id in shown]) for topic in deck.topics]
    chosen = [(topic, found) for topic, found in chosen if found]
    cards = [note.card for _, found in chosen for note in found]
    sources = _Sources(deck, [reference for card in cards for reference in _cited(deck, card)])
    pictures = _Pictures(deck, sources, {card.shows for card in cards if _asks_blank(deck, card)})
    topics = tuple(
        SheetTopic(
            topic.key,
            number,
            topic.title,
            tuple(_entry(deck, note, f"{number}.{i}", sources, pictures) for i, note in enumerate(found, 1)),
        )
        for number, (topic, found) in enumerate(chosen, 1)
    )
    by_id = {entry.id: entry for topic in topics for entry in topic.entries}
    shape, summary = deck.shape, deck.shape.summary
    return Sheet(
        title=shape.title,
        version=shape.version,
        language=shape.language,
        description=" ".join(shape.description.split()),
        safety=" ".join(shape.safety.split()),
        licence=shape.licence,
        columns=summary.columns if summary else (),
        rows=tuple(
            tuple(Cell(cell.text, tuple(by_id[id_] for id_ in cell.cards or () if id_ in by_id)) for cell in row)
            for row in (summary.rows if summary else ())
        ),
        summary_pictures=tuple(
            pictures.by_name[name] for name in (summary.figures if summary else ()) if name in pictures.by_name
        ),
        topics=topics,
        terms=tuple(sorted(deck.glossary.terms, key=lambda term: (term.term.casefold(), term.term))),
        abbreviations=tuple(sorted(deck.glossary.abbreviations, key=lambda a: (a.short.casefold(), a.short))),
        sources=sources.cited(),
        folder=f"{deck.key}-study-sheet",
        pictures=tuple(pictures.by_name.values()),
    )


def _entry(deck: Deck, note: Note, number: str, sources: _Sources, pictures: _Pictures) -> Entry:
    card = note.card
    names = (name for name, _ in deck.note_types[note.note_type].fields)
    field = dict(zip(names, note.fields, strict=True))
    name = card.shows
    why, debate = field.get("Why", ""), field.get("Debate", "")
    if card.certainty == "settled":  # no badge, and no place among what is debated
        why, debate = "<br>".join(filter(None, (why, debate))), ""
    picture_here = bool(name) and name not in pictures.by_name
    labels = []
    if isinstance(card, OcclusionCard):
        known = deck.figures[card.occlude.figure].shape.labels
        labels = [known[key] for key in card.occlude.labels]
    return Entry(
        id=card.id,
        number=number,
        vignette=field.get("Vignette", ""),
        question=field.get("Question") or field.get("Header", ""),
        answer=field.get("Answer", ""),
        cloze=field.get("Text", ""),
        statement=fill_cloze(field.get("Text", ""), _filled),
        reverse_question=field.get("Reverse question", ""),
        reverse_answer=field.get("Reverse answer", ""),
        accept=field.get("Accept", ""),
        caution=field.get("Caution", ""),
        hook=field.get("Hook", ""),
        why=why,
        debate=debate,
        certainty="" if card.certainty == "settled" else card.certainty,
        red_flag=card.red_flag,
        core=card.level == "core",
        labels=tuple(label.text for label in labels),
        hides_all=isinstance(card, OcclusionCard) and card.occlude.mode == "hide-all",
        boxes=tuple(label.box for label in labels),
        picture_here=picture_here,
        picture_asks=_asks(card),
        picture_blank=_asks_blank(deck, card),
        picture=pictures.get(name) if name else None,
        references=sources.references(card.sources),
    )


def _asks(card: Card) -> bool:
    return isinstance(card, QuestionCard | ClozeCard) and card.figure is not None and card.figure.side == "front"


def _asks_blank(deck: Deck, card: Card) -> bool:
    blank = isinstance(card, QuestionCard | ClozeCard) and card.figure is not None and card.figure.blank
    return blank and _asks(card) and deck.figures[card.shows].blank is not None


def _filled(gap: Gap) -> str:
    """What a gap hides, in bold once: authors put gaps into bold and bold into gaps."""
    return f"<b>{gap.hidden.replace('<strong>', '').replace('</strong>', '')}</b>"


def _cited(deck: Deck, card: Card) -> tuple[str, ...]:
    name = card.shows
    return card.sources + (deck.figures[name].shape.sources if name else ())


class _Pictures:
    """Numbers figures in the order in which cards show them."""

    def __init__(self, deck: Deck, sources: _Sources, numbered: set[str]) -> None:
        self.figures = deck.figures
        self.numbered = numbered
        self.sources = sources
        self.by_name: dict[str, Picture] = {}

    def get(self, name: str) -> Picture:
        if name not in self.by_name:
            figure = self.figures[name]
            shape, files = figure.shape, dict(figure.files)
            labels = sorted(shape.labels.values(), key=lambda label: label.number)
            self.by_name[name] = Picture(
                number=len(self.by_name) + 1,
                name=f"{name}.png",
                title=shape.title,
                alt=" ".join(shape.alt.split()),
                alt_blank=" ".join(shape.alt_blank.split()),
                credit=f"{shape.credit} ({shape.licence})",
                content=files[figure.image],
                blank=files[figure.blank] if figure.blank else b"",
                labels=tuple((label.number, label.text, label.box) for label in labels),
                numbered=name in self.numbered,
                references=self.sources.references(shape.sources),
                drawing=figure.drawing,
                blank_drawing=figure.blank_drawing,
            )
        return self.by_name[name]


class _Sources:
    """Numbers sources in the order of first citation, and letters their cited sections in the source's own order."""

    def __init__(self, deck: Deck, references: Sequence[str]) -> None:
        pairs = [reference.partition("#")[::2] for reference in references]
        self.sources = deck.sources
        self.numbers = {name: number for number, name in enumerate(dict.fromkeys(name for name, _ in pairs), 1)}
        used = set(pairs)
        self.sections = {
            name: [key for key in deck.sources[name].sections if (name, key) in used] for name in self.numbers
        }

    def references(self, references: Sequence[str]) -> tuple[Reference, ...]:
        found = []
        for reference in dict.fromkeys(references):
            name, _, section = reference.partition("#")
            letter = _letter(self.sections[name].index(section)) if section else ""
            found.append(Reference(self.numbers[name], letter))
        return tuple(found)

    def cited(self) -> tuple[CitedSource, ...]:
        return tuple(
            CitedSource(
                number,
                citation.as_html(self.sources[name]),
                citation.address(self.sources[name]),
                tuple((_letter(i), self.sources[name].sections[key]) for i, key in enumerate(self.sections[name])),
            )
            for name, number in self.numbers.items()
        )


def _letter(i: int) -> str:
    """a to z, then aa to zz."""
    return ascii_lowercase[i % 26] * (i // 26 + 1)
