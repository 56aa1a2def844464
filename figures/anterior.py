"""Plate 1: the iliopsoas from the front, with a psoas minor on the left."""

from __future__ import annotations

import bodies
from plate import DARK, QUIET, WIDTH, Figure, Label, Note, Scene
from view import Window

RED, ORANGE, PURPLE = "#8f2d22", "#8a4a12", "#5a3a74"
LEVELS = [("T12", 1222), ("L1", 1194), ("L2", 1163), ("L3", 1126), ("L4", 1088), ("L5", 1049)]

WINDOW = Window((-170, 170, 822, 1242), WIDTH)
PARTS = bodies.skeleton() + bodies.both(bodies.psoas_major()) + bodies.both(bodies.iliacus()) + bodies.psoas_minor()

FIGURE = Figure(
    "anterior",
    "The iliopsoas from the front",
    """Lumbar spine, pelvis and upper femurs from the front. On both sides the psoas major runs from the sides of T12 to
    L5 obliquely down and outward along the pelvic brim. The iliacus fills the iliac fossa lateral to it, from below the
    iliac crest as far forward as the anterior superior iliac spine. Both pass in front of the hip joint and end by one
    tendon on the inner side of the upper femur, well below and medial to the greater trochanter. On the left a thin
    psoas minor lies on the front of psoas major; its long tendon ends on the pelvic brim, above the hip joint. The pubic
    bones meet in the middle at the pubic symphysis.""",
    """Lumbar spine, pelvis and upper femurs from the front with muscles on both sides. Eight structures are marked by
    lines with numbers; no names are shown.""",
    ["gray1918", "statpearls-iliopsoas", "getbodysmart"],
    [Scene(WINDOW, PARTS, marks=[(bodies.sacral_foramina, "", ["sacrum"])])],
    [
        Label("psoas-major", 1, "Psoas major", (-48, 1128), (-84, 1176), "right", True, RED),
        Label("psoas-minor", 2, "Psoas minor", (29.5, 1160), (82, 1196), "left", True, PURPLE),
        Label("iliacus", 3, "Iliacus", (103, 1030), (121, 1098), "center", True, ORANGE),
        Label("iliopsoas-tendon", 4, "Iliopsoas\ntendon", (-84.2, 882), (-68, 841), "left", True),
        Label("iliac-crest", 5, "Iliac crest", (-104, 1058), (-122, 1104), "center"),
        Label("asis", 6, "Anterior\nsuperior\niliac spine", (-109.5, 989), (-136, 949), "center"),
        Label("greater-trochanter", 7, "Greater\ntrochanter", (122, 916), (139, 955), "center"),
        Label("pubic-symphysis", 8, "Pubic\nsymphysis", (0, 900), (19.5, 841), "center"),
    ],
    [Note(name, (0, y), color=DARK) for name, y in LEVELS]
    + [Note("R", (-157, 1232)), Note("L", (157, 1232), color=QUIET)],
)
FIGURES = [FIGURE]
