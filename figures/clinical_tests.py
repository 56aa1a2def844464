"""Plate 9: the Thomas test and the psoas sign, as line figures with the iliopsoas seen through."""

from __future__ import annotations

import numpy as np

import silhouette as body
from curves import closed, open, path, polygon
from plate import Figure, Label, Note
from silhouette import Leg

SIZE = 0.82  # pixels a thousandth of the body's height
PAD, SLEEVE, ARROW = "#c9d6dc", "#dfe7ee", "#1f5f8b"


def placed(left: float, ground: float, size: float = SIZE) -> body.Place:
    return lambda p: (left + size * p[0], ground - size * p[1])


def table(left: float, right: float, ground: float) -> str:
    return path(
        polygon([(left, ground + 2), (right, ground + 2), (right, ground + 20), (left, ground + 20)]), PAD, width=2.6
    )


def arrow(points: list[tuple[float, float]], both: bool = False) -> str:
    """A line with a head at its end, or at both."""
    found = [path(open(points), stroke=ARROW, width=6)]
    for tip, before in ((points[-1], points[-2]), (points[0], points[1]))[: 2 if both else 1]:
        way = np.array(tip) - np.array(before)
        way = way / np.hypot(*way)
        side = np.array([-way[1], way[0]])
        corners = [np.array(tip) + 9 * way, np.array(tip) - 9 * way + 11 * side, np.array(tip) - 9 * way - 11 * side]
        found.append(path(polygon([(float(x), float(y)) for x, y in corners]), ARROW, ARROW, 2))
    return "".join(found)


def lying(place: body.Place, spine: str, near: Leg, far: Leg) -> str:
    """Head on the left; the bones of the near side are seen through."""
    return "".join(
        [
            body.joined(place, body.leg_shapes(far), body.SHADE),
            body.joined(place, [body.trunk(spine), *body.leg_shapes(near)], body.SKIN),
            body.hair(place),
            body.ear(place),
            body.bones(place, spine, near),
            body.iliopsoas(place, spine, near),
        ]
    )


def holding(place: body.Place, far: Leg) -> str:
    """The near arm, whose hand draws the far knee to the chest."""
    return body.arm(place, (205, 62), body.shank(far)(44, 52), far.hip - far.knee - 30, grip=True)


def resting(place: body.Place) -> str:
    return body.arm(place, (205, 62), (300, 100), 100, 0.57, grip=True)


DRAWN = Leg(122, 128, 15)  # the other leg, its knee drawn to the chest


def thomas() -> str:
    a, b, c = (placed(20, ground) for ground in (232, 616, 1000))
    under = b((612, 0))[0]
    return "".join(
        [
            *(table(6, 894, ground) for ground in (232, 616, 1000)),
            lying(a, "arched", Leg(), Leg()) + resting(a),
            lying(b, "flat", Leg(20, 40), DRAWN) + holding(b, DRAWN),
            lying(c, "flat", Leg(), DRAWN) + holding(c, DRAWN),
            arrow([(under, 606), (under, 562)], both=True),
        ]
    )


def modified() -> str:
    """The body reaches over the end of the table; the lower leg hangs."""
    found = []
    for ground, near in ((268, Leg(-9, 82, 35)), (694, Leg(18, 107, 30)), (1112, Leg(-3, 34, 30))):
        place = placed(16, ground, 0.68)
        found += [
            path(
                polygon([(120, ground + 20), (138, ground + 20), (138, ground + 84), (120, ground + 84)]),
                PAD,
                width=2.6,
            ),
            table(6, place((516, 0))[0], ground),
            lying(place, "flat", near, DRAWN),
            body.rectus_femoris(place, "flat", near),
            holding(place, DRAWN),
        ]
    return "".join(found)


APPENDIX = "470 86  460 93  448 94  438 86  424 84  410 92  404 103  412 109  421 101  430 98  440 106  454 109  470 104  478 95"


def sign() -> str:
    above, side = placed(20, 290), placed(20, 948)
    back, bent = Leg(-20, 16, 40), Leg(36, 8, 25)
    couch = polygon([(6, 92), (894, 92), (894, 470), (6, 470)])
    pillow = closed(
        [
            above(p)
            for p in body.course(
                "-10 -14  10 -24  60 -20  108 -24  124 -14  122 50  124 114  108 124  60 120  10 124  -10 114  -8 50"
            )
        ]
    )
    hip = body.HIP

    def arc(place: body.Place, radius: float, start: float, end: float) -> list[tuple[float, float]]:
        turns = np.radians(np.linspace(start, end, 7))
        return [place((hip[0] + radius * np.cos(a), hip[1] + radius * np.sin(a))) for a in turns]

    return "".join(
        [
            path(couch, PAD, width=2.6) + path(pillow, "#f4f6f8", width=2.6),
            lying(above, "neutral", back, Leg(30, 48, 20)),
            path(closed([above(p) for p in body.course(APPENDIX)]), "#e58a7c", width=2.2),
            body.arm(above, (205, 62), (282, 132), 18, 0.62),
            body.helping_hand(above, body.thigh(back)(205, -58), -82, 82, SLEEVE),
            arrow(arc(above, 185, -40, -62)),
            table(6, 894, 948),
            lying(side, "neutral", bent, Leg()),
            resting(side),
            body.helping_hand(side, body.thigh(bent)(252, 56), 62, 210, SLEEVE),
            arrow(arc(side, 190, 5, 18)),
        ]
    )


