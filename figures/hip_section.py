"""Plate 5: the hip in an oblique axial section along the neck of the femur, and what snaps in front of it and beside it."""

from __future__ import annotations

import math

import snapping_hip
from curves import Points, clip, closed, group, open, path, tone
from plate import Figure, Label, Note

SCALE = 6.6  # pixels a mm
LEFT, TOP = 46.0, 226.0  # where the greater trochanter and the front of the femoral artery lie, in pixels

# The right hip seen from below: mm from the center of the femoral head, lateral and forward positive.
FEMUR = [
    (23.4, 8.2), (18.4, 12.0), (13.5, 16.6), (7.4, 20.3), (0.4, 21.6), (-6.7, 20.5), (-13.1, 17.1), (-18.4, 11.3),
    (-21.3, 3.6), (-21.3, -4.3), (-18.6, -11.2), (-13.5, -16.8), (-7.1, -20.4), (-0.1, -21.6), (6.8, -20.4),
    (13.5, -17.9), (20.7, -17.0), (28, -17.8), (32.8, -21.2), (33.0, -27.7), (35.0, -34), (40.4, -37),
    (47, -36.2), (53.4, -33), (59.4, -28.3), (63.9, -22.6), (65.2, -16.2), (62.4, -9.9), (57.2, -5.2), (51.2, -1.0),
    (45.2, 2.6), (38.4, 4.3), (31.4, 5.0),
]  # fmt: skip
HIP = [
    (-15.4, 21.6), (-16.6, 23.8), (-20, 25.2), (-25, 25.2), (-30.6, 23.7), (-35.7, 20.2), (-38.8, 14.8), (-38.9, 8.7),
    (-37.4, 2.5), (-35.6, -3.6), (-34.2, -9.8), (-33.2, -16.1), (-32.7, -22.5), (-33, -28.9), (-34, -35.1),
    (-36.2, -42), (-37.2, -46.8), (-34.2, -48.6), (-28.4, -46.2), (-22.2, -43), (-15.6, -39.4), (-9, -35.6),
    (-4.0, -31.2), (-2.4, -28), (-4.0, -26.0),
]  # fmt: skip
SOCKET = 25.8  # radius of its bone; then cartilage, the gap, and the cartilage of the head
LUNATE, GAP, HEAD = 24.0, 23.3, 21.6
FRONT_RIM, BACK_RIM = 124.0, 262.0  # degrees from lateral by the front
FOSSA = [(-25.3, 4.8), (-28.4, 4.4), (-30.6, 1.2), (-31.0, -3.4), (-29.8, -8.0), (-27.0, -11.2), (-23.2, -11.4)]
FRONT_LABRUM = [
    (-17.5, 23.6), (-15.6, 18.6), (-12.8, 20.1), (-9.6, 21.8), (-6.0, 23.1), (-3.4, 24.0), (-7.0, 25.0), (-11.0, 25.3), (-15, 25.2)
]  # fmt: skip
BACK_LABRUM = [
    (-5.6, -29.6), (-6.0, -25.4), (-1.5, -24.1), (2.4, -23.7), (6.8, -23.2), (4.2, -25.6), (0.8, -28.2), (-2.6, -30)
]  # fmt: skip
FRONT_CAPSULE = [
    (-23, 21), (-18.4, 25.4), (-12, 26.9), (-5.6, 27.1), (1, 26.3), (8, 24.3), (14.5, 20.8), (20.5, 16.6), (27, 12.7),
    (34, 9.2), (40, 5.6), (45, 1.2)
]  # fmt: skip
BACK_CAPSULE = [
    (-14, -34), (-8, -33.4), (-2.4, -32.2), (4, -29.4), (11, -25.6), (17, -21.4), (22.6, -16), (25, -12)
]  # fmt: skip
BURSA = [
    (-25.6, 25.9), (-23, 27.9), (-19, 29.8), (-13.6, 31.4), (-8, 31.8), (-2, 31.5), (4, 30.2), (9.6, 27.4), (14, 24.0), (16.4, 21.4),
    (12.6, 23.2), (7, 26.0), (0.5, 27.8), (-6, 28.6), (-13, 28.3), (-18, 26.9), (-22, 25.9)
]  # fmt: skip
PSOAS = [
    (-15.6, 36.2), (-14.4, 41.6), (-9.4, 45.6), (-2.5, 47), (4.6, 45.3), (9.0, 41.2), (10, 36), (10.6, 30.4), (9.4, 27.9), (4.6, 29.6),
    (-2, 31.1), (-8.4, 31.4), (-13.6, 31.5)
]  # fmt: skip
ILIACUS = [
    (9.8, 41.4), (14.6, 43.2), (20.4, 41.0), (25.6, 35.6), (28.6, 28), (28.4, 20.6), (25.2, 16.2), (20.6, 18.2),
    (16.6, 21.6), (12.4, 25.6), (7.6, 29.4), (8.2, 34)
]  # fmt: skip
TENDON = [
    (-12.6, 31.7), (-11.4, 35.2), (-6.6, 37.4), (-1.2, 37), (3.4, 34.6), (5.6, 30.6), (4.2, 29.9), (1, 30.6), (-3, 31.2), (-8, 31.4), (-11.4, 31.5)
]  # fmt: skip
NERVE, ARTERY, VEIN = (11.2, 46.0), (-7.0, 51.0), (-19.4, 45.4)

