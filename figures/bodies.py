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
    (90, 861, -176, 4, 4),
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


@cache
def iliacus() -> list[Part]:
    """A fan from the inner lip of the crest, on the fossa, then free in front of the hip to the lesser trochanter."""
    fibers, steps = 60, 72
    out = FOSSA / np.linalg.norm(FOSSA)
    right = np.cross([0, 1, 0], out)
    right /= np.linalg.norm(right)
    axes = np.vstack([right, np.cross(out, right), out])
    center = np.array([88, 985, -150.0])
    around = bones()["hip l"].points - center
    angle, reach = np.arctan2(around @ axes[1], around @ right), np.hypot(around @ right, around @ axes[1])
    turn = np.linspace(_asis_angle(axes, center) + 0.035, np.radians(131), fibers)
    rim = np.array([reach[np.abs((angle - a + np.pi) % (2 * np.pi) - np.pi) < 0.06].max() for a in turn])
    rim = gaussian_filter1d(rim, 2.0, mode="nearest") - 8
    origin = center + np.outer(np.cos(turn) * rim, right) + np.outer(np.sin(turn) * rim, axes[1])
    origin = origin + _above_bone(origin[:, None], axes) * out + 0.5 * out
    flat = np.zeros((fibers, steps, 3))
    u = np.linspace(0, 1, fibers)  # 0 lateral, 1 medial
    gate = np.c_[104 - 22 * u, 948 + 2 * u, -112 - 3 * u]
    low = np.c_[98 - 11 * u, 905 + 0 * u, -128 - 2 * u]
    end = np.c_[96 - 6 * u, 846 + 16 * u, -168 - 8 * u]
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


def _asis_angle(axes: Any, center: Any) -> float:
    """Where the crest ends in front: the point farthest forward of the upper hip bone."""
    points = bones()["hip l"].points
    upper = points[points[:, 1] > 975]
    at = axes @ (upper[upper[:, 2].argmax()] - center)
    return float(np.arctan2(at[1], at[0]))


def _above_bone(flat: Any, axes: Any) -> Any:
    """How far the bone rises over each point, looking into the fossa."""
    around = axes @ np.array([88, 985, -150.0])
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
