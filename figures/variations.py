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
    """Lumbar spine and pelvis from the front. On the right psoas minor is missing: nothing lies on the front of psoas major. On the left it is
    present: a short slender belly that comes from T12 and L1 lies on the front of psoas major and turns, as high as L3, into a long flat
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
        Label("pecten-pubis", 5, "Pecten\npubis", (46, 931), (128, 957), "center"),
    ],
    [Note(name, (0, y), color=DARK) for name, y in LEVELS]
    + [Note("Missing", (-100, 1230), 32, DARK), Note("Present", (100, 1230), 32, DARK)],
)

# The left side: x, y. How far forward each lies comes from what is behind it.
SLIP = [(100, 1055), (99.8, 1040), (98.8, 1018), (96, 996), (91.4, 975), (87.2, 955), (84.5, 938), (83, 922)]
STEM = [(44, 1085), (60, 1060), (76, 1038), (85.2, 1022), (88.6, 1010), (89.3, 1000)]
OVER = [(89.3, 1000), (89, 991), (89.7, 980), (91.3, 966), (93.2, 952), (94, 938)]
UNDER = [(89.3, 1000), (93.5, 997), (98.5, 991), (102.3, 981), (102.6, 968), (99.6, 955), (95.8, 945), (94, 938)]
END = [(94, 938), (94, 920), (93, 900)]


def slip() -> Part:
    """An accessory slip: from the iliac crest in front of iliacus, through the nerve, to the lateral border of psoas."""
    path = bodies.spline([(*p, 0.0) for p in SLIP], 90)
    t = np.linspace(0, 1, 90)
    path[:, 2] = gaussian_filter1d(bodies.front_of(path[:, :2], [*bodies.psoas_major(), *behind()]), 5, mode="nearest")
    path[:, 2] += np.interp(t, [0, 0.12, 0.8, 1], [0.5, 4.2, 2.6, -0.6])
    wide, deep = np.interp(t, [0, 0.2, 0.6, 0.85, 1], [4, 6.4, 6, 3.8, 1.8]), np.interp(t, [0, 0.4, 1], [1.5, 3, 1.4])
    points, faces, phase, height = bodies.swept(np.c_[path, wide, deep], 90, 30)
    return Part("slip l", "psoas major", points, faces, phase * 9, np.clip((height - 0.72) / 0.25, 0, 1))


def behind() -> list[Part]:
    return [*bodies.iliacus(), bodies.bones()["hip l"]]


def divided_nerve(through: Part) -> Part:
    """The left femoral nerve, parted by the slip: one half before it, one behind."""
    flesh = [*bodies.psoas_major(), *behind()]
    courses: list[
        tuple[Points, float, float, list[Part]]
    ] = [  # with half the thickness, how high above what it lies on, and what that is
        (STEM, 2.7, 2.0, behind()),
        (OVER, 2.3, 0.8, [*flesh, through]),
        (UNDER, 2.3, -0.8, behind()),
        (END, 2.7, 0.8, flesh),
    ]
    found: list[tuple[Any, Any]] = []
    start, branch = 0, 0.0
    for course, thick, above, bed in courses:
        path = bodies.spline([(*p, 0.0) for p in course], 80)
        front = np.maximum(bodies.front_of(path[:, :2], bed), -180)  # behind psoas there is nothing of it
        path[:, 2] = gaussian_filter1d(front, 4, mode="nearest") + above
        if course is STEM:
            branch = path[-1, 2]
        elif course is not END:  # it begins where the stem ends
            path[:, 2] -= (path[0, 2] - branch) * np.exp(-np.arange(80) / 14)
        radius = np.interp(np.linspace(0, 1, 80), [0, 0.2, 0.8, 1], [2.7, thick, thick, 2.7])
        points, faces, _, _ = bodies.swept(np.c_[path, radius, radius], 90, 14, (0.3, 0.2, 0.93))
        found.append((points, faces + start))
        start += len(points)
    return Part("femoral nerve l", "nerve", np.vstack([p for p, _ in found]), np.vstack([f for _, f in found]))


def normal_nerve() -> list[Part]:
    return bodies.right([part for part in bodies.nerves() if part.name.startswith("femoral")])


SLIPS = Figure(
    "femoral-nerve-slips",
    "A muscle slip through the femoral nerve",
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
        Label("divided-nerve", 5, "Divided\nfemoral\nnerve", (102.7, 971), (113, 956), "left", more=((92.1, 961),)),
    ],
    [Note("Usual", (-128, 1106), 32, DARK), Note("Variant", (125, 1106), 32, DARK)],
)
FIGURES = [MINOR, SLIPS, *iliopsoas_tendons.FIGURES]
