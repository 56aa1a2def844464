"""What the files of a project say, as values. The card file's JSON Schema is made from these shapes.

Shapes are checked by pydantic, which never speaks to the user: `parse` turns its errors into problems.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

LEVELS: tuple[Literal["core", "standard", "detail"], ...] = ("core", "standard", "detail")
CERTAINTIES = ("settled", "debated", "weak")
SOURCE_KINDS = (  # best first
    "guideline", "systematic-review", "textbook", "trial", "study", "review", "case-report", "reference", "article", "blog",
)  # fmt: skip
MAX_CLOZE = 500  # Anki makes no card for a higher number (26.9.3)


class Unquoted(str):
    """A plain YAML scalar that YAML 1.1 or 1.2 reads as something other than text: `no`, `1e3`, `12:30`, a date."""

    __slots__ = ()


def _text(value: Any) -> str:
    if isinstance(value, Unquoted):
        raise PydanticCustomError("unquoted", "{value}", {"value": str(value)})
    if not isinstance(value, str):
        raise PydanticCustomError("not_text", "text expected")
    if not value.isascii() and not unicodedata.is_normalized("NFC", value):
        raise PydanticCustomError("not_nfc", "not NFC")
    stripped = value.strip()
    if not stripped:
        raise PydanticCustomError("empty_text", "empty")
    return stripped


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) and not isinstance(value, Unquoted) else value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _number(value: Any) -> Any:
    """Numbers come from the file as `Unquoted` text."""
    if not isinstance(value, Unquoted):
        raise PydanticCustomError("not_number", "number expected")
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        raise PydanticCustomError("not_number", "number expected") from None


def _choice(values: tuple[str, ...]) -> WithJsonSchema:
    """Any case is read, and a `|` block; editors offer the lower-case words."""
    patterns = ["".join(f"[{c.upper()}{c}]" if c.isalpha() else c for c in word) for word in values]
    return WithJsonSchema(
        {"anyOf": [{"enum": list(values)}, {"type": "string", "pattern": rf"^\s*({'|'.join(patterns)})\s*$"}]}
    )


def _one_or_many(item: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]})


def _form(pattern: str, limit: int) -> dict[str, Any]:
    """For the schema: the pattern, with the blanks around it that a `|` block brings and `_text` strips."""
    return {"type": "string", "pattern": rf"^\s*(?=\S{{1,{limit}}}\s*$){pattern[1:-1]}\s*$"}


VERSION = r"^\d+\.\d+\.\d+(-[a-z0-9.]+)?$"
KEY = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SOURCE_REF = r"^[a-z0-9]+(-[a-z0-9]+)*(#[a-z0-9]+(-[a-z0-9]+)*)?$"
TAG = r"^[a-z0-9]+(-[a-z0-9]+)*(::[a-z0-9]+(-[a-z0-9]+)*)*$"

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": "string", "pattern": r"\S"})]
Key = Annotated[
    str, StringConstraints(pattern=KEY, max_length=60), BeforeValidator(_text), WithJsonSchema(_form(KEY, 60))
]
SourceRef = Annotated[str, StringConstraints(pattern=SOURCE_REF, max_length=121), BeforeValidator(_text)]
SourceRefs = Annotated[
    tuple[SourceRef, ...],
    Field(min_length=1),
    BeforeValidator(_as_list),
    _one_or_many(_form(SOURCE_REF, 121)),
]
Tag = Annotated[str, StringConstraints(pattern=TAG, max_length=100), BeforeValidator(_text)]
Tags = Annotated[tuple[Tag, ...], Field(min_length=1), BeforeValidator(_as_list), _one_or_many(_form(TAG, 100))]
Keys = Annotated[tuple[Key, ...], Field(min_length=1), BeforeValidator(_as_list), _one_or_many(_form(KEY, 60))]
Texts = Annotated[
    tuple[Text, ...], Field(min_length=1), BeforeValidator(_as_list), _one_or_many({"type": "string", "pattern": r"\S"})
]
Flag = Annotated[bool, Field(strict=True)]
Level = Annotated[Literal["core", "standard", "detail"], BeforeValidator(_lower), _choice(LEVELS)]
Certainty = Annotated[Literal["settled", "debated", "weak"], BeforeValidator(_lower), _choice(CERTAINTIES)]
Side = Annotated[Literal["front", "back"], BeforeValidator(_lower), _choice(("front", "back"))]
Id = Annotated[int, BeforeValidator(_number), Field(gt=0, lt=2**53), WithJsonSchema({"type": "integer", "minimum": 1})]
Fraction = Annotated[
    float, BeforeValidator(_number), Field(ge=0, le=1), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})
]
Https = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"']+$"), BeforeValidator(_text)]


class Shape(BaseModel):
    """A mapping in a file: unknown keys are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reverse(Shape):
    """The same fact asked the other way round, in its own words. Makes a second Anki card."""

    question: Text = Field(description="Asks for the other side of the fact, in words of its own.")
    answer: Text = Field(description="A word or a phrase, at most two lines.")


