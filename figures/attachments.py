"""Plate 2: where the muscles attach, on the bare bones from the front, and on the femur from behind and medially."""

from __future__ import annotations

import areas
import bodies
from anterior import LEVELS, ORANGE, PURPLE, RED
from paint import Area
from plate import DARK, WIDTH, Figure, Label, Note, Scene
from view import Window

MAJOR, FAN, MINOR = "#cf5646", "#e2a25c", "#ab8dc8"  # areas
SPINE = [*bodies.SPINE, *(f"disc {name}" for name in areas.DISCS)]
AREAS: list[Area] = [
    (areas.bodies_and_discs, MAJOR, SPINE),
    (areas.transverse_processes, MAJOR, bodies.SPINE[1:]),
    (areas.minor_origin, MINOR, SPINE),
    (areas.iliac_fossa, FAN, ["hip l", "hip r"]),
    (areas.sacral_ala, FAN, ["sacrum"]),
    (areas.minor_insertion, MINOR, ["hip l"]),
    (areas.below_trochanter, FAN, ["femur l", "femur r"]),
    (areas.lesser_trochanter, MAJOR, ["femur l", "femur r"]),
]

FRONT = Figure(
    "attachments",
    "Attachments of the iliopsoas and psoas minor from the front",
    """Bare lumbar spine, pelvis and upper femurs from the front, attachments colored by muscle. Psoas major, red: five
    areas on the side of each disc from T12–L1 to L4–L5 with the edges of the bodies beside it; its deep part: the
    fronts of the bases and the lower borders of the transverse processes of L1 to L5. Iliacus, orange: the upper two thirds of the iliac
    fossa and a small area on the ala of the sacrum. Psoas minor, violet, shown on the left: at the side of the disc between
    T12 and L1, in front of psoas major, and on the pelvic brim at the pecten pubis and iliopubic eminence. Psoas major ends on the lesser trochanter,
    iliacus beside and just below it. The femoral head stands lateral to the iliopubic eminence.""",
    """Bare lumbar spine, pelvis and upper femurs from the front, with colored areas. Seven spots are marked by lines with
    numbers; no names are shown.""",
    ["gray1918", "wheeless-iliacus", "imaios-iliacus", "getbodysmart", "wiki-psoas-major", "bergman-psoas-minor"],
    [
        Scene(
            Window((-170, 170, 822, 1242), WIDTH),
            bodies.skeleton(),
            AREAS,
            [(bodies.sacral_foramina, "", ["sacrum"])],
        )
    ],
    [
        Label(
            "psoas-major-superficial",
            1,
            "Psoas major,\nsuperficial part",
            (-21.5, 1147),
            (-72, 1172),
            "right",
            True,
            RED,
        ),
        Label("psoas-major-deep", 2, "Psoas major,\ndeep part", (-30, 1099.3), (-88, 1090), "right", True, RED),
        Label("psoas-minor-origin", 3, "Psoas minor,\norigin", (17, 1207), (60, 1218), "left", True, PURPLE),
        Label("iliacus-origin", 4, "Iliacus,\norigin", (103, 1022), (124, 1104), "center", True, ORANGE),
        Label("psoas-minor-insertion", 5, "Psoas\nminor,\ninsertion", (57, 939.5), (116, 954), "left", True, PURPLE),
        Label("iliopubic-eminence", 6, "Iliopubic\neminence", (-67, 942), (-111, 960), "right"),
        Label("iliopsoas-insertion", 7, "Psoas major\nand iliacus", (-86.1, 862.5), (-58, 842), "left", True),
    ],
    [Note(name, (0, y), color=DARK) for name, y in LEVELS] + [Note("R", (-162, 1232)), Note("L", (162, 1232))],
)

FEMUR = bodies.finer(bodies.bones()["femur l"])  # seen from near
BEHIND = Window((-180, -45, 768, 972), 485, turn=180)
MEDIAL = Window((-219.5, -104, 768, 972), 415, turn=-90)
THIGH = Figure(
    "lesser-trochanter",
    "The upper end of the left femur, from behind and from the medial side",
    """The upper end of the left femur, twice. From behind, the lesser trochanter stands out on the medial side below the
    neck; the intertrochanteric crest leads down to it from the greater trochanter. Seen from the medial side, below the
    femoral head, it points backward. There the areas are colored: psoas major, red, ends on its tip and front; iliacus, orange, in front of that
    and on the shaft just below.""",
    """The upper end of the left femur, on the left from behind, on the right from the medial side with two colored areas. Six
    spots are marked by lines with numbers; no names are shown.""",
    ["gray1918", "imaios-iliacus", "wiki-lesser-trochanter", "anatomyzone-lesser-trochanter"],
    [
        Scene(BEHIND, [FEMUR], marks=[(areas.trochanteric_crest, "", ["femur l"])]),
        Scene(MEDIAL, [FEMUR], [a for a in AREAS if "femur l" in a[2]], left=485),
    ],
    [
        Label("greater-trochanter", 1, "Greater\ntrochanter", (-125, 917), (-142, 956), "center"),
        Label("femoral-head", 2, "Femoral head", (-75, 925), (-76, 962), "center"),
        Label("intertrochanteric-crest", 3, "Inter-\ntrochanteric\ncrest", (-108, 893), (-153, 818), "center"),
        Label("lesser-trochanter", 4, "Lesser\ntrochanter", (-90, 868), (-64, 838), "center"),
        Label("psoas-major-insertion", 5, "Psoas\nmajor", (-175.5, 867), (-136, 887), "left", True, RED, 1),
        Label("iliacus-insertion", 6, "Iliacus", (-167, 848), (-136, 842), "left", True, ORANGE, 1),
    ],
    [Note("From\nbehind", (-72, 781)), Note("From the\nmedial side", (-22, 781))],
)
FIGURES = [FRONT, THIGH]