LIGAMENT_OF_HEAD = [
    (-21.4, 2.4),
    (-23.4, 1.2),
    (-25.6, -2.6),
    (-26.8, -7.6),
    (-24.4, -8.8),
    (-23.3, -4.6),
    (-21.6, -1.8),
]
FAT, SAC = "#f6e7b4", "#66b2ad"

Extent = tuple[float, float, float, float]  # mm: from medial to lateral, from behind forward


def at(u: float, w: float) -> tuple[float, float]:
    """Pixels of a place in the section."""
    return LEFT + (66 - u) * SCALE, TOP + (54 - w) * SCALE


def all_at(points: Points) -> list[tuple[float, float]]:
    return [at(*p) for p in points]


def arc(radius: float, start: float, end: float, count: int = 30) -> list[tuple[float, float]]:
    """Places on a circle around the center of the head, degrees as for the rims."""
    turns = [math.radians(start + (end - start) * i / (count - 1)) for i in range(count)]
    return [(radius * math.cos(a), radius * math.sin(a)) for a in turns]


def band(radius: float, other: float, start: float, end: float) -> str:
    """Cartilage: between two radii, tapering to its ends."""
    outer = arc(radius, start, end)
    inner = arc(other, start, end)
    taper = [min(1.0, math.sqrt(6 * i / 29), math.sqrt(6 * (29 - i) / 29)) for i in range(30)]
    back = [(a + t * (c - a), b + t * (d - b)) for (a, b), (c, d), t in zip(outer, inner, taper, strict=True)]
    return closed(all_at([*outer, *reversed(back[1:-1])]))


def inset(points: Points, by: float) -> list[tuple[float, float]]:
    """The outline moved inward, for points that go around against the clock (lateral positive, forward positive)."""
    found = []
    for i, (x, y) in enumerate(points):
        (a, b), (c, d) = points[i - 1], points[(i + 1) % len(points)]
        length = math.hypot(c - a, d - b)
        found.append((x - (d - b) / length * by, y + (c - a) / length * by))
    return found


