"""Draws every plate into cards/figures: python figures/draw.py [name …]. The same bytes each time."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import sys
import textwrap
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from packed import packed
from plate import Drawn, Figure, draw
from printed import printed

OUT = Path(__file__).parent.parent / "cards" / "figures"
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
LIMIT = 150_000  # bytes: the package holds all pictures
PRINT_LIMIT = 210_000  # of the painting in an SVG
BONES = "bones after musculoskeletal-models (MPL-2.0) and myo-sim (Apache-2.0), soft parts modeled"


def figures() -> list[Figure]:
    return [figure for name in PLATES for figure in importlib.import_module(name).FIGURES]


def main(names: list[str]) -> None:
    known = [figure.name for figure in figures()]
    if unknown := sorted(set(names) - set(known)):
        sys.exit(f"there is no figure {', '.join(unknown)}; there are {', '.join(known)}")
    with pool() as drawing:
        for found in drawing.map(files_of, names or known):
            for name, content in found.items():
                (OUT / name).write_bytes(content)
                print(f"{name}  {len(content):,} bytes")


def pool() -> ProcessPoolExecutor:
    """One figure for each processor."""
    return ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"))


def files_of(name: str) -> dict[str, bytes]:
    return files(next(figure for figure in figures() if figure.name == name))


def files(figure: Figure) -> dict[str, bytes]:
    """All that a figure has in cards/figures, by file name."""
    drawn = draw(figure)
    painting = packed(drawn.painted, figure, PRINT_LIMIT) if drawn.painted else None
    found = {f"{figure.name}.yaml": described(figure, drawn).encode()}
    found |= {f"{figure.name}{end}.png": packed(picture, figure, LIMIT) for end, picture in drawn.pictures.items()}
    found |= {f"{figure.name}{end}.svg": text.encode() for end, text in printed(figure, painting).items()}
    return found


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
