"""Draws every plate into cards/figures: python figures/draw.py [name …]. The same bytes each time."""

from __future__ import annotations

import importlib
import io
import json
import sys
import textwrap
from pathlib import Path

from PIL import Image

from plate import Drawn, Figure, draw

HERE = Path(__file__).parent
OUT = HERE.parent / "cards" / "figures"
PLATES = (
    "anterior",
    "attachments",
    "nerves",
    "lateral",
    "hip_section",
    "cross_section",
    "paradox",
    "variations",
    "clinical_tests",
    "referred_pain",
)  # modules with FIGURES
LIMIT = 150_000  # bytes
BONES = "bones after musculoskeletal-models (MPL-2.0) and myo-sim (Apache-2.0), soft parts modelled"


def figures() -> list[Figure]:
    there = [name for name in PLATES if (HERE / f"{name}.py").exists()]
    return [figure for name in there for figure in importlib.import_module(name).FIGURES]


def main(names: list[str]) -> None:
    for figure in figures():
        if names and figure.name not in names:
            continue
        drawn = draw(figure)
        (OUT / f"{figure.name}.yaml").write_text(described(figure, drawn), "utf-8")
        for suffix, picture in drawn.pictures.items():
            path = OUT / f"{figure.name}{suffix}.png"
            path.write_bytes(packed(picture))
            print(f"{path.name}  {picture.width} x {picture.height}, {path.stat().st_size:,} bytes")


def packed(picture: Image.Image) -> bytes:
    """As a PNG of few colors, as many as fit."""
    for colors in (160, 128, 96, 64, 32):
        content = io.BytesIO()
        picture.quantize(colors, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE).save(
            content, "PNG", optimize=True
        )
        if content.tell() <= LIMIT:
            return content.getvalue()
    raise ValueError(f"{content.tell()} bytes with few colors")


def described(figure: Figure, drawn: Drawn) -> str:
    lines = ["# Written by figures/draw.py: change the figure there.", f"title: {json.dumps(figure.title)}"]
    for key, text in (("alt", figure.alt), ("alt_blank", figure.alt_blank)):
        lines += [f"{key}: |", *textwrap.wrap(" ".join(text.split()), 118, initial_indent="  ", subsequent_indent="  ")]
    lines += [
        f"credit: {json.dumps(f'{figure.credit}; {BONES}' if figure.scenes else figure.credit, ensure_ascii=False)}",
        "licence: CC BY 4.0",
        f"sources: [{', '.join(figure.sources)}]",
        "labels:",
    ]
    for label in figure.labels:
        text = json.dumps(label.text.replace("-\n", "").replace("\n", " "), ensure_ascii=False)
        box = ", ".join(f"{x:.4f}" for x in drawn.boxes[label.key])
        lines.append(f"  {label.key}: {{text: {text}, number: {label.number}, box: [{box}]}}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
