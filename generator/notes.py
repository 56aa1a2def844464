"""A Deck becomes notes as Anki stores them: guid, note type, rendered fields, tags, place in the order."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from . import citation, markup
from .model import LEVELS, Card, ClozeCard, Deck, Figure, OcclusionCard, QuestionCard, Topic
from .problem import Problem


@dataclass(frozen=True)
class Note:
    """A card as Anki keeps it. `ords` are its Anki cards, from 0; `place` is its place in the full order, from 1.

    `fields` follow the note type's. `tags` leave out `changed::…`, which the ledger adds: it must not move the clock.
    """

    card: Card
    topic: Topic
    note_type: str
    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    place: int

    @cached_property
    def hash(self) -> str:
        """What the learner sees in this note, and its tags."""
        return _digest([self.note_type, self.fields, self.tags])


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()[:32]


def notes(deck: Deck, step: Callable[[], None] = lambda: None) -> tuple[list[Note], list[Problem]]:
    """One note a card: core, then standard, then detail; within a level by topic, then as in the file."""
    renderer = _Renderer(deck)
    for topic in deck.topics:
        step()
        for card in topic.cards:
            renderer.add(topic, card)
    found = renderer.found
    found.sort(key=lambda item: LEVELS.index(item[0].level))  # a stable sort keeps topic and file order
    return [Note(*item, place=place) for place, item in enumerate(found, 1)], renderer.problems


def source_hash(note: Note, deck: Deck) -> str:
    """All that an author wrote and the note is made from: the card, its topic's key and title, its sources and figures.

    Where this is the same and `Note.hash` is not, the tool changed.
    """
    card = note.card
    cited = [deck.sources[reference.partition("#")[0]].model_dump(exclude_defaults=True) for reference in card.sources]
    pictures = [_figure_key(deck.figures[card.shows])] if card.shows else []
    return _digest(
        [card.model_dump(exclude_defaults=True, exclude={"allow"}), note.topic.key, note.topic.title, cited, pictures]
    )


def _figure_key(figure: Figure) -> object:
    return [figure.shape.model_dump(exclude_defaults=True), [name for name, _ in figure.files]]


MAX_TYPED = 60  # characters
Rendered = tuple[Card, Topic, str, str, tuple[str, ...], tuple[str, ...], tuple[int, ...]]


class _Renderer:
    """Renders one deck's cards; remembers what many cards share."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.found: list[Rendered] = []
        self.problems: list[Problem] = []
        self.fields = {key: [name for name, _ in note_type.fields] for key, note_type in deck.note_types.items()}
        self.citations: dict[str, str] = {}
        self.titles: dict[str, str] = {}

    def add(self, topic: Topic, card: Card) -> None:
        before = len(self.problems)
        kind, values, ords = KINDS[type(card)](self, card)
        values |= self._common(topic, card)
        if len(self.problems) > before:
            return
        names = self.fields.get(kind)
        if names is None:  # `load` said why
            return
        missing = [name for name, value in values.items() if value and name not in names]
        if missing:
            path = f"decks/note_types/{kind}/note_type.yaml"
            self.problems.append(
                Problem(path, "missing-field", f'note type "{kind}" has no field "{missing[0]}"', ("fields",))
            )
            return
        fields = tuple([values.get(name, "") for name in names])
        guid = f"{self.deck.shape.namespace}/{card.id}"
        self.found.append((card, topic, kind, guid, fields, self._tags(topic, card), () if card.retired else ords))

    def text(self, card: Card, value: str | None, *at: str, cloze: bool = False) -> str:
        if value is None:
            return ""
        rendered, complaints = markup.render(value, cloze=cloze)
        for code, message, help_, needle in complaints:
            self.problems.append(Problem(card.path, code, message, card.at(*at), help_, needle=needle))
        return rendered

    def typed(self, card: Card, text: str) -> None:
        """What a learner types is compared letter by letter: no markup, and no more than one types gladly."""
        found = [(c.code, c.message, c.help) for c in markup.forbidden_text(text)]
        if "\n" in text or len(text) > MAX_TYPED:
            message = f"a learner would have to type {len(text)} characters"
            found.append(("type-in-too-long", message, f"one line, at most {MAX_TYPED} characters"))
        if markup.render(text)[0] != html.escape(text, quote=False):
            found.append(("type-in-markup", "a learner would have to type the markup too", "write the bare words"))
        self.problems += [Problem(card.path, code, why, card.at("type_in"), help_) for code, why, help_ in found]

    def _common(self, topic: Topic, card: Card) -> dict[str, str]:
        values = {
            name: self.text(card, value, key)
            for name, key, value in (
                ("Vignette", "vignette", card.vignette),
                ("Accept", "accept", card.accept),
                ("Caution", "caution", card.caution),
                ("Hook", "hook", card.hook),
                ("Why", "why", card.why),
                ("Debate", "debate", card.debate),
                ("Retired", "retired", card.retired),
            )
        }
        if topic.key not in self.titles:
            self.titles[topic.key] = html.escape(topic.title, quote=False)
        values["Topic"] = self.titles[topic.key]
        values["Certainty"] = "" if card.certainty == "settled" else card.certainty
        values["Red flag"] = "1" if card.red_flag else ""
        values["Sources"] = f"<ol>{''.join(map(self._citation, card.sources))}</ol>"
        values["Id"] = card.id
        figure = self.deck.figures.get(card.shows)
        if figure:
            values["Credit"] = html.escape(f"{figure.shape.credit} ({figure.shape.licence})", quote=False)
            if isinstance(card, QuestionCard | ClozeCard) and card.figure:
                values[f"Figure {card.figure.side}"] = _figure(figure, card.figure.blank)
        return values

    def _citation(self, reference: str) -> str:
        if reference not in self.citations:
            name, _, section = reference.partition("#")
            source = self.deck.sources.get(name)
            if source is None or (section and section not in source.sections):  # `resolve` complains
                return ""
            self.citations[reference] = f"<li>{citation.as_html(source, section)}</li>"
        return self.citations[reference]

    def _tags(self, topic: Topic, card: Card) -> tuple[str, ...]:
        """Anki sorts tags and files them under `::`; so do we, for the same bytes."""
        names = {f"topic::{topic.key}", f"level::{card.level}", f"certainty::{card.certainty}", *card.tags}
        names |= {f"source::{reference.replace('#', '::')}" for reference in card.sources}
        names |= {"red-flag"} if card.red_flag else set()
        names |= {"vignette"} if card.vignette else set()
        names |= {"retired"} if card.retired else set()
        return tuple(sorted(f"{self.deck.shape.namespace}::{name}" for name in names))


