"""A folder of decks/note_types/ becomes a NoteType: includes put in, the report link made."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from .model import NoteType, NoteTypeFile, Template
from .problem import Problem

INCLUDE = re.compile(r"[ \t]*<!-- include ([a-z-]+\.html) -->\n?")
REPORT = "<!-- report -->"
NEEDED = ("Id", "Retired", "My notes")


def note_type(
    key: str, shape: NoteTypeFile, files: Mapping[str, str], css: str, report: str | None
) -> tuple[NoteType | None, list[Problem]]:
    """`files` are the texts beside note_type.yaml, and the shared ones as `shared/NAME.html`.

    `report` is an https or mailto address; `{id}` in it stands for the card's id. Without it no link is shown.
    """
    path = f"decks/note_types/{key}/note_type.yaml"
    problems: list[Problem] = []

    def text(name: str, index: int, side: str) -> str:
        if name not in files:
            at = ("templates", index, side)
            problems.append(Problem(path, "unknown-template", f"there is no decks/note_types/{key}/{name}", at))
            return ""
        return INCLUDE.sub(lambda m: part(m[1], index, side), files[name])

    def part(name: str, index: int, side: str) -> str:
        if f"shared/{name}" not in files:
            at = ("templates", index, side)
            problems.append(Problem(path, "unknown-template", f"there is no decks/note_types/shared/{name}", at))
        return files.get(f"shared/{name}", "")

    link = report_link(report)
    templates = tuple(
        Template(
            t.name, t.id, text(t.front, i, "front").replace(REPORT, link), text(t.back, i, "back").replace(REPORT, link)
        )
        for i, t in enumerate(shape.templates)
    )
    fields = tuple((field.name, field.id) for field in shape.fields)
    names = [name for name, _ in fields]
    problems += [
        Problem(path, "missing-field", f'a note type needs the field "{name}"', ("fields",))
        for name in NEEDED
        if name not in names
    ]
    if problems:
        return None, problems
    return NoteType(key, shape.name, shape.id, shape.kind, fields, templates, css), []


def report_link(report: str | None) -> str:
    """The link under a card that lets a learner report a mistake in it, with the card's id filled in by Anki."""
    if not report:
        return ""
    if "{id}" in report:
        address = report.replace("{id}", "{{Id}}")
    elif report.startswith("mailto:"):
        address = f"{report}{'&' if '?' in report else '?'}subject={{{{Id}}}}"
    else:
        address = report
    return f'<p class="report"><a href="{html.escape(address)}">Report a mistake</a></p>'