def within(place: tuple[float, float], outline: Points) -> bool:
    x, y = place
    around = zip(outline, [*outline[1:], outline[0]], strict=True)
    return sum((b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a for (a, b), (c, d) in around) % 2 == 1


def spongy(name: str, outline: Points, box: Extent) -> str:
    """Bone cut through: a pale cortex around marrow spaces."""
    core = closed(all_at(inset(outline, 1.9)))
    left, right, back, front = box
    spaces = []
    step = 2.7
    for row in range(int((front - back) / step) + 1):
        for column in range(int((right - left) / step) + 1):
            shift = math.sin(12.9898 * row + 78.233 * column) * 43758.5453
            a, b = shift - math.floor(shift), (shift * 7.13) - math.floor(shift * 7.13)
            u = left + (column + 0.5 * (row % 2) + 0.5 * (a - 0.5)) * step
            x, y = at(u, back + (row + 0.5 * (b - 0.5)) * step)
            if not within((u, back + (row + 0.5 * (b - 0.5)) * step), outline):
                continue
            turn, long, wide = 180 * a, 4.2 + 2.6 * b, 2.2 + 1.4 * a
            spaces.append(
                f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{long:.1f}" ry="{wide:.1f}" fill="{tone("bone", 2)}"'
                f' transform="rotate({turn:.0f} {x:.1f} {y:.1f})"/>'
            )
    whole = closed(all_at(outline))
    return (
        clip(name, closed(all_at(inset(outline, 3.1))))
        + path(whole, tone("bone", 5), width=3.4)
        + path(core, tone("bone", 3), tone("bone", 2), 1.5)
        + group(*spaces, clip_path=f"url(#{name})")
    )


def round_(place: tuple[float, float], radius: float, fill: str, width: float = 3) -> str:
    x, y = at(*place)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * SCALE:.1f}" fill="{fill}" stroke="#231a14" stroke-width="{width}"/>'


def artery(place: tuple[float, float], radius: float) -> str:
    x, y = at(*place)
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{(radius - 0.6) * SCALE:.1f}" fill="#f6ded9" stroke="#c23b2e" stroke-width="7"/>'
    return round_(place, radius, "#c23b2e") + ring


def bundles(name: str, outline: Points, tissue: str, box: Extent) -> str:
    """A muscle cut across: its bundles as pale borders in the flesh."""
    left, right, back, front = box
    step, found = 4.6, []
    for row in range(int((front - back) / (step * 0.87)) + 2):
        for column in range(int((right - left) / step) + 2):
            u, w = left + (column + 0.5 * (row % 2)) * step, back + row * step * 0.87
            if not any(within((u + a, w + b), outline) for a in (-2, 2) for b in (-2, 2)):
                continue
            wave = math.sin(3.1 * row + 5.7 * column)
            ring = [
                (u + (step * 0.53 + 0.28 * math.sin(wave * 9 + k)) * math.cos(k * math.pi / 3 + 0.5),
                 w + (step * 0.53 + 0.28 * math.cos(wave * 7 + k)) * math.sin(k * math.pi / 3 + 0.5))
                for k in range(6)
            ]  # fmt: skip
            found.append(path(closed(all_at(ring)), tone(tissue, 3), tone(tissue, 4), 2.2))
    shape = closed(all_at(outline))
    return clip(name, shape) + path(shape, tone(tissue, 4)) + group(*found, clip_path=f"url(#{name})") + path(shape)


def capsule(points: Points, wide: float) -> str:
    """A band of fibers: ink, then its color, then a few lines."""
    course = open(all_at(points))
    return (
        path(course, width=wide * SCALE + 5, stroke_linecap="butt")
        + path(course, stroke=tone("ligament", 2), width=wide * SCALE, stroke_linecap="butt")
        + path(course, stroke=tone("ligament", 4), width=wide * SCALE * 0.3, stroke_linecap="butt")
    )


def joint(key: str = "", hip: Extent = (-40, -1, -50, 27), femur: Extent = (-23, 67, -39, 23)) -> str:
    """Bones, cartilage, labrum and capsule; the marrow spaces of hip bone and femur are drawn within an extent."""
    cavity = [*FRONT_CAPSULE, (33, 4), (20, -16), *reversed(BACK_CAPSULE), *arc(SOCKET, BACK_RIM, FRONT_RIM)]
    parts = [
        path(closed(all_at(cavity)), "#e9f1f3", "none", 0),
        capsule(BACK_CAPSULE, 2.0),
        capsule(FRONT_CAPSULE, 2.5),
        path(closed(all_at(FRONT_LABRUM)), tone("disc", 1)),
        path(closed(all_at(BACK_LABRUM)), tone("disc", 1)),
        spongy(f"hip-bone{key}", [*HIP, *reversed(arc(SOCKET, FRONT_RIM + 7, BACK_RIM - 6))], hip),
        path(closed(all_at(FOSSA + arc(GAP, 206, 170, 12))), FAT, width=2.4),
        path(closed(all_at(LIGAMENT_OF_HEAD)), tone("tendon", 3), width=2.4),
        path(band(SOCKET, LUNATE, FRONT_RIM + 3, 168), tone("disc", 3), width=2.4),
        path(band(SOCKET, LUNATE, 208, BACK_RIM - 2), tone("disc", 3), width=2.4),
        spongy(f"femur{key}", FEMUR, femur),
        path(band(HEAD - 0.1, GAP, 62, 178), tone("disc", 4), width=2.4),
        path(band(HEAD - 0.1, GAP, 194, 296), tone("disc", 4), width=2.4),
    ]
    return "".join(parts)


