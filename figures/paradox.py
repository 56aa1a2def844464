"""Plate 7: the psoas paradox. Lines of pull against the segment centers; moment arms by level in three postures."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

import bodies
from curves import path, polygon
from moment_arms import LEVELS, POSTURES, bent, crosses, means, model, placed, spread, summed
from plate import DARK, WIDTH, Figure, Label, Note, Scene
from view import Window

RED, BLUE, BROWN = "#b3261e", "#1d5c93", "#b5651d"
SOURCES = ["bogduk1992", "penning2000", "reid1994", "hansen2006"]
CAPTION = "One generic model, not a measurement"
CREDIT = "studydeck contributors; fascicles and segment centers after myo-sim (Apache-2.0)"

# Side view, upright

WINDOW = Window((22, 312, 850, 1247), WIDTH, turn=90)
PARTS = [part for part in bodies.skeleton() if not part.name.endswith((" r", "femur l")) and part.name != "symphysis"]


def lines() -> str:
    """Each fascicle from its upper end, colored by where it comes from; at each center the arm of them all: a bar that
    ends, at right angles, on a piece of the line of their summed pull."""
    centers, upper = placed(bent(0))
    end = WINDOW.pixel(np.array(model()["end"]))
    found = []
    for seam in (True, False):
        for fascicle, at in zip(model()["fascicles"], upper, strict=True):
            start = WINDOW.pixel(at)
            behind = fascicle["from"] == "transverse process"
            color, more = (BLUE, {"stroke_dasharray": "15 9"}) if behind else (RED, {})
            if seam:
                found.append(line(start, end, "white", 7.5))
            else:
                found += [line(start, end, color, 4, **more), disk(start, 7.5, color, "white", 2)]
    for level in LEVELS:
        center, foot = (np.array(WINDOW.pixel(place)) for place in (centers[level], nearest(level)))
        along = 22 * turned(foot - center) / np.linalg.norm(foot - center)
        for color, bar, piece in (("white", 15, 13), (DARK, 9, 6)):
            found += [line(center, foot, color, bar), line(foot - along, foot + along, color, piece)]
        found += [disk(center, 12, "white", DARK, 4.5), disk(center, 3.5, DARK, DARK, 0)]
    return "".join([*found, disk(end, 10, DARK, "white", 3), bracket(676, 222, 345), bracket(676, 522, 645)])


def nearest(level: str) -> Any:
    """The point of the summed line of pull that is nearest to a segment's center, in the side view: a little farther off
    than the arm, which is per unit of a pull that runs sideward too."""
    down, front = summed(level)[1:]
    across = np.array([0, front, -down]) / np.hypot(down, front)
    whole = sum(fascicle["force"] for i, fascicle in enumerate(model()["fascicles"]) if crosses(i, level))
    return placed(bent(0))[0][level] + means(0)[LEVELS.index(level)] * whole / np.hypot(down, front) * across


def turned(a: Any) -> Any:
    return np.array([-a[1], a[0]])


def line(a: Any, b: Any, color: str, width: float, **more: str) -> str:
    return path(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}", stroke=color, width=width, **more)


def disk(at: Any, radius: float, fill: str, stroke: str, width: float) -> str:
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>'


def bracket(x: float, top: float, bottom: float) -> str:
    return path(f"M{x - 14} {top}H{x}V{bottom}H{x - 14}", width=4)


def at(x: float, y: float) -> tuple[float, float]:
    """Pixels of the side view as the place that they show."""
    return WINDOW.box[0] + x / WINDOW.scale, WINDOW.box[3] - y / WINDOW.scale


SIDE = Figure(
    "psoas-paradox",
    "Lines of pull of the psoas major beside the lumbar spine",
    """Lumbar spine, sacrum and left hip bone from the left side, upright, front to the left. A ring near each disc from
    L1–L2 to L5–S1 marks the segment center. From the vertebrae eleven straight lines of pull run steeply down and forward to
    one point beside the pelvic inlet: solid red lines are fascicles from bodies and discs, dashed blue lines behind them are
    fascicles from transverse processes. A black bar from each center, at right angles to a short black piece of the line of the
    summed pull, is the moment arm. At L1–L2 and L2–L3 it points backward and is short (4 and 7 mm): the pull tends toward
    extension. At L3–L4 it is close to zero. At L4–L5 and L5–S1 it points forward (6 and a little over 20 mm): the pull tends
    toward flexion. The lines run nearly along the
    spine, so that most of the pull presses the segments together. The L5–S1 disc and the promontory, the foremost
    edge of the sacrum, lie behind most of the lines. One generic model, not Bogduk's and not a measurement: the directions
    agree with Bogduk (1992), the arm at L5–S1 is larger than Reid (1994) saw on MRI.""",
    """Lower spine and pelvis from the left side, upright, with straight solid and dashed lines, rings, short black bars with a crosspiece and
    two brackets. Eight things are marked by lines with numbers; no names are shown. One generic model, not a measurement.""",
    SOURCES,
    [Scene(WINDOW, PARTS, glass=("hip l",))],
    [
        Label("body-fascicles", 1, "Fascicles from\nbodies and discs", at(386, 560), at(280, 512), "right"),
        Label("transverse-process-fascicles", 2, "Fascicles from\ntransverse\nprocesses", at(485.5, 414.5), at(676, 428)),
        Label("segment-center", 3, "Segment\ncenter", at(489, 229), at(330, 186), "right"),
        Label("moment-arm", 4, "Moment arm", at(441, 621), at(240, 634), "right"),
        Label("lumbosacral-disc", 5, "L5–S1 disc", at(440, 672), at(222, 694), "right"),
        Label("promontory", 6, "Promontory", at(416, 727), at(204, 755), "right"),
        Label("upper-effect", 7, "Extension", at(676, 283), at(712, 283), "left", True),
        Label("lower-effect", 8, "Flexion", at(676, 583), at(712, 583), "left", True),
    ],
    [Note("Front", at(52, 34)), Note("Back", at(850, 34)), Note(CAPTION, at(450, 1205))]
    + [Note(name, at(x, y), color=DARK) for name, x, y in
       (("L1", 415, 165), ("L2", 382, 258), ("L3", 358, 368), ("L4", 362, 474), ("L5", 344, 588))],
    art=lines(),
    credit=CREDIT,
)  # fmt: skip

# Chart: levels from above, front to the left as in the side view

HEIGHT, ZERO, MM = 970, 640, 11.6  # pixels
ROWS = dict(zip(LEVELS, (235, 350, 465, 580, 695), strict=True))
SHAPES = {"flexed": (BROWN, -24), "upright": (DARK, 0), "extended": (BLUE, 24)}  # color, pixels down


def across(millimetres: float) -> float:
    return ZERO - MM * millimetres


def chart() -> str:
    found = [line((across(44), y), (across(-17), y), "#d9d2c6", 2) for y in ROWS.values()]
    found += [
        line((across(v), 185), (across(v), 757 + 10 * (v != 0)), DARK if v == 0 else "#e6e0d6", 4 if v == 0 else 2)
        for v in (40, 20, 0)
    ]
    found.append(line((across(-10), 735), (across(-10), 767), "#b9b1a5", 3))  # no further up: a label stands there
    found += [arrow(ZERO - 26, across(38), RED), arrow(ZERO + 26, across(-17), BLUE)]
    for name, (color, down) in SHAPES.items():
        points = [(across(mean), y + down) for mean, y in zip(means(POSTURES[name]), ROWS.values(), strict=True)]
        found += [line(a, b, color, 4) for a, b in pairwise(points)]
        for (x, y), (low, high) in zip(points, spread(POSTURES[name]), strict=True):
            found += [line((across(low), y), (across(high), y), color, 3)]
            found += [line((across(v), y - 7), (across(v), y + 7), color, 3) for v in (low, high)]
            found.append(mark(name, x, y, color))
    return "".join(found)


def mark(posture: str, x: float, y: float, color: str) -> str:
    if posture == "upright":
        return disk((x, y), 13, color, "white", 3)
    corners = [(-12, -12), (12, -12), (12, 12), (-12, 12)] if posture == "flexed" else [(0, -16), (15, 11), (-15, 11)]
    return path(polygon([(x + a, y + b) for a, b in corners]), fill=color, stroke="white", width=3)


def arrow(start: float, end: float, color: str, y: float = 150) -> str:
    head = 22 if end < start else -22
    tip = path(polygon([(end, y), (end + head, y - 13), (end + head, y + 13)]), fill=color, stroke=color, width=2)
    return line((start, y), (end + head, y), color, 9) + tip


ARMS = Figure(
    "psoas-moment-arms",
    "Moment arms of the psoas major by lumbar level in three postures",
    """A chart of five lumbar levels, L1–L2 at the top to L5–S1 at the bottom. The vertical line is the segment center; a
    point left of it, in front, means flexion, right of it, behind, extension. Flexed by 50 degrees (squares): flexion at all
    levels, from 6 mm at L1–L2 to 30 mm at L5–S1. Upright (circles): extension at L1–L2 (4 mm), L2–L3 (7 mm) and L3–L4 (3 mm),
    flexion at L4–L5 (6 mm) and L5–S1 (21 mm). Extended by 15 degrees (triangles): extension at L1–L2 to L3–L4 (7 to 11 mm),
    near zero at L4–L5, flexion at L5–S1 (18 mm). Thin bars show how far the numbers move over eight ways to build the
    model: L3–L4 upright and L4–L5 extended change sides, nothing else does. One generic model, not Bogduk's and not a
    measurement. Upright and extended, the directions agree with Bogduk (1992), who modeled flexed spines too and sums all up as
    extension above, flexion below: the flexed curve here does not show that. The arm at L5–S1 is larger than Reid (1994)
    saw on MRI, and the effect of posture is probably too large, because the model's fascicles are straight where real
    ones bend with the spine.""",
    """A chart with five levels of the spine, three curves with squares, circles and triangles, and two arrows. Five things
    are marked by lines with numbers; no names are shown. One generic model, not a measurement.""",
    SOURCES,
    [],
    [
        Label("flexion", 1, "Flexion", (400, 150), (400, 78), "center", True, RED),
        Label("extension", 2, "Extension", (748, 150), (760, 78), "center", True, BLUE),
        Label("flexed", 3, "Flexed", (518, 384), (330, 404), "right"),
        Label("upright", 4, "Upright", (623, 522), (568, 522), "right"),
        Label("extended", 5, "Extended", (707, 520), (778, 640), "center"),
    ],
    [Note("Front", (52, 34)), Note("Back", (850, 34))]
    + [Note(level, (62, y), color=DARK) for level, y in ROWS.items()]
    + [Note("10 mm", (across(-10), 795)), Note("40 mm", (across(40), 795)), Note("20 mm", (across(20), 795)), Note("0", (ZERO, 795))]
    + [Note(text, (450, y)) for text, y in
       (("Moment arm about the segment center", 848), ("Thin bars: eight ways to build the model", 892), (CAPTION, 936))],
    height=HEIGHT,
    art=chart(),
    credit=CREDIT,
)  # fmt: skip
FIGURES = [SIDE, ARMS]
