"""The real deck's Anki cards in a page like that of Anki's reviewer: one page, into which card after card is put."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.anki_template import fill_type_boxes, render
from generator.load import Project
from generator.markup import Gap, fill_cloze, plain
from generator.notes import Note

# What Anki's own style sheet says about the page and cards (26.9.3); the card's comes after it, inside #qa.
PAGE = """<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><style>
html { font-size: 16px; } body { margin: 20px; overflow-wrap: break-word; } img { max-width: 100%; max-height: 95vh; }
li { text-align: start; } #typeans { width: 100%; box-sizing: border-box; }
</style></head><body class="card card1"><div id="qa"></div></body></html>"""
NIGHT = " nightMode night_mode"


@dataclass(frozen=True)
class AnkiCard:
    """Both sides as Anki shows them. `asked` is what the front may show, `hidden` what it must not, `answer` what the
    back must."""

    note: Note
    ord: int
    front: str
    back: str
    asked: str
    hidden: tuple[str, ...]
    answer: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.note.card.id}:{self.ord + 1}"


def anki_cards(project: Project) -> Iterator[AnkiCard]:
    """Every Anki card of the deck in study order."""
    for note in project.notes:
        note_type = project.deck.note_types[note.note_type]
        fields = dict(zip((name for name, _ in note_type.fields), note.fields, strict=True))
        cloze = note.note_type != "question"
        for ord_ in note.ords:
            template = note_type.templates[0 if cloze else ord_]
            front = render(template.front, fields, card=ord_ + 1, cloze=cloze)
            back = render(template.back, fields, card=ord_ + 1, cloze=cloze, front=front)
            style = f"<style>{note_type.css}</style>"
            yield AnkiCard(
                note,
                ord_,
                style + fill_type_boxes(front, fields),
                style + fill_type_boxes(back, fields, back=True),
                *_texts(fields, ord_, cloze),
            )


BEHIND = ("Accept", "Caution", "Hook", "Why", "Debate", "Sources", "Credit", "Id", "Type in", "My notes", "Back Extra")


def _texts(fields: dict[str, str], ord_: int, cloze: bool) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    asked = [fields["Topic"], fields["Vignette"]]
    hidden = [fields.get(name, "") for name in BEHIND]
    answer: list[str] = []
    if cloze:
        sentence = fields.get("Text", "")

        def gap_shows(gap: Gap) -> str:
            if gap.number == ord_ + 1:
                answer.append(gap.hidden)
                return gap.hint
            return gap.hidden

        asked += [fields.get("Header", ""), fill_cloze(sentence, gap_shows)]
    elif ord_ == 0:
        asked.append(fields["Question"])
        answer.append(fields["Answer"])
        hidden.append(fields["Reverse answer"])
    else:
        asked = [fields["Reverse question"]]
        answer.append(fields["Reverse answer"])
        hidden.append(fields["Answer"])
    return words(*map(plain, asked)), _filled(hidden + answer), _filled(answer)


def _filled(html: list[str]) -> tuple[str, ...]:
    return tuple(text for text in (words(plain(value)) for value in html) if text)


def words(*texts: str) -> str:
    """The words alone, in lower case, to compare what is shown with what was written."""
    return " ".join(re.findall(r"\w+", " ".join(texts).casefold()))
