"""The front half on one screen: read, parse, resolve, render, compare with the ledger, lint. The one place that stops on errors."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from . import figure as figures_
from . import note_type as note_types_
from . import parse, resolve
from .duplicates import duplicates
from .history import History, history
from .ledger import PATH as LEDGER
from .ledger import Ledger
from .lint import lint
from .model import (
    Card,
    Deck,
    DeckFile,
    Figure,
    FigureFile,
    GlossaryFile,
    NoteType,
    NoteTypeFile,
    Source,
    SourcesFile,
    Topic,
)
from .names import NOT_TOPICS, known
from .notes import Note, notes
from .plain_text import plain_text
from .problem import Problem, in_order
from .promises import promises
from .read import Files, good_items, is_key
from .references import SOURCES, with_meant_sources

NOTE_TYPES = ("question", "cloze", "occlusion")
Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Project:
    """A project without errors. `now` (epoch seconds) is the clock of what is not released yet."""

    root: Path
    deck: Deck
    notes: list[Note]
    ledger: Ledger | None
    now: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """`project` is None where any problem is an error. `cards` counts those that could be read."""

    project: Project | None
    problems: list[Problem]
    cards: int

    def with_errors(self, errors: list[Problem]) -> Loaded:
        """With what was found wrong elsewhere; their places are known."""
        return Loaded(None if errors else self.project, in_order(self.problems + errors), self.cards)


def load(root: Path, now: int, step: Step = lambda: None, accept_tool_change: bool = False) -> Loaded:
    """Read the project in `root`. Never raises for what a person can type; `step` is called as the work goes on.

    `accept_tool_change` is for what comes before or with a release: see `promises`.
    """
    with _collector_paused():
        return _Front(root, now, step, accept_tool_change).load()


def steps(root: Path) -> int:
    """How often `load` calls `step`, about."""
    try:
        return 2 * len(list((root / "cards").iterdir()))
    except OSError:  # `load` says why
        return 1


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Parsing makes many objects and no garbage cycles; with the collector on it takes five times as long at 30,000 cards."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


class _Front:
    def __init__(self, root: Path, now: int, step: Step, accept_tool_change: bool) -> None:
        self.root = root
        self.now = now
        self.step = step
        self.accept_tool_change = accept_tool_change
        self.files = Files(root)

    def load(self) -> Loaded:
        topics = self.topics()
        cards = sum(len(topic.cards) for topic in topics)
        sources = self.sources()
        glossary = self.files.shape("cards/glossary.yaml", GlossaryFile, needed=False) or GlossaryFile(terms=())
        path, shape = self.deck_file()
        if shape is None:
            return Loaded(None, self.files.located({}), cards)
        figures, note_types = self.figures(shape), self.note_types(shape)
        key = PurePosixPath(path).stem
        self.files.problems = with_meant_sources(self.files.problems, sources.sources)
        deck, found = resolve.deck(key, path, shape, topics, sources, glossary, figures, note_types, known(self.files))
        self.add(found)
        self.plain_texts(deck)
        rendered, found = notes(deck, self.step)
        self.add(found)
        self.add(figures_.together(deck.figures.values(), (field for note in rendered for field in note.fields)))
        self.add(lint(deck))
        released = history(self.files)
        self.duplicates(topics, rendered, released)
        self.promises(deck, rendered, released)
        problems = self.files.located({LEDGER: released.lines})
        if any(problem.severity == "error" for problem in problems):
            return Loaded(None, problems, cards)
        return Loaded(Project(self.root, deck, rendered, released.ledger, self.now), problems, cards)

    def add(self, problems: list[Problem]) -> None:
        self.files.problems += problems

    def topics(self) -> list[Topic]:
        found = []
        for name in self.files.names("cards"):
            self.step()
            if name.lower() in NOT_TOPICS and name not in NOT_TOPICS:
                message, help_ = "nobody reads a file of this name", f"rename it to {name.lower()}"
                self.add([Problem(f"cards/{name}", "unread-file", message, help=help_)])
                continue
            document = None if name in NOT_TOPICS else self.files.document(f"cards/{name}")
            if document:
                topic, problems = parse.topic(document)
                self.add(problems)
                found += [topic] if topic else []
        return found

    def sources(self) -> SourcesFile:
        """Where a source is wrong, the good ones: one mistake must not hide the next."""
        whole = self.files.shape(SOURCES, SourcesFile)
        if whole is None:
            document = self.files.documents.get(SOURCES)
            whole = SourcesFile(sources=good_items(document.data if document else None, "sources", Source))
        return whole

    def deck_file(self) -> tuple[str, DeckFile | None]:
        names = self.files.names("decks")
        if len(names) != 1:
            message = "a project has one deck definition in decks/" + (f", not {', '.join(names)}" if names else "")
            self.add([Problem("decks", "many-decks" if names else "no-deck", message)])
            return "decks", None
        self.named(f"decks/{names[0]}")
        return f"decks/{names[0]}", self.files.shape(f"decks/{names[0]}", DeckFile)

    def named(self, path: str) -> bool:
        """File names become names in packages, sheets and the ledger."""
        if is_key(PurePosixPath(path).stem):
            return True
        self.add([Problem(path, "bad-name", "a file's name has only a-z, 0-9 and single hyphens", help="rename it")])
        return False

    def figures(self, shape: DeckFile) -> dict[str, Figure]:
        found: dict[str, Figure] = {}
        pictures = self.files.contents("cards/figures", ".png") | self.files.contents("cards/figures", ".svg")
        described_ = self.files.names("cards/figures")
        stems = [PurePosixPath(file).stem for file in described_]
        self.add(figures_.strays(self.files.all_names("cards/figures"), stems))
        for file in described_:
            path, name = f"cards/figures/{file}", PurePosixPath(file).stem
            described = self.files.shape(path, FigureFile) if self.named(path) else None
            if described:
                figure, problems = figures_.figure(name, shape.namespace, described, pictures)
                self.add(problems)
                found |= {name: figure} if figure else {}
        return found

    def note_types(self, shape: DeckFile) -> dict[str, NoteType]:
        folder = "decks/note_types"
        css = self.files.text(f"{folder}/style.css")
        shared = {f"shared/{name}": text for name, text in self.files.texts(f"{folder}/shared").items()}
        found: dict[str, NoteType] = {}
        for key in NOTE_TYPES:
            described = self.files.shape(f"{folder}/{key}/note_type.yaml", NoteTypeFile)
            if described and css is not None:
                files = self.files.texts(f"{folder}/{key}") | shared
                note_type, problems = note_types_.note_type(key, described, files, css, shape.report)
                self.add(problems)
                found |= {key: note_type} if note_type else {}
        self.add(note_types_.apart(found.values()))
        return found

    def plain_texts(self, deck: Deck) -> None:
        """Text that is no card text."""
        for topic in deck.topics:
            self.add(plain_text(topic.path, topic.title, ("title",)))
        self.add(plain_text(deck.path, deck.shape))
        self.add(plain_text("cards/glossary.yaml", deck.glossary))
        listed = self.files.documents.get(SOURCES)
        for i, item in enumerate(listed.data.get("sources") or () if listed else ()):
            source = deck.sources.get(str(item.get("id"))) if isinstance(item, dict) else None
            if source:  # `parse` has spoken of the others
                self.add(plain_text(SOURCES, source, ("sources", i)))
        for figure in deck.figures.values():
            self.add(plain_text(f"cards/figures/{figure.name}.yaml", figure.shape))

    def promises(self, deck: Deck, rendered: list[Note], history: History) -> None:
        """Kept where all is well: cards that could not be read would seem to be gone."""
        if history.ledger and not any(problem.severity == "error" for problem in self.files.problems):
            self.add(promises(deck, rendered, history.ledger, history.text, self.accept_tool_change))

    def duplicates(self, topics: list[Topic], rendered: list[Note], history: History) -> None:
        def line(card: Card) -> int:
            return self.files.documents[card.path].locate(Problem(card.path, "", "", card.at("id"))).line

        found = duplicates(topics, rendered, history, line)
        copies = {problem.path for problem in found if problem.code == "copied-file"}  # its name is no other mistake
        self.files.problems = [p for p in self.files.problems if p.code != "topic-name" or p.path not in copies]
        self.add(found)
