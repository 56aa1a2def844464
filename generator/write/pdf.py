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

from ..sheet import Sheet
from .print_font import fonts
from .typst_data import sheet_data

TEMPLATES = Path(__file__).parent / "templates"
PAPERS = {"a4": "a4", "letter": "us-letter"}  # in file names, and as Typst calls them


@dataclass(frozen=True, slots=True)
class Part:
    """A file to print, on each paper. `inputs` reach the template as `sys.inputs`."""

    name: str
    what: str
    template: str
    inputs: tuple[tuple[str, str], ...] = ()


PARTS = (
    Part("study-sheet", "study sheet", "study_sheet.typ"),
    Part("summary", "summary on one page", "summary.typ"),
    Part("self-test", "self-test, all cards", "self_test.typ"),
    Part("self-test-core", "self-test, the essential cards", "self_test.typ", (("core", "yes"),)),
    Part("self-test-large-print", "self-test, all cards, large print", "self_test.typ", (("large", "yes"),)),
    Part("self-test-core-large-print", "self-test, the essential cards, large print", "self_test.typ",
         (("core", "yes"), ("large", "yes"))),
    Part("cards", "cards to cut out, all", "cut_cards.typ"),
    Part("cards-core", "cards to cut out, the essential ones", "cut_cards.typ", (("core", "yes"),)),
)  # fmt: skip


def pdfs(
    sheet: Sheet, parts: Sequence[Part] = PARTS, papers: Sequence[str] = tuple(PAPERS)
) -> Iterator[tuple[str, str, bytes]]:
    """Each part on each paper: `study-sheet-a4`, what it is, and the file. Typst leaves Python free: one for each processor."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as threads:
        root = Path(name)
        for path in TEMPLATES.glob("*.typ"):
            shutil.copyfile(path, root / path.name)
        for image, content in (*sheet.images, *sheet.drawings.items()):
            (root / image).write_bytes(content)
        (root / "sheet.json").write_text(json.dumps(sheet_data(sheet)), "utf-8")
        files = [(part, paper) for part in parts for paper in papers]
        done = threads.map(lambda file: _typeset(root, *file), files)
        for (part, paper), pdf in zip(files, done, strict=True):
            yield f"{part.name}-{paper}", part.what, pdf


def _typeset(root: Path, part: Part, paper: str) -> bytes:
    return typst.compile(
        root / part.template,
        root=root,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": PAPERS[paper], **dict(part.inputs)},
        pdf_standards="ua-1",  # tags, title, language; Typst refuses what would break the standard
    )