def _image(file: str, alt: str) -> str:
    return f'<img src="{file}" alt="{html.escape(" ".join(alt.split()))}">'


def _figure(figure: Figure, blank: bool) -> str:
    if blank and figure.blank:
        return _image(figure.blank, figure.shape.alt_blank)
    return _image(figure.image, figure.shape.alt)


def _question(renderer: _Renderer, card: QuestionCard) -> tuple[str, dict[str, str], tuple[int, ...]]:
    if card.type_in:
        renderer.typed(card, card.type_in)
    values = {
        "Question": renderer.text(card, card.question, "question"),
        "Answer": renderer.text(card, card.answer, "answer"),
        "Type in": html.escape(card.type_in or "", quote=False),
    }
    if card.reverse is None:
        return "question", values, (0,)
    values["Reverse question"] = renderer.text(card, card.reverse.question, "reverse", "question")
    values["Reverse answer"] = renderer.text(card, card.reverse.answer, "reverse", "answer")
    return "question", values, (0, 1)


def _cloze(renderer: _Renderer, card: ClozeCard) -> tuple[str, dict[str, str], tuple[int, ...]]:
    text = renderer.text(card, card.cloze, "cloze", cloze=True)
    return "cloze", {"Text": text}, tuple(n - 1 for n in markup.cloze_numbers(text))


def _occlusion(renderer: _Renderer, card: OcclusionCard) -> tuple[str, dict[str, str], tuple[int, ...]]:
    figure = renderer.deck.figures.get(card.occlude.figure)
    if figure is None:  # `resolve` complains
        return "occlusion", {}, ()
    named = figure.shape.labels
    labels = sorted((named[name] for name in card.occlude.labels if name in named), key=lambda label: label.number)
    hide_all = ":oi=1" if card.occlude.mode == "hide-all" else ""
    shapes = []
    for label in labels:
        box = ":".join(
            f"{key}={_fraction(x)}" for key, x in zip(("left", "top", "width", "height"), label.box, strict=True)
        )
        shapes.append(f"{{{{c{label.number}::image-occlusion:rect:{box}{hide_all}}}}}<br>")
    values = {
        "Occlusion": "".join(shapes),
        # the alternative text must not name what is hidden
        "Image": _image(figure.occlusion or figure.image, figure.shape.alt_blank),
        "Header": renderer.text(card, card.question, "question"),
    }
    return "occlusion", values, tuple(dict.fromkeys(label.number - 1 for label in labels))


def _fraction(x: float) -> str:
    """As Anki writes shapes: four decimals, no leading or trailing zeros."""
    text = f"{x:.4f}".rstrip("0").lstrip("0")
    return text if text != "." else "0"


KINDS: dict[type[Card], Callable[..., tuple[str, dict[str, str], tuple[int, ...]]]] = {
    QuestionCard: _question,
    ClozeCard: _cloze,
    OcclusionCard: _occlusion,
}


def with_tag(tags: Iterable[str], tag: str) -> tuple[str, ...]:
    """Tags with one more, in Anki's order."""
    return tuple(sorted({*tags, tag}))
