"""Shapes of the schematic plates as SVG: smooth curves through points, filled and outlined in the tones of the other plates."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from paint import TISSUES

OUTLINE = "#231a14"
Points = Sequence[tuple[float, float]]


def tone(tissue: str, step: int = 3) -> str:
    """One of the six tones of a tissue of `paint.TISSUES`, from dark (0) to light (5)."""
    return TISSUES[tissue].split()[step]


def closed(points: Points) -> str:
    """Path data of a smooth closed curve through the points (Catmull–Rom as cubic Bézier)."""
    around = [points[-1], *points, *points[:2]]
    return f"M{_pair(points[0])}{_cubics(around)}Z"


def open(points: Points) -> str:
    """Path data of a smooth curve through the points."""
    first, last = points[:2], points[-2:]
    before = (2 * first[0][0] - first[1][0], 2 * first[0][1] - first[1][1])
    after = (2 * last[1][0] - last[0][0], 2 * last[1][1] - last[0][1])
    return f"M{_pair(points[0])}{_cubics([before, *points, after])}"


def polygon(points: Points) -> str:
    """Path data with corners."""
    return "M" + "L".join(_pair(p) for p in points) + "Z"


def path(d: str, fill: str = "none", stroke: str = OUTLINE, width: float = 3, **more: str | float) -> str:
    """A path element; `more` are attributes with `_` for `-`: `opacity=0.5`, `stroke_dasharray="8 6"`."""
    named: dict[str, str | float] = {
        "fill": fill,
        "stroke": stroke,
        "stroke-width": width,
        "stroke-linejoin": "round",
        "stroke-linecap": "round",
    }
    named |= {key.replace("_", "-"): value for key, value in more.items()}
    given = " ".join(f'{key}="{escape(_short(value))}"' for key, value in named.items())
    return f'<path d="{d}" {given}/>'


def fibers(one: Points, other: Points, count: int, color: str, width: float = 1.6, trim: float = 0.06) -> str:
    """Thin lines from one border of a muscle to its other: both borders run the same way with as many points."""
    found = []
    for line in range(1, count + 1):
        t = line / (count + 1)
        course = [(a + t * (c - a), b + t * (d - b)) for (a, b), (c, d) in zip(one, other, strict=True)]
        found.append(path(open(shortened(course, trim)), stroke=color, width=width))
    return "".join(found)


def shortened(points: Points, trim: float) -> list[tuple[float, float]]:
    """Without this share of the first and of the last stretch between two points, in parts of the whole line."""
    steps = len(points) - 1

    def at(t: float) -> tuple[float, float]:
        i = min(int(t * steps), steps - 1)
        (a, b), (c, d), u = points[i], points[i + 1], t * steps - i
        return a + u * (c - a), b + u * (d - b)

    inner = [points[i] for i in range(1, steps) if trim < i / steps < 1 - trim]
    return [at(trim), *inner, at(1 - trim)]


def group(*parts: str, **more: str | float) -> str:
    """`<g>` with attributes such as `clip_path="url(#belly)"` or `transform="translate(10 0)"`."""
    given = "".join(f' {key.replace("_", "-")}="{escape(_short(value))}"' for key, value in more.items())
    return f"<g{given}>{''.join(parts)}</g>"


def clip(name: str, d: str) -> str:
    """A named outline to cut others with: `group(…, clip_path="url(#name)")`. Names are unique in a plate."""
    return f'<clipPath id="{name}"><path d="{d}"/></clipPath>'


def mirrored(points: Points, middle: float = 450) -> list[tuple[float, float]]:
    return [(2 * middle - x, y) for x, y in points]


def _cubics(points: Points) -> str:
    """Through all but the first and last point."""
    found = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(points, points[1:], points[2:], points[3:], strict=False):
        found.append(
            f"C{_pair((bx + (cx - ax) / 6, by + (cy - ay) / 6))} {_pair((cx - (dx - bx) / 6, cy - (dy - by) / 6))}"
            f" {_pair((cx, cy))}"
        )
    return "".join(found)


def _pair(point: tuple[float, float]) -> str:
    return f"{_short(point[0])} {_short(point[1])}"


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 1):g}" if abs(value) >= 10 else f"{round(value, 2):g}"
