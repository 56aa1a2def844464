"""Plate 3: the course of the left iliopsoas from the side, hip bone and femur seen through."""

from __future__ import annotations

import bodies
from anterior import ORANGE, RED
from plate import WIDTH, Figure, Label, Note, Scene
from view import Window

GLASS = ("hip l", "femur l")
PARTS = [part for part in bodies.skeleton() if not part.name.endswith(" r") and part.name != "symphysis"]

FIGURE = Figure(
    "lateral",
    "The left iliopsoas from the side",
    """Lumbar spine, sacrum, left hip bone and upper femur from the left side; the hip bone and the femur are drawn as if of
    glass. The lumbar spine curves forward. Psoas major leaves its sides and runs down and forward, iliacus comes from the
    inner face of the hip bone below the iliac crest. Both bend over the front of the pelvis, cross in front of the femoral
    head and turn backward, so that the tendon ends on the lesser trochanter behind. The pubic tubercle stands in front of
    the course, the sacrum far behind it.""",
    """The lower spine, the left side of the pelvis and the left thigh bone from the left, with two muscles; hip bone and
    thigh bone are drawn as if of glass. Eight structures are marked by lines with numbers; no names are shown.""",
    ["gray1918#psoas-major", "gray1918#iliacus", "wiki-lesser-trochanter", "getbodysmart"],
    [
        Scene(
            Window((25, 325, 828, 1242), WIDTH, turn=90),
            PARTS + bodies.psoas_major(slips=False) + bodies.iliacus(),
            glass=GLASS,
        )
    ],
    [
        Label("psoas-major", 1, "Psoas major", (56, 1118, -172), (112, 1150), "right", True, RED),
        Label("iliacus", 2, "Iliacus", (95, 1022, -140), (88, 1066), "right", True, ORANGE),
        Label("iliopsoas-tendon", 3, "Iliopsoas\ntendon", (88, 885, -152), (96, 858), "right", True),
        Label("femoral-head", 4, "Femoral\nhead", (100, 925, -158), (250, 918), "left"),
        Label("lesser-trochanter", 5, "Lesser\ntrochanter", (88, 866, -175.5), (222, 846), "left"),
        Label("sacrum", 6, "Sacrum", (0, 985, -238), (268, 1030), "left"),
        Label("iliac-crest", 7, "Iliac crest", (100, 1062, -178), (242, 1100), "left"),
        Label("pubic-tubercle", 8, "Pubic\ntubercle", (22, 908.8, -112), (84, 940), "right"),
    ],
    [Note("Front", (43, 1231)), Note("Back", (309, 1231))],
)
FIGURES = [FIGURE]
