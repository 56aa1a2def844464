"""A deck and its notes become a gallery: both sides of every Anki card as Anki shows them, and what one finds it by.

A retired card is in it too, once for each Anki card that learners may have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import citation
from .anki_template import fill_type_boxes, render
from .markup import Gap, cloze_numbers, fill_cloze, plain
from .model import Deck, Licence, NoteType, OcclusionCard
from .notes import Note

SEARCHED = ("Vignette", "Question", "Answer", "Text", "Header", "Reverse question", "Reverse answer", "Accept", "Caution",
            "Hook", "Why", "Debate", "Retired")  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """An Anki card. `front` and `back` are what Anki puts into its page, type boxes included; all else is plain text.

    `number` is that of the template, gap or label; `address` is the card's id for the first, and `id/2` for a further one.
    `part` tells several Anki cards of one card apart. `traits` are the kind, and what else it is: a case, a red flag, retired.
    """

    address: str
    id: str
    number: int
    path: str
    title: str
    part: str
    topic: str
    level: str
    certainty: str
    traits: tuple[str, ...]
    sources: tuple[str, ...]
    searched: str
    front: str
    back: str
    css: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """All Anki cards by topic and then as in its file. `topics` and `sources` are key and title, those that cards have."""

    title: str
    version: str
    language: str
    description: str
    safety: str
    licence: Licence | None
    topics: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    cards: tuple[AnkiCard, ...]
    scripts: tuple[str, ...]  # of the templates
    figures: tuple[tuple[str, bytes], ...]


def gallery(deck: Deck, notes: Sequence[Note]) -> Gallery:
    """The gallery of these notes."""
    by_id = {note.card.id: note for note in notes}
    cards = [
        card
        for topic in deck.topics
        for entry in topic.cards
        if entry.id in by_id
        for card in _anki_cards(deck, by_id[entry.id])
    ]
    shown = {card.topic for card in cards}
    cited = {source for card in cards for source in card.sources}
    shape = deck.shape
    return Gallery(
        title=shape.title,
        version=shape.version,
        language=shape.language,
        description=" ".join(shape.description.split()),
        safety=" ".join(shape.safety.split()),
        licence=shape.licence,
        topics=tuple((topic.key, topic.title) for topic in deck.topics if topic.key in shown),
        sources=tuple(
            sorted(
                ((key, _name(deck, key)) for key in cited),
                key=lambda source: (source[1].casefold(), source[0]),
            )
        ),
        cards=tuple(cards),
        scripts=tuple(sorted({script for note_type in deck.note_types.values() for script in _scripts(note_type)})),
        figures=tuple(sorted(file for figure in deck.figures.values() for file in figure.files)),
    )


def empty() -> Gallery:
    """What a preview shows of a project that has never been right."""
    return Gallery("Cards", "", "en", "", "", None, (), (), (), (), ())


def _name(deck: Deck, key: str) -> str:
    before, title, _ = citation.parts(deck.sources[key])
    return f"{before.partition(',')[0]}: {title}" if before else title


def _scripts(note_type: NoteType) -> Iterator[str]:
    """What stands in a template's <script>. `note_type` allows one form, which holds no tag."""
    for template in note_type.templates:
        for side in (template.front, template.back):
            for part in side.split("<script>")[1:]:
                yield part.partition("</script>")[0]


def _anki_cards(deck: Deck, note: Note) -> Iterator[AnkiCard]:
    note_type, card = deck.note_types[note.note_type], note.card
    fields = dict(zip((name for name, _ in note_type.fields), note.fields, strict=True))
    labels = {}
    if isinstance(card, OcclusionCard):
        named = deck.figures[card.occlude.figure].shape.labels
        labels = {named[name].number: named[name].text for name in card.occlude.labels}
    numbers = [ord_ + 1 for ord_ in note.ords] or _numbers(note_type, fields)
    searched = " ".join(filter(None, (plain(fields.get(name, "")) for name in SEARCHED)))
    for number in numbers:
        kind = _kind(note_type, fields, number)
        front, back = _sides(note_type, note.fields, number)
        traits = {kind: True, "case": card.vignette, "figure": card.shows, "red-flag": card.red_flag}
        yield AnkiCard(
            address=card.id if number == numbers[0] else f"{card.id}/{number}",
            id=card.id,
            number=number,
            path=card.path,
            title=_title(fields, kind, number),
            part=_part(kind, number) if len(numbers) > 1 else "",
            topic=note.topic.key,
            level=card.level,
            certainty=card.certainty,
            traits=tuple(name for name, has in (traits | {"retired": card.retired}).items() if has),
            sources=tuple(dict.fromkeys(reference.partition("#")[0] for reference in card.sources)),
            searched=f"{card.id} {searched} {labels.get(number, '')}".strip(),
            front=front,
            back=back,
            css=note_type.css,
        )


def _numbers(note_type: NoteType, fields: dict[str, str]) -> list[int]:
    """The Anki cards that a note had before it was retired."""
    if note_type.key == "question":
        return [1, 2] if fields.get("Reverse question") else [1]
    return list(cloze_numbers(fields[note_type.fields[0][0]]))


@lru_cache(maxsize=8192)  # a preview renders anew what was edited, and only that
def _sides(note_type: NoteType, values: tuple[str, ...], number: int) -> tuple[str, str]:
    """Front and back of an Anki card, with what an app puts in place of type boxes."""
    fields = dict(zip((name for name, _ in note_type.fields), values, strict=True))
    cloze = note_type.key != "question"
    template = note_type.templates[0 if cloze else number - 1]
    front = render(template.front, fields, card=number, cloze=cloze)
    back = render(template.back, fields, card=number, cloze=cloze, front=front)
    return fill_type_boxes(front, fields), fill_type_boxes(back, fields, back=True)


def _kind(note_type: NoteType, fields: dict[str, str], number: int) -> str:
    if note_type.key != "question":
        return note_type.key
    if number > 1:
        return "reverse"
    return "typed" if fields.get("Type in") else "question"


def _part(kind: str, number: int) -> str:
    return {"cloze": f"gap {number}", "occlusion": f"label {number}", "reverse": "the other way round"}.get(kind, "")


def _title(fields: dict[str, str], kind: str, number: int) -> str:
    """What is asked, on one line."""
    if kind == "cloze":

        def shown(gap: Gap) -> str:
            return "[…]" if gap.number == number else gap.hidden

        text = fill_cloze(fields["Text"], shown)
    else:
        text = fields["Header" if kind == "occlusion" else "Reverse question" if kind == "reverse" else "Question"]
    return " ".join(plain(text).split())
