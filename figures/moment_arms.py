"""Psoas major's moment arms about the lumbar segments, computed from the fascicles of one published spine model.

`geometry/psoas.json` holds eleven straight fascicles a side of myo-sim (after Christophy 2012), the first from L1: nothing is
said of T12–L1. The arm is that of a fascicle's pull about the left-right axis through a segment's center, per unit of
force; a level's arm is the mean over the fascicles that cross it, weighted by their force in the model. The fascicles are
the model's own; the column, with them, stands on the sacrum as in the other plates. Frame as in reduce.py.

How far to trust it: `spread` has the means of all eight ways to put it together (seated so or as published; down to the
published point beside the pelvic inlet or to where the psoas of the model's leg crosses the brim, 57 mm lower; weighted or
not). In millimetres, flexion positive:

    upright    L1–L2 -7 to -3    L2–L3 -9 to -4     L3–L4 -7 to 1     L4–L5 1 to 12    L5–S1 16 to 29
    flexed     L1–L2  3 to 8     L2–L3  7 to 11     L3–L4 13 to 21    L4–L5 20 to 29   L5–S1 30 to 41
    extended   L1–L2 -10 to -6   L2–L3 -14 to -9    L3–L4 -13 to -5   L4–L5 -5 to 7    L5–S1 12 to 25

Against the literature. Bogduk 1992 (abstract) has the same signs upright and extended, extension above and flexion below, and calls the moments
very small and the compression severe; here 78 to 100 % of the summed pull presses each segment together. Penning 2000
(abstract) too has opposite effects above and below. Reid 1994 (abstract, MRI) found the arm from front to back small all the way
from L2 to S1, where this model has 16 to 29 mm at L5–S1. It is the model that errs: real fascicles lie along the
column and bend with it, while a straight line cuts the corner. For the same reason it makes too much of posture. So the
signs say more than the sizes, and the sign of a level near zero says nothing. The full texts of Bogduk 1992, Santaguida
1995 and Jorgensen 2001 were not to be had: none of their numbers is used.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

LEVELS = ("L1–L2", "L2–L3", "L3–L4", "L4–L5", "L5–S1")
SHARES = (0.255, 0.231, 0.204, 0.185, 0.125)  # of a bend of the whole lumbar spine, from above: the model's own
POSTURES = {"flexed": 50.0, "upright": 0.0, "extended": -15.0}  # degrees from upright, L1 against the sacrum


@cache
def model() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / "geometry" / "psoas.json").read_text("utf-8"))
    return found


def bent(total: float) -> dict[str, float]:
    """Degrees by level."""
    return {level: total * share for level, share in zip(LEVELS, SHARES, strict=True)}


def placed(angles: dict[str, float], seated: bool = True) -> tuple[dict[str, Any], list[Any]]:
    """The segment centers and the upper ends of the fascicles, each segment bent forward by its degrees."""
    seat = np.array(model()["seat"]) * seated
    centers = {level: np.array(model()["centers"][level]) + seat for level in LEVELS}
    upper = [np.array(fascicle["at"]) + seat for fascicle in model()["fascicles"]]
    for row, level in reversed(list(enumerate(LEVELS))):  # what stands on a segment turns about its center
        pivot, a = centers[level].copy(), np.radians(angles[level])
        turn = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
        for higher in LEVELS[:row]:
            centers[higher] = turn @ (centers[higher] - pivot) + pivot
        upper = [turn @ (p - pivot) + pivot if crosses(i, level) else p for i, p in enumerate(upper)]
    return centers, upper


def crosses(fascicle: int, level: str) -> bool:
    return int(model()["fascicles"][fascicle]["vertebra"][1]) <= int(level[1])


def arms(angles: dict[str, float], seated: bool = True, lower: str = "end") -> dict[str, dict[int, float]]:
    """Of each fascicle about each level that it crosses."""
    centers, upper = placed(angles, seated)
    found: dict[str, dict[int, float]] = {level: {} for level in LEVELS}
    for level, center in centers.items():
        for i, at in enumerate(upper):
            if crosses(i, level):
                found[level][i] = float(np.cross(at - center, pull(at, lower))[0])
    return found


def pull(at: Any, lower: str = "end") -> Any:
    away = np.array(model()[lower]) - at
    return away / np.linalg.norm(away)


def means(total: float, seated: bool = True, lower: str = "end", weighted: bool = True) -> list[float]:
    """By level, from above."""
    forces = [fascicle["force"] if weighted else 1.0 for fascicle in model()["fascicles"]]
    by_level = arms(bent(total), seated, lower).values()
    return [float(np.average(list(own.values()), weights=[forces[i] for i in own])) for own in by_level]


def spread(total: float) -> list[tuple[float, float]]:
    """The smallest and the largest mean by level, over all ways to put the model together."""
    ways = [means(total, *way) for way in product((True, False), ("end", "brim"), (True, False))]
    return [(min(level), max(level)) for level in zip(*ways, strict=True)]


def summed(level: str) -> Any:
    """Upright: the pull of all fascicles that cross it, both sides together: no part of it is sideward."""
    _, upper = placed(bent(0))
    forces = [fascicle["force"] for fascicle in model()["fascicles"]]
    return sum(forces[i] * pull(at) for i, at in enumerate(upper) if crosses(i, level)) * [0, 1, 1]


def pressing() -> list[float]:
    """Upright: the share of that pull which runs along the line of the neighboring centers, and so presses them together."""
    centers, _ = placed(bent(0))
    chain = list(centers.values())
    found = []
    for row, level in enumerate(LEVELS):
        along = chain[min(row + 1, len(chain) - 1)] - chain[max(row - 1, 0)]
        found.append(float(summed(level) @ along / np.linalg.norm(along) / np.linalg.norm(summed(level))))
    return found


if __name__ == "__main__":
    for name, degrees in POSTURES.items():
        print(
            name,
            *(f"{mean:.1f} ({a:.1f} to {b:.1f})" for mean, (a, b) in zip(means(degrees), spread(degrees), strict=True)),
        )
    print("pressing", *(f"{share:.2f}" for share in pressing()))