FIGURE_NAME = "The figure's name: cards/figures/NAME.yaml."
FIGURE_SIDE = "front (with the question) or back (with the answer)."
FIGURE_BLANK = "true: without its lettering, so that it gives nothing away."


class FigureUse(Shape):
    """Where a card shows a figure. `blank` takes the picture without its lettering."""

    name: Key = Field(description=FIGURE_NAME)
    side: Side = Field("back", description=FIGURE_SIDE)
    blank: Flag = Field(False, description=FIGURE_BLANK)


def _figure_use(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) and not isinstance(value, Unquoted) else value


FigureField = Annotated[
    FigureUse,
    BeforeValidator(_figure_use),
    WithJsonSchema(
        {
            "anyOf": [
                _form(KEY, 60),
                {
                    "type": "object",
                    "properties": {
                        "name": _form(KEY, 60) | {"description": FIGURE_NAME},
                        "side": (_choice(("front", "back")).json_schema or {}) | {"description": FIGURE_SIDE},
                        "blank": {"type": "boolean", "description": FIGURE_BLANK},
                    },
                    "required": ["name"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class Card(Shape):
    """What every kind of card has. `id` is permanent: learners' progress hangs on it."""

    id: Key = Field(
        description="Permanent and never reused: learners' progress hangs on it. Says the fact, not the place."
    )
    vignette: Text | None = Field(None, description="A case of at most 60 words, shown before the question.")
    accept: Text | None = Field(None, description="Other answers that are right.")
    why: Text | None = Field(None, description="The reason or the mechanism, in one to three short sentences.")
    hook: Text | None = Field(None, description="A memory aid.")
    caution: Text | None = Field(None, description="How the technique can harm. Required where it can.")
    debate: Text | None = Field(None, description="Who says what. Required where certainty is debated.")
    red_flag: Flag = Field(False, description="true for a sign of danger.")
    level: Level = Field("standard", description="core, standard or detail. Editions and the order of study follow it.")
    certainty: Certainty = Field("settled", description="settled, debated or weak: how well the claim is supported.")
    tags: Tags = Field((), description="Further Anki tags. Topic, level, certainty and sources are tags already.")
    sources: SourceRefs = Field(description="Keys of sources.yaml, best first: gray1918 or gray1918#psoas-major.")
    allow: dict[str, Text] = Field(
        {}, description="Rules that this card breaks for a reason: {rule: reason}. README.md lists the rules."
    )
    retired: Text | None = Field(None, description="Why the card is no longer taught. Its id stays taken.")

    _path: str = PrivateAttr("")
    _at: tuple[str | int, ...] = PrivateAttr(())
    _held: frozenset[str] | None = PrivateAttr(None)  # `subject_words` knows

    @property
    def shows(self) -> str:
        """The name of the figure on this card, or an empty string."""
        return ""

    @property
    def path(self) -> str:
        """The file, relative to the project."""
        return self._path

    def at(self, *keys: str | int) -> tuple[str | int, ...]:
        """The place of one of this card's fields in its file."""
        return (*self._at, *keys)

    def put(self, path: str, *at: str | int) -> None:
        """Say where the card stands; `parse` does it once."""
        self._path, self._at = path, at


class QuestionCard(Card):
    """A question and its answer."""

    question: Text = Field(description="Asks one thing, so that only one answer fits.")
    answer: Text = Field(description="A word or a phrase, at most two lines.")
    reverse: Reverse | None = Field(None, description="The same fact asked the other way round, in its own words.")
    type_in: Text | None = Field(None, description="A short text that the learner types.")
    figure: FigureField | None = Field(
        None, description="A figure's name, or {name, side: front or back, blank: true}."
    )

    @property
    def shows(self) -> str:
        """The name of the figure on this card, or an empty string."""
        return self.figure.name if self.figure else ""


class ClozeCard(Card):
    """A sentence with gaps, in Anki's own syntax: `{{c1::hidden::hint}}`. One Anki card for each number."""

    cloze: Text = Field(description="A sentence with gaps: {{c1::hidden}} or {{c1::hidden::hint}}.")
    figure: FigureField | None = Field(
        None, description="A figure's name, or {name, side: front or back, blank: true}."
    )

    @property
    def shows(self) -> str:
        """The name of the figure on this card, or an empty string."""
        return self.figure.name if self.figure else ""


class Occlusion(Shape):
    """Labels of a figure to hide. One Anki card for each label."""

    figure: Key = Field(description="The figure's name.")
    labels: Keys = Field(description="Keys of the figure's labels. Each is one Anki card.")
    mode: Annotated[Literal["hide-all", "hide-one"], BeforeValidator(_lower), _choice(("hide-all", "hide-one"))] = (
        Field(
            "hide-all", description="hide-all: all labels are hidden, one is asked. hide-one: the others can be read."
        )
    )


class OcclusionCard(Card):
    """A figure whose labels are hidden in turn. `question` stands above the figure."""

    occlude: Occlusion = Field(description="{figure: name, labels: [key, key]}: labels of a figure to hide.")
    question: Text | None = Field(None, description="Stands above the figure.")

    @property
    def shows(self) -> str:
        """The name of the figure whose labels are hidden."""
        return self.occlude.figure


KINDS: dict[str, type[Card]] = {"question": QuestionCard, "cloze": ClozeCard, "occlude": OcclusionCard}


class TopicFile(Shape):
    """A file of cards in study order."""

    topic: Key = Field(description="The same as the file's name.")
    title: Text = Field(description="The topic as learners read it.")
    cards: Annotated[
        tuple[QuestionCard | ClozeCard | OcclusionCard, ...], Field(min_length=1, description="In study order.")
    ]


class Source(Shape):
    """A work that cards cite. Its id and section keys are permanent: learners have them as tags."""

    id: Key
    kind: Annotated[
        Literal[
            "guideline", "systematic-review", "textbook", "trial", "study", "review", "case-report", "reference",
            "article", "blog",
        ],
        BeforeValidator(_lower),
        _choice(SOURCE_KINDS),
    ]  # fmt: skip
    title: Text
    authors: Texts | None = None
    publisher: Text | None = None
    journal: Text | None = None
    year: Text | None = None
    volume: Text | None = None
    pages: Text | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$"), BeforeValidator(_text)] | None = None
    url: Https | None = None
    note: Text | None = None
    sections: dict[Key, Text] = {}


class SourcesFile(Shape):
    """cards/sources.yaml"""

    sources: tuple[Source, ...]


class Term(Shape):
    """A term in its preferred spelling."""

    term: Text
    latin: Text | None = None
    say: Text | None = None
    synonyms: Texts | None = None
    means: Text | None = None


class Abbreviation(Shape):
    """A short form that cards may use once they have given the long one."""

    short: Text
    long: Text


class GlossaryFile(Shape):
    """cards/glossary.yaml. `spelling` says what to write instead of what: {fibre: fiber}."""

    terms: tuple[Term, ...]
    abbreviations: tuple[Abbreviation, ...] = ()
    spelling: dict[Text, Text] = {}


class Label(Shape):
    """A named spot on a figure. `number` is permanent: it is the Anki card. `box` is left, top, width, height of the
    lettering, each a fraction of the picture's width or height."""

    text: Text
    number: Annotated[int, BeforeValidator(_number), Field(ge=1, le=MAX_CLOZE), WithJsonSchema({"type": "integer"})]
    box: tuple[Fraction, Fraction, Fraction, Fraction]


class FigureFile(Shape):
    """cards/figures/NAME.yaml, beside NAME.png (and NAME-blank.png, NAME-occlusion.png, NAME.svg, NAME-blank.svg)"""

    title: Text
    alt: Text
    alt_blank: Text
    credit: Text
    licence: Text
    sources: SourceRefs
    labels: dict[Key, Label] = {}


class Edition(Shape):
    """A filtered package of the deck. Without `levels` it holds every card."""

    title: Text
    levels: Annotated[tuple[Level, ...], BeforeValidator(_as_list)] = LEVELS


class Licence(Shape):
    """How the cards may be used; `text` is the line that a school may copy."""

    name: Text
    url: Https
    text: Text


class SummaryCell(Shape):
    """One cell of the summary table, with the cards that teach it."""

    text: Text
    cards: Keys | None = None


class Summary(Shape):
    """The table at the head of the study sheet. `figures` stand beside it on the summary page."""

    columns: Annotated[tuple[Text, ...], Field(min_length=2)]
    rows: Annotated[tuple[tuple[SummaryCell, ...], ...], Field(min_length=1)]
    figures: Keys = ()


class Lint(Shape):
    """What the rules of `lint` must be told: the words of the subject, and which rules this deck does without."""

    without: Texts = ()
    brands: Texts = ()
    self_care: Texts = ()


class DeckFile(Shape):
    """decks/NAME.yaml: what learners get. `namespace`, `id` and `name` are frozen once released."""

    name: Text
    namespace: Key
    id: Id
    title: Text
    description: Text
    version: Annotated[str, StringConstraints(pattern=VERSION), BeforeValidator(_text)]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$"), BeforeValidator(_text)]
    topics: Annotated[tuple[Key, ...], Field(min_length=1)]
    editions: Annotated[dict[Key, Edition], Field(min_length=1)]
    licence: Licence
    safety: Text
    report: (
        Annotated[str, StringConstraints(pattern=r"^(https://|mailto:)[^\s<>\"']+$"), BeforeValidator(_text)] | None
    ) = None
    summary: Summary | None = None
    lint: Lint = Lint()


class FieldFile(Shape):
    """One field of a note type. Anki matches fields by `id` when a note type is updated."""

    name: Text
    id: Id


class TemplateFile(Shape):
    """One template of a note type: one Anki card. `front` and `back` are files beside note_type.yaml."""

    name: Text
    id: Id
    front: Text
    back: Text


class NoteTypeFile(Shape):
    """decks/note_types/NAME/note_type.yaml. Nothing here may be added, removed or reordered after a release."""

    name: Text
    id: Id
    fields: Annotated[tuple[FieldFile, ...], Field(min_length=1)]
    templates: Annotated[tuple[TemplateFile, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Template:
    """A template as Anki stores it."""

    name: str
    id: int
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type as Anki stores it. `key` is question, cloze or occlusion; `fields` are names with their ids, in order."""

    key: str
    name: str
    id: int
    fields: tuple[tuple[str, int], ...]
    templates: tuple[Template, ...]
    css: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its pictures: file name in the package -> bytes."""

    name: str
    shape: FigureFile
    image: str
    blank: str | None
    occlusion: str | None  # shows no lettering but the labels that cards hide
    files: tuple[tuple[str, bytes], ...]
    drawing: tuple[str, bytes] | None = None  # SVG for print and its file name; no package holds it
    blank_drawing: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and its cards in study order."""

    key: str
    title: str
    path: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """All that learners get, checked and in order. `key` is the deck file's name and begins every output's name."""

    key: str
    path: str
    shape: DeckFile
    topics: tuple[Topic, ...]
    sources: dict[str, Source]
    glossary: GlossaryFile
    figures: dict[str, Figure]
    note_types: dict[str, NoteType]
