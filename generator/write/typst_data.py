"""The sheet as plain data, which the templates read as sheet.json."""

from __future__ import annotations

from typing import Any

from ..markup import cloze_numbers
from ..sheet import Entry, Picture, Reference, Sheet
from .typst_text import filled, gapped, hidden, nodes, plain

HTML = ("vignette", "question", "answer", "reverse_question", "reverse_answer", "accept", "caution", "hook", "why",
        "debate")  # fmt: skip


def sheet_data(sheet: Sheet) -> dict[str, Any]:
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
        "summary_pictures": [_picture(picture) for picture in sheet.summary_pictures],
        "pictures": [_picture(picture) for picture in sheet.pictures],
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
        "gapped": gapped(entry.cloze),
        "hidden": hidden(entry.cloze),
        "turns": _turns(entry),
        "boxes": entry.boxes,
        "open": not entry.hides_all,
        "certainty": entry.certainty,
        "red_flag": entry.red_flag,
        "core": entry.core,
        "short": _is_short(entry),
        "labels": [plain(label) for label in entry.labels],
        "picture": _picture(entry.picture) if entry.picture else None,
        "picture_here": entry.picture_here,
        "picture_asks": entry.picture_asks,
        "picture_blank": entry.picture_blank,
        "references": _references(entry.references),
    }


def _turns(entry: Entry) -> list[dict[str, Any]]:
    """The card's Anki cards, as paper has them: a front and a back each. A label's front and back are the figure."""
    blank: dict[str, Any] = {"vignette": [], "front": [], "back": [], "label": None, "reverse": False}
    turns: list[dict[str, Any]]
    if entry.cloze:
        turns = [{"front": gapped(entry.cloze, n), "back": filled(entry.cloze, n)} for n in cloze_numbers(entry.cloze)]
    elif entry.labels:
        turns = [{"front": nodes(entry.question), "label": i} for i in range(len(entry.labels))]
    else:
        turns = [{"vignette": nodes(entry.vignette), "front": nodes(entry.question), "back": nodes(entry.answer)}]
        if entry.reverse_question:
            turns.append({"front": nodes(entry.reverse_question), "back": nodes(entry.reverse_answer), "reverse": True})
    of = f" {{}}/{len(turns)}" if len(turns) > 1 else ""
    return [{**blank, **turn, "name": entry.id + of.format(i)} for i, turn in enumerate(turns, 1)]


def _is_short(entry: Entry) -> bool:
    """Whether the card can stay whole: in half a column or so."""
    texts: list[str] = [getattr(entry, name) for name in HTML]
    return sum(len(text) + 60 * text.count("</") for text in texts) < 1800


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "number": picture.number,
        "name": picture.name,
        "once": (picture.drawing or [picture.name])[0],  # a PDF holds a PNG once, a drawing as often as it is shown
        "title": plain(picture.title),
        "alt": plain(picture.alt),
        "alt_blank": plain(picture.alt_blank),
        "ratio": _ratio(picture.content),
        "blank": (picture.blank_drawing or [picture.blank_name])[0] if picture.blank else None,
        "labels": [{"number": number, "text": plain(text), "box": box} for number, text, box in picture.labels],
        "key": plain(picture.key),
        "credit": plain(picture.credit),
        "references": _references(picture.references),
    }


def _ratio(png: bytes) -> float:
    """Height by width, which a PNG says first. Typst says what is wrong with a broken one."""
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    return height / width if width and height else 1


def _references(references: tuple[Reference, ...]) -> list[dict[str, Any]]:
    return [{"number": reference.number, "text": str(reference)} for reference in references]


def _on_paper(address: str) -> str:
    """An address as a reader would type it."""
    return address.removeprefix("https://").removeprefix("www.").removesuffix("/")
