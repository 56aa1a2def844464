"""Plate 8: psoas minor there and missing, a slip through the femoral nerve, one to three tendons in front of the hip."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter1d

import bodies
import iliopsoas_tendons
from anterior import LEVELS, ORANGE, PURPLE, RED
from plate import DARK, WIDTH, Figure, Label, Note, Scene
from shapes import Points
from view import Part, Window

MARKS = [(bodies.sacral_foramina, "", ["sacrum"])]
MINOR = Figure(
    "psoas-minor-variations",
    "Psoas minor, missing and present",
    """Lumbar spine and pelvis from the front; iliacus is left out. On the right psoas minor is missing: nothing lies on the front of psoas
    major. On the left it is present: a short slender belly that comes from T12 and L1 lies on the front of psoas major and turns, as high as L3, into a long flat
    tendon, which ends on the pelvic brim, at the pecten of the pubis and the iliopubic eminence, above the hip joint.""",
    """Lumbar spine and pelvis from the front with a large muscle on both sides; on the left a slender muscle with a long tendon lies on
    it. Five structures are marked by lines with numbers; no names of them are shown.""",
    ["gray1918#psoas-minor", "bergman-psoas-minor", "pmc5498124", "joshi2010"],
    [
        Scene(
            Window((-150, 150, 882, 1243), WIDTH),
            bodies.skeleton() + bodies.both(bodies.psoas_major()) + bodies.psoas_minor(),
            marks=MARKS,
        )
    ],
    [
        Label("psoas-major", 1, "Psoas major", (-52, 1112), (-84, 1150), "right", True, RED),
        Label("psoas-minor-belly", 2, "Belly of\npsoas minor", (29.5, 1162), (78, 1180), "left", True, PURPLE),
        Label("psoas-minor-tendon", 3, "Tendon of\npsoas minor", (47.5, 1024), (89, 1096), "left", True),
        Label("iliopubic-eminence", 4, "Iliopubic\neminence", (-65, 943.5), (-103.3, 951), "right"),
        Label("pecten-pubis", 5, "Pecten pubis", (46, 931), (0, 934), "center"),
    ],
    [Note(name, (0, y), color=DARK) for name, y in LEVELS]
    + [Note("Missing", (-90, 1230), 32, DARK), Note("Present", (90, 1230), 32, DARK)]
    + [Note("R", (-142, 1230)), Note("L", (142, 1230))],
)

# The left side: x, y. How far forward each lies comes from what is behind it.
SLIP = [
    (101.6, 1053),
    (101.2, 1048),
    (100.4, 1038),
    (99, 1020),
    (96, 998),
    (91.4, 976),
    (87.2, 956),
    (84, 938),
    (81.5, 922),
    (80, 908),
]
STEM = [(44, 1085), (60, 1062), (74, 1043), (82, 1031), (86, 1021)]
OVER = [(86, 1021), (87.2, 1008), (87.6, 994), (88.6, 978), (91, 962), (93.4, 948), (94, 936)]
UNDER = [(86, 1021), (90.5, 1011), (97, 999), (102, 986), (103, 972), (100, 958), (96, 946), (94, 936)]
END = [(94, 936), (94, 918), (93, 900)]
OUT = (-0.45, 0.1, 0.88)  # how the front of iliacus and psoas faces, about


def slip() -> Part:
    """An accessory slip: from the iliac crest in front of iliacus, through the nerve, to the lateral border of psoas."""
    path = bodies.spline([(*p, 0.0) for p in SLIP], 110)
    t = np.linspace(0, 1, 110)
    front = np.maximum(bodies.front_of(path[:, :2], [*bodies.psoas_major(), *behind()]), -200)
    path[:, 2] = gaussian_filter1d(front, 5, mode="nearest")
    path[:, 2] += np.interp(t, [0, 0.08, 0.3, 0.6, 0.8, 1], [-0.5, 3.0, 5.0, 4.6, 2.8, -0.4])
    wide = np.interp(t, [0, 0.04, 0.2, 0.55, 0.8, 0.95, 1], [3.4, 5.4, 6.2, 5.6, 3.4, 1.2, 0.3])
    deep = np.interp(t, [0, 0.05, 0.4, 0.8, 1], [0.3, 1.6, 3, 1.8, 0.3])
    points, faces, phase, height = bodies.swept(np.c_[path, wide, deep], 110, 30, OUT)
    return Part("slip l", "psoas major", points, faces, phase * 9, np.clip((height - 0.62) / 0.25, 0, 1))


def behind() -> list[Part]:
    return [*bodies.iliacus(), bodies.bones()["hip l"]]


def divided_nerve(through: Part) -> Part:
    """The left femoral nerve: it forks above the slip, one limb passes before it and one behind, and they meet again."""
    flesh = [*bodies.psoas_major(), *behind()]
    stem, end = lying(STEM, behind(), 2.0), lying(END, flesh, 1.0)
    limbs = [lying(OVER, [*flesh, through], 1.2), lying(UNDER, behind(), 0.6)]
    limbs[1][:, 2] -= np.interp(np.arange(80), [8, 12, 20, 27], [0, 2.4, 2.4, 0])  # below the edge of the slip
    fade = np.exp(-np.arange(80) / 9)
    for limb in limbs:  # each begins where the stem ends, and ends where the lower nerve begins
        first, last = stem[-1, 2] - limb[0, 2], end[0, 2] - limb[-1, 2]
        limb[:, 2] += first * fade + last * fade[::-1]
    found: list[Any] = []
    for path, thick in ((stem, 2.7), (limbs[0], 2.2), (limbs[1], 2.2), (end, 2.7)):
        radius = np.interp(np.linspace(0, 1, 80), [0, 0.12, 0.88, 1], [2.6, thick, thick, 2.6])
        points, faces, _, _ = bodies.swept(np.c_[path, radius, radius], 90, 14, (0.3, 0.2, 0.93))
        found.append(Part("femoral nerve l", "nerve", points, faces, np.zeros(len(points)), np.zeros(len(points))))
    whole = bodies.joined(found)
    return Part(whole.name, whole.tissue, whole.points, whole.faces)


def lying(course: Points, bed: list[Part], above: float) -> Any:
    """So high in front of what it lies on; behind psoas there is nothing of it."""
    path = bodies.spline([(*p, 0.0) for p in course], 80)
    front = np.maximum(bodies.front_of(path[:, :2], bed), -180)
    path[:, 2] = gaussian_filter1d(front, 4, mode="nearest") + above
    return path


def normal_nerve() -> list[Part]:
    return bodies.right([part for part in bodies.nerves() if part.name.startswith("femoral")])


SLIPS = Figure(
    "femoral-nerve-slips",
    "A muscle slip through a nerve",
    """Lower lumbar spine and pelvis from the front, with psoas major and iliacus on both sides. On the right, the usual course: the
    femoral nerve comes from behind the lateral border of psoas major and runs undivided in the groove between psoas major and
    iliacus. On the left, a variant: an accessory muscle slip comes from the iliac crest, crosses the front of iliacus and joins the
    lateral border of psoas major. It passes through the femoral nerve, which divides above it, one part in front of the slip, one behind,
    and is whole again below.""",
    """Lower lumbar spine and pelvis from the front, with two large muscles and a yellow nerve on both sides; on the left there is a third,
    slender muscle. Five structures are marked by lines with numbers; no names of them are shown.""",
    ["spratt1996", "khalid2017", "wang2025", "bergman-iliopsoas"],
    [
        Scene(
            Window((-152, 152, 866, 1116), WIDTH),
            [
                *bodies.skeleton(),
                *bodies.both(bodies.psoas_major()),
                *bodies.both(bodies.iliacus()),
                *normal_nerve(),
                slip(),
                divided_nerve(slip()),
            ],
            marks=MARKS,
        )
    ],
    [
        Label("psoas-major", 1, "Psoas\nmajor", (-60, 1070), (-113, 1081), "right", True, RED),
        Label("iliacus", 2, "Iliacus", (-106, 1006), (-116, 972.5), "right", True, ORANGE),
        Label("femoral-nerve", 3, "Femoral\nnerve", (-93.5, 952), (-109.4, 941), "right", True),
        Label("accessory-slip", 4, "Accessory\nslip", (97.5, 1026), (125, 1081), "center", True),
        Label("divided-nerve", 5, "Divided\nfemoral\nnerve", (103, 972), (113, 956), "left", more=((91.3, 960.5),)),
    ],
    [
        Note("Usual", (-120, 1107), 32, DARK),
        Note("Variant", (117, 1107), 32, DARK),
        Note("R", (-146, 1107)),
        Note("L", (146, 1107)),
    ],
)
FIGURES = [MINOR, SLIPS, *iliopsoas_tendons.FIGURES]
