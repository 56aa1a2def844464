"""Plate 5, second part: what snaps in front of the hip, and what beside it."""

from __future__ import annotations

import math

import numpy as np

import bodies
from curves import OUTLINE, Points, closed, open, path, polygon, tone
from plate import DARK, Figure, Label, Note, Scene
from view import Part, Window

FRONT = Window((-152, 8, 826, 1076), 430)
SIDE = Window((-236, -76, 826, 1076), 430, turn=-90)
MIDDLE, TOP = 466, 62  # where the second view begins, and both

# Drawn on the left bones and mirrored: x, y, z, half width, half depth, in mm. The hip is straight.
TENDON = [
    (44, 1068, -150, 10, 8), (51, 1040, -144, 12, 9), (58, 1012, -136, 12, 9), (63.5, 988, -127, 10, 8),
    (67, 966, -117, 7, 6), (70, 946, -112, 5, 4.5), (74.5, 926, -116, 4.6, 4), (81, 904, -129, 4.6, 4),
    (85, 888, -147, 5, 4.5), (86.5, 877, -160, 5, 4.5), (87.5, 868, -169, 4.5, 4), (88.5, 863, -175, 3, 3),
]  # fmt: skip
BAND = [
    (118, 1062, -166, 13, 1.5), (128, 1040, -170, 11, 1.5), (136, 1005, -176, 9.5, 1.5), (142, 965, -182, 8.5, 1.5),
    (145, 925, -186.5, 8, 1.5), (145, 890, -185.5, 8, 1.5), (141, 850, -178, 8, 1.5), (140, 824, -173, 8, 1.5),
]  # fmt: skip
# The same with the hip flexed, seen from the front (x, y) and from the side (z, y).
FLEXED_TENDON = [
    (-71.5, 993),
    (-80.5, 977),
    (-88.5, 960),
    (-93, 942),
    (-94.5, 924),
    (-93.5, 906),
    (-90, 890),
    (-87, 879),
]
FLEXED_BAND = [
    (-159, 1050),
    (-155, 1020),
    (-152, 985),
    (-149.5, 950),
    (-148, 918),
    (-150, 890),
    (-157, 862),
    (-167, 838),
]


def tendon() -> Part:
    points, faces, phase, height = bodies.swept(TENDON, 110, 40)
    part = Part("iliopsoas l", "psoas major", points, faces, phase * 18, np.clip((height - 0.22) / 0.3, 0, 1))
    return part.mirrored("iliopsoas r")


def band() -> Part:
    points, faces, phase, _ = bodies.swept(BAND, 110, 40, (1, 0, 0))
    return Part("iliotibial tract l", "ligament", points, faces, phase * 12).mirrored("iliotibial tract r")


def front(x: float, y: float) -> tuple[float, float]:
    a, b = FRONT.pixel((x, y))
    return a, b + TOP


def side(z: float, y: float) -> tuple[float, float]:
    a, b = SIDE.pixel((z, y))
    return a + MIDDLE, b + TOP


def ghost(course: Points, half: float) -> str:
    """A band with dashed borders around a course in pixels; at its ends it narrows and meets the solid one."""
    one, other = [], []
    for i, (x, y) in enumerate(course):
        (a, b), (c, d) = course[max(i - 1, 0)], course[min(i + 1, len(course) - 1)]
        length = math.hypot(c - a, d - b)
        wide = half * min(1.0, 0.3 + 1.1 * min(i, len(course) - 1 - i) / 2)
        across = (d - b) / length * wide, -(c - a) / length * wide
        one.append((x + across[0], y + across[1]))
        other.append((x - across[0], y - across[1]))
    inside = path(f"{open(one)}L{open(other[::-1])[1:]}Z", "#ffffff", "none", 0, opacity=0.4)
    return inside + "".join(path(open(edge), width=2.8, stroke_dasharray="10 8") for edge in (one, other))


