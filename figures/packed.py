"""A picture as a PNG of few colors: the flat tones of the plate as they are, what lies between them as near as fits."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
from PIL import Image

from paint import area_tones, tones
from plate import DARK, Figure

COLORS = (160, 128, 96, 64, 48, 32)


def packed(picture: Image.Image, figure: Figure, limit: int) -> bytes:
    """Not more than `limit` bytes."""
    kept = kept_colors(figure)
    for colors in COLORS:
        content = io.BytesIO()
        reduced(picture.convert("RGB"), kept, colors).save(content, "PNG", optimize=True)
        if content.tell() <= limit:
            return content.getvalue()
    raise ValueError(f"{figure.name}: {content.tell()} bytes with few colors")


def kept_colors(figure: Figure) -> Any:
    """Of tissues, areas, lettering and the figure's own art; median cut alone would give rare ones to their neighbors."""
    written = [label.color for label in figure.labels] + [note.color for note in figure.notes] + [DARK, "#ffffff"]
    written += re.findall(r"#[0-9a-f]{6}\b", figure.art)
    found = [[_rgb(color) for color in dict.fromkeys(written)]]
    for scene in figure.scenes:
        found += [tones(part.tissue) for part in scene.parts] + [area_tones(color) for _, color, _ in scene.areas]
    return np.unique(np.vstack(found).round().astype(int).clip(0, 255), axis=0)


def reduced(picture: Image.Image, kept: Any, colors: int) -> Image.Image:
    if colors <= len(kept) + 16:
        kept = kept[:0]
    between = picture.quantize(colors - len(kept), Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    palette = np.array(between.getpalette("RGB")).reshape(-1, 3)[: colors - len(kept)]
    palette = np.unique(np.vstack([kept, palette]), axis=0)
    pixels = np.asarray(picture).reshape(-1, 3).astype(int) @ (1 << 16, 1 << 8, 1)
    seen, where = np.unique(pixels, return_inverse=True)
    each = np.stack([seen >> 16, seen >> 8 & 255, seen & 255], axis=1).astype(np.float32)
    colors_ = palette.astype(np.float32)  # squares of bytes are exact in these floats
    nearest = ((colors_**2).sum(axis=1) - 2 * each @ colors_.T).argmin(axis=1)
    found = Image.fromarray(nearest[where].reshape(picture.height, picture.width).astype(np.uint8))
    found = found.convert("L")
    found.putpalette(palette.astype(np.uint8).tobytes())
    return found


def _rgb(color: str) -> list[int]:
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]
