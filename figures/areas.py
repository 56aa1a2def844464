"""Where the muscles attach, as signed distances (mm, negative inside) of places on the bones."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

import bodies

Distance = Callable[[Any], Any]
DISCS = {"T12L1": 1207.0, "L1L2": 1177.5, "L2L3": 1147.0, "L3L4": 1109.5, "L4L5": 1072.0}  # heights of their middles
# Of the transverse processes: the lower edge at the base and at the tip, how high the base is, how far out the tip.
PROCESSES = {
    "L1": (1188.8, 1191.5, 11.0, 43),
    "L2": (1158.8, 1161.5, 11.0, 46),
    "L3": (1129.3, 1133.2, 13.0, 51),
    "L4": (1094.8, 1099.5, 13.5, 47),
    "L5": (1055.9, 1060.3, 13.0, 46),
}
LESSER_TROCHANTER = (86.0, 866.5, -175.0)


def process_front(y: Any) -> Any:
    """How far forward the bases of the transverse processes reach at these heights; the bodies are in front of that."""
    return np.interp(y, [1062, 1101, 1135, 1164, 1194, 1202, 1206], [-177, -171, -171, -178, -188, -192, -220])


def bodies_and_discs(place: Any) -> Any:
    """Psoas major, superficial part: a disc and the edges of the two bodies beside it, by five slips (Gray 1918)."""
    x, y, z = np.abs(place[..., 0]), place[..., 1], place[..., 2]
    near = np.min([np.abs(y - height) - 10.5 for height in DISCS.values()], axis=0)
    inner = np.where(np.abs(y - DISCS["T12L1"]) < 12, 15.5, 17.0)
    return np.maximum(rounded(near, inner - x), process_front(y) - z)


def transverse_processes(place: Any) -> Any:
    """Psoas major, deep part: the fronts of the bases and the lower borders of the transverse processes of L1 to L5."""
    x, y = np.abs(place[..., 0]), place[..., 1]
    found = np.full(x.shape, 99.0)
    for base, end, high, tip in PROCESSES.values():
        out = np.clip((x - 26) / (tip - 26), 0, 1)
        top = base + (end - base) * out + np.interp(out, [0, 0.22, 0.5, 1], [high, 0.62 * high, 2.9, 1.6])
        found = np.minimum(found, rounded(np.maximum(y - top, base - 4 - y), np.maximum(21 - x, x - tip + 4), 1.2))
    return np.maximum(found, place[..., 2] - process_front(y))


def minor_origin(place: Any) -> Any:
    """Psoas minor, left only: the disc between T12 and L1 and the edges beside it, in front of psoas major."""
    x, y = place[..., 0], place[..., 1]
    return rounded(np.abs(y - DISCS["T12L1"]) - 8, np.maximum(13.5 - x, x - 20.5))


def minor_insertion(place: Any) -> Any:
    """Psoas minor: pecten pubis and iliopubic eminence, left only."""
    return capsule(place[..., :2], (49.0, 934.5), (64.5, 944.5)) - 4.2


def iliac_fossa(place: Any) -> Any:
    """Iliacus: the upper two thirds of the fossa, to the inner lip of the crest."""
    fan = bodies.iliacus_origin()
    corners = [fan[0], (105.0, 979.0, 0), (102.8, 972.6, 0), (98.6, 969.2, 0), (94.0, 970.4, 0), (89.6, 974.8, 0),
               (83.0, 984.0, 0), (75.0, 993.0, 0), (66.0, 1003.0, 0), (59.5, 1015.0, 0), fan[-1]]  # fmt: skip
    outline = np.vstack([fan[::-1, :2], bodies.spline(corners, 40)[1:-1, :2]])
    return polygon(np.dstack([np.abs(place[..., 0]), place[..., 1]]), outline)


def sacral_ala(place: Any) -> Any:
    """Iliacus: a small slip from the ala of the sacrum."""
    return np.hypot((np.abs(place[..., 0]) - 44) / 1.3, place[..., 1] - 1033) - 4.5


def lesser_trochanter(place: Any) -> Any:
    """Psoas major: the tip and front of the lesser trochanter."""
    x = np.abs(place[..., 0])
    return np.linalg.norm(np.dstack([x, place[..., 1], place[..., 2]]) - LESSER_TROCHANTER, axis=2) - 8.5


def trochanteric_crest(place: Any) -> Any:
    """A shade medial to the intertrochanteric crest of the left femur, which the atlas has only as a bend."""
    x, y = place[..., 0], place[..., 1]
    beside = np.interp(y, [870, 876, 884, 894, 904, 910], [91, 94.5, 99, 103, 105, 105.5]) - x
    ends = np.maximum(878 - y, 0) + np.maximum(y - 903, 0)
    return np.where(beside < 0, 9.0, 0.15 + 0.22 * beside + 0.12 * ends)


def below_trochanter(place: Any) -> Any:
    """Iliacus: beside the tendon, and the shaft just below the lesser trochanter."""
    shape = np.dstack([np.abs(place[..., 0]), place[..., 1], place[..., 2]])
    return np.maximum(
        capsule(shape, (91.0, 866.0, -166.0), (95.5, 846.0, -167.0)) - 7.0, 0.8 - lesser_trochanter(place)
    )


def rounded(a: Any, b: Any, radius: float = 2.5) -> Any:
    """Inside both, with round corners."""
    a, b = a + radius, b + radius
    return np.hypot(np.maximum(a, 0), np.maximum(b, 0)) + np.minimum(np.maximum(a, b), 0) - radius


def capsule(place: Any, start: tuple[float, ...], end: tuple[float, ...]) -> Any:
    a, b = np.array(start), np.array(end)
    t = np.clip((place - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
    return np.linalg.norm(place - a - t[..., None] * (b - a), axis=-1)


def polygon(place: Any, outline: Any) -> Any:
    """Distance from a closed outline in two dimensions, negative inside."""
    inside = np.zeros(place.shape[:2], bool)
    nearest = np.full(place.shape[:2], 99.0)
    x, y = place[..., 0], place[..., 1]
    for a, b in pairwise([*outline, outline[0]]):
        nearest = np.minimum(nearest, capsule(place, tuple(a), tuple(b)))
        crossed = ((a[1] > y) != (b[1] > y)) & (x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1] + 1e-12) + a[0])
        inside ^= crossed
    return np.where(inside, -nearest, nearest)
