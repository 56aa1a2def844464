"""Bodies from a few numbers: tubes with elliptic sections, sheets, and what lies on the front of others."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.interpolate import PchipInterpolator

from view import Part, Window, see

Points = Sequence[Sequence[float]]


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


def joined(parts: list[Part]) -> Part:
    """One part, so that no ink line falls between them but where the depth jumps."""
    start = np.cumsum([0] + [len(p.points) for p in parts[:-1]])
    return Part(
        parts[0].name, parts[0].tissue, np.vstack([p.points for p in parts]),
        np.vstack([p.faces + s for p, s in zip(parts, start, strict=True)]),
        np.concatenate([p.fiber for p in parts]), np.concatenate([p.tendon for p in parts]),
    )  # fmt: skip


def sheet(name: str, tissue: str, front: Any, back: Any, phase: Any, tendon: Any) -> Part:
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


def both(parts: list[Part]) -> list[Part]:
    return parts + right(parts)


def right(parts: list[Part]) -> list[Part]:
    return [part.mirrored(part.name.replace(" l", " r")) for part in parts]


def front_of(points: Any, parts: list[Part]) -> Any:
    """The foremost z of these parts at places (x, y)."""
    window = Window((0, 150, 840, 1245), 450)
    depth = see(parts, window).depth
    columns = ((points[:, 0] - window.box[0]) * window.scale).astype(int).clip(0, depth.shape[1] - 1)
    rows = ((window.box[3] - points[:, 1]) * window.scale).astype(int).clip(0, depth.shape[0] - 1)
    return depth[rows, columns]


def finer(part: Part) -> Part:
    """With four triangles for each, and rounder: Loop's subdivision (1987)."""
    points, faces = part.points, part.faces
    sides = np.sort(np.vstack([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    across = np.concatenate([faces[:, 2], faces[:, 0], faces[:, 1]])
    edges, which, count = np.unique(sides, axis=0, return_inverse=True, return_counts=True)
    which = which.ravel()
    beside = np.zeros((len(edges), 3))
    np.add.at(beside, which, points[across])
    middle = points[edges].sum(axis=1)
    border = (count == 1)[:, None]
    new = np.where(border, middle / 2, 3 / 8 * middle + beside / 8)
    around, along = np.zeros_like(points), np.zeros_like(points)
    degree, ends = np.zeros(len(points)), np.zeros(len(points))
    for a, b in ((0, 1), (1, 0)):
        np.add.at(around, edges[:, a], points[edges[:, b]])
        np.add.at(degree, edges[:, a], 1)
        np.add.at(along, edges[:, a], np.where(border, points[edges[:, b]], 0))
        np.add.at(ends, edges[:, a], count == 1)
    weight = np.where(degree > 3, 3 / (8 * np.maximum(degree, 1)), 3 / 16)[:, None]
    old = np.where(
        (ends == 2)[:, None], 3 / 4 * points + along / 8, (1 - degree[:, None] * weight) * points + weight * around
    )
    ab, bc, ca = (len(points) + part_ for part_ in which.reshape(3, -1))
    a, b, c = faces.T
    split = np.vstack([np.c_[a, ab, ca], np.c_[ab, b, bc], np.c_[ca, bc, c], np.c_[ab, bc, ca]])
    return Part(part.name, part.tissue, np.vstack([old, new]), split)
