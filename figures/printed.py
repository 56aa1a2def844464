"""The same plates for print: SVG whose lettering is outlines, over the painting as an image."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

import vector
from plate import (
    DARK,
    LETTERS,
    RADIUS,
    STROKES,
    WIDTH,
    Box,
    Figure,
    Label,
    Note,
    disk,
    font,
    height,
    leaders,
    masks,
    pixel,
    rows,
    start,
)


def printed(figure: Figure, painting: bytes | None) -> dict[str, str]:
    """By the end of their names, as `plate.Drawn.pictures`; `painting` is a PNG of the scenes."""
    boxes = masks(figure)
    ground = figure.art
    if painting:
        data = base64.b64encode(painting).decode()
        ground = f'<image width="{WIDTH}" height="{height(figure)}" href="data:image/png;base64,{data}"/>{ground}'
    lines = "".join(_leader(*stroke, figure, boxes) for stroke in STROKES)
    names = "".join(_name(label, boxes[label.key]) for label in figure.labels)
    numbers = "".join(_number(figure, label, boxes[label.key]) for label in figure.labels)
    quiet = [note for note in figure.notes if not note.tells]

    def whole(title: str, notes: Sequence[Note], lettering: str) -> str:
        words = "".join(_note(figure, note) for note in notes)
        return vector.svg(f"<title>{escape(title)}</title>{ground}{lines}{words}{lettering}", WIDTH, height(figure))

    return {"": whole(figure.title, figure.notes, names), "-blank": whole(figure.title, quiet, numbers)}


def _leader(width: float, color: str, radius: float, figure: Figure, boxes: dict[str, Box]) -> str:
    places = leaders(figure, boxes, figure.labels)
    lines = "".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for (a, b), (c, d) in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>' for _, (x, y) in places)
    return f'<path d="{lines}" stroke="{color}" stroke-width="{width}"/><g fill="{color}">{dots}</g>'


def _name(label: Label, box: Box) -> str:
    ascent = font(LETTERS, label.bold).getmetrics()[0]
    lines = "".join(outlines(line, x, y + ascent, LETTERS, label.bold) for x, y, line in rows(label, box))
    return f'<path fill="{label.color}" d="{lines}"/>'


def _number(figure: Figure, label: Label, box: Box) -> str:
    x, y = disk(box, start(label, box, pixel(figure, label.scene, label.spot)))
    return (
        f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="{DARK}"/>'
        f'<path fill="white" d="{_centered(str(label.number), x, y, LETTERS)}"/>'
    )


def _note(figure: Figure, note: Note) -> str:
    """Where Pillow sets it: the lines left-aligned, the whole of them centered."""
    x, y = pixel(figure, 0, note.at)
    face = font(note.size, True)
    lines = note.text.split("\n")
    left = x - max(map(face.getlength, lines)) / 2
    rows_ = [(left, y + (i - (len(lines) - 1) / 2) * _leading(note.size), line) for i, line in enumerate(lines)]
    d = "".join(outlines(line, a, b + _middle(note.size), note.size, True) for a, b, line in rows_)
    return f'<path fill="{note.color}" d="{d}"/>'


def _leading(size: int) -> float:
    """From line to line, as Pillow's multiline text: the height of an A and 4 pixels."""
    return float(font(size, True).getbbox("A")[3]) + 4


def _middle(size: int) -> float:
    """From the middle of a line to its foot."""
    ascent, descent = font(size, True).getmetrics()
    return float(ascent - descent) / 2


def _centered(text: str, x: float, y: float, size: int) -> str:
    return outlines(text, x - font(size, True).getlength(text) / 2, y + _middle(size), size, True)


def outlines(text: str, left: float, foot: float, size: int, bold: bool) -> str:
    """Path data of a line of text, as wide as the pictures have it."""
    face = _face(bold)
    glyphs, advances, names = face.getGlyphSet(), face["hmtx"], face.getBestCmap()
    scale = size / face["head"].unitsPerEm
    named = [names[ord(letter)] for letter in text]
    wide = sum(advances[name][0] for name in named) * scale
    more = (font(size, bold).getlength(text) - wide) / len(text)  # Pillow sets letters on whole pixels
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{round(value, 1):g}")
    for name in named:
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, left, foot)))
        left += advances[name][0] * scale + more
    return str(pen.getCommands())


@cache
def _face(bold: bool) -> TTFont:
    style = "SemiBold" if bold else "Regular"
    file = resources.files("fontpkg_ibm_plex_sans_condensed") / "files" / f"IBMPlexSansCondensed-{style}.ttf"
    return TTFont(str(file))
