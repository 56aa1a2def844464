"""Notes as Anki's text import: for learners who changed the note type, and one a release in decks/history/.

The headers are Anki's own (23.12 to 26.9.3). Tags and `My notes` are left out, so the learner's survive.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ..model import Deck, NoteType
from ..notes import Note

OURS_NOT = "My notes"


def update_text(deck: Deck, notes: Iterable[Note]) -> str:
    """Tab-separated, one note a line, sorted by guid, so that two of them compare well."""
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n")
    rows = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    columns = {key: _columns(note_type) for key, note_type in deck.note_types.items()}
    for note in sorted(notes, key=lambda note: note.guid):
        name = deck.note_types[note.note_type].name
        rows.writerow([note.guid, name, deck.shape.name, *(note.fields[i] for i in columns[note.note_type])])
    return out.getvalue()


def _columns(note_type: NoteType) -> list[int]:
    """Anki fills fields in order, so the columns end before `My notes`; all that comes after it is empty."""
    return list(range([name for name, _ in note_type.fields].index(OURS_NOT)))
