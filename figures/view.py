"""Triangles become pixels: an orthographic z-buffer with part, depth, normal, place and fiber phase of each pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass
class Part:
    """A body in the scene. `fiber` runs across a muscle's fibers, `tendon` from 0 (flesh) to 1, for each point."""

    name: str
    tissue: str
    points: Any
    faces: Any
    fiber: Any = None
    tendon: Any = None

    def mirrored(self, name: str) -> Part:
        return Part(name, self.tissue, self.points * [-1, 1, 1], self.faces[:, ::-1], self.fiber, self.tendon)


@dataclass
class Window:
    """What is seen: turn about the vertical (0 from the front, 90 from the subject's left), lift, box in mm, scale."""

    box: tuple[float, float, float, float]  # left, right, bottom, top
    width: int  # pixels
    turn: float = 0
    lift: float = 0

    @property
    def scale(self) -> float:
        return self.width / (self.box[1] - self.box[0])

    @property
    def height(self) -> int:
        return round((self.box[3] - self.box[2]) * self.scale)

    @property
    def axes(self) -> Any:
        """Rows: right, up, toward the viewer."""
        a, e = np.radians(self.turn), np.radians(self.lift)
        back = np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)])
        right = np.cross([0, 1, 0], back)
        right /= np.linalg.norm(right)
        return np.vstack([right, np.cross(back, right), back])

    def pixel(self, point: Any) -> tuple[float, float]:
        """Of a point in space, or of (right, up) in the view."""
        p = np.asarray(point, float)
        x, y = (self.axes @ p)[:2] if len(p) == 3 else p
        return (x - self.box[0]) * self.scale, (self.box[3] - y) * self.scale


@dataclass
class Seen:
    """Buffers, one value a pixel; part is -1 where nothing is."""

    part: Any
    depth: Any
    normal: Any
    place: Any
    fiber: Any
    tendon: Any


def see(parts: list[Part], window: Window) -> Seen:
    h, w, axes = window.height, window.width, window.axes
    depth, part = np.full((h, w), -1e9), np.full((h, w), -1)
    normal, extra = np.zeros((h, w, 3)), np.zeros((h, w, 2))
    for index, body in enumerate(parts):
        _draw(index, body, window, axes, depth, part, normal, extra)
    length = np.linalg.norm(normal, axis=2, keepdims=True)
    normal /= np.where(length == 0, 1, length)
    normal[normal[..., 2] < 0] *= -1
    rows, columns = np.mgrid[0:h, 0:w]
    across = window.box[0] + (columns + 0.5) / window.scale
    up = window.box[3] - (rows + 0.5) / window.scale
    return Seen(part, depth, normal, np.dstack([across, up, depth]) @ axes, extra[..., 0], extra[..., 1])


def _draw(index: int, body: Part, window: Window, axes: Any, *buffers: Any) -> None:
    depth, part, normal, extra = buffers
    h, w = part.shape
    at = body.points @ axes.T
    px, py, pz = (at[:, 0] - window.box[0]) * window.scale, (window.box[3] - at[:, 1]) * window.scale, at[:, 2]
    facing = vertex_normals(body.points, body.faces) @ axes.T
    phase = np.zeros(len(at)) if body.fiber is None else body.fiber
    tendon = np.zeros(len(at)) if body.tendon is None else body.tendon
    values = np.c_[facing, phase, tendon]
    xs, ys, zs = px[body.faces], py[body.faces], pz[body.faces]
    det = (ys[:, 1] - ys[:, 2]) * (xs[:, 0] - xs[:, 2]) + (xs[:, 2] - xs[:, 1]) * (ys[:, 0] - ys[:, 2])
    i0, i1 = (
        np.maximum(0, np.ceil(xs.min(1) - 0.5)).astype(int),
        np.minimum(w - 1, np.floor(xs.max(1) - 0.5)).astype(int),
    )
    j0, j1 = (
        np.maximum(0, np.ceil(ys.min(1) - 0.5)).astype(int),
        np.minimum(h - 1, np.floor(ys.max(1) - 0.5)).astype(int),
    )
    for t in np.nonzero((i1 >= i0) & (j1 >= j0) & (np.abs(det) > 1e-9))[0]:
        x, y, d = xs[t], ys[t], det[t]
        gx = np.arange(i0[t], i1[t] + 1) + 0.5
        gy = (np.arange(j0[t], j1[t] + 1) + 0.5)[:, None]
        a = ((y[1] - y[2]) * (gx - x[2]) + (x[2] - x[1]) * (gy - y[2])) / d
        b = ((y[2] - y[0]) * (gx - x[2]) + (x[0] - x[2]) * (gy - y[2])) / d
        c = 1 - a - b
        z = a * zs[t, 0] + b * zs[t, 1] + c * zs[t, 2]
        box = slice(j0[t], j1[t] + 1), slice(i0[t], i1[t] + 1)
        inside = (a >= -1e-6) & (b >= -1e-6) & (c >= -1e-6) & (z > depth[box])
        if not inside.any():
            continue
        depth[box][inside], part[box][inside] = z[inside], index
        corner = values[body.faces[t]]
        mixed = a[inside, None] * corner[0] + b[inside, None] * corner[1] + c[inside, None] * corner[2]
        normal[box][inside], extra[box][inside] = mixed[:, :3], mixed[:, 3:]


def vertex_normals(points: Any, faces: Any) -> Any:
    across = np.cross(points[faces[:, 1]] - points[faces[:, 0]], points[faces[:, 2]] - points[faces[:, 0]])
    found = np.zeros_like(points, dtype=float)
    for k in range(3):
        np.add.at(found, faces[:, k], across)
    return found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-12)
