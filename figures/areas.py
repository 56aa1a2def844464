"""Where the muscles attach, as signed distances (mm, negative inside) of places on the bones."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

import bodies

Distance = Callable[[Any], Any]
DISCS = {"T12L1": 1207.0, "L1L2": 1177.5, "L2L3": 1147.0, "L3L4": 1109.5, "L4L5": 1072.0}  # heights of their middles
PROCESSES = {"L1": (1193.5, 43), "L2": (1163.5, 46), "L3": (1135.5, 51), "L4": (1102.0, 47), "L5": (1062.5, 46)}
LESSER_TROCHANTER = (86.0, 866.5, -175.0)


def bodies_and_discs(place: Any) -> Any:
    """Psoas major, superficial part: a disc and the edges of the two bodies beside it, by five slips (Gray 1918)."""
    x, y, z = np.abs(place[..., 0]), place[..., 1], place[..., 2]
    near = np.min([np.abs(y - height) - 10.5 for height in DISCS.values()], axis=0)
    inner = np.where(np.abs(y - DISCS["T12L1"]) < 12, 15.5, 17.0)
    return np.maximum(rounded(near, inner - x), -205 - z)


def transverse_processes(place: Any) -> Any:
    """Psoas major, deep part: the fronts of the roots and the lower edges of the transverse processes of L1 to L5."""
    x, y = np.abs(place[..., 0]), place[..., 1]
    found = np.full(x.shape, 99.0)
    for height, tip in PROCESSES.values():
        away = np.maximum(np.abs(y - height) - 12, y - height - 3 + 0.12 * (x - 27))
        found = np.minimum(found, rounded(away, np.maximum(27.5 - x, x - tip + 3)))
    return found


def minor_origin(place: Any) -> Any:
    """Psoas minor, left only: the disc between T12 and L1 and the edges beside it, in front of psoas major."""
    x, y = place[..., 0], place[..., 1]
    return rounded(np.abs(y - DISCS["T12L1"]) - 9, np.maximum(9.5 - x, x - 17))


def minor_insertion(place: Any) -> Any:
    """Psoas minor: pecten pubis and iliopubic eminence, left only."""
    return capsule(place[..., :2], (49.0, 934.5), (64.5, 944.5)) - 4.2


def iliac_fossa(place: Any) -> Any:
    """Iliacus: the upper two thirds of the fossa, to the inner lip of the crest."""
    fan = bodies.iliacus_origin()
    lower = [(98.0, 976.0), (88.0, 985.0), (76.0, 993.0), (66.0, 1003.0), (59.0, 1016.0)]
    outline = np.vstack([fan[::-1, :2], lower])
    return polygon(np.dstack([np.abs(place[..., 0]), place[..., 1]]), outline)


def sacral_ala(place: Any) -> Any:
    """Iliacus: a small slip from the ala of the sacrum."""
    return np.hypot((np.abs(place[..., 0]) - 44) / 1.3, place[..., 1] - 1033) - 4.5


def lesser_trochanter(place: Any) -> Any:
    """Psoas major: the tip and front of the lesser trochanter."""
    x = np.abs(place[..., 0])
    return np.linalg.norm(np.dstack([x, place[..., 1], place[..., 2]]) - LESSER_TROCHANTER, axis=2) - 8.5


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
