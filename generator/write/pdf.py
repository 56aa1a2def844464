"""The printed parts, typeset by Typst. What they say is in `sheet`, how they look in templates/*.typ."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import typst

from ..print_font import fonts
from ..sheet import Sheet
from .trim import PAPERS, trimmed
from .typst_data import sheet_data

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Part:
    """A file to print, for each paper. `inputs` reach the template as `sys.inputs`."""

    name: str
    what: str
    template: str
    inputs: tuple[tuple[str, str], ...] = ()


PARTS = (  # what takes longest comes first, so that no processor is left waiting for it
    Part("study-sheet", "study sheet", "study_sheet.typ"),
    Part("cards", "cards to cut out, all", "cut_cards.typ"),
    Part("self-test", "self-test, all cards", "self_test.typ"),
    Part("self-test-large-print", "self-test, all cards, large print", "self_test.typ", (("large", "yes"),)),
    Part("worksheets", "worksheets with key", "worksheets.typ"),
    Part("summary", "summary on one page", "summary.typ"),
    Part("cards-core", "cards to cut out, the essential ones", "cut_cards.typ", (("core", "yes"),)),
    Part("self-test-core", "self-test, the essential cards", "self_test.typ", (("core", "yes"),)),
    Part("self-test-core-large-print", "self-test, the essential cards, large print", "self_test.typ",
         (("core", "yes"), ("large", "yes"))),
)  # fmt: skip


def pdfs(
    sheet: Sheet, parts: Sequence[Part] = PARTS, papers: Sequence[str] = tuple(PAPERS)
) -> Iterator[tuple[str, str, bytes]]:
    """Each part that has content, on each paper: `study-sheet-a4`, what it is, and the file. Typst leaves Python free: one
    for each processor."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as threads:
        root = Path(name)
        for path in TEMPLATES.glob("*.typ"):
            shutil.copyfile(path, root / path.name)
        for picture in sheet.pictures:
            (root / picture.name).write_bytes(picture.content)
            if picture.blank:
                (root / picture.blank_name).write_bytes(picture.blank)
            for drawing in (picture.drawing, picture.blank_drawing):
                if drawing:
                    (root / drawing[0]).write_bytes(drawing[1])
        (root / "sheet.json").write_text(json.dumps(sheet_data(sheet)), "utf-8")
        filled = [part for part in parts if _has_content(part, sheet)]
        for part, pdf in zip(filled, threads.map(lambda part: _typeset(root, part), filled), strict=True):
            for paper in papers:
                yield f"{part.name}-{paper}", part.what, trimmed(pdf, paper)


def _has_content(part: Part, sheet: Sheet) -> bool:
    """A part without any would be an empty page."""
    match part.name:
        case "summary":
            return bool(sheet.rows or sheet.red_flags)
        case "worksheets":
            return bool(sheet.rows or any(picture.labels for picture in sheet.pictures))
    return any(entry.core for entry in sheet.entries) if ("core", "yes") in part.inputs else bool(sheet.entries)


def _typeset(root: Path, part: Part) -> bytes:
    return typst.compile(
        root / part.template,
        root=root,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs=dict(part.inputs),
        pdf_standards="ua-1",  # tags, title, language; Typst refuses what would break the standard
    )
