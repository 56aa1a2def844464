"""Plate 4: the lumbar plexus and the psoas, with the muscle in place on the right and removed on the left."""

from __future__ import annotations

import bodies
from anterior import LEVELS
from plate import DARK, WIDTH, Figure, Label, Note, Scene
from view import Window

RIGHT = bodies.psoas_major() + bodies.genitofemoral()
PARTS = (
    bodies.skeleton()
    + bodies.right(RIGHT)
    + bodies.both(bodies.iliacus())
    + bodies.both(bodies.nerves())
    + bodies.both(bodies.inguinal_ligament())
)
FIGURE = Figure(
    "nerves",
    "The lumbar plexus and the psoas major",
    """Lumbar spine and pelvis from the front; the right psoas major is in place, the left one is removed to show roots that
    join behind and within it. From the lateral border of psoas major, from above down, come the iliohypogastric nerve and the
    ilioinguinal nerve, which run obliquely toward the iliac crest, the lateral femoral cutaneous nerve, which crosses the
    iliacus toward the anterior superior iliac spine, and the thick femoral nerve, which runs in the groove between psoas
    major and iliacus and behind the inguinal ligament into the thigh. The genitofemoral nerve comes out of the front of psoas
    major at the level of L3–L4, runs down on it and divides into two branches. Medial to the muscle the obturator nerve runs along the wall
    of the lesser pelvis to the obturator foramen, and the lumbosacral trunk crosses the ala of the sacrum.""",
    """Lumbar spine and pelvis from the front with a muscle in place on the right and removed on the left; yellow nerves and a
    gray band. Eight structures are marked by lines with numbers; no names are shown.""",
    ["gray1918#lumbar-plexus", "downstate-lab", "ellis-lumbar", "statpearls-gfn"],
    [Scene(Window((-170, 170, 822, 1242), WIDTH), PARTS, marks=[(bodies.sacral_foramina, "", ["sacrum"])])],
    [
        Label("iliohypogastric", 1, "Iliohypogastric\nnerve", (-73, 1117), (-84, 1176), "right"),
        Label("ilioinguinal", 2, "Ilioinguinal\nnerve", (96, 1054.5), (133, 1107), "center"),
        Label("genitofemoral", 3, "Genitofemoral\nnerve", (-41, 1067), (-70, 1214), "right"),
        Label(
            "lateral-femoral-cutaneous", 4, "Lateral\nfemoral\ncutaneous\nnerve", (-93, 1018), (-140, 1114), "center"
        ),
        Label("femoral", 5, "Femoral\nnerve", (93.5, 925), (118, 950), "left", True),
        Label("obturator", 6, "Obturator\nnerve", (-46, 890), (-58.7, 840.8), "center"),
        Label("inguinal-ligament", 7, "Inguinal\nligament", (-105.3, 987.7), (-141, 950), "center"),
        Label("lumbosacral-trunk", 8, "Lumbosacral\ntrunk", (38.3, 1014), (7, 842), "center"),
    ],
    [Note(name, (0, y), color=DARK) for name, y in LEVELS] + [Note("R", (-162, 1232)), Note("L", (162, 1232))],
)
FIGURES = [FIGURE]
