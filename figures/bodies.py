"""The bones as stored, and the soft parts modelled for these plates: muscles, nerves, ligaments of the left side."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter, gaussian_filter1d

from view import Part, Window, see

GEOMETRY = Path(__file__).parent / "geometry" / "bones.npz"
SPINE = ("T12", "L1", "L2", "L3", "L4", "L5")
Points = list[tuple[float, ...]]


@cache
def bones() -> dict[str, Part]:
    """By name; hip and femur come as "hip l", "hip r"."""
    stored = np.load(GEOMETRY)
    found = {}
    for name in (key[7:] for key in stored.files if key.startswith("points ")):
        points = stored[f"points {name}"].astype(float) / 100 + stored[f"corner {name}"]
        part = Part(name, "disc" if name.startswith("disc") else "bone", points, stored[f"faces {name}"].astype(int))
        if name in ("hip", "femur"):
            part.name = f"{name} l"
            found[f"{name} r"] = part.mirrored(f"{name} r")
        found[part.name] = part
    return found


def spline(points: Any, count: int) -> Any:
    points = np.array(points, float)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points[:, :3], axis=0), axis=1))]
    return PchipInterpolator(along / along[-1], points)(np.linspace(0, 1, count))


def swept(points: Points, count: int = 90, around: int = 40, toward: Any = (0, 0, 1)) -> tuple[Any, Any, Any, Any]:
    """A tube with elliptic sections: each point is x, y, z, half width, half depth. Also its phases and heights."""
    path = spline(points, count)
    center, radii = path[:, :3], path[:, 3:]
    along = np.gradient(center, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(np.tile(np.array(toward, float), (count, 1)), along)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    front = np.cross(along, side)
    angle = np.linspace(0, 2 * np.pi, around, endpoint=False)
    ring = radii[:, :1, None] * np.cos(angle)[None, :, None] * side[:, None]
    ring = ring + radii[:, 1:2, None] * np.sin(angle)[None, :, None] * front[:, None]
    found = np.vstack([(center[:, None] + ring).reshape(-1, 3), center[0], center[-1]])
    faces = []
    for i in range(count - 1):
        for j in range(around):
            a, b = i * around + j, i * around + (j + 1) % around
            faces += [[a, b, a + around], [b, b + around, a + around]]
    for j in range(around):
        n = (j + 1) % around
        faces += [[count * around, n, j], [count * around + 1, (count - 1) * around + j, (count - 1) * around + n]]
    # the phase runs forth over the front and back again behind, so that no seam shows
    phase = np.r_[np.tile(1 - np.abs(((angle - np.pi / 2) % (2 * np.pi)) / np.pi - 1), count), 0, 0]
    height = np.r_[np.repeat(np.linspace(0, 1, count), around), 0, 1]
    return found, np.array(faces), phase, height


# x, y, z, half width, half depth of the left psoas major, from T12 to the lesser trochanter
PSOAS = [
    (24, 1212, -192, 2, 2.5), (26, 1203, -189, 5, 6), (30, 1184, -183, 8.5, 9), (35, 1155, -175, 12.5, 12),
    (40, 1122, -168, 16, 15), (46, 1088, -162, 19, 17), (53, 1052, -154, 21, 17), (60, 1020, -143, 20, 15),
    (67, 992, -131, 18, 12.5), (74, 967, -121, 15.5, 10.5), (80.5, 944, -114.5, 13, 9), (85, 922, -118, 10.5, 7.5),
    (87, 903, -131, 8, 6.5), (87, 888, -149, 6, 5.5), (86.5, 877, -161, 5.2, 5), (87.5, 868, -170, 5, 4.5),
    (88.5, 863, -175, 3, 3),
]  # fmt: skip
SLIPS = [(23, 1201, -178, 6), (25, 1172, -172, 7.5), (26.5, 1140, -166, 9), (27, 1104, -164, 9.5), (27, 1067, -162, 9)]
MINOR = [
    (22, 1211, -180, 1.5, 1.5), (23, 1203, -175, 4, 3.5), (26, 1184, -168, 5.2, 4.2), (30.5, 1152, -160, 4.6, 4),
    (35.5, 1115, -151, 3.3, 2.6), (41, 1068, -139, 2.5, 1.6), (48, 1020, -129, 2.5, 1.3), (55.5, 980, -121, 3, 1.2),
    (61, 955, -120, 3.8, 1.2), (63, 943, -126, 5.5, 1.2), (62.5, 937, -129, 6.5, 1.5),
]  # fmt: skip


@cache
def psoas_major() -> list[Part]:
    """The belly, and the slips from the edges of two neighboring bodies and the disc between."""
    points, faces, phase, height = swept(PSOAS, 120, 48)
    belly = Part("psoas major l", "psoas major", points, faces, phase * 26, np.clip((height - 0.76) / 0.18, 0, 1))
    found = [belly]
    path = spline(PSOAS, 240)[:, :3]
    for x, y, z, r in SLIPS:
        near, far = (path[np.argmin(np.abs(path[:, 1] - (y - down)))] for down in (32, 62))
        middle = np.array([x + 3, y - 14, z + 4]) * 0.6 + near * 0.4
        points, faces, phase, _ = swept(
            [(x - 2, y + 6, z - 2, 1.2, 2), (x + 1, y - 3, z, r * 0.75, r * 0.8), (*middle, r * 1.15, r * 1.05),
             (*(near * 0.75 + far * 0.25), r, r), (*far, r * 0.6, r * 0.6)], 40, 28,
        )  # fmt: skip
        found.append(Part("psoas major l", "psoas major", points, faces, phase * 10, np.zeros(len(points))))
    return [joined(found)]


def joined(parts: list[Part]) -> Part:
    """One part, so that no ink line falls between them but where the depth jumps."""
    start = np.cumsum([0] + [len(p.points) for p in parts[:-1]])
    return Part(
        parts[0].name, parts[0].tissue, np.vstack([p.points for p in parts]),
        np.vstack([p.faces + s for p, s in zip(parts, start, strict=True)]),
        np.concatenate([p.fiber for p in parts]), np.concatenate([p.tendon for p in parts]),
    )  # fmt: skip


@cache
def psoas_minor() -> list[Part]:
    points, faces, phase, height = swept(MINOR, 100, 28)
    return [Part("psoas minor l", "psoas minor", points, faces, phase * 9, np.clip((height - 0.30) / 0.2, 0, 1))]


FOSSA = np.array([-0.55, 0.12, 0.82])  # looks out of the left iliac fossa


FOSSA_CENTER = np.array([88, 985, -150.0])
FIBERS = 60  # of the iliacus


def fossa_axes() -> Any:
    out = FOSSA / np.linalg.norm(FOSSA)
    right = np.cross([0, 1, 0], out)
    right /= np.linalg.norm(right)
    return np.vstack([right, np.cross(out, right), out])


@cache
def iliacus_origin() -> Any:
    """Along the inner lip of the iliac crest, from the anterior superior spine (first) to the sacrum."""
    axes = fossa_axes()
    right, up, out = axes
    around = bones()["hip l"].points - FOSSA_CENTER
    angle, reach = np.arctan2(around @ up, around @ right), np.hypot(around @ right, around @ up)
    turn = np.linspace(_asis_angle(axes) + 0.035, np.radians(131), FIBERS)
    rim = np.array([reach[np.abs((angle - a + np.pi) % (2 * np.pi) - np.pi) < 0.06].max() for a in turn])
    rim = gaussian_filter1d(rim, 2.0, mode="nearest") - 8
    origin = FOSSA_CENTER + np.outer(np.cos(turn) * rim, right) + np.outer(np.sin(turn) * rim, up)
    return origin + _above_bone(origin[:, None], axes) * out + 0.5 * out


@cache
def iliacus() -> list[Part]:
    """A fan from the inner lip of the crest, on the fossa, then free in front of the hip to the lesser trochanter."""
    fibers, steps, axes = FIBERS, 72, fossa_axes()
    out, origin = axes[2], iliacus_origin()
    flat = np.zeros((fibers, steps, 3))
    u = np.linspace(0, 1, fibers)  # 0 lateral, 1 medial
    gate = np.c_[104 - 22 * u, 948 + 2 * u, -112 - 3 * u]
    low = np.c_[98 - 11 * u, 905 + 0 * u, -128 - 2 * u]
    end = np.c_[92 - 3 * u, 855 + 7 * u, -171 - 4 * u]
    for i in range(fibers):
        first, m = origin[i], int(steps * 0.62)
        flat[i, :m] = first + (gate[i] - first) * np.linspace(0, 1, m)[:, None]
        flat[i, m - 1 :] = spline([gate[i], low[i], end[i]], steps - m + 1)
    lift = _above_bone(flat, axes)
    v = np.linspace(0, 1, steps)
    fade = np.clip((0.72 - v) / 0.12, 0, 1)  # beyond the brim the course is free
    lift = np.where(lift > 0, lift, 0.8 * lift) * (lift > -60)  # it fills the hollow a little
    lift = gaussian_filter(lift, (1.5, 2)) * fade
    flat = flat + lift[..., None] * out
    flat = gaussian_filter(flat, (1.5, 1.5, 0), mode="nearest")
    # a belly with a round edge: half thickness over the fan, none at its borders
    across = np.sqrt(np.clip(1 - (2 * u - 1) ** 4, 0, 1))[:, None]
    belly = np.interp(v, [0, 0.06, 0.25, 0.6, 0.8, 0.93, 1], [0.3, 3, 6, 8.5, 6.5, 4, 1.5])[None]
    half = (across * belly)[..., None] * out
    phase = np.tile(u[:, None] * 34, (1, steps))
    tendon = np.tile(np.clip((v - 0.80) / 0.2, 0, 1)[None], (fibers, 1))
    return [
        _sheet(
            "iliacus l",
            "iliacus",
            flat + half,
            flat - half * np.clip((v - 0.6) / 0.15, 0.1, 1)[None, :, None],
            phase,
            tendon,
        )
    ]


def _asis_angle(axes: Any) -> float:
    """Where the crest ends in front: the point farthest forward of the upper hip bone."""
    points = bones()["hip l"].points
    upper = points[points[:, 1] > 975]
    at = axes @ (upper[upper[:, 2].argmax()] - FOSSA_CENTER)
    return float(np.arctan2(at[1], at[0]))


def _above_bone(flat: Any, axes: Any) -> Any:
    """How far the bone rises over each point, looking into the fossa."""
    around = axes @ FOSSA_CENTER
    window = Window((around[0] - 140, around[0] + 140, around[1] - 140, around[1] + 140), 560)
    turned = [Part(n, "bone", bones()[n].points @ axes.T, bones()[n].faces) for n in ("hip l", "sacrum")]
    depth = see(turned, window).depth
    at = flat.reshape(-1, 3) @ axes.T
    columns = ((at[:, 0] - window.box[0]) * window.scale).astype(int).clip(0, depth.shape[1] - 1)
    rows = ((window.box[3] - at[:, 1]) * window.scale).astype(int).clip(0, depth.shape[0] - 1)
    return (depth[rows, columns] - at[:, 2]).reshape(flat.shape[:2])


def _sheet(name: str, tissue: str, front: Any, back: Any, phase: Any, tendon: Any) -> Part:
    """Two grids, closed along their borders."""
    a, b = front.shape[:2]
    faces = []
    for i in range(a - 1):
        for j in range(b - 1):
            q = i * b + j
            faces += [[q, q + 1, q + b], [q + 1, q + b + 1, q + b]]
    half = a * b
    faces += [[p + half, r + half, q + half] for p, q, r in faces]
    edge = [i * b for i in range(a)] + [(a - 1) * b + j for j in range(1, b)]
    edge += [i * b + b - 1 for i in range(a - 2, -1, -1)] + list(range(b - 2, -1, -1))
    for p, q in itertools.pairwise(edge):
        faces += [[p, p + half, q], [q, p + half, q + half]]
    points = np.vstack([front.reshape(-1, 3), back.reshape(-1, 3)])
    return Part(name, tissue, points, np.array(faces), np.tile(phase.ravel(), 2), np.tile(tendon.ravel(), 2))


SYMPHYSIS = [(0, 914, -119, 3.2, 4), (0, 905, -122, 3.2, 9), (0, 896, -130, 3.2, 10), (0, 888, -136, 3, 4)]


@cache
def symphysis() -> Part:
    points, faces, _, _ = swept(SYMPHYSIS, 40, 24)
    return Part("symphysis", "disc", points, faces)


def both(parts: list[Part]) -> list[Part]:
    return parts + right(parts)


def right(parts: list[Part]) -> list[Part]:
    return [part.mirrored(part.name.replace(" l", " r")) for part in parts]


FORAMINA = [
    (20.5, 1002, 4.6, 2.8),
    (18.5, 988, 4.1, 2.8),
    (16.5, 976, 3.5, 2.5),
    (14.5, 965.5, 3.0, 2.2),
]  # x, y, radii


def sacral_foramina(place: Any) -> Any:
    """Distance from the anterior sacral foramina, which the atlas has not: negative inside."""
    x, y = np.abs(place[..., 0]), place[..., 1]
    return np.min([(np.hypot((x - cx) / rx, (y - cy) / ry) - 1) * ry for cx, cy, rx, ry in FORAMINA], axis=0)


def skeleton() -> list[Part]:
    return [*bones().values(), symphysis()]


# The left nerves: x, y, z and half width at points along the course; z where it is None lies on what is behind.
NERVES: dict[str, list[tuple[float, float, float]]] = {
    "iliohypogastric": [(20, 1180, -198), (31, 1172, -190), (56, 1139, -188), (86, 1100, -186), (108, 1076, -182)],
    "ilioinguinal": [(20, 1179, -198), (31, 1168, -190), (54, 1124, -186), (80, 1083, -182), (98, 1050, -160),
                     (111, 1018, -120)],
    "lateral femoral cutaneous": [(20, 1148, -196), (34, 1135, -188), (54, 1100, -182), (74, 1062, -176),
                                  (92, 1022, -136), (103, 988, -98), (106, 968, -98)],
    "femoral": [(20, 1110, -192), (36, 1098, -186), (54, 1065, -180), (73, 1032, -160), (84, 1005, -138),
                (90, 980, -116), (93.5, 955, -102), (94, 930, -104), (93, 900, -112)],
    "femoral, second root": [(20, 1148, -196), (33, 1130, -188), (40, 1092, -185), (54, 1065, -180)],
    "femoral, fourth root": [(20, 1074, -190), (36, 1068, -187), (54, 1062, -180), (62, 1050, -174)],
    "obturator": [(20, 1110, -192), (34, 1088, -190), (42, 1055, -187), (47, 1026, -178), (51.5, 1000, -170),
                  (54.5, 975, -163), (52, 950, -153), (48, 928, -144), (46.5, 910, -137), (46, 896, -126), (45.5, 884, -120)],
    "obturator, fourth root": [(20, 1074, -190), (34, 1064, -190), (42, 1050, -187)],
    "lumbosacral trunk": [(20, 1074, -190), (32, 1058, -188), (36, 1040, -180), (38, 1022, -170), (40, 1003, -178),
                          (42, 990, -190)],
    "lumbosacral trunk, fifth root": [(18, 1040, -190), (30, 1033, -182), (37, 1024, -172)],
}  # fmt: skip
THICK = {"femoral": 2.6, "obturator": 1.7, "lumbosacral trunk": 2.3}
# From which height to which they lie on what; the femoral nerve comes from behind psoas into the groove beside it.
BEDS = {
    "femoral": [(1060, 890, ("iliacus", "hip")), (990, 890, ("psoas",))],
    "lateral femoral cutaneous": [(1080, 960, ("iliacus", "hip"))],
    "ilioinguinal": [(1080, 1010, ("iliacus", "hip"))],
    "obturator": [(1050, 992, ("sacrum", "hip"))],
    "lumbosacral trunk": [(1050, 998, ("sacrum",))],
    "lumbosacral trunk, fifth root": [(1050, 998, ("sacrum",))],
}
GENITOFEMORAL = {
    "genitofemoral": [(33, 1112), (36.5, 1090), (44, 1050), (53, 1012), (62, 980), (65, 970)],
    "genitofemoral, genital": [(65, 970), (62, 957), (54, 944), (42, 931), (32, 922)],
    "genitofemoral, femoral": [(65, 970), (71, 953), (76, 935), (79, 915)],
}
LIGAMENT = [(108.5, 991, -97, 2.2, 2.2), (88, 971, -93, 2.6, 2.4), (68, 951, -95, 2.6, 2.4), (44, 930, -101, 2.6, 2.4),
            (21, 914.5, -106, 3, 2)]  # fmt: skip


@cache
def nerves() -> list[Part]:
    """What lies behind psoas major or leaves its borders."""
    found = []
    ground = {"iliacus": iliacus()[0], "psoas": psoas_major()[0], "hip": bones()["hip l"], "sacrum": bones()["sacrum"]}
    for name, course in NERVES.items():
        path = spline(course, 120)
        for top, bottom, bed in BEDS.get(name, ()):
            front = front_of(path[:, :2], [ground[key] for key in bed]) + 1.0
            on = (path[:, 1] < top) & (path[:, 1] > bottom) & (front > path[:, 2])
            path[:, 2] = np.where(on, front, path[:, 2])
        path[:, 2] = np.maximum(gaussian_filter1d(path[:, 2], 3, mode="nearest"), path[:, 2] - 2)
        found.append(_nerve(name, path))
    return found


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


def front_of(points: Any, parts: list[Part]) -> Any:
    """The foremost z of these parts at places (x, y)."""
    window = Window((0, 150, 840, 1245), 450)
    depth = see(parts, window).depth
    columns = ((points[:, 0] - window.box[0]) * window.scale).astype(int).clip(0, depth.shape[1] - 1)
    rows = ((window.box[3] - points[:, 1]) * window.scale).astype(int).clip(0, depth.shape[0] - 1)
    return depth[rows, columns]
