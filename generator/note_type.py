"""A folder of decks/note_types/ becomes a NoteType: includes put in, the report link made, templates checked as Anki would."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser

from . import anki_template
from .model import NoteType, NoteTypeFile, Template
from .problem import Problem

INCLUDE = re.compile(r"[ \t]*<!-- include ([a-z-]+\.html) -->\n?")
REPORT = "<!-- report -->"
NEEDED = ("Id", "Retired", "My notes")
TAGS = frozenset("main section div p span h2 hr br strong em details summary a canvas button script".split())  # noqa: SIM905
ATTRIBUTES = frozenset(("class", "id", "hidden", "href"))
# The one script of a package: what Anki's own occlusion note type runs.
SETUP = re.compile(
    r"\s*try \{\s*anki\.imageOcclusion\.setup\(\);\s*\} catch \(error\) \{\s*"
    r'document\.getElementById\("err"\)\.textContent = "[A-Za-z0-9 .]*" \+ error;\s*\}\s*'
)


def note_type(
    key: str, shape: NoteTypeFile, files: Mapping[str, str], css: str, report: str | None
) -> tuple[NoteType | None, list[Problem]]:
    """`files` are the texts beside note_type.yaml, and the shared ones as `shared/NAME.html`.

    `report` is an https or mailto address; `{id}` in it stands for the card's id. Without it no link is shown.
    """
    path = f"decks/note_types/{key}/note_type.yaml"
    fields = tuple((field.name, field.id) for field in shape.fields)
    names = [name for name, _ in fields]
    problems = [
        Problem(path, "missing-field", f'a note type needs the field "{name}"', ("fields",))
        for name in NEEDED
        if name not in names
    ]
    problems += _twice(path, "fields", names, [id_ for _, id_ in fields])
    problems += _twice(path, "templates", [t.name for t in shape.templates], [t.id for t in shape.templates])
    if names[-1] != NEEDED[-1]:  # the update text has the columns before it, spare ones included
        message = 'the last field is "My notes"'
        problems.append(Problem(path, "missing-field", message, ("fields", len(names) - 1)))
    templates = []
    for i, template in enumerate(shape.templates):
        sides = {}
        for side, name in (("front", template.front), ("back", template.back)):
            text, missing = _put_together(key, name, files, report_link(report))
            found = [f"there is no {name}" for name in missing] or list(_faults(text, {*names}, key))
            problems += [Problem(path, "bad-template", message, ("templates", i, side)) for message in found]
            sides[side] = text
        templates.append(Template(template.name, template.id, sides["front"], sides["back"]))
    if "@import" in css or "url(" in css:
        message = "the style sheet loads something: a card works without a network"
        problems.append(Problem("decks/note_types/style.css", "bad-style", message))
    if problems:
        return None, problems
    return NoteType(key, shape.name, shape.id, fields, tuple(templates), css), []


def apart(note_types: Iterable[NoteType]) -> list[Problem]:
    """Anki tells note types apart by id when it imports packages, and by name when it imports text."""
    problems = []
    names: set[str] = set()
    ids: set[int] = set()
    for found in note_types:
        path = f"decks/note_types/{found.key}/note_type.yaml"
        if found.name in names:
            problems.append(Problem(path, "duplicate-name", f'another note type is named "{found.name}"', ("name",)))
        if found.id in ids:
            problems.append(Problem(path, "duplicate-id", f"another note type has the id {found.id}", ("id",)))
        names.add(found.name)
        ids.add(found.id)
    return problems


def _twice(path: str, what: str, names: list[str], ids: list[int]) -> Iterator[Problem]:
    for key, values in (("name", names), ("id", ids)):
        for i, value in enumerate(values):
            if value in values[:i]:
                yield Problem(path, f"duplicate-{key}", f"{value} is used twice in {what}", (what, i, key))


def _put_together(key: str, name: str, files: Mapping[str, str], link: str) -> tuple[str, list[str]]:
    """A template with its shared parts, and the files that are missing."""
    missing = [] if name in files else [f"decks/note_types/{key}/{name}"]

    def part(match: re.Match[str]) -> str:
        if f"shared/{match[1]}" not in files:
            missing.append(f"decks/note_types/shared/{match[1]}")
        return files.get(f"shared/{match[1]}", "")

    return INCLUDE.sub(part, files.get(name, "")).replace(REPORT, link), missing


def _faults(text: str, fields: set[str], key: str) -> Iterator[str]:
    """What Anki would show as an error, or what no card may hold."""
    try:
        for name, _ in anki_template.used(text):
            if name not in fields and name not in anki_template.SPECIAL and name != "FrontSide":
                yield f'there is no field "{name}"'
    except anki_template.TemplateError as e:
        yield f"Anki cannot read this template: {e}"
    if "<!-- include" in text:
        yield "an include is not written as <!-- include name.html -->, or stands in a shared part"
    checker = _Html(key)
    checker.feed(anki_template.without_fields(text))
    checker.close()
    yield from checker.faults


class _Html(HTMLParser):
    """Holds a template to a closed list of tags and attributes: it runs in every learner's Anki."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.faults: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or (tag == "script" and self.key != "occlusion"):
            self.faults.append(f"<{tag}> is not for templates")
        for name, value in attrs:
            address = name == "href" and not (value or "").startswith(("https://", "mailto:"))
            if name not in ATTRIBUTES or address or (tag == "script" and attrs):
                self.faults.append(f'{name}="{value}" is not for templates')
        self.in_script = tag == "script"

    def handle_data(self, data: str) -> None:
        if self.in_script and not SETUP.fullmatch(data):
            self.faults.append("the only script is the call that sets up image occlusion")

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False


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
