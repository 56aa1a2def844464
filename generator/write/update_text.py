"""Notes as Anki's text import: for learners who changed the note type, and one a release in decks/history/.

The headers are Anki's own (23.12 to 26.9.3). Tags and `My notes` are left out, so the learner's survive; a note that is
new to a learner comes without tags. Retired notes are in: who has one must see why it was retired.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ..model import Deck
from ..notes import Note


def update_text(deck: Deck, notes: Iterable[Note]) -> str:
    """Tab-separated, one note a line, in study order: Anki gives new notes their place by it.

    Anki fills fields in order, and `My notes` is every note type's last.
    """
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n")
    rows = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    for note in notes:
        rows.writerow([note.guid, deck.note_types[note.note_type].name, deck.shape.name, *note.fields[:-1]])
    return out.getvalue()
