"""The plates are what their programs draw, bit for bit; and what is measured in the drawings themselves."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from lab import REPO

pytestmark = pytest.mark.gate

np: Any = pytest.importorskip("numpy", reason="the extra `figures` is not installed")
sys.path.insert(0, str(REPO / "figures"))

from PIL import Image  # noqa: E402

import draw  # noqa: E402
import paint  # noqa: E402
import plate  # noqa: E402

FOLDER = REPO / "cards" / "figures"
FIGURES = draw.figures()
each_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
COLUMN = 241  # points: 85 mm
PHONE = 360  # pixels


@cache
def picture(name: str) -> Any:
    return np.asarray(Image.open(FOLDER / f"{name}.png").convert("RGB")).astype(float) / 255


def linear(color: Any) -> Any:
    return np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)


def gray(color: Any) -> Any:
    """As lightness alone."""
    return np.repeat((linear(color) @ [0.2126, 0.7152, 0.0722])[..., None], 3, axis=-1)


def deuteranopia(color: Any) -> Any:
    """Machado, Oliveira, Fernandes 2009, severity 1, on linear light."""
    matrix = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    return (linear(color) @ np.array(matrix).T).clip(0, 1)


def lab(light: Any) -> Any:
    """CIE L*a*b* of linear light, white D65."""
    xyz = light @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]])
    t = xyz / [0.9505, 1.0, 1.0890]
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def steps(found: Any, apart: int = 4) -> tuple[Any, Any]:
    """How far each pixel's color is from that some pixels to the right, and below."""
    return (
        np.linalg.norm(found[:, apart:] - found[:, :-apart], axis=-1),
        np.linalg.norm(found[apart:] - found[:-apart], axis=-1),
    )


def widest(values: Any, size: int = 4) -> Any:
    """The largest value within so many pixels."""
    for axis in (0, 1):
        values = np.max([np.roll(values, shift, axis) for shift in range(-size, size + 1)], axis=0)
    return values


