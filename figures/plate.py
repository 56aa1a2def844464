"""A drawing gets its lettering, in three forms: labeled, blank (numbers for names), and for occlusion (asked names only)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import vector
from paint import Area, paint
from view import Part, Window

WIDTH = 900  # pixels; a phone shows it 360 wide
FINE = 2  # drawn this many times larger, then made smaller
LETTERS = 33  # pixels: 13.2 on that phone, 8.8 points in a column of 85 mm
PAD = 9  # between lettering and the edge of its mask
GLASS = 0.38  # how much of a body seen through is there
DARK = "#231a14"
QUIET = "#6d6259"


Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels
Boxes = dict[str, Box]
Place = tuple[float, float]  # right, down, in pixels


@dataclass(frozen=True)
class Label:
    """`number` is permanent. `spot` is what it names: (right, up) in the view or a point in space, in mm; in a figure without
    scenes (right, down) in pixels. `at` is where the lettering's near edge stands, and `align` which edge that is. `asked`
    labels are hidden by cards."""

    key: str
    number: int
    text: str  # lines
    spot: tuple[float, ...]
    at: tuple[float, float]
    align: Literal["left", "right", "center"] = "left"
    bold: bool = False
    color: str = DARK
    scene: int = 0  # where its spot and place are counted
    asked: bool = True  # by the cards: else it is left out of the picture for occlusion
    more: tuple[tuple[float, ...], ...] = ()  # further spots of the same name


@dataclass(frozen=True)
class Note:
    """Lettering that helps to find one's way and is never asked."""

    text: str
    at: tuple[float, float]
    size: int = 30  # pixels: 12 on a phone, 8 points in a column of 85 mm
    color: str = QUIET
    tells: bool = False  # would give an answer away: only in the labeled picture


@dataclass(frozen=True)
class Scene:
    """What one window shows, and where in the picture it stands (fractions of its width, from the upper left)."""

    window: Window
    parts: Sequence[Part]
    areas: Sequence[Area] = ()
    marks: Sequence[Area] = ()
    left: int = 0
    top: int = 0
    glass: Sequence[str] = ()  # bodies seen through


@dataclass(frozen=True)
class Figure:
    name: str
    title: str
    alt: str
    alt_blank: str
    sources: Sequence[str]
    scenes: Sequence[Scene]
    labels: Sequence[Label]
    notes: Sequence[Note] = ()
    height: int = 0  # pixels; that of the first scene if 0
    art: str = ""  # SVG elements over the scenes, in pixels of the picture (right, down)
    credit: str = "studydeck contributors"  # where there is a scene, its bones are credited too


@dataclass(frozen=True)
class Drawn:
    """The pictures by the end of their names, and each label's box as fractions of them. Without one for occlusion the
    labeled picture serves: it shows nothing that is not asked."""

    pictures: dict[str, Image.Image]
    boxes: dict[str, tuple[float, float, float, float]]
    painted: Image.Image | None  # the scenes in twice the size, without lettering and without the figure's own art


@cache
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    style = "SemiBold" if bold else "Regular"
    file = resources.files("fontpkg_ibm_plex_sans_condensed") / "files" / f"IBMPlexSansCondensed-{style}.ttf"
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def draw(figure: Figure) -> Drawn:
    boxes = masks(figure)
    outside = [
        f"{key} {(a, b, c, d)}"
        for key, (a, b, c, d) in boxes.items()
        if a < 0 or b < 0 or c > WIDTH or d > height(figure)
    ]
    if outside:
        raise ValueError(f"{figure.name}: {', '.join(outside)} would leave the picture")
    painted = _painted(figure) if figure.scenes else None
    ground = _ground(figure, painted)
    asked = [label for label in figure.labels if label.asked]
    quiet = [note for note in figure.notes if not note.tells]
    pictures = {"": _lettered(figure, ground, boxes, figure.labels, figure.notes, _text)}
    pictures["-blank"] = _lettered(figure, ground, boxes, figure.labels, quiet, _number)
    if len(asked) < len(figure.labels) or len(quiet) < len(figure.notes):
        pictures["-occlusion"] = _lettered(figure, ground, boxes, asked, quiet, _text)
    w, h = ground.size
    fractions = {
        key: (round(a / w, 4), round(b / h, 4), round((c - a) / w, 4), round((d - b) / h, 4))
        for key, (a, b, c, d) in boxes.items()
    }
    return Drawn(pictures, fractions, painted)


def height(figure: Figure) -> int:
    return figure.height or figure.scenes[0].window.height


def masks(figure: Figure) -> Boxes:
    return {label.key: _box(figure, label) for label in figure.labels}


def _painted(figure: Figure) -> Image.Image:
    whole = Image.new("RGB", (WIDTH * FINE, height(figure) * FINE), "white")
    for scene in figure.scenes:
        large = replace(scene.window, width=scene.window.width * FINE)
        pixels, _ = paint(list(scene.parts), large, scene.areas, scene.marks)
        if scene.glass:
            solid = [part for part in scene.parts if part.name not in scene.glass]
            pixels = GLASS * pixels + (1 - GLASS) * paint(solid, large, scene.areas, scene.marks)[0]
        picture = Image.fromarray(pixels.round().clip(0, 255).astype(np.uint8))
        size = (scene.window.width * FINE, scene.window.height * FINE)
        whole.paste(picture.crop((0, 0, *size)), (scene.left * FINE, scene.top * FINE))
    return whole


def _ground(figure: Figure, painted: Image.Image | None) -> Image.Image:
    """The drawing in its final size, without lettering."""
    size = (WIDTH, height(figure))
    whole = painted.resize(size, Image.Resampling.LANCZOS) if painted else Image.new("RGB", size, "white")
    if figure.art:
        art = vector.pixels(figure.art, *size, FINE)
        whole.paste(art, mask=art.getchannel("A"))
    return whole


