"""The printed parts, typeset by Typst. What they say is in `sheet`, how they look in templates/*.typ."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..sheet import Entry, Picture, Reference, Sheet
from .print_font import fonts
from .typst_text import filled, nodes, plain

TEMPLATES = Path(__file__).parent / "templates"
PAPERS = {"a4": "a4", "letter": "us-letter"}  # in file names, and as Typst calls them
HTML = ("vignette", "question", "answer", "reverse_question", "reverse_answer", "accept", "caution", "hook", "why",
        "debate")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A file to print, on each paper. `inputs` reach the template as `sys.inputs`."""

    name: str
    what: str
    template: str
    inputs: tuple[tuple[str, str], ...] = ()


PARTS = (Part("study-sheet", "study sheet", "study_sheet.typ"),)


def pdfs(
    sheet: Sheet, parts: Sequence[Part] = PARTS, papers: Sequence[str] = tuple(PAPERS)
) -> Iterator[tuple[str, str, bytes]]:
    """Each part on each paper: `study-sheet-a4`, what it is, and the file. Typst leaves Python free, so two at a time."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as threads:
        root = Path(name)
        for path in TEMPLATES.glob("*.typ"):
            shutil.copyfile(path, root / path.name)
        for image, content in sheet.images:
            (root / image).write_bytes(content)
        (root / "sheet.json").write_text(json.dumps(_sheet(sheet)), "utf-8")
        files = [(part, paper) for part in parts for paper in papers]
        done = threads.map(lambda file: _typeset(root, *file), files)
        for (part, paper), pdf in zip(files, done, strict=True):
            yield f"{part.name}-{paper}", part.what, pdf


def _typeset(root: Path, part: Part, paper: str) -> bytes:
    from typst import compile

    return compile(
        root / part.template,
        root=root,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": PAPERS[paper], **dict(part.inputs)},
        pdf_standards="ua-1",  # tags, title, language; Typst refuses what would break the standard
    )


def _sheet(sheet: Sheet) -> dict[str, Any]:
    language, *tags = sheet.language.split("-")
    return {
        "title": plain(sheet.title),
        "version": sheet.version,
        "language": language.lower(),
        "region": next((tag for tag in tags if len(tag) == 2), None),
        "description": plain(sheet.description),
        "counts": plain(sheet.counts),
        "safety": plain(sheet.safety),
        "licence": {
            "name": plain(sheet.licence.name),
            "text": plain(sheet.licence.text),
            "url": sheet.licence.url,
            "address": _on_paper(sheet.licence.url),
        },
        "columns": [plain(column) for column in sheet.columns],
        "rows": [
            [{"text": plain(cell.text), "cards": [entry.id for entry in cell.entries]} for cell in row]
            for row in sheet.rows
        ],
        "topics": [
            {"number": topic.number, "title": plain(topic.title), "cards": [entry.id for entry in topic.entries]}
            for topic in sheet.topics
        ],
        "cards": {entry.id: _entry(entry) for entry in sheet.entries},
        "red_flags": [entry.id for entry in sheet.red_flags],
        "debated": [entry.id for entry in sheet.debated],
        "weak": [entry.id for entry in sheet.weak],
        "terms": [
            {
                "term": plain(term.term),
                "latin": plain(term.latin or ""),
                "say": plain(term.say or ""),
                "means": plain(term.means or ""),
                "synonyms": [plain(synonym) for synonym in term.synonyms or ()],
            }
            for term in sheet.terms
        ],
        "abbreviations": [{"short": plain(a.short), "long": plain(a.long)} for a in sheet.abbreviations],
        "sources": [
            {
                "number": source.number,
                "citation": nodes(source.html),
                "address": plain(_on_paper(source.address)),
                "sections": [[letter, plain(title)] for letter, title in source.sections],
            }
            for source in sheet.sources
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "number": entry.number,
        **{name: nodes(getattr(entry, name)) for name in HTML},
        "statement": filled(entry.cloze),
        "certainty": entry.certainty,
        "red_flag": entry.red_flag,
        "core": entry.core,
        "short": _is_short(entry),
        "labels": [plain(label) for label in entry.labels],
        "picture": _picture(entry.picture) if entry.picture else None,
        "picture_here": entry.picture_here,
        "references": _references(entry.references),
    }


def _is_short(entry: Entry) -> bool:
    """Whether the card can stay whole: in half a column or so."""
    texts: list[str] = [getattr(entry, name) for name in HTML]
    return sum(len(text) + 60 * text.count("</") for text in texts) < 1800


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "number": picture.number,
        "name": picture.name,
        "title": plain(picture.title),
        "alt": plain(picture.alt),
        "credit": plain(picture.credit),
        "references": _references(picture.references),
    }


def _references(references: tuple[Reference, ...]) -> list[dict[str, Any]]:
    return [{"number": reference.number, "text": str(reference)} for reference in references]


def _on_paper(address: str) -> str:
    """An address as a reader would type it."""
    return address.removeprefix("https://").removeprefix("www.").removesuffix("/")