def arrow(points: Points) -> str:
    """A bowed arrow with a white seam, through three places in pixels."""
    (a, b), (c, d) = points[-2:]
    length = math.hypot(c - a, d - b)
    u, v = (c - a) / length, (d - b) / length
    head = [
        (c + 20 * u, d + 20 * v),
        (c - 6 * u - 14 * v, d - 6 * v + 14 * u),
        (c - 6 * u + 14 * v, d - 6 * v - 14 * u),
    ]
    course, tip = open(points), polygon(head)
    return (
        path(course, stroke="white", width=15)
        + path(tip, "white", "white", 9)
        + path(course, stroke=OUTLINE, width=7)
        + path(tip, OUTLINE, OUTLINE, 2)
    )


def cut_belly() -> str:
    """The upper end of the muscle, cut across."""
    x, y = front(-44, 1068)
    ellipse = [
        (x + 26.5 * math.cos(t), y + 9 * math.sin(t) + 4 * math.cos(t)) for t in (math.tau * i / 12 for i in range(12))
    ]
    return path(closed(ellipse), tone("psoas major", 4), width=3) + path(
        closed([(x + 0.6 * (a - x), y + 0.6 * (b - y)) for a, b in ellipse]), "none", tone("psoas major", 2), 1.6
    )


ART = "".join(
    [
        cut_belly(),
        ghost([front(*p) for p in FLEXED_TENDON], 12.5),
        ghost([side(*p) for p in FLEXED_BAND], 21),
        arrow([front(-99, 957), front(-88, 961), front(-74.5, 957)]),
        arrow([side(-187, 926), side(-170, 931), side(-154, 928)]),
    ]
)

FIGURE = Figure(
    "snapping-hip",
    "Snapping hip, internal and external",
    """Two views of the right hip bone and upper femur. From the front, internal snapping: with the hip straight the iliopsoas
    tendon, drawn solid, lies on the iliopubic eminence medial to the middle of the femoral head; with the hip flexed and turned
    out it lies lateral to it, drawn dashed. An arrow leads from the dashed to the solid place, from lateral to medial. From the side,
    external snapping: with the hip straight the iliotibial tract, drawn solid, lies on the back of the greater trochanter; with the hip
    flexed it lies in front, drawn dashed. An arrow leads forward over the trochanter.""",
    """Two views of the right hip bone and upper thigh bone, from the front and from the side. In each a band is drawn in two
    places, solid and dashed, with an arrow from one to the other. Five structures are marked by lines with numbers; no names of them
    are shown.""",
    ["ors-snapping", "byrd-snapping", "pediagenosis-snapping", "yen2015"],
    [
        Scene(FRONT, [bodies.bones()["hip r"], bodies.bones()["femur r"], tendon()], top=TOP),
        Scene(SIDE, [bodies.bones()["hip r"], bodies.bones()["femur r"], band()], left=MIDDLE, top=TOP),
    ],
    [
        Label("iliopsoas-tendon", 1, "Iliopsoas\ntendon", (-85.5, 889), (-62, 846), "left", True),
        Label("iliopubic-eminence", 2, "Iliopubic\neminence", (-60.5, 944), (-36, 983), "left"),
        Label("femoral-head", 3, "Femoral\nhead", (-84.5, 932), (-127.5, 956.5), "center"),
        Label("iliotibial-tract", 4, "Iliotibial\ntract", (-178, 848), (-194, 846), "right", True, scene=1),
        Label("greater-trochanter", 5, "Greater\ntrochanter", (-167, 897), (-132, 867), "left", scene=1),
    ],
    [
        Note("Internal: from the front", (-72, 1088), 30, DARK),
        Note("External: from the side", (94, 1088), 30, DARK),
        Note("Schematic. Solid: hip straight. Dashed: hip flexed.", (8, 812)),
    ],
    820,
    ART,
)
FIGURES = [FIGURE]
