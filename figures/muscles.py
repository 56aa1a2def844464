"""Psoas major, psoas minor and iliacus of the left side, modeled for these plates."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter, gaussian_filter1d

from shapes import joined, sheet, spline, swept
from skeleton import bones
from view import Part, Window, see

# x, y, z, half width, half depth of the left psoas major, from T12 to the lesser trochanter
PSOAS = [
    (24, 1212, -190, 2, 6), (26, 1203, -187, 5, 10), (30, 1184, -182, 8.5, 10.5), (35, 1155, -175, 12.5, 12),
    (40, 1122, -168, 16, 15), (46, 1088, -162, 19, 17), (53, 1052, -154, 21, 17), (60, 1020, -143, 20, 15),
    (67, 992, -131, 18, 12.5), (74, 967, -121, 15.5, 10.5), (80.5, 944, -114.5, 13, 9), (85, 922, -118, 10.5, 7.5),
    (87, 903, -131, 8, 6.5), (87, 888, -149, 6, 5.5), (86.5, 877, -161, 5.2, 5), (87.5, 869, -169, 4.4, 3.8),
    (88.5, 863, -174.5, 1.4, 1.2),
]  # fmt: skip
SLIPS = [(23, 1201, -178, 6), (25, 1172, -172, 7.5), (26.5, 1140, -166, 9), (27, 1104, -164, 9.5), (27, 1067, -162, 9)]
MINOR = [
    (22, 1211, -180, 1.5, 1.5), (23, 1203, -175, 4, 3.5), (26, 1184, -168, 5.2, 4.2), (30.5, 1152, -160, 4.6, 4),
    (35.5, 1115, -151, 3.3, 2.6), (41, 1068, -139, 2.5, 1.6), (48, 1020, -129, 2.5, 1.3), (55.5, 980, -121, 3, 1.2),
    (61, 955, -120, 3.8, 1.2), (63, 943, -126, 5.5, 1.2), (62.5, 937, -129, 6.5, 1.5),
]  # fmt: skip


@cache
def psoas_major(slips: bool = True) -> list[Part]:
    """The belly, and the slips from the edges of two neighboring bodies and the disc between; from the side the belly
    hides them but for splinters."""
    points, faces, phase, height = swept(PSOAS, 120, 48)
    belly = Part("psoas major l", "psoas major", points, faces, phase * 26, np.clip((height - 0.76) / 0.18, 0, 1))
    found = [belly]
    path = spline(PSOAS, 240)[:, :3]
    for x, y, z, r in SLIPS if slips else ():
        near, far = (path[np.argmin(np.abs(path[:, 1] - (y - down)))] for down in (32, 62))
        middle = np.array([x + 3, y - 14, z + 4]) * 0.6 + near * 0.4
        points, faces, phase, _ = swept(
            [(x - 2, y + 6, z - 2, 1.2, 2), (x + 1, y - 3, z, r * 0.75, r * 0.8), (*middle, r * 1.15, r * 1.05),
             (*(near * 0.75 + far * 0.25), r, r), (*far, r * 0.6, r * 0.6)], 40, 28,
        )  # fmt: skip
        found.append(Part("psoas major l", "psoas major", points, faces, phase * 10, np.zeros(len(points))))
    return [joined(found)]


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
    end = np.c_[90.5 - u, 861 + 2 * u, -173.2 - u]
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
    belly = np.interp(v, [0, 0.06, 0.25, 0.6, 0.8, 0.93, 1], [0.3, 3, 6, 8.5, 6.5, 3.4, 0.6])[None]
    half = (across * belly)[..., None] * out
    phase = np.tile(u[:, None] * 34, (1, steps))
    tendon = np.tile(np.clip((v - 0.80) / 0.14, 0, 1)[None], (fibers, 1))
    return [
        sheet(
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
