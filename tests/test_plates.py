"""The deck's own figures, measured in the pictures: lettering that can be read, masks that cover it, texts that give nothing away."""

from __future__ import annotations

import re
from functools import cache

import pytest
import yaml
from lab import NOW, REPO, learner
from PIL import Image

from generator.build import build
from generator.load import load

FOLDER = REPO / "cards" / "figures"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
PHONE = 360  # pixels
CAPITAL = 0.70  # of a font's size: the height of its capitals
LIMIT = 150_000  # bytes
PRINT_LIMIT = 340_000
FILES = {path.name: path.stat().st_size for path in FOLDER.iterdir()}


@cache
def described(name):
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))


@cache
def picture(name):
    return Image.open(FOLDER / f"{name}.png").convert("L")


def box(name, key):
    """Left, top, right, bottom in pixels."""
    w, h = picture(name).size
    left, top, width, height = described(name)["labels"][key]["box"]
    return round(left * w), round(top * h), round((left + width) * w), round((top + height) * h)


def lines(name, key):
    """The heights of the rows of lettering in a label's box, in pixels."""
    part = picture(name).crop(box(name, key))
    inked = [min(part.crop((0, y, part.width, y + 1)).tobytes()) < 160 for y in range(part.height)]
    return [len(run) for run in re.findall("1+", "".join("01"[row] for row in inked))]


OCCLUSIONS = [
    card
    for path in sorted((REPO / "cards").glob("*.yaml"))
    for card in yaml.safe_load(path.read_text("utf-8")).get("cards", ())
    if "occlude" in card
]
LABELS = [(name, key) for name in NAMES for key in described(name)["labels"]]


@pytest.mark.parametrize(("name", "key"), LABELS)
def test_lettering_can_be_read_on_a_phone_and_in_print(name, key):
    """Capitals as high as in 11 pixels on a phone, and as in 8 points in a column of 85 mm (241 points)."""
    tallest = max(lines(name, key))
    width = picture(name).width
    assert tallest * PHONE / width >= 11 * CAPITAL
    assert tallest * 241 / width >= 8 * CAPITAL


@pytest.mark.parametrize(("name", "key"), LABELS)
def test_a_mask_covers_its_lettering_and_nothing_else(name, key):
    """All around, just inside the mask's edge, the ground is white."""
    left, top, right, bottom = box(name, key)
    part = picture(name).crop((left, top, right, bottom))
    w, h = part.size
    for edge in ((0, 0, w, 3), (0, h - 3, w, h), (0, 0, 3, h), (w - 3, 0, w, h)):
        assert min(part.crop(edge).tobytes()) > 235


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_fits_on_a_phone(name):
    assert len(described(name)["labels"]) <= 8
    assert picture(name).width <= picture(name).height * 1.25  # upright, or nearly
    boxes = [box(name, key) for key in described(name)["labels"]]
    for i, a in enumerate(boxes):
        assert not [b for b in boxes[:i] if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]


@pytest.mark.parametrize("name", NAMES)
def test_the_title_names_no_label(name):
    """It stands above the blank plate on a worksheet."""
    figure = described(name)
    assert not [
        label["text"] for label in figure["labels"].values() if label["text"].lower() in figure["title"].lower()
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_blank_text_names_no_label(name):
    figure = described(name)
    text = figure["alt_blank"].lower()
    assert not [label["text"] for label in figure["labels"].values() if label["text"].lower() in text]
    assert [label["text"] for label in figure["labels"].values() if label["text"].lower() in figure["alt"].lower()]


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_has_a_blank_form_and_both_for_print(name):
    assert {f"{name}{end}" for end in (".png", "-blank.png", ".svg", "-blank.svg")} <= set(FILES)


def test_the_pictures_are_small():
    assert [name for name, size in FILES.items() if size > (LIMIT if name.endswith(".png") else PRINT_LIMIT)] == []


@pytest.mark.parametrize("card", OCCLUSIONS, ids=lambda card: card["id"])
def test_no_question_names_a_label_that_the_card_hides(card):
    labels = described(card["occlude"]["figure"])["labels"]
    hidden = [labels[key]["text"].lower() for key in card["occlude"]["labels"]]
    assert not [text for text in hidden if text in card.get("question", "").lower()]


def test_the_plates_ask_sixty_labels():
    assert sum(len(card["occlude"]["labels"]) for card in OCCLUSIONS) >= 60


def test_anki_reads_every_plate_as_we_meant_it(tmp_path):
    """Anki 24.11 and later say which Anki card a mask belongs to."""
    project = load(REPO, NOW).project
    build(project, tmp_path, ("apkg",))
    plates = [note for note in project.notes if note.note_type == "occlusion"]
    with learner(tmp_path) as who:
        who.import_package(tmp_path / "iliopsoas.apkg")
        for plate in plates:
            stored = who.note(plate.card.id)
            figure = project.deck.figures[plate.card.occlude.figure]
            found = who.col.get_image_occlusion_note(stored.id).note
            shapes = {
                occlusion.ordinal: [{p.name: p.value for p in shape.properties} for shape in occlusion.shapes]
                for occlusion in found.occlusions
            }
            labels = [figure.shape.labels[name] for name in plate.card.occlude.labels]
            expected = {label.number: tuple(label.box) for label in labels}
            assert shapes.keys() == expected.keys() == {card.ord + 1 for card in stored.cards()}
            for number, box in expected.items():
                (shape,) = shapes[number]
                assert tuple(float(shape[side]) for side in ("left", "top", "width", "height")) == box
            assert found.image_data == dict(figure.files)[figure.occlusion or figure.image]
    assert plates