def pixel(figure: Figure, number: int, point: Any) -> tuple[float, float]:
    """Of a place counted in this scene; without scenes it is counted in pixels."""
    if not figure.scenes:
        return float(point[0]), float(point[1])
    scene = figure.scenes[number]
    x, y = scene.window.pixel(point)
    return x + scene.left, y + scene.top


def _box(figure: Figure, label: Label) -> Box:
    x, y = pixel(figure, label.scene, label.at)
    face, lines = font(LETTERS, label.bold), label.text.split("\n")
    width = max(face.getlength(line) for line in lines)
    height = line_height() * (len(lines) - 1) + face.getbbox("Ápg")[3] - face.getbbox("Á")[1]
    left = x if label.align == "left" else x - width if label.align == "right" else x - width / 2
    top = y - height / 2
    return round(left - PAD), round(top - PAD), round(left + width + PAD), round(top + height + PAD)


def line_height() -> int:
    return round(LETTERS * 1.16)


def rows(label: Label, box: Box) -> list[tuple[int, int, str]]:
    """Where its lines stand: left edge, top as the font counts it, words."""
    face, found = font(LETTERS, label.bold), []
    for row, line in enumerate(label.text.split("\n")):
        inner = box[2] - box[0] - 2 * PAD - face.getlength(line)
        x = box[0] + PAD + {"left": 0.0, "right": inner, "center": inner / 2}[label.align]
        found.append((round(x), round(box[1] + PAD - face.getbbox("Á")[1] + row * line_height()), line))
    return found


def _text(picture: Image.Image, label: Label, box: Box, start: Place) -> None:
    for x, y, line in rows(label, box):
        ImageDraw.Draw(picture).text((x, y), line, font=font(LETTERS, label.bold), fill=label.color)


RADIUS = 25


def disk(box: Box, start: Place) -> tuple[int, int]:
    """The middle of its number's disk: where the name would stand, at its leader."""
    x, y = start
    if not box[0] < x < box[2]:
        x += RADIUS if x <= box[0] else -RADIUS
    else:
        y += RADIUS if y <= box[1] else -RADIUS
    return round(x), round(y)


def _number(picture: Image.Image, label: Label, box: Box, start: Place) -> None:
    x, y = disk(box, start)
    large = Image.new("L", (RADIUS * 8 + 8, RADIUS * 8 + 8))
    ImageDraw.Draw(large).ellipse((4, 4, RADIUS * 8 + 3, RADIUS * 8 + 3), fill=255)
    round_ = large.resize((RADIUS * 2 + 2, RADIUS * 2 + 2), Image.Resampling.LANCZOS)
    picture.paste(Image.new("RGB", round_.size, DARK), (x - RADIUS - 1, y - RADIUS - 1), round_)
    ImageDraw.Draw(picture).text((x, y), str(label.number), font=font(LETTERS, True), fill="white", anchor="mm")


def start(label: Label, box: Box, spot: Place) -> Place:
    """Where the leader meets the lettering: just outside its mask, on the side where it is aligned; above or below where it
    would cross the lettering from there."""
    middle, edge = (box[1] + box[3]) / 2, box[3] + 3 if spot[1] > (box[1] + box[3]) / 2 else box[1] - 3
    if label.align == "center":
        beside = box[1] < spot[1] < box[3]
        return (box[2] + 3 if spot[0] > box[2] else box[0] - 3, middle) if beside else ((box[0] + box[2]) / 2, edge)
    x, inner = (box[0] - 3, box[0] + 2 * PAD) if label.align == "left" else (box[2] + 3, box[2] - 2 * PAD)
    crosses = spot[0] > x if label.align == "left" else spot[0] < x
    return (inner, edge) if crosses else (x, middle)


def _lettered(
    figure: Figure,
    ground: Image.Image,
    boxes: Boxes,
    labels: Sequence[Label],
    notes: Sequence[Note],
    write: Callable[[Image.Image, Label, Box, Place], None],
) -> Image.Image:
    picture = _leaders(figure, ground, boxes, labels)
    pen = ImageDraw.Draw(picture)
    for note in notes:
        pen.text(pixel(figure, 0, note.at), note.text, font=font(note.size, True), fill=note.color, anchor="mm")
    for label in labels:
        spot = pixel(figure, label.scene, label.spot)
        write(picture, label, boxes[label.key], start(label, boxes[label.key], spot))
    return picture


def leaders(figure: Figure, boxes: Boxes, labels: Sequence[Label]) -> list[tuple[Place, Place]]:
    found = []
    for label in labels:
        for spot in (label.spot, *label.more):
            end = pixel(figure, label.scene, spot)
            found.append((start(label, boxes[label.key], end), end))
    return found


# Lines with a white seam, so that they stand out from whatever they cross: width, color, radius of the dot.
STROKES = ((7.0, "white", 10.0), (2.5, DARK, 6.25))


def _leaders(figure: Figure, ground: Image.Image, boxes: Boxes, labels: Sequence[Label]) -> Image.Image:
    over = ground.resize((ground.width * 4, ground.height * 4), Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(over)
    for width, color, size in STROKES:
        radius = size * 4
        for (a, b), (c, d) in leaders(figure, boxes, labels):
            pen.line((a * 4, b * 4, c * 4, d * 4), fill=color, width=round(width * 4))
            pen.ellipse((c * 4 - radius, d * 4 - radius, c * 4 + radius, d * 4 + radius), fill=color)
    return over.resize(ground.size, Image.Resampling.LANCZOS)
