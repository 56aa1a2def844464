"""Figures and occlusion: what Anki takes for its own kind, and what is wrong with a figure."""

from __future__ import annotations

import struct
import zlib

import pytest
from lab import DAY, DECK, NOW, assert_healthy, good, learner, loaded, release, write_project

from generator.build import build
from generator.problem import as_text

CARDS = """\
  - {id: labels, occlude: {figure: hip, labels: [tendon, bone]}, question: Name the part., why: Look., sources: gray1918}
  - {id: course, question: Where runs tendon?, answer: In front, figure: hip, sources: gray1918}
  - {id: spotter, question: What is marked?, answer: The bone, figure: {name: hip, side: front, blank: true}, sources: gray1918}
"""
CARDS_FILE = f"topic: hip\ntitle: Hip\ncards:\n{CARDS}"
FIGURE = """\
title: The hip
alt: The tendon runs in front of the bone
alt_blank: A hip with two marked parts
credit: studydeck contributors
licence: CC BY 4.0
sources: gray1918
labels:
  bone: {text: Bone, number: 3, box: [0.5, 0.25, 0.25, 0.1]}
  tendon: {text: Tendon, number: 1, box: [0.1, 0.1, 0.2, 0.05]}
"""


def png(shade: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade, 90, 90] * 60) for _ in range(40))
    header = struct.pack(">IIBBBBB", 60, 40, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def root(tmp_path):
    write_project(tmp_path, {"hip": CARDS})
    folder = tmp_path / "cards" / "figures"
    folder.mkdir()
    (folder / "hip.yaml").write_text(FIGURE, "utf-8")
    (folder / "hip.png").write_bytes(png(200))
    (folder / "hip-blank.png").write_bytes(png(100))
    return tmp_path


def test_anki_takes_our_occlusion_note_for_its_own_kind(root):
    build(good(root), root / "out", ("apkg",))
    with learner(root / "learner") as who:
        assert who.import_package(root / "out" / "trial.apkg").new == 3
        assert_healthy(who)
        note = who.note("labels")
        assert [card.ord for card in note.cards()] == [0, 2]
        found = who.col.get_image_occlusion_note(note.id).note
        assert found.image_data == png(200)
        assert found.occlude_inactive
        shapes = {  # Anki gives them in no fixed order
            (occlusion.ordinal, shape.shape): {p.name: p.value for p in shape.properties}
            for occlusion in found.occlusions
            for shape in occlusion.shapes
        }
        assert shapes == {
            (1, "rect"): {"left": ".1", "top": ".1", "width": ".2", "height": ".05", "oi": "1"},
            (3, "rect"): {"left": ".5", "top": ".25", "width": ".25", "height": ".1", "oi": "1"},
        }


def test_a_label_added_to_a_card_adds_one_anki_card_and_keeps_progress(root, tmp_path):
    path = root / "cards" / "hip.yaml"
    path.write_text(CARDS_FILE.replace("labels: [tendon, bone]", "labels: [tendon]"), "utf-8")
    first = release(root, "1.0.0", NOW - 2 * DAY)
    path.write_text(CARDS_FILE, "utf-8")
    (root / "decks" / "trial.yaml").write_text(DECK.format(version="1.1.0", topics="hip"), "utf-8")
    second = release(root, "1.1.0", NOW - DAY)
    with learner(tmp_path / "learner") as who:
        who.import_package(first / "trial.apkg")
        who.answer(3, rating=3)
        before = who.progress()
        assert before["labels", 0][5:] != (0, 0)
        assert who.import_package(second / "trial.apkg").updated == 1
        after = who.progress()
        assert {key: after[key] for key in before} == before
        assert set(after) - set(before) == {("labels", 2)}
        assert len(who.col.get_image_occlusion_note(who.note("labels").id).note.occlusions) == 2
        assert_healthy(who)


def test_one_label_at_a_time_may_be_hidden(root):
    path = root / "cards" / "hip.yaml"
    path.write_text(
        path.read_text("utf-8").replace("labels: [tendon, bone]", "labels: [tendon, bone], mode: hide-one"), "utf-8"
    )
    (note,) = [note for note in good(root).notes if note.note_type == "occlusion"]
    assert note.fields[0] == (
        "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.05}}<br>"
        "{{c3::image-occlusion:rect:left=.5:top=.25:width=.25:height=.1}}<br>"
    )


def test_a_hidden_label_is_not_named_to_a_screen_reader(root):
    for note in good(root).notes:
        if note.card.id in ("labels", "spotter"):
            assert not [field for field in note.fields if "The tendon runs" in field]


def test_pictures_arrive_under_names_that_never_go_stale(root):
    build(good(root), root / "out", ("apkg",))
    with learner(root / "learner") as who:
        who.import_package(root / "out" / "trial.apkg")
        names = sorted(who.col.media.check().unused) or sorted(p for p in __import__("os").listdir(who.col.media.dir()))
        assert len(names) == 2
        assert all(name.startswith("_trial-hip-") for name in names)
    before = [name for note in good(root).notes for name in note.fields if "<img" in name]
    (root / "cards" / "figures" / "hip.png").write_bytes(png(150))
    assert before != [name for note in good(root).notes for name in note.fields if "<img" in name]


def test_a_card_hides_labels_on_the_picture_that_shows_no_others(root):
    (root / "cards" / "figures" / "hip-occlusion.png").write_bytes(png(30))
    build(good(root), root / "out", ("apkg",))
    with learner(root / "learner") as who:
        who.import_package(root / "out" / "trial.apkg")
        assert who.col.get_image_occlusion_note(who.note("labels").id).note.image_data == png(30)


def test_labels_that_stay_visible_are_pointed_out(root):
    path = root / "cards" / "hip.yaml"
    path.write_text(CARDS_FILE.replace("labels: [tendon, bone]", "labels: [tendon]"), "utf-8")
    assert heads(root) == [
        'cards/hip.yaml:4:49: review[visible-label]: this card leaves bone of "hip" to read, which gives the hidden labels away'
    ]
    (root / "cards" / "figures" / "hip-occlusion.png").write_bytes(png(30))
    assert heads(root) == []


def test_a_question_does_not_name_a_hidden_label(root):
    path = root / "cards" / "hip.yaml"
    path.write_text(CARDS_FILE.replace("Name the part.", "Name the part beside the bone."), "utf-8")
    assert heads(root) == ['cards/hip.yaml:4:49: review[visible-label]: the question above the figure names "Bone"']


def heads(root) -> list[str]:
    return [as_text(p).split("\n")[0] for p in loaded(root).problems]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("number: 3", "number: 1", 'cards/figures/hip.yaml:9:34: error[duplicate-number]: labels "bone" and "tendon" have the same number'),
        ("[0.5, 0.25, 0.25, 0.1]", "[0.8, 0.25, 0.25, 0.1]", 'cards/figures/hip.yaml:8:38: error[label-outside]: the box of label "bone" is not inside the picture'),
        ("sources: gray1918", "sources: grey", 'cards/figures/hip.yaml:6:10: error[unknown-source]: there is no source "grey"'),
        ("  bone:", "  bones:", 'cards/hip.yaml:4:58: error[unknown-label]: figure "hip" has no label "bone"'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_figure_is_said_in_its_place(root, old, new, message):
    (root / "cards" / "figures" / "hip.yaml").write_text(FIGURE.replace(old, new), "utf-8")
    assert heads(root) == [message]


def test_a_figure_needs_its_picture(root):
    (root / "cards" / "figures" / "hip.png").unlink()
    assert heads(root) == ["cards/figures/hip.yaml:1:1: error[no-picture]: there is no cards/figures/hip.png"]


def test_a_blank_figure_needs_its_picture(root):
    (root / "cards" / "figures" / "hip-blank.png").unlink()
    assert heads(root) == [
        'cards/hip.yaml:6:104: error[no-blank-figure]: figure "hip" has no picture without lettering'
    ]


def test_an_occlusion_card_keeps_its_figure_and_its_labels(root):
    release(root, "1.0.0", NOW - 1000)
    folder = root / "cards" / "figures"
    for name in ("hip.yaml", "hip.png", "hip-blank.png"):
        (folder / name.replace("hip", "knee")).write_bytes((folder / name).read_bytes())
    path = root / "cards" / "hip.yaml"
    path.write_text(CARDS_FILE.replace("figure: hip, labels", "figure: knee, labels"), "utf-8")
    assert [(p.code, p.message) for p in loaded(root).problems] == [
        ("figure-changed", 'this card hid labels of "hip": progress would move to another picture')
    ]
    path.write_text(CARDS_FILE.replace("labels: [tendon, bone]", "labels: [tendon]"), "utf-8")
    assert {p.code for p in loaded(root).problems} == {"anki-card-gone", "visible-label"}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("number: 3", "number: 4", ("label-renumbered", 'label "bone" had number 3: learners\' progress hangs on it')),
        ("text: Bone", "text: Skin", ("different-fact", 'label "bone" was "Bone": learners keep the progress of that')),
    ],
)
def test_a_released_label_keeps_its_number_and_its_spot(root, old, new, found):
    release(root, "1.0.0", NOW - 1000)
    (root / "cards" / "figures" / "hip.yaml").write_text(FIGURE.replace(old, new), "utf-8")
    assert found in [(p.code, p.message) for p in loaded(root).problems]


def test_a_released_figure_may_not_go(root):
    release(root, "1.0.0", NOW - 1000)
    for name in ("hip.yaml", "hip.png", "hip-blank.png"):
        (root / "cards" / "figures" / name).rename(root / "cards" / "figures" / name.replace("hip", "knee"))
    (root / "cards" / "hip.yaml").write_text(
        CARDS_FILE.replace("figure: hip", "figure: knee").replace("name: hip", "name: knee")
    )
    assert {p.code for p in loaded(root).problems} == {"figure-gone", "figure-changed"}


@pytest.mark.parametrize("name", ['My "Fig"', "Front", "a_b"])
def test_a_figure_has_a_name_that_can_be_used(root, name):
    (root / "cards" / "figures" / f"{name}.yaml").write_text(FIGURE, "utf-8")
    assert [(p.path, p.code) for p in loaded(root).problems] == [(f"cards/figures/{name}.yaml", "bad-name")]