def words(figure: plate.Figure, note: plate.Note) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of its lettering, about."""
    x, y = plate.pixel(figure, 0, note.at)
    lines = note.text.split("\n")
    wide, high = max(map(plate.font(note.size, True).getlength, lines)) / 2, note.size * len(lines) * 0.5
    return x - wide, y - high, x + wide, y + high


def test_all_plates_are_there() -> None:
    drawn = {figure.name for figure in FIGURES}
    assert {path.stem for path in FOLDER.glob("*.yaml")} == drawn


@pytest.fixture(scope="module")
def drawn_again() -> Iterator[dict[str, Future[dict[str, bytes]]]]:
    with draw.pool() as drawing:
        yield {figure.name: drawing.submit(draw.files_of, figure.name) for figure in FIGURES}


@each_figure
def test_a_plate_is_drawn_again_bit_for_bit(figure: plate.Figure, drawn_again: Any) -> None:
    made = drawn_again[figure.name].result()
    assert {name for name, content in made.items() if (FOLDER / name).read_bytes() != content} == set()
    forms = {path.name for path in FOLDER.glob(f"{figure.name}*") if path.name.startswith((f"{figure.name}.", f"{figure.name}-blank.", f"{figure.name}-occlusion."))}  # fmt: skip
    assert forms == set(made)


@each_figure
@pytest.mark.parametrize("seen", [gray, deuteranopia])
def test_what_color_parts_stays_apart_without_it(figure: plate.Figure, seen: Any) -> None:
    """Where colors meet that all can tell apart (30 in CIE L*a*b*), a step of at least 8 stays: of lightness or by ink."""
    color = picture(figure.name)
    for whole, less in zip(steps(lab(linear(color))), steps(lab(seen(color))), strict=True):
        strong = whole > 30
        assert strong.any()
        lost = strong & (widest(less) < 8)
        assert lost.sum() <= 0.002 * strong.sum()


def test_tissues_that_meet_differ_in_lightness_or_in_what_deuteranopes_see() -> None:
    """Muscles, nerve, disc and bone lie on each other with no white between: 10 between their middle tones."""
    tissues = ("bone", "disc", "psoas major", "iliacus", "psoas minor", "nerve")
    middle = {tissue: paint.tones(tissue)[3] / 255 for tissue in tissues}
    for one, other in combinations(tissues, 2):
        a, b = (lab(deuteranopia(middle[tissue])) for tissue in (one, other))
        assert np.linalg.norm(a - b) >= 10, (one, other)


@each_figure
def test_all_lettering_is_large_enough(figure: plate.Figure) -> None:
    for size in (plate.LETTERS, *(note.size for note in figure.notes)):
        assert size * PHONE / plate.WIDTH >= 11
        assert size * COLUMN / plate.WIDTH >= 8


@each_figure
def test_lettering_stands_free_of_leaders_and_of_other_lettering(figure: plate.Figure) -> None:
    boxes = plate.masks(figure)
    for label in figure.labels:
        for start, end in plate.leaders(figure, boxes, [label]):
            points = [np.array(start) + t * (np.array(end) - start) for t in np.linspace(0, 1, 400)]
            for key, (left, top, right, bottom) in boxes.items():
                crossed = any(left < x < right and top < y < bottom for x, y in points)
                assert not crossed, (label.key, key)
    for note in figure.notes:
        a, b, c, d = words(figure, note)
        assert a >= 0
        assert b >= 0
        assert c <= plate.WIDTH
        assert d <= plate.height(figure)
        for left, top, right, bottom in boxes.values():
            assert not (a < right and left < c and b < bottom and top < d), note.text


@each_figure
def test_what_stays_to_be_read_gives_no_answer_away(figure: plate.Figure) -> None:
    """On the picture for occlusion: asked labels, which masks cover, and notes that tell no name."""
    asked = [word for label in figure.labels if label.asked for word in label.text.lower().replace("-\n", "").split()]
    telling = {word.strip(",.") for word in asked if len(word.strip(",.")) > 3} - {"front", "back"}
    for note in figure.notes:
        if not note.tells:
            assert not telling & {word.strip(",.:%()") for word in note.text.lower().split()}, note.text


@each_figure
def test_masks_and_numbers_cover_all_that_lettering_adds(figure: plate.Figure) -> None:
    """The labeled picture and the blank one, as committed, differ nowhere else."""
    differs = np.abs(picture(figure.name) - picture(f"{figure.name}-blank")).max(axis=-1) > 0.35
    for label in figure.labels:
        left, top, right, bottom = plate.masks(figure)[label.key]
        differs[top:bottom, left:right] = False
        start = plate.start(label, (left, top, right, bottom), plate.pixel(figure, label.scene, label.spot))
        x, y = plate.disk((left, top, right, bottom), start)
        around = plate.RADIUS + 2
        differs[max(y - around, 0) : y + around, max(x - around, 0) : x + around] = False
    for note in figure.notes:
        if note.tells:
            left, top, right, bottom = words(figure, note)
            differs[int(top) - 3 : int(bottom) + 4, int(left) - 3 : int(right) + 4] = False  # brackets hang lower
    assert not differs.any()


def test_a_print_form_is_lettered_like_its_picture() -> None:
    """The drawing for print, made pixels by Typst, next to the PNG: the same lettering in the same place."""
    import vector

    figure = next(figure for figure in FIGURES if not figure.scenes)
    for form in ("", "-blank"):
        text = (FOLDER / f"{figure.name}{form}.svg").read_text("utf-8")
        body = text.partition(">")[2].rpartition("</svg>")[0]
        large = vector.pixels(body, plate.WIDTH, plate.height(figure), 2)
        page = Image.new("RGB", large.size, "white")
        page.paste(large, mask=large.getchannel("A"))
        content = io.BytesIO((FOLDER / f"{figure.name}{form}.png").read_bytes())
        drawn = np.asarray(Image.open(content).convert("L")).astype(float)
        assert np.abs(np.asarray(page.convert("L")) - drawn).mean() < 3
