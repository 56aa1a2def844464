"""The lumbar plexus and the inguinal ligament of the left side, modeled for these plates."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter1d

from muscles import iliacus, psoas_major
from shapes import front_of, spline, swept
from skeleton import bones
from view import Part

# The left nerves: x, y, z along the course. A root ends where it meets its nerve.
NERVES: dict[str, list[tuple[float, float, float]]] = {
    "iliohypogastric": [(20, 1180, -198), (31, 1172, -190), (56, 1139, -188), (86, 1100, -186), (108, 1076, -182)],
    "ilioinguinal": [(20, 1179, -198), (31, 1168, -190), (54, 1124, -186), (80, 1083, -182), (98, 1050, -160),
                     (111, 1018, -120)],
    "lateral femoral cutaneous": [(20, 1148, -196), (34, 1135, -188), (54, 1100, -182), (74, 1062, -176),
                                  (91, 1020, -136), (98, 996, -108), (100, 982, -100), (99.5, 966, -98)],
    "lateral femoral cutaneous, third root": [(20, 1110, -192), (36, 1106, -188), (50, 1098, -184), (58, 1092, -181)],
    "femoral": [(20, 1110, -192), (36, 1098, -186), (54, 1065, -180), (73, 1032, -160), (84, 1005, -138),
                (90, 980, -116), (93.5, 955, -102), (94, 930, -104), (93, 900, -112)],
    "femoral, second root": [(20, 1148, -196), (33, 1130, -188), (40, 1092, -185), (54, 1065, -180)],
    "femoral, fourth root": [(20, 1074, -190), (36, 1068, -187), (54, 1062, -180), (62, 1050, -174)],
    "obturator": [(20, 1110, -192), (34, 1088, -190), (42, 1055, -187), (47, 1026, -178), (51.5, 1000, -170),
                  (54.5, 975, -163), (52, 950, -153), (48, 928, -144), (46.5, 910, -137), (46, 896, -126), (45.5, 884, -120)],
    "obturator, fourth root": [(20, 1074, -190), (34, 1064, -190), (42, 1050, -187)],
    "lumbosacral trunk": [(20, 1074, -190), (32, 1058, -188), (36, 1040, -180), (38, 1022, -170), (39.5, 1005, -178),
                          (41.5, 997, -186)],
    "lumbosacral trunk, fifth root": [(18, 1040, -190), (30, 1033, -182), (37, 1024, -172)],
}  # fmt: skip
THICK = {"femoral": 2.6, "obturator": 1.7, "lumbosacral trunk": 2.3}
# From which height to which they lie on what; the femoral nerve comes from behind psoas into the groove beside it.
BEDS: dict[str, list[tuple[float, float, tuple[str, ...]]]] = {
    "femoral": [(1060, 890, ("iliacus", "hip")), (990, 890, ("psoas",))],
    "lateral femoral cutaneous": [(1080, 960, ("iliacus", "hip"))],
    "ilioinguinal": [(1080, 1010, ("iliacus", "hip"))],
    "obturator": [(1050, 992, ("sacrum", "hip"))],
    "lumbosacral trunk": [(1050, 998, ("sacrum",))],
    "lumbosacral trunk, fifth root": [(1050, 998, ("sacrum",))],
}
GENITOFEMORAL: dict[str, list[tuple[float, float]]] = {
    "genitofemoral": [(33, 1112), (36.5, 1090), (44, 1050), (53, 1012), (62, 980), (65, 970)],
    "genitofemoral, genital": [(65, 970), (63.5, 963), (57, 953.5), (47, 943), (37.5, 933.5)],
    "genitofemoral, femoral": [(65, 970), (71, 953), (76, 935), (79, 915)],
}
LIGAMENT = [(108.5, 991, -97, 2.2, 2.2), (88, 971, -93, 2.6, 2.4), (68, 951, -95, 2.6, 2.4), (44, 930, -101, 2.6, 2.4),
            (21, 914.5, -106, 3, 2)]  # fmt: skip


@cache
def nerves() -> list[Part]:
    """What lies behind psoas major or leaves its borders."""
    found: list[Part] = []
    paths: dict[str, Any] = {}
    ground = {"iliacus": iliacus()[0], "psoas": psoas_major()[0], "hip": bones()["hip l"], "sacrum": bones()["sacrum"]}
    for name, course in NERVES.items():
        path = spline(course, 120)
        for top, bottom, bed in BEDS.get(name, ()):
            front = front_of(path[:, :2], [ground[key] for key in bed]) + 1.0
            on = (path[:, 1] < top) & (path[:, 1] > bottom) & (front > path[:, 2])
            path[:, 2] = np.where(on, front, path[:, 2])
        path[:, 2] = np.maximum(gaussian_filter1d(path[:, 2], 3, mode="nearest"), path[:, 2] - 2)
        paths[name] = path
    for name, path in paths.items():
        whole = name.split(",")[0]
        found.append(_nerve(name, path if name == whole else _into(path, paths[whole])))
    return found


def _into(root: Any, nerve: Any) -> Any:
    """It runs into its nerve and ends within it."""
    near = int(np.argmin(np.linalg.norm(nerve[:, :2] - root[-1, :2], axis=1)))
    inside = nerve[near + 3 : near + 16 : 4] - [0, 0, 0.9]
    return spline(np.vstack([root[:-8:8], inside]), 120)


@cache
def genitofemoral() -> list[Part]:
    """It pierces psoas major and runs on its front; without the muscle it would hang in the air."""
    found = []
    for name, course in GENITOFEMORAL.items():
        flat = spline([(*p, 0) for p in course], 90)
        front = front_of(flat[:, :2], [*psoas_major(), *iliacus(), bones()["hip l"]])
        flat[:, 2] = gaussian_filter1d(front, 4, mode="nearest") + 0.8
        if name == "genitofemoral":
            flat[:, 2] -= 5 * np.clip((flat[:, 1] - 1106) / 6, 0, 1)  # comes out of the muscle
        elif name.endswith("genital"):
            flat[:, 2] = np.maximum(flat[:, 2], np.interp(flat[:, 1], [922, 970], [-101, -104]))
        found.append(_nerve(name, flat))
    return found


def _nerve(name: str, path: Any) -> Part:
    thick = THICK.get(name.split(",")[0], 1.4)
    points, faces, _, _ = swept([(*p, thick, thick) for p in path], 120, 14, (0.3, 0.2, 0.93))
    return Part(f"{name} l", "nerve", points, faces)


@cache
def inguinal_ligament() -> list[Part]:
    points, faces, phase, _ = swept(LIGAMENT, 80, 20, (0.3, 0.2, 0.93))
    return [Part("inguinal ligament l", "ligament", points, faces, phase * 3, None)]
