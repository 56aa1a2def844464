"""Plate 6: a section through the upper L4 vertebra from below, the psoas beside it, its neighbors around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.spatial import Voronoi

from curves import OUTLINE, Points, clip, closed, group, open, path, polygon, tone
from plate import Figure, Label, Note

SCALE, MIDDLE, BODY, HEIGHT = 3.75, 450, 372, 872  # pixels a mm; the middle of the vertebral body; pixels
FAT, SKIN, MARROW, VESSEL_WALL = "#fbf1d3", "#e9c9b1", "#f8f0dc", "#f3dcd2"
MUSCLE = ("#dcae9f", "#e3baac", "#e9c7bb")  # neighbors: lighter than psoas major
PSOAS = ("#bd5247", "#c4594d", "#ca6458")

# Sizes after a lean adult, in mm from the middle of the vertebral body: to the viewer's right, and backward.
VERTEBRA = [
    (0, -18.2), (11, -16.9), (20.6, -11.8), (25, -3), (24.5, 8), (21.5, 15), (20.5, 20.5), (27, 24), (36, 27), (43.5, 29.5),
    (45, 32.5), (42, 35.3), (33, 34.5), (25, 34), (22, 38), (15.5, 41.5), (8, 44.5), (4.2, 50), (3.7, 59), (4.4, 67), (0, 70.5),
]  # fmt: skip
CANAL = [(0, 16.2), (6.5, 17), (11.5, 19.5), (12.5, 24), (10, 29.5), (5, 34.5), (0, 37.3)]
PSOAS_MAJOR = [
    (27.4, -6), (30.5, -14), (37, -19.6), (45.5, -21), (55, -17.5), (62.5, -8), (65.5, 4), (63.5, 15), (57.5, 23),
    (49, 27), (40, 25.6), (31, 22.4), (26.6, 16), (27.6, 6),
]  # fmt: skip
QUADRATUS = [
    (48, 29.8), (57, 26.4), (65.5, 19.5), (75, 14.5), (84, 15.5), (89, 21.5), (87.5, 28.5), (78, 33.6), (64, 36),
    (51, 35.4),
]  # fmt: skip
MULTIFIDUS = [
    (6.8, 50), (11, 45.8), (19, 42.6), (25.2, 38.2), (30, 39), (31.5, 50), (30, 62), (25, 70.5), (15, 73.6),
    (7.2, 70.5), (6, 60),
]  # fmt: skip
LONGISSIMUS = [
    (33.5, 38.6), (42, 39.4), (49.5, 41.5), (54, 49), (53.5, 60), (48, 70), (38, 75), (29.5, 74.6), (28.6, 70.5),
    (33, 62), (34, 50),
]  # fmt: skip
ILIOCOSTALIS = [
    (54, 40.2), (64, 39.8), (75, 37.6), (83, 36.4), (84.5, 41), (80, 51), (72, 60.5), (61, 68.5), (53.5, 71),
    (56.2, 60), (56.8, 49),
]  # fmt: skip
CLEFT = [(30.5, 11.5), (37, 13.6), (46, 13.2), (56, 9.5), (61, 6)]
POSTERIOR_LAYER = [
    (0, 71.6), (7, 74.4), (16, 76.8), (30, 78.2), (42, 77), (54, 73.6), (65, 69), (76, 60), (84.5, 48.5), (88.5, 38),
    (91.5, 29),
]  # fmt: skip
MIDDLE_LAYER = [(44.2, 33.4), (52, 37.6), (66, 38), (79, 35.6), (91.5, 29)]
ANTERIOR_LAYER = [(46.5, 28.4), (56, 24.6), (64.5, 17.6), (74.6, 12.4), (85, 13.2), (91, 20), (91.5, 29)]
# Transversus abdominis, internal and external oblique, cut by the edge of the picture.
FLANK = [
    (92, 29), (96, 22), (104, 14.5), (114, 8), (128, 1), (128, 6.5), (116, 13), (106, 19.5), (99, 26), (95.5, 31.5),
    (97.6, 32.4), (101, 27), (108, 20.5), (118, 14.4), (130, 8.4), (130, 14.5), (120, 20), (110.5, 26), (104, 32.5), (101, 36.4),
    (103.4, 37.6), (106.6, 33), (113, 27), (122, 21.6), (132, 16.6), (132, 23.5), (124, 28), (115, 34), (109.5, 40.5), (106.6, 43.4),
]  # fmt: skip
SKIN_BEHIND = [
    (0, 84), (8, 87.3), (22, 91.6), (38, 92), (56, 88), (76, 79.5), (95, 67), (110, 54), (122, 42), (130, 33),
]  # fmt: skip
RETROPERITONEUM = [
    (0, -45.5), (11, -45), (22, -38.5), (32, -31.5), (43, -29), (55, -28.3), (65, -20.5), (70.5, -7), (76, 4), (84, 9.4), (93, 11.5),
    (103, 9), (114, 5), (128, -1.5),
]  # fmt: skip

AORTA, VENA_CAVA = (10.5, -29.5), (-16.5, -28)
URETER, GENITOFEMORAL, GONADAL = (35.6, -24.2), (44.8, -21.6), ((53.4, -23.6), (58.6, -20.4))
TRUNK, PLEXUS = (26.2, -13.6), ((36.5, 13.9, 2.5, 2.0), (47.5, 13.6, 4.3, 2.7), (56.8, 9.7, 2.0, 1.6))
TURN = [2.399963 * i for i in range(26)]
ROOTS = [
    (6.6 * np.sqrt((i + 0.5) / 26) * np.cos(t), 25.7 + 4.7 * np.sqrt((i + 0.5) / 26) * np.sin(t))
    for i, t in enumerate(TURN)
]


def at(x: float, y: float) -> tuple[float, float]:
    return MIDDLE + SCALE * x, BODY + SCALE * y


def placed(points: Points, side: int = 1) -> list[tuple[float, float]]:
    return [at(side * x, y) for x, y in points]


def whole(half: Points) -> list[tuple[float, float]]:
    """Both sides of an outline that is given from the middle line to the middle line."""
    return placed([*half, *((-x, y) for x, y in reversed(half) if x)])


def oval(
    x: float, y: float, wide: float, high: float, fill: str, stroke: str = OUTLINE, width: float = 2.6, turn: float = 0
) -> str:
    angle, slope = np.linspace(0, 2 * np.pi, 16, endpoint=False), np.radians(turn)
    a, b = wide * np.cos(angle), high * np.sin(angle)
    ring = zip(x + a * np.cos(slope) - b * np.sin(slope), y + a * np.sin(slope) + b * np.cos(slope), strict=True)
    return path(closed(placed([(float(p), float(q)) for p, q in ring])), fill, stroke, width)


def fleshy(name: str, points: Points, colors: Sequence[str], seam: str, grain: float = 5.2) -> str:
    """A muscle cut across: its bundles in slightly different tones."""
    outline = np.array(points)
    random = np.random.default_rng(7)
    (left, top), (right, bottom) = outline.min(0) - 3 * grain, outline.max(0) + 3 * grain
    rows = [
        (x + (row % 2) * grain / 2, y)
        for row, y in enumerate(np.arange(top, bottom, 0.87 * grain))
        for x in np.arange(left, right, grain)
    ]
    seeds = np.array(rows) + random.uniform(-0.3, 0.3, (len(rows), 2)) * grain
    found, bundles = Voronoi(seeds), [""] * len(colors)
    for number, region in enumerate(found.point_region):
        corners = found.regions[region]
        if corners and -1 not in corners:
            bundles[number * 7 % len(colors)] += polygon(placed(found.vertices[corners].tolist()))
    shape = closed(placed(points))
    return (
        clip(name, shape)
        + path(shape, colors[0], "none")
        + group(*(path(d, c, seam, 1.2) for d, c in zip(bundles, colors, strict=True)), clip_path=f"url(#{name})")
        + path(shape, width=3.4)
    )


def band(points: Points, wide: float = 4.2) -> str:
    """Fascia cut across."""
    line = open(placed(points))
    return path(line, width=wide + 4.4) + path(line, stroke=tone("ligament", 5), width=wide)


def vertebra() -> str:
    bone, canal = whole(VERTEBRA), whole(CANAL)
    inner = [
        (0, -15.7), (10.5, -14.5), (18.6, -10), (22.6, -2.6), (22.2, 6.4), (19.4, 12), (12.5, 14.2), (5, 13.5),
        (0, 13.1),
    ]  # fmt: skip
    ring = closed(bone) + closed(canal[::-1])
    random = np.random.default_rng(4)
    dots = "".join(f"M{x:.1f} {y:.1f}h.1" for x, y in placed(random.uniform((-23, -16), (23, 14), (260, 2)).tolist()))
    body = closed(whole(inner))
    return (
        path(ring, tone("bone", 3), width=3.6, fill_rule="evenodd")
        + clip("spongy", body)
        + path(body, MARROW, tone("bone", 1), 1.6)
        + group(path(dots, stroke=tone("bone", 1), width=2.2), clip_path="url(#spongy)")
    )


def sac() -> str:
    """The dural sac in the vertebral canal, with the roots of the cauda equina; fat around it."""
    return (
        path(closed(whole(CANAL)), FAT, width=2.6)
        + oval(0, 25.2, 9.3, 7.2, "#dbe8ee")
        + "".join(oval(x, y, 0.95, 0.95, tone("nerve"), tone("nerve", 0), 1) for x, y in ROOTS)
    )


def vessel(x: float, y: float, wide: float, high: float, wall: float, color: str) -> str:
    return oval(x, y, wide, high, VESSEL_WALL, width=3) + oval(x, y, wide - wall, high - wall, color, width=1.8)


RED, BLUE = "#c02a28", "#7396c6"


def beside(side: int) -> str:
    """What both sides have alike."""
    tag = "left" if side > 0 else "right"

    def flesh(name: str, points: Points, colors: Sequence[str] = MUSCLE, seam: str = "#cfa193") -> str:
        return fleshy(f"{name}-{tag}", [(side * x, y) for x, y in points], colors, seam)

    def one(points: Points) -> list[tuple[float, float]]:
        return [(side * x, y) for x, y in points]

    nerve = tone("nerve", 3)
    return "".join(
        [
            *(path(closed(placed(one(FLANK[i : i + 10]))), MUSCLE[1], width=2.6) for i in (0, 10, 20)),
            flesh("multifidus", MULTIFIDUS),
            flesh("longissimus", LONGISSIMUS),
            flesh("iliocostalis", ILIOCOSTALIS),
            flesh("quadratus", QUADRATUS),
            band(one(ANTERIOR_LAYER), 2.4),
            band(one(MIDDLE_LAYER)),
            band(one(POSTERIOR_LAYER), 5),
            flesh("psoas", PSOAS_MAJOR, PSOAS, tone("psoas major", 2)),
            path(open(placed(one(CLEFT))), stroke=tone("psoas major", 1), width=5),
            *(oval(side * x, y, w, h, nerve) for x, y, w, h in PLEXUS),
            oval(side * GENITOFEMORAL[0], GENITOFEMORAL[1], 3.7, 2, nerve, turn=side * 3),
            oval(side * TRUNK[0], TRUNK[1], 2.2, 3.2, nerve, turn=side * 15),
            vessel(side * GONADAL[0][0], GONADAL[0][1], 2.9, 2.5, 0.5, BLUE),
            vessel(side * GONADAL[1][0], GONADAL[1][1], 2.0, 2.0, 0.6, RED),
            oval(side * URETER[0], URETER[1], 3.4, 3.1, "#d9c7a6")
            + oval(side * URETER[0], URETER[1], 1.4, 1.0, "#fffdf6", width=1.6),
        ]
    )


def drawing() -> str:
    back = [*((-x, y) for x, y in reversed(SKIN_BEHIND)), *SKIN_BEHIND[1:]]
    front = [*reversed(RETROPERITONEUM), *((-x, y) for x, y in RETROPERITONEUM[1:])]
    ground = open(placed(back)) + "L" + open(placed(front))[1:] + "Z"
    return "".join(
        [
            path(ground, FAT, "none"),
            path(open(placed(front)), stroke="#b79f78", width=2.6),
            beside(-1),
            beside(1),
            vertebra(),
            sac(),
            vessel(*VENA_CAVA, 13, 9, 0.9, BLUE),
            vessel(*AORTA, 9.8, 9.8, 1.7, RED),
            path(open(placed(back)), width=12),
            path(open(placed(back)), stroke=SKIN, width=6.6),
        ]
    )


ART = drawing()
NOTES = [
    Note("R", (24, 30)),
    Note("L", (876, 30)),
    Note("Front", (450, 30)),
    Note("Upper L4, seen from below · schematic", (450, 850)),
]
SOURCES = ["pediagenosis-l34", "bergman-section", "bmc-plexus-2011", "ellis-ureter", "jetti2021", "barker2007"]

RED_INK = "#8f2d22"
FIGURES = [
    Figure(
        "cross-section-l4",
        "Cross-section at L4: muscles, vessels and nerves",
        """Cross-section of the trunk at the upper L4, seen from below: the patient's right is on the left of the picture, the
        front is up; bowel and front wall are left out. In the middle stands the body of the vertebra, behind it the canal. In
        front of the body lie two large vessels, the wide inferior vena cava on the patient's right, the thick-walled
        abdominal aorta on the left, just above its division. On each side of the body, in the angle before the transverse
        process, lies the round, dark red psoas major, with the lumbar plexus as three cut nerves in the back third of the
        muscle. On its front, from medial to lateral, are the ureter, the flat genitofemoral nerve and two small vessels.
        Quadratus lumborum lies lateral to the tip of the transverse process and behind the lateral part of psoas major. Behind the
        transverse processes, lateral to multifidus, are the two bellies of erector spinae. Bands of fascia wrap these muscles.""",
        """Cross-section of the trunk, seen from below: a vertebra in the middle, two dark red muscles beside it, lighter muscles
        behind and lateral to them, one blue and one red large vessel in front, small vessels and yellow nerves on both sides.
        Eight structures are marked by lines with numbers; no names are shown.""",
        SOURCES,
        [],
        [
            Label("psoas-major", 1, "Psoas\nmajor", at(-54, -4), (138, 229), "right", True, RED_INK),
            Label("quadratus-lumborum", 2, "Quadratus\nlumborum", at(-80, 23), (88, 327), "center"),
            Label("erector-spinae", 3, "Erector\nspinae", at(-66, 54), (180, 786), "center", more=(at(-41, 60),)),
            Label("aorta", 4, "Abdominal\naorta", at(12, -33), (528, 108), "center"),
            Label("vena-cava", 5, "Inferior\nvena cava", at(-18, -31), (352, 108), "center"),
            Label("ureter", 6, "Ureter", at(37.2, -25.8), (700, 90), "center"),
            Label("genitofemoral", 7, "Genitofemoral\nnerve", at(-44.8, -21.6), (130, 108), "center"),
            Label("lumbar-plexus", 8, "Lumbar\nplexus", at(47.5, 13.6), (800, 238), "center"),
        ],
        NOTES,
        height=HEIGHT,
        art=ART,
    ),
    Figure(
        "cross-section-l4-2",
        "Cross-section at L4: vertebra, fascia and smaller neighbors",
        """The same cross-section of the trunk at the upper L4, seen from below, front up, the patient's right on the left. In the
        middle the kidney-shaped vertebral body, pale and spongy; from it the arch runs backward around a canal which holds the
        oval dural sac with the many cut roots of the cauda equina. A transverse process points to each side between psoas major in
        front and the back muscles behind; the spinous process points backward between the two multifidus muscles. The sympathetic trunk lies
        in the groove between vertebral body and psoas major, on the right behind the inferior vena cava, on the left beside the
        aorta. On the front of psoas major, lateral to the ureter, are the gonadal vessels. The thoracolumbar fascia, a
        pale band, runs from the tip of the spinous process around the back muscles; at their lateral edge it meets
        the layer from the tip of the transverse process and the thin layer in front of quadratus lumborum.""",
        """Cross-section of the trunk, seen from below: a vertebra in the middle, two dark red muscles beside it, lighter muscles
        behind and lateral to them, one blue and one red large vessel in front, small vessels and yellow nerves on both sides.
        Seven structures are marked by lines with numbers; no names are shown.""",
        SOURCES,
        [],
        [
            Label("vertebral-body", 1, "Vertebral\nbody", at(-1.4, -4), (445, 108), "center"),
            Label("dural-sac", 2, "Dural\nsac", at(-6.4, 26), (372, 786), "center"),
            Label("transverse-process", 3, "Transverse\nprocess", at(38, 31.2), (545, 786), "center"),
            Label("multifidus", 4, "Multifidus", at(-20, 58), (170, 770), "center"),
            Label("sympathetic-trunk", 5, "Sympathetic\ntrunk", at(26.3, -14.2), (628, 108), "center"),
            Label("gonadal-vessels", 6, "Gonadal\nvessels", at(-56.1, -22.2), (180, 138), "center"),
            Label("thoracolumbar-fascia", 7, "Thoracolumbar\nfascia", at(76, 60), (752, 786), "center"),
        ],
        NOTES,
        height=HEIGHT,
        art=ART,
    ),
]