RED = "#8f2d22"


def schematic(y: float) -> Note:
    return Note("Schematic", (825, y))


FIGURES = [
    Figure(
        "thomas-test",
        "The Thomas test",
        """Three times the same person from the side, face up on a table, with lumbar spine, pelvis, right femur and
        iliopsoas seen through. A: both legs lie flat, and the low back arches away from the table; the lumbar lordosis hides that the
        right hip does not fully extend. B: the other knee is drawn to the chest with both hands; the lumbar spine lies flat, and the
        right thigh rises from the table: the test is positive. C: the same position, but the right thigh stays flat on
        the table: the test is negative.""",
        """Three pictures, A to C, of a person from the side, face up on a table, with some bones and one muscle seen through. In A
        both legs lie flat; in B and C one knee is drawn to the chest, and the position of the near thigh differs. Five
        places are marked by lines with numbers; no names are shown.""",
        ["vigotsky2016", "physiopedia-thomas", "mtt-table"],
        [],
        [
            Label("iliopsoas", 1, "Iliopsoas", (384, 166), (440, 62), "center", True, RED),
            Label("lumbar-lordosis", 2, "Lumbar lordosis\nhides the loss", (342, 206), (600, 306), "left"),
            Label("positive", 3, "Positive:\nthigh rises", (575, 505), (690, 430), "left"),
            Label("lumbar-spine-flat", 4, "Flat lumbar spine", (322, 596), (400, 676), "left"),
            Label("negative", 5, "Negative:\nthigh stays flat", (575, 946), (655, 820), "left"),
        ],
        [Note("A", (30, 40)), Note("B", (30, 340)), Note("C", (30, 724)), schematic(1044)],
        height=1066,
        art=thomas(),
    ),
    Figure(
        "thomas-test-modified",
        "The modified Thomas test",
        """Three times the same person from the side, face up at the end of a table, the other knee drawn to the chest, the low back
        flat, the right leg hanging over the end. Iliopsoas and rectus femoris are seen through. A: the thigh
        drops a little below the horizontal and the lower leg hangs straight down: normal. B: the thigh stays above the
        horizontal while the knee bends freely: short iliopsoas. C: the thigh rests level, but the knee stays nearly straight and
        the lower leg points forward: short rectus femoris.""",
        """Three pictures, A to C, of a person from the side, face up at the end of a table, one knee drawn to the chest, the near leg
        hanging over the end; its thigh and lower leg lie differently each time. Five places are marked by lines with
        numbers; no names are shown.""",
        ["mtt-table", "physiopedia-thomas"],
        [],
        [
            Label("iliopsoas", 1, "Iliopsoas", (334, 212), (600, 44), "left", True, RED),
            Label("rectus-femoris", 2, "Rectus femoris", (440, 213), (630, 118), "left"),
            Label("normal", 3, "Normal", (446, 261), (400, 350), "center"),
            Label("short-iliopsoas", 4, "Short\niliopsoas", (446, 640), (388, 782), "center"),
            Label("short-rectus-femoris", 5, "Short rectus\nfemoris", (446, 1092), (408, 1196), "center"),
        ],
        [Note("A", (30, 40)), Note("B", (30, 466)), Note("C", (30, 884)), schematic(1210)],
        height=1252,
        art=modified(),
    ),
    Figure(
        "psoas-sign",
        "The psoas sign",
        """Two pictures with the right iliopsoas seen through. A: the patient lies on the left side, seen from above, the face toward
        the upper edge; an inflamed appendix lies on the front of the muscle. The left leg is bent for
        support. The examiner, standing behind, draws the right thigh backward: hip extension stretches the muscle. B: the
        patient lies face up, seen from the side, and lifts the right leg, a hip flexion, against the resistance of the examiner's hand just
        above the knee: the muscle contracts.""",
        """Two pictures of a patient with bones and one muscle seen through. A: lying on one side, seen from above; a hand moves the near
        thigh. B: face up, seen from the side, one leg lifted; a hand lies on the thigh. Four structures or movements are marked by
        lines with numbers; no names are shown.""",
        ["onexam-psoas", "fpnotebook-psoas", "mcgee2007"],
        [],
        [
            Label("iliopsoas", 1, "Iliopsoas", (334, 235), (222, 48), "center", True, RED),
            Label("appendix", 2, "Inflamed appendix", (384, 205), (470, 48), "center"),
            Label("hip-extension", 3, "Hip extension", (470, 282), (290, 520), "center"),
            Label("hip-flexion", 4, "Hip flexion\nagainst resistance", (462, 836), (280, 694), "center"),
        ],
        [Note("A", (30, 40)), Note("Seen from above", (780, 500)), Note("B", (30, 600)), schematic(996)],
        height=1016,
        art=sign(),
    ),
]
