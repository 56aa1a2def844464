"""What people type, and what they are told. Each file in problems/ has both; `pytest --update-golden` rewrites them.

The first line of a case is the file's path, then `shape` where an editor with the JSON Schema must refuse it too, and
`escaped` where the typed part is written with Python's escapes (bytes and characters that could not be seen).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator import model, parse
from generator.parse.schema import schema
from generator.problem import Problem, as_text, in_order
from generator.source import read

FOLDER = Path(__file__).parent / "problems"
CASES = sorted(FOLDER.glob("*.txt"))
SHAPES = (
    ("cards/sources.yaml", model.SourcesFile),
    ("cards/glossary.yaml", model.GlossaryFile),
    ("cards/figures/", model.FigureFile),
    ("decks/note_types/", model.NoteTypeFile),
    ("decks/", model.DeckFile),
)


@dataclass
class Case:
    path: str
    marks: tuple[str, ...]
    typed: str
    messages: str

    @property
    def content(self) -> bytes:
        if "escaped" in self.marks:
            return self.typed.encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1")
        return self.typed.encode()


def read_case(file: Path) -> Case:
    head, typed, messages = re.split(r"^=+ (?:typed|messages)\n", file.read_text("utf-8"), flags=re.M)
    path, *marks = head.split()
    return Case(path, tuple(marks), typed, messages)


def check(path: str, content: bytes) -> list[Problem]:
    """All problems of one file, in order and in place."""
    document, problems = read(path, content)
    if document is None:
        return in_order(problems)
    shape = next((shape for start, shape in SHAPES if path.startswith(start)), None)
    found = parse.file(document, shape)[1] if shape else parse.topic(document)[1]
    return in_order(map(document.locate, problems + found))


def test_there_are_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_is_typed_gets_these_messages(file: Path, update_golden: bool) -> None:
    case = read_case(file)
    messages = "".join(f"{as_text(problem)}\n" for problem in check(case.path, case.content))
    if update_golden:
        head = " ".join([case.path, *case.marks])
        file.write_text(f"{head}\n===== typed\n{case.typed}===== messages\n{messages}", "utf-8")
    assert read_case(file).messages == messages


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_every_problem_has_a_place_in_the_file(file: Path) -> None:
    case = read_case(file)
    lines = len(re.split(rb"\r\n|\r|\n", case.content))
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in check(case.path, case.content))


@pytest.mark.parametrize(
    ("path", "head", "unit", "place"),
    [
        ("cards/actions.yaml", "topic: actions\ntitle: Actions\ncards:\n", "  - no card\n", (204, 5)),
        ("cards/actions.yaml", "topic: actions\ntitle: Actions\ncards:\n", "  - {id: x, nope: 1}\n", (104, 13)),
        ("cards/actions.yaml", "topic: actions\ntitle: Actions\ncards:\n", '  - "\\u200b"\n', (204, 5)),
        ("cards/sources.yaml", "sources:\n", "  - id: A b\n", (68, 9)),
    ],
)
def test_of_a_hopeless_file_two_hundred_problems_are_shown(
    path: str, head: str, unit: str, place: tuple[int, int]
) -> None:
    problems = check(path, (head + unit * 20_000).encode())
    assert len(problems) == 201
    (last,) = [problem for problem in problems if problem.code == "too-many-problems"]
    assert (last.line, last.column) == place


class EditorLoader(yaml.SafeLoader):
    """Plain scalars as YAML 1.2's core schema reads them: what an editor gives to the JSON Schema."""


EditorLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"|~|null|Null|NULL", ["", "~", "n", "N"]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)
EditorLoader.add_constructor(
    "tag:yaml.org,2002:int", lambda loader, node: int(node.value, 0 if node.value[1:2].isalpha() else 10)
)
EditorLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def refused_by_schema(content: bytes) -> bool:
    data: Any = yaml.load(content, Loader=EditorLoader)
    return not Draft202012Validator(schema()).is_valid(data)


@pytest.mark.parametrize("file", [f for f in CASES if "shape" in read_case(f).marks], ids=lambda file: file.stem)
def test_an_editor_refuses_mistakes_of_shape_too(file: Path) -> None:
    case = read_case(file)
    assert case.messages
    assert refused_by_schema(case.content)


@pytest.mark.parametrize("file", [f for f in CASES if not read_case(f).messages], ids=lambda file: file.stem)
def test_an_editor_accepts_a_file_without_problems(file: Path) -> None:
    case = read_case(file)
    if not any(case.path.startswith(start) for start, _ in SHAPES):
        assert not refused_by_schema(case.content)


def test_the_schema_is_one_that_editors_can_use() -> None:
    made = schema()
    Draft202012Validator.check_schema(made)
    assert json.loads(json.dumps(made)) == made
    assert list(undescribed(made)) == []


def undescribed(schema: Any) -> Iterator[str]:
    """Fields of which an editor would say nothing, at any depth."""
    if isinstance(schema, dict):
        fields = schema.get("properties", {})
        yield from (name for name, field in fields.items() if "description" not in field)
    if isinstance(schema, dict | list):
        for item in schema.values() if isinstance(schema, dict) else schema:
            yield from undescribed(item)
