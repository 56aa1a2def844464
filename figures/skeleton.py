"""The bones as stored, the symphysis between them, and the sacral foramina that the stored sacrum has not."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from shapes import swept
from view import Part

GEOMETRY = Path(__file__).parent / "geometry" / "bones.npz"
SPINE = ("T12", "L1", "L2", "L3", "L4", "L5")


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


SYMPHYSIS = [(0, 914, -119, 3.2, 4), (0, 905, -122, 3.2, 9), (0, 896, -130, 3.2, 10), (0, 888, -136, 3, 4)]


@cache
def symphysis() -> Part:
    points, faces, _, _ = swept(SYMPHYSIS, 40, 24)
    return Part("symphysis", "disc", points, faces)


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
