"""A project becomes its outputs. Every output appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import clocks
from .load import Project
from .notes import Note

BUILDING = ".building-"
OUTPUTS = ("apkg", "update", "sheet-md", "sheet-html", "gallery", "pdf")
PRINT = "print"  # the folder of PDFs
GALLERY = "gallery"


class BuildError(Exception):
    """An output that cannot be made of cards without errors, such as a page around a broken picture."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written. `cards` and `anki_cards` are 0 where they say nothing."""

    path: Path
    size: int
    what: str
    cards: int = 0
    anki_cards: int = 0

    @property
    def of_print(self) -> bool:
        return self.path.parent.name == PRINT


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    content: bytes
    what: str
    notes: tuple[Note, ...] = ()
    beside: int = 0  # bytes of the files that belong to it


def steps(only: Collection[str] = ()) -> int:
    """How often `build` calls `step`, about."""
    kinds = only or OUTPUTS
    if "pdf" not in kinds:
        return 2 * len(kinds)
    from .write.pdf import PARTS  # late: it knows the fonts
    from .write.trim import PAPERS

    return 2 * len(kinds) + len(PARTS) * len(PAPERS)


def build(
    project: Project, out: Path, only: Collection[str] = (), step: Callable[[], None] = lambda: None
) -> list[Output]:
    """Write the outputs (all, or the kinds in `only`) to `out`; raises OSError where that cannot be done, and
    BuildError.

    They are made in a temporary folder inside `out` and moved into place once all are complete.
    """
    out.mkdir(parents=True, exist_ok=True)
    for left in out.glob(f"{BUILDING}*"):  # of a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    written: list[Output] = []
    with tempfile.TemporaryDirectory(prefix=BUILDING, dir=out) as folder:
        for file in _files(project, only or OUTPUTS):
            step()
            target = Path(folder) / file.name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(file.content)
            anki_cards = sum(len(note.ords) for note in file.notes)
            cards = sum(1 for note in file.notes if note.ords)
            if file.what:
                written.append(Output(out / file.name, len(file.content) + file.beside, file.what, cards, anki_cards))
        for source in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            target = out / source.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            source.replace(target)
    return written


def _files(project: Project, kinds: Collection[str]) -> Iterator[_File]:
    editions = _editions(project)
    if "apkg" in kinds:
        yield from _packages(project, editions)
    if "update" in kinds:
        from .write.update_text import update_text

        for name, notes in editions.items():
            text = update_text(project.deck, notes)
            yield _File(_name(project, name, "-update.txt"), text.encode(), "for changed note types", tuple(notes))
    if any(kind in kinds for kind in ("sheet-md", "sheet-html", "pdf")):
        yield from _sheets(project, kinds)
    if "gallery" in kinds:
        yield from _gallery(project)


def _editions(project: Project) -> dict[str, list[Note]]:
    """The notes of each edition that holds any."""
    editions = project.deck.shape.editions.items()
    found = {name: clocks.edition(project.notes, name, edition, project.ledger) for name, edition in editions}
    return {name: notes for name, notes in found.items() if notes}


def _name(project: Project, edition: str, ending: str) -> str:
    return project.deck.key + ("" if edition == "full" else f"-{edition}") + ending


def _packages(project: Project, editions: dict[str, list[Note]]) -> Iterator[_File]:
    from .write.apkg import package

    deck, ledger = project.deck, project.ledger
    times = clocks.note_clocks(project.notes, ledger, project.now)
    mods = clocks.note_type_clocks(deck, ledger, project.now)
    tags = {note.card.id: clocks.tags(note, deck, ledger) for note in project.notes}
    for name, notes in editions.items():
        content = package(deck, notes, tags, times, mods)
        what = f"Anki package, {deck.shape.editions[name].title}"
        yield _File(_name(project, name, ".apkg"), content, what, tuple(notes))


def _gallery(project: Project) -> Iterator[_File]:
    from .gallery import gallery
    from .write.gallery import gallery_files

    files = gallery_files(gallery(project.deck, project.notes))
    for name, content in files.items():
        if name == "index.html":
            beside = sum(map(len, files.values())) - len(content)
            yield _File(f"{GALLERY}/{name}", content, "gallery: every card as Anki shows it", beside=beside)
        else:
            yield _File(f"{GALLERY}/{name}", content, "")


def _sheets(project: Project, kinds: Collection[str]) -> Iterator[_File]:
    from .sheet import sheet

    key = project.deck.key
    value = sheet(project.deck, project.notes)
    if "sheet-md" in kinds:
        from .write.sheet_markdown import sheet_markdown

        yield _File(f"{key}-study-sheet.md", sheet_markdown(value).encode(), "study sheet as Markdown")
        for name, content in value.images:
            yield _File(f"{key}-study-sheet/{name}", content, "")
    if "sheet-html" in kinds:
        from .write.sheet_html import sheet_html

        yield _File(f"{key}-study-sheet.html", sheet_html(value).encode(), "study sheet for browser and printer")
    if "pdf" in kinds:
        from typst import TypstError

        from .write.pdf import pdfs

        try:
            for name, what, content in pdfs(value):
                yield _File(f"{PRINT}/{key}-{name}.pdf", content, what)
        except TypstError as e:
            raise BuildError(f"cannot typeset: {e}") from None
