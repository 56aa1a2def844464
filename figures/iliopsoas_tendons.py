"""Plate 8, last part: one, two or three tendons in front of the hip, in the section of plate 5."""

from __future__ import annotations

import hip_section as hip
from anterior import ORANGE, RED
from curves import Points, clip, group, path, polygon
from plate import Figure, Label, Note, font

ENLARGED = 1.1
LEFT_EDGE, ROWS = 198.0, (54.0, 378.0, 702.0)
SPAN = (34.0, -31.0, 51.0, 9.5)  # mm of the section that a row shows: lateral, medial, front, back
W, H = (SPAN[0] - SPAN[1]) * hip.SCALE * ENLARGED, (SPAN[2] - SPAN[3]) * hip.SCALE * ENLARGED

ONE: list[Points] = [hip.TENDON]
PSOAS_OF_TWO = [(-8.6, 31.7), (-8.0, 34.4), (-4.6, 36.2), (-0.8, 35.4), (0.6, 32.6), (0, 31.0), (-4, 31.3)]
ILIACUS_OF_TWO = [(11.8, 31.6), (14.4, 33.6), (17.8, 32.2), (19.4, 28.4), (17.8, 26.0), (14.6, 27.0), (12.2, 29.0)]
PSOAS_OF_THREE = [(-6.6, 31.7), (-6.2, 34.2), (-3.4, 35.6), (-0.6, 34.6), (0.2, 32.2), (-0.8, 31.2), (-3.6, 31.4)]
ILIACUS_OF_THREE = [(11.0, 32.4), (13.2, 34.0), (16.0, 32.6), (16.4, 29.8), (14.2, 28.6), (11.8, 29.8)]
ACCESSORY = [(18.8, 26.6), (21.0, 28.0), (23.8, 26.2), (24.4, 23.2), (22.2, 22.0), (19.6, 23.8)]
CAPTION = "Schematic. Right hip from below."
TENDONS: list[list[Points]] = [ONE, [PSOAS_OF_TWO, ILIACUS_OF_TWO], [PSOAS_OF_THREE, ILIACUS_OF_THREE, ACCESSORY]]


def place(row: int, u: float, w: float) -> tuple[float, float]:
    """Pixels of a place of the section in this row."""
    return LEFT_EDGE + (SPAN[0] - u) * hip.SCALE * ENLARGED, ROWS[row] + (SPAN[2] - w) * hip.SCALE * ENLARGED


def width(text: str) -> float:
    """Pixels of a note."""
    return float(font(30, True).getlength(text))


def beside(text: str, left: tuple[float, float]) -> tuple[float, float]:
    """The middle of a note that begins here."""
    return left[0] + width(text) / 2, left[1]


def picture(row: int) -> str:
    x, y = hip.at(SPAN[0], SPAN[2])
    right, bottom = x + W / ENLARGED, y + H / ENLARGED
    frame = polygon([(x, y), (right, y), (right, bottom), (x, bottom)])
    joint = hip.joint(f"-{row}", (-33, -12, 8, 27), (-23, 36, 8, 23))
    tendons = "".join(hip.tendon(outline) for outline in TENDONS[row])
    inside = group(joint, hip.muscles(f"-{row}"), tendons, clip_path=f"url(#row-{row})")
    move = f"translate({LEFT_EDGE - x * ENLARGED:.1f} {ROWS[row] - y * ENLARGED:.1f}) scale({ENLARGED})"
    return clip(f"row-{row}", frame) + group(inside, path(frame, "none", "#6d6259", 2), transform=move)


FIGURE = Figure(
    "iliopsoas-tendons",
    "One, two or three tendons at the hip",
    """Three sections through the front of the right hip, one above the other; front is up, lateral is left. Each shows psoas major
    medially and iliacus laterally, on the bursa, the joint capsule and the femoral head. Above, one tendon lies in the hindmost part of
    psoas major: the iliopsoas tendon. In the middle there are two: the psoas tendon, narrower, and lateral to it the iliacus tendon
    in the belly of iliacus. Below there are three: psoas tendon, iliacus tendon and, farthest lateral, the accessory iliacus
    tendon. In 53 dissected hips 28% had one, 64% two and 8% three.""",
    """Three sections through the front of the right hip, one above the other: two muscles in front of a joint, with one, two and three
    pale spots in them. Six structures are marked by lines with numbers; no names of them are shown.""",
    ["philippon2014", "lin2022"],
    [],
    [
        Label("psoas-major", 1, "Psoas\nmajor", place(0, -8, 42), (706, ROWS[0] + 56), "left", True, RED),
        Label("iliacus", 2, "Iliacus", place(0, 21, 33), (160, ROWS[0] + 90), "right", True, ORANGE),
        Label("iliopsoas-tendon", 3, "Iliopsoas\ntendon", place(0, -4, 34.4), (706, ROWS[0] + 172), "left"),
        Label("psoas-tendon", 4, "Psoas\ntendon", place(1, -4, 33.6), (706, ROWS[1] + 130), "left"),
        Label("iliacus-tendon", 5, "Iliacus\ntendon", place(1, 15.6, 30.2), (160, ROWS[1] + 120), "right"),
        Label("accessory-tendon", 6, "Accessory\niliacus\ntendon", place(2, 21.6, 25.2), (166, ROWS[2] + 150), "right"),
    ],
    [
        *(Note(name, beside(name, place(i, 32.4, 48))) for i, name in enumerate(("One", "Two", "Three"))),
        *(Note(share, place(i, -25.6, 48), tells=True) for i, share in enumerate(("28%", "64%", "8%"))),
        Note("Lateral", place(0, 27.4, 54)),
        Note("Medial", place(0, -25, 54)),
        Note(CAPTION, beside(CAPTION, (140, 1032))),
        Note("Percent of 53 hips.", beside("Percent of 53 hips.", (149 + width(CAPTION), 1032)), tells=True),
    ],
    1056,
    "".join(picture(row) for row in range(3)),
)
FIGURES = [FIGURE]