def muscles(key: str = "") -> str:
    """And the bursa behind them."""
    return (
        path(closed(all_at(BURSA)), SAC)
        + bundles(f"iliacus{key}", ILIACUS, "iliacus", (5, 30, 16, 45))
        + bundles(f"psoas{key}", PSOAS, "psoas major", (-17, 12, 29, 49))
    )


def tendon(outline: Points) -> str:
    return path(closed(all_at(outline)), tone("tendon", 4))


VESSELS = round_(NERVE, 2.4, tone("nerve", 3)) + artery(ARTERY, 3.7) + round_(VEIN, 4.1, "#7f93b8")

SECTION = Figure(
    "hip-section",
    "The hip in section",
    """The right hip cut obliquely along the neck of the femur and seen from below; front is up, lateral is left. The femoral head lies
    in the acetabulum, its cartilage facing the cartilage of the socket. At the front and at the back rim of the socket the acetabular labrum,
    a small wedge, lengthens it. The joint capsule spans from the rim to the neck, before and behind. In front of the capsule, from
    behind forward: the iliopectineal bursa, a flat sac, drawn a little filled; the iliopsoas tendon, in the hindmost and medial part of the
    muscle; around it psoas major, and lateral to it iliacus. Bursa and tendon reach over the iliopubic eminence, the rounded bone
    medial to the head. On the muscle lie, from lateral to medial, the femoral nerve, artery and vein.""",
    """A section through the right hip, front up, lateral left: bones with spongy bone inside, blue cartilage, a band around the joint,
    two muscles in front and, before them, a nerve, an artery and a vein. Eight structures are marked by lines with
    numbers; no names of them are shown.""",
    ["gray1918-hip-joint", "essr-hip", "bursa-casestudy", "alpert2009"],
    [],
    [
        Label("psoas-major", 1, "Psoas major", at(2.5, 42), (290, 66), "right", True, "#8f2d22"),
        Label("iliacus", 2, "Iliacus", at(19.5, 33), (170, 190), "right", True, "#8a4a12"),
        Label("iliopsoas-tendon", 3, "Iliopsoas tendon", at(-3, 34.6), (476, 66), "left", True),
        Label("iliopectineal-bursa", 4, "Iliopectineal\nbursa", at(-17.4, 28.6), (712, 300), "left"),
        Label("iliopubic-eminence", 5, "Iliopubic\neminence", at(-27, 24.0), (760, 412), "left"),
        Label("acetabular-labrum", 6, "Acetabular\nlabrum", at(-10, 23.5), (744, 622), "left"),
        Label("joint-capsule", 7, "Joint\ncapsule", at(24, 14.5), (130, 396), "right"),
        Label("femoral-head", 8, "Femoral\nhead", at(3, -6), (300, 880), "center"),
    ],
    [
        Note("Front", (450, 18)),
        Note("Back", (450, 934)),
        Note("Schematic. Right hip, cut along the neck, from below.", (450, 980)),
        Note("Lateral", (52, 560)),
        Note("Medial", (820, 700)),
        Note("Nerve", (352, 262)),
        Note("Artery", (548, 196)),
        Note("Vein", (630, 236)),
    ],
    1000,
    joint() + muscles() + tendon(TENDON) + VESSELS,
    "studydeck contributors; bones drawn after a section of musculoskeletal-models (MPL-2.0)",
)
FIGURES = [SECTION, *snapping_hip.FIGURES]
