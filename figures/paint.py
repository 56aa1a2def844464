"""What is seen becomes a colored picture: a few flat tones for each tissue, fibers, ink lines, colored areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy import ndimage

from view import Part, Seen, Window, see

# Dark to light. Lightness tells the tissues apart where hue does not (deuteranopia, gray): see README.md.
TISSUES = {
    "bone": "#b3996f #cdb68c #e0cea8 #ecdfc3 #f5ecd8 #fbf6ea",
    "disc": "#7f9fb0 #98b5c3 #b0cad6 #c5d9e2 #d6e5eb #e4eff3",
    "psoas major": "#641c17 #822a22 #9d382e #b3493d #c65f52 #d87d70",
    "iliacus": "#a8602a #c0773a #d38f50 #e0a66b #ebbc8a #f3d0a9",
    "psoas minor": "#5b3f75 #745490 #8d6da8 #a488bd #bba4cf #d2c1e1",
    "tendon": "#a99a7e #c4b699 #d8ccb2 #e7dec9 #f1eadb #f9f5ec",
    "nerve": "#a87b00 #c99c0e #e2b81f #f2cf48 #f8df7c #fcecaa",
    "ligament": "#8d937a #a5ab92 #bcc2aa #d0d5c2 #e1e5d7 #eff1e9",
}
INK = np.array([52, 36, 26.0])
LIGHT = np.array([-0.45, 0.55, 0.70]) / np.linalg.norm([-0.45, 0.55, 0.70])
STEPS = (0.22, 0.38, 0.54, 0.68, 0.82)  # shade at which the next tone begins
Area = tuple[Callable[[Any], Any], str, Sequence[str]]  # signed distance (mm) of places, color, names of bones


def tones(tissue: str) -> Any:
    return np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in TISSUES[tissue].split()], float)


def paint(
    parts: list[Part], window: Window, areas: Sequence[Area] = (), marks: Sequence[Area] = ()
) -> tuple[Any, Seen]:
    """`areas` are attachments colored on the bone, with an ink border; `marks` are holes in it, darkened."""
    seen = see(parts, window)
    k = window.scale  # pixels a mm
    shown = seen.part >= 0
    shade = _shade(seen, shown, k)
    picture = np.full((*seen.part.shape, 3), 255.0)
    border = np.zeros(seen.part.shape)
    for index, part in enumerate(parts):
        own = seen.part == index
        if not own.any():
            continue
        inner = _within(np.where(own, shade, 0), own, 0.35 * k)
        for away, _, names in marks:
            if part.name in names:
                inner = inner - 0.6 * np.clip(0.6 - away(seen.place) / 1.5, 0, 1)
        color = _toned(inner, tones(part.tissue), own)
        for away, area, names in areas:
            if part.name not in names:
                continue
            distance = np.where(own, away(seen.place), 9.0)
            mixed = _toned(inner, area_tones(area), own)
            color = np.where((distance < 0)[..., None], mixed, color)
            border = np.maximum(border, np.clip(1.0 - np.abs(distance) / 0.45, 0, 1))
        if part.fiber is not None:
            color = _fibers(color, seen, own, part, inner, k)
        picture[own] = color[own]
    line = np.maximum(_ink(seen, k), border * shown)
    return picture * (1 - line[..., None]) + INK * line[..., None], seen


def _shade(seen: Seen, shown: Any, k: float) -> Any:
    floor = seen.depth[shown].min() - 40 if shown.any() else 0
    depth = np.where(shown, seen.depth, floor)
    hollow = sum(np.clip((ndimage.gaussian_filter(depth, s * k) - depth) / (s * 1.6), -0.25, 1) for s in (2, 5, 9)) / 3
    n = seen.normal
    return (
        0.62 * np.clip(0.75 * (n @ LIGHT) + 0.25, 0, 1)
        + 0.32 * n[..., 2]
        + 0.12 * np.clip(n[..., 1], 0, 1)
        - 0.38 * np.clip(hollow, 0, 1)
    )


def _within(values: Any, own: Any, sigma: float) -> Any:
    """Smoothed, without what lies outside."""
    weight = ndimage.gaussian_filter(own.astype(float), sigma)
    return ndimage.gaussian_filter(values, sigma) / np.maximum(weight, 1e-6)


def _toned(shade: Any, colors: Any, own: Any) -> Any:
    """Flat tones with soft, narrow borders, where it is the part's own."""
    shade = shade[own]
    found = np.broadcast_to(colors[0], (*shade.shape, 3)).copy()
    for step, color in zip(STEPS, colors[1:], strict=True):
        over = np.clip((shade - step) / 0.03 + 0.5, 0, 1)[..., None]
        found = found * (1 - over) + color * over
    whole = np.zeros((*own.shape, 3))
    whole[own] = found
    return whole


def area_tones(color: str) -> Any:
    base = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], float)
    return np.array(
        [base * f + 255 * g for f, g in ((0.72, 0), (0.85, 0), (0.95, 0.02), (1, 0), (0.9, 0.1), (0.8, 0.2))]
    )


def _fibers(color: Any, seen: Seen, own: Any, part: Part, shade: Any, k: float) -> Any:
    """Thin darker lines along the fibers; flesh turns into tendon in points, as it does."""
    phase = seen.fiber
    gy, gx = np.gradient(phase)
    slope = np.hypot(gx, gy)
    slope[~ndimage.binary_erosion(own)] = 1
    apart = np.clip(1.2 - slope * 0.55 * k, 0, 1)  # fibers too close to be told apart are not drawn
    if part.tendon is not None and part.tissue != "tendon":
        teeth = 0.5 + 0.5 * apart * np.cos(2 * np.pi * phase)
        tendon = np.clip((seen.tendon - 0.3 - 0.4 * teeth) / 0.06 + 0.5, 0, 1)[..., None]
        color = color * (1 - tendon) + _toned(shade, tones("tendon"), own) * tendon
    away = np.abs((phase + 0.5) % 1 - 0.5) / np.maximum(slope, 1e-4)  # pixels from the nearest line
    line = np.clip(0.17 * k + 0.5 - away, 0, 1) * apart
    return color * (1 - 0.30 * line[..., None])


def _ink(seen: Seen, k: float) -> Any:
    """Where the part changes or the depth jumps; a little wider on the outside of everything."""
    part, depth = seen.part, np.where(seen.part >= 0, seen.depth, -2000.0)
    edge = np.zeros(part.shape, bool)
    for axis in (0, 1):
        for step in (1, -1):
            other = np.roll(depth, step, axis)
            slope = np.minimum(
                np.abs(other - np.roll(depth, 2 * step, axis)), np.abs(np.roll(depth, -step, axis) - depth)
            )
            edge |= np.abs(depth - other) - 1.5 * slope > 2.2
        edge |= part != np.roll(part, 1, axis)
    edge[:3], edge[-3:], edge[:, :3], edge[:, -3:] = False, False, False, False
    pieces, count = ndimage.label(edge, np.ones((3, 3)))
    long = np.bincount(pieces.ravel(), minlength=count + 1) > 22 * k  # specks where two surfaces meet are no lines
    edge &= long[pieces]
    away = ndimage.distance_transform_edt(~edge)
    fine = np.clip(0.26 * k + 0.5 - away, 0, 1)
    outside = (part < 0) ^ ndimage.binary_dilation(part < 0, iterations=2)
    outside[:3], outside[-3:], outside[:, :3], outside[:, -3:] = False, False, False, False
    contour = np.clip(0.36 * k + 0.5 - ndimage.distance_transform_edt(~outside), 0, 1)
    return np.maximum(fine, contour)
