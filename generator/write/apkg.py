"""Notes become an Anki package, the same bytes every time.

genanki 0.13.1 is used unchanged, through subclasses. Each says which of its habits it mends; tests/test_apkg.py and
tests/test_in_anki.py show them.
"""

from __future__ import annotations

import html
import io
import itertools
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import genanki
from genanki.card import Card as AnkiCard

from ..clocks import Clock
from ..model import Deck, NoteType
from ..notes import Note

EPOCH_1980 = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold
SQLITE_VERSION = (3_040_000).to_bytes(4, "big")
IMAGE_OCCLUSION = 6  # Anki's StockNotetype.OriginalStockKind
PICTURE = re.compile(r'<img src="([^"]+)"')
NATIVE_TAGS = {"Occlusion": 0, "Image": 1, "Header": 2, "Back Extra": 3, "Comments": 4}


class _Model(genanki.Model):  # type: ignore[misc]
    """With a clock of its own. genanki stamps every model with the build time and the last deck that used it."""

    def __init__(self, note_type: NoteType, mod: int) -> None:
        occlusion = note_type.key == "occlusion"
        fields = [{"name": name, "id": id_} | _native(name, occlusion) for name, id_ in note_type.fields]
        super().__init__(
            note_type.id,
            note_type.name,
            fields=fields,
            templates=[{"name": t.name, "id": t.id, "qfmt": t.front, "afmt": t.back} for t in note_type.templates],
            css=note_type.css,
            model_type=genanki.Model.FRONT_BACK if note_type.key == "question" else genanki.Model.CLOZE,
            sort_field_index=next((i for i, f in enumerate(fields) if occlusion and f["name"] == "Header"), 0),
        )
        self.mod = mod
        self.extra = {"originalStockKind": IMAGE_OCCLUSION} if occlusion else {}

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        data: dict[str, Any] = deepcopy(super().to_json(self.mod, deck_id))
        # `req` is for clients of before 2020; Anki computes it anew. With one field named for every template it holds.
        return data | self.extra | {"did": None, "id": self.model_id}

    @property
    def _req(self) -> list[list[Any]]:
        return [[i, "any", [0]] for i in range(len(self.templates))]


def _description(deck: Deck) -> str:
    """Shown under the deck's name in Anki. The same in every edition: of two, the later import's would win."""
    shape = deck.shape
    licence = f'<a href="{html.escape(shape.licence.url)}">{html.escape(shape.licence.name)}</a>'
    lines = [shape.description, shape.safety, f"Version {shape.version}."]
    return "".join(f"<p>{html.escape(' '.join(line.split()), quote=False)}</p>" for line in lines) + f"<p>{licence}</p>"


def _native(name: str, occlusion: bool) -> dict[str, Any]:
    """What makes the first five fields Anki's own image occlusion fields."""
    if not occlusion or name not in NATIVE_TAGS:
        return {}
    return {"tag": NATIVE_TAGS[name], "preventDeletion": name != "Comments"}


class _Note(genanki.Note):  # type: ignore[misc]
    """With its own clock, ids and cards. genanki numbers notes by position, stamps all with one time, and makes no card,
    or too few, for some clozes. Card id = note id + 1 + ord."""

    def __init__(self, model: _Model, note: Note, tags: Sequence[str], clock: Clock) -> None:
        super().__init__(model=model, fields=list(note.fields), tags=tags, guid=note.guid, due=note.place)
        self.ords = note.ords
        self.clock = clock

    @property
    def cards(self) -> list[AnkiCard]:
        return [AnkiCard(ord_) for ord_ in self.ords]

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Our markup is validated; genanki's guess has false alarms and misses `L4<L5`."""

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:
        nid = self.clock.nid
        ids = itertools.chain([nid], (nid + 1 + ord_ for ord_ in self.ords))
        super().write_to_db(cursor, self.clock.mod, deck_id, ids)


def package(
    deck: Deck,
    notes: Iterable[Note],
    tags: Mapping[str, Sequence[str]],
    clocks: Mapping[str, Clock],
    note_type_mods: Mapping[str, int],
) -> bytes:
    """The bytes of an .apkg. `tags` and `clocks` are by card id, `note_type_mods` (seconds) by note type.

    All note types come along; Anki takes those that a note of the package has (26.9.3, tests/test_update_story.py).
    """
    models = {key: _Model(note_type, note_type_mods[key]) for key, note_type in sorted(deck.note_types.items())}
    packed = genanki.Deck(deck.shape.id, deck.shape.name, _description(deck))
    for model in models.values():
        packed.add_model(model)
    shown: set[str] = set()
    for note in notes:
        packed.add_note(_Note(models[note.note_type], note, tags[note.card.id], clocks[note.card.id]))
        shown.update(name for field in note.fields if "<img " in field for name in PICTURE.findall(field))
    media = sorted(item for figure in deck.figures.values() for item in figure.files if item[0] in shown)
    return _zip(_collection(packed), media)


def _collection(deck: genanki.Deck) -> bytearray:
    """The SQLite file, in memory: genanki leaks a temporary file a build."""
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.cursor()
        genanki.Package(deck).write_to_db(cursor, 0, itertools.count(1))
        models, decks = cursor.execute("SELECT models, decks FROM col").fetchone()
        cursor.execute("UPDATE col SET models = ?, decks = ?", (_canonical(models), _canonical(decks)))
        connection.commit()
        connection.execute("VACUUM")
        raw = bytearray(connection.serialize())
    finally:
        connection.close()
    raw[24:28] = raw[92:96] = (1).to_bytes(4, "big")  # how often the file changed: differs between SQLite builds
    raw[96:100] = SQLITE_VERSION  # who wrote it: for information only
    return raw


def _canonical(text: str) -> str:
    return json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _zip(collection: bytes | bytearray, media: Sequence[tuple[str, bytes]]) -> bytes:
    """Deflated, with fixed dates and modes. genanki stores the build time and the temporary file's mode.

    The bytes are those of one zlib: a Python built with another one (zlib-ng) packs the same content differently.
    """
    out = io.BytesIO()
    names = {str(i): name for i, (name, _) in enumerate(media)}
    entries = [("collection.anki2", collection), ("media", json.dumps(names, ensure_ascii=False).encode())]
    entries += [(str(i), content) for i, (_, content) in enumerate(media)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in entries:
            info = zipfile.ZipInfo(name, EPOCH_1980)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, content, compresslevel=1)
    return out.getvalue()
