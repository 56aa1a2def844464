"""The front half on one screen: read, parse, resolve, render, compare with the ledger, lint. The one place that stops on errors."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from . import figure as figures_
from . import ledger as ledgers
from . import note_type as note_types_
from . import parse, resolve, source
from .ledger import Ledger
from .lint import lint
from .model import Deck, DeckFile, Figure, FigureFile, GlossaryFile, NoteType, NoteTypeFile, Shape, SourcesFile, Topic
from .notes import Note, notes
from .problem import Problem, in_order
from .promises import promises, snapshot

NOT_TOPICS = ("sources.yaml", "glossary.yaml")
KINDS = ("question", "cloze", "occlusion")
S = TypeVar("S", bound=Shape)
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


def load(root: Path, now: int, step: Step = lambda: None) -> Loaded:
    """Read the project in `root`. Never raises for what a person can type; `step` is called as the work goes on."""
    with _collector_paused():
        return _Front(root, now, step).load()


def steps(root: Path) -> int:
    """How often `load` calls `step`, about."""
    return 2 * len(list((root / "cards").glob("*.yaml")))


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
    def __init__(self, root: Path, now: int, step: Step) -> None:
        self.root = root
        self.now = now
        self.step = step
        self.problems: list[Problem] = []
        self.documents: dict[str, source.Document] = {}

    def load(self) -> Loaded:
        topics = self.topics()
        cards = sum(len(topic.cards) for topic in topics)
        sources = self.file("cards/sources.yaml", SourcesFile)
        glossary = self.file("cards/glossary.yaml", GlossaryFile, needed=False) or GlossaryFile(terms=())
        path, shape = self.deck_file()
        if shape is None or sources is None:
            return Loaded(None, self.located(), cards)
        deck, found = resolve.deck(
            Path(path).stem, path, shape, topics, sources, glossary, self.figures(shape), self.note_types(shape)
        )
        self.problems += found
        rendered, found = notes(deck, self.step)
        self.problems += found + lint(deck)
        ledger = self.ledger(deck, rendered)
        problems = self.located()
        if any(problem.severity == "error" for problem in problems):
            return Loaded(None, problems, cards)
        return Loaded(Project(self.root, deck, rendered, ledger, self.now), problems, cards)

    def topics(self) -> list[Topic]:
        found = []
        for path in sorted((self.root / "cards").glob("*.yaml")):
            self.step()
            if path.name in NOT_TOPICS:
                continue
            document = self.document(f"cards/{path.name}")
            if document:
                topic, problems = parse.topic(document)
                document.data = None  # it is cards now; 70 MB at 30,000 of them
                self.problems += problems
                found += [topic] if topic else []
        return found

    def deck_file(self) -> tuple[str, DeckFile | None]:
        paths = sorted(path.name for path in (self.root / "decks").glob("*.yaml"))
        if len(paths) == 1:
            return f"decks/{paths[0]}", self.file(f"decks/{paths[0]}", DeckFile)
        message = "a project has one deck definition in decks/" + (f", not {', '.join(paths)}" if paths else "")
        self.problems.append(Problem("decks", "no-deck" if not paths else "many-decks", message, line=1, column=1))
        return "decks", None

    def figures(self, shape: DeckFile) -> dict[str, Figure]:
        folder = self.root / "cards" / "figures"
        found: dict[str, Figure] = {}
        for path in sorted(folder.glob("*.yaml")):
            described = self.file(f"cards/figures/{path.name}", FigureFile)
            pictures = self.contents("cards/figures", f"{path.stem}*.png")
            if described:
                figure, problems = figures_.figure(path.stem, shape.namespace, described, pictures)
                self.problems += problems
                found |= {path.stem: figure} if figure else {}
        return found

    def note_types(self, shape: DeckFile) -> dict[str, NoteType]:
        shared = {f"shared/{name}": text for name, text in self.texts("decks/note_types/shared").items()}
        css = self.text("decks/note_types/style.css")
        found: dict[str, NoteType] = {}
        for key in KINDS:
            described = self.file(f"decks/note_types/{key}/note_type.yaml", NoteTypeFile)
            if described is None or css is None:
                continue
            files = self.texts(f"decks/note_types/{key}") | shared
            note_type, problems = note_types_.note_type(key, described, files, css, shape.report)
            self.problems += problems
            found |= {key: note_type} if note_type else {}
        return found

    def ledger(self, deck: Deck, rendered: list[Note]) -> Ledger | None:
        """A project without a ledger has released nothing and promised nothing."""
        text = self.text(ledgers.PATH, needed=False)
        if text is None:
            return None
        ledger, problems = ledgers.read(text)
        self.problems += problems
        if ledger is None:
            return None
        history = self.text(f"decks/history/{ledger.release}.txt", needed=False)
        complete = not any(problem.severity == "error" for problem in self.problems)
        if complete:  # cards that could not be read would seem to be gone
            self.problems += promises(deck, rendered, ledger, snapshot(history) if history else None)
        return ledger

    def file(self, path: str, shape: type[S], needed: bool = True) -> S | None:
        document = self.document(path, needed)
        if document is None:
            return None
        value, problems = parse.file(document, shape)
        self.problems += problems
        return value

    def document(self, path: str, needed: bool = True) -> source.Document | None:
        content = self.bytes(path, needed)
        if content is None:
            return None
        document, problems = source.read(path, content)
        self.problems += problems
        if document:
            self.documents[path] = document
        return document

    def texts(self, folder: str) -> dict[str, str]:
        found = (
            (path.name, self.text(f"{folder}/{path.name}")) for path in sorted((self.root / folder).glob("*.html"))
        )
        return {name: text for name, text in found if text is not None}

    def contents(self, folder: str, pattern: str) -> dict[str, bytes]:
        found = (
            (path.name, self.bytes(f"{folder}/{path.name}")) for path in sorted((self.root / folder).glob(pattern))
        )
        return {name: content for name, content in found if content is not None}

    def text(self, path: str, needed: bool = True) -> str | None:
        content = self.bytes(path, needed)
        if content is None:
            return None
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            self.problems.append(
                Problem(path, "not-utf8", "this file is not UTF-8", help="save it as UTF-8", line=1, column=1)
            )
            return None

    def bytes(self, path: str, needed: bool = True) -> bytes | None:
        """Only files inside the project are read: a link to elsewhere may stand in a stranger's pull request."""
        file = self.root / path
        try:
            if not file.resolve().is_relative_to(self.root.resolve()):
                self.problems.append(
                    Problem(path, "outside-project", "this is a link to a file outside the project", line=1, column=1)
                )
                return None
            return file.read_bytes()
        except FileNotFoundError:
            if needed:
                self.problems.append(Problem(path, "missing-file", "there is no such file", line=1, column=1))
        except OSError as e:
            message = f"this file cannot be read: {(e.strerror or str(e)).lower()}"
            self.problems.append(Problem(path, "unreadable-file", message, line=1, column=1))
        return None

    def located(self) -> list[Problem]:
        """With lines and columns, sorted."""
        found = []
        for problem in tuple(self.problems):
            if problem.path == ledgers.PATH and problem.at:
                self.document(ledgers.PATH)  # JSON is YAML too; read as such only where a place in it is needed
            if not problem.line and problem.path in self.documents:
                problem = self.documents[problem.path].locate(problem)
            found.append(problem if problem.line else replace(problem, line=1, column=1))
        return in_order(found)
