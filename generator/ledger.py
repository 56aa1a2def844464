"""decks/ledger.json: what learners already have. `clocks` reads times and ids from it, `promises` what may not change."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .model import VERSION
from .problem import Problem

PATH = "decks/ledger.json"


Number = Annotated[int, Field(ge=0, lt=2**53)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class CardEntry(_Entry):
    """A released card. `mod` in seconds, `nid` (its note id) in milliseconds since 1970; `ords` are all Anki cards that
    learners may have; `figure` is the one whose labels an occlusion card hides; `changed` is the release that last
    changed it, empty for the release that brought it."""

    note_type: str
    hash: str
    source_hash: str
    mod: Number
    nid: Number
    ords: list[Number]
    editions: list[str]
    figure: str = ""
    changed: str = ""


class NoteTypeEntry(_Entry):
    """A released note type. `fields` and `templates` are their ids, in order."""

    name: str
    id: Number
    hash: str
    mod: Number
    fields: list[Number]
    templates: list[Number]


class LabelEntry(_Entry):
    """A label of a released figure."""

    number: Number
    text: str


class Ledger(_Entry):
    """decks/ledger.json. Only a release writes it. `sources` are the keys that released cards cite, with `#section`."""

    namespace: str
    deck_id: Number
    deck_name: str
    release: Annotated[str, Field(pattern=VERSION)]
    sources: list[str]
    note_types: dict[str, NoteTypeEntry]
    figures: dict[str, dict[str, LabelEntry]]
    cards: dict[str, CardEntry]


def read(text: str, path: str = PATH) -> tuple[Ledger | None, list[Problem]]:
    """The ledger, or where it is broken."""
    place = (1, 1)
    try:
        return Ledger.model_validate(json.loads(text)), []
    except json.JSONDecodeError as e:
        place, message = (e.lineno, e.colno), f"this is not JSON: {e.msg}"
    except RecursionError:
        message = "this is nested too deeply"
    except ValidationError as e:
        first = e.errors()[0]
        message = f"{'.'.join(map(str, first['loc']))}: {first['msg'].lower()}"
    except ValueError as e:  # a number of thousands of digits
        message = str(e).lower()
    help_ = "only a release writes this file; take it back from the main branch"
    return None, [Problem(path, "broken-ledger", message, help=help_, line=place[0], column=place[1])]


def write(ledger: Ledger) -> str:
    """JSON with a line a card, sorted, so that a release reads well as a diff."""
    data = ledger.model_dump()
    lines = [f'  "{key}": {_json(data[key])},' for key in ("namespace", "deck_id", "deck_name", "release")]
    lines.append('  "sources": [\n' + ",\n".join(f"    {_json(key)}" for key in data["sources"]) + "\n  ],")
    for key in ("note_types", "figures", "cards"):
        rows = [f"    {_json(name)}: {_json(row)}" for name, row in sorted(data[key].items())]
        lines.append(f'  "{key}": {{\n' + ",\n".join(rows) + "\n  }," if rows else f'  "{key}": {{}},')
    return "{\n" + "\n".join(lines).removesuffix(",") + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def lines(text: str) -> dict[str, int]:
    """The line of each card, note type, figure and source, from 1, as `write` puts them."""
    found = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith('    "'):
            found[line[5:].partition('"')[0]] = number
    return found
