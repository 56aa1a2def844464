"""The note types hold together: fields, ids, fronts that give nothing away, colors that can be read."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
import yaml
from anki.collection import Collection

from generator.anki_template import fill_type_boxes, makes_card, render, used
from generator.model import NoteType, NoteTypeFile, Unquoted
from generator.note_type import note_type

FOLDER = Path(__file__).parents[1] / "decks" / "note_types"
KINDS = ("question", "cloze", "occlusion")
REPORT = "https://example.org/report?card={id}"
NEVER_USED = {f"Spare {n}" for n in range(1, 7)} | {"Comments"}  # Comments is Anki's own, for the learner
ON_THE_FRONT = {
    "question": {"Retired", "Topic", "Vignette", "Question", "Figure front", "Type in", "Reverse question"},
    "cloze": {"Retired", "Topic", "Vignette", "Text", "Figure front"},
    "occlusion": {"Retired", "Topic", "Vignette", "Header", "Occlusion", "Image"},
}
SETUP = (
    'try { anki.imageOcclusion.setup(); } catch (error) { document.getElementById("err").textContent = '
    '"The masks need Anki 23.10 or newer. " + error; }'
)
HIDDEN = {"Type in": "type", "Text": "cloze", "Occlusion": "cloze"}  # hold the answer: shown through this filter only


def load(kind: str) -> NoteType:
    data = yaml.safe_load((FOLDER / kind / "note_type.yaml").read_text("utf-8"))
    for thing in (data, *data["fields"], *data["templates"]):
        thing["id"] = Unquoted(thing["id"])
    files = {path.name: path.read_text("utf-8") for path in (FOLDER / kind).glob("*.html")}
    files |= {f"shared/{path.name}": path.read_text("utf-8") for path in (FOLDER / "shared").glob("*.html")}
    found, problems = note_type(kind, NoteTypeFile(**data), files, css(), REPORT)
    assert found, problems
    return found


def css() -> str:
    return (FOLDER / "style.css").read_text("utf-8")


NOTE_TYPES = {kind: load(kind) for kind in KINDS}
each_kind = pytest.mark.parametrize("kind", KINDS)


def names(text: str) -> set[str]:
    return {field for field, _ in used(text)}


@each_kind
def test_templates_use_every_field_but_the_spare_ones_and_no_other(kind: str) -> None:
    found = NOTE_TYPES[kind]
    in_templates = {name for t in found.templates for name in names(t.front) | names(t.back)}
    assert in_templates == {name for name, _ in found.fields} - NEVER_USED


@each_kind
def test_the_front_gives_nothing_away(kind: str) -> None:
    for template in NOTE_TYPES[kind].templates:
        for field, filters in used(template.front):
            assert field in ON_THE_FRONT[kind]
            if filters != ("#",) and field in HIDDEN:
                assert filters == (HIDDEN[field],)


def test_every_id_is_used_once() -> None:
    ids = [found.id for found in NOTE_TYPES.values()]
    for found in NOTE_TYPES.values():
        ids += [number for _, number in found.fields] + [template.id for template in found.templates]
    assert [n for n, count in Counter(ids).items() if count > 1] == []
    assert all(1_500_000_000 < found.id < 1_800_000_000 for found in NOTE_TYPES.values())


@each_kind
def test_a_card_runs_no_script_but_the_call_that_sets_up_occlusion(kind: str) -> None:
    for template in NOTE_TYPES[kind].templates:
        for side in (template.front, template.back):
            scripts = re.findall(r"<script>(.*?)</script>", side, re.DOTALL)
            assert [" ".join(script.split()) for script in scripts] == ([SETUP] if kind == "occlusion" else [])
            assert side.count("<script") == len(scripts)
            assert not re.search(r"\son\w+=|javascript:|<link|<iframe|<object", side)
            assert "<!-- include" not in side


@each_kind
def test_every_back_has_a_place_that_anki_scrolls_to_and_a_way_to_report(kind: str) -> None:
    for template in NOTE_TYPES[kind].templates:
        assert template.back.count("<hr id=answer>") == 1  # Anki moves exactly this text before a typed answer
        assert "card={{Id}}" in template.back


def test_a_reverse_card_is_made_only_with_a_reverse_question() -> None:
    found = NOTE_TYPES["question"]
    fields = dict.fromkeys((name for name, _ in found.fields), "filled")
    front = found.templates[1].front
    assert makes_card(front, fields)
    assert not makes_card(front, fields | {"Reverse question": ""})


def test_the_reverse_front_does_not_name_the_topic() -> None:
    """A reverse asks for what the question named, often the topic itself ("Which nickname …?" "The psoas paradox")."""
    assert "Topic" not in names(NOTE_TYPES["question"].templates[1].front)


@each_kind
def test_the_rendered_note_types_are_what_anki_renders(kind: str, tmp_path: Path) -> None:
    found = NOTE_TYPES[kind]
    text = "a {{c1::<b>b</b>::hint}} and {{c2::c}}"
    full = {name: text if name in ("Text", "Occlusion") else f"<p>{name}</p>" for name, _ in found.fields}
    needed = {"Question", "Text", "Occlusion", "Topic", "Id", "Reverse question"}
    spare = {name: value if name in needed else "" for name, value in full.items()}
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        model = collection.models.new(found.name)
        model["type"] = 0 if kind == "question" else 1
        for name, _ in found.fields:
            collection.models.add_field(model, collection.models.new_field(name))
        for t in found.templates:
            template = collection.models.new_template(t.name)
            template["qfmt"], template["afmt"] = t.front, t.back
            collection.models.add_template(model, template)
        collection.models.add(model)
        for fields, card in product((full, spare), (1, 2)):
            note = collection.new_note(model)
            for name, value in fields.items():
                note[name] = value
            theirs = note.ephemeral_card(card - 1).render_output()
            t = found.templates[card - 1 if kind == "question" else 0]
            front = render(t.front, fields, card=card, cloze=kind != "question")
            back = render(t.back, fields, card=card, cloze=kind != "question", front=front)
            assert (front, back) == (theirs.question_text, theirs.answer_text)
            assert "[[type:" not in fill_type_boxes(front, fields) + fill_type_boxes(back, fields, back=True)
    finally:
        collection.close()


@each_kind
def test_headings_and_marks_show_only_with_their_field(kind: str) -> None:
    found = NOTE_TYPES[kind]
    fields = dict.fromkeys((name for name, _ in found.fields), "") | {"Text": "{{c1::x}}", "Occlusion": "{{c1::x}}"}
    back = render(found.templates[0].back, fields, cloze=kind != "question", front="")
    headings = {"Accept": "Also right", "Hook": "Memory aid", "Certainty": "Evidence:"}
    for field in ("Accept", "Caution", "Hook", "Why", "Debate", "My notes", "Red flag", "Certainty"):
        words = headings.get(field, field)
        assert words not in back
        assert words in render(found.templates[0].back, fields | {field: "1"}, cloze=kind != "question", front="")


def colors(rule: str) -> dict[str, str]:
    """The custom properties of the rule that begins with these words."""
    body = css()[css().index(rule) :].split("}")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", body))


def luminance(color: str) -> float:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("rule", ["\n.card {", "\n.card.nightMode,"], ids=["light", "night"])
def test_every_text_color_can_be_read_on_every_ground(rule: str) -> None:
    found = colors(rule)
    texts = {name: value for name, value in found.items() if name.startswith("text")}
    grounds = {name: value for name, value in found.items() if name.startswith("ground")}
    assert (len(texts), len(grounds)) == (4, 4)
    too_weak = {}
    for (text, a), (ground, b) in product(texts.items(), grounds.items()):
        dark, light = sorted((luminance(a), luminance(b)))
        ratio = (light + 0.05) / (dark + 0.05)
        if ratio < 4.5:
            too_weak[text, ground] = round(ratio, 2)
    assert too_weak == {}


def test_rules_color_text_and_grounds_only_by_those_names() -> None:
    rules = re.findall(r"(?:^|[\s;])(color|background): ([^;]+);", css())
    assert rules
    odd = {value for name, value in rules if not re.fullmatch(r"var\(--(text|ground)[a-z-]*\)", value)}
    assert odd == {"var(--line)", "#fff", "#1d242b"}  # the rule above an answer; the paper under a figure and its text


def test_the_text_for_a_missing_picture_is_dark_on_its_white_ground_by_day_and_night() -> None:
    rule = css()[css().index("\n.figure img, #image-occlusion-container {") :].split("}")[0]
    assert "background: #fff;" in rule
    (color,) = re.findall(r"[\s;]color: (#[0-9a-f]{6});", rule)
    assert 1.05 / (luminance(color) + 0.05) >= 7


def test_the_style_sheet_loads_nothing() -> None:
    assert not re.search(r"@import|@font-face|url\(", css())
