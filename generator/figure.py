"""A figure's description and its picture files become a Figure; complains about what Anki, print or a learner would stumble over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from pathlib import PurePosixPath

from .model import Figure, FigureFile
from .png import png
from .problem import Problem
from .similar import similar
from .svg import svg

FOLDER = "cards/figures"
FORMS = ("", "-blank", "-occlusion")
PRINTED = ("", "-blank")
PICTURES = frozenset(
    (".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".pdf", ".ai", ".eps")
)
TOUCH = 1e-6  # boxes side by side: sums of fractions are not exact
MAX_TOGETHER = 2_700_000  # bytes: with its cards a package stays under 3 MB


def figure(
    name: str, namespace: str, shape: FigureFile, files: Mapping[str, bytes]
) -> tuple[Figure | None, list[Problem]]:
    """`files` are the pictures beside cards/figures/NAME.yaml by file name: NAME.png; NAME-blank.png without names; NAME-occlusion.png
    with the labels that occlusion cards hide and no other lettering, so that nothing left to see gives one away; NAME.svg
    and NAME-blank.svg, the same for print.

    In the package a picture is `_<namespace>-<name>-<hash>.png`: the underscore makes Anki copy it even where a learner
    changed the note type, the hash keeps it from going stale (Anki 26.9.3, research t13_media).
    """
    path = f"{FOLDER}/{name}.yaml"
    problems: list[Problem] = []
    packed: dict[str, tuple[str, bytes]] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for form in FORMS:
        file = f"{name}{form}.png"
        content = files.get(file)
        if content is None:
            if not form:
                problems.append(Problem(path, "no-picture", f"there is no {FOLDER}/{file}"))
            continue
        size, found = png(f"{FOLDER}/{file}", content)
        problems += found
        sizes |= {form: size} if size else {}
        digest = hashlib.sha256(content).hexdigest()[:12]
        packed[form] = (f"_{namespace}-{name}{form}-{digest}.png", content)
    drawings = {
        form: (f"{name}{form}.svg", files[f"{name}{form}.svg"]) for form in PRINTED if f"{name}{form}.svg" in files
    }
    for form, (file, content) in drawings.items():
        problems += svg(f"{FOLDER}/{file}", content, sizes.get(form))
    problems += _sizes(name, sizes) + _labels(path, shape) + _told(path, shape)
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    names = {form: picture for form, (picture, _) in packed.items()}
    made = Figure(
        name, shape, names[""], names.get("-blank"), names.get("-occlusion"), tuple(packed.values()),
        drawings.get(""), drawings.get("-blank"),
    )  # fmt: skip
    return made, problems


def strays(files: Iterable[str], figures: Collection[str]) -> list[Problem]:
    """Of the file names in the folder: pictures that no figure shows, and figures that would share one."""
    problems = []
    shown = {f"{name}{form}.png" for name in figures for form in FORMS}
    shown |= {f"{name}{form}.svg" for name in figures for form in PRINTED}
    for file in files:
        path, stem, end = f"{FOLDER}/{file}", PurePosixPath(file).stem, PurePosixPath(file).suffix
        if end == ".yaml" and (form := next((form for form in PRINTED + FORMS if form and stem.endswith(form)), None)):
            of = stem.removesuffix(form)
            message = f'"{stem}" is the name of a form of figure "{of}": both would have the picture {stem}.png'
            problems.append(Problem(path, "figure-name", message, help=f"a figure's name does not end in {form}"))
        elif end.lower() not in PICTURES or file in shown:
            continue
        elif end not in (".png", ".svg"):
            message = "figures are PNG pictures, and SVG drawings for print"
            help_ = f"rename it to {stem}{end.lower()}" if end.lower() in (".png", ".svg") else "save it as PNG"
            problems.append(Problem(path, "picture-format", message, help=help_))
        else:
            message = "no figure shows this picture"
            meant = similar(file, shown)
            help_ = f"rename it to {meant}" if meant else f"describe it in {FOLDER}/{stem}.yaml, or delete it"
            problems.append(Problem(path, "stray-picture", message, help=help_))
    return problems


def together(figures: Iterable[Figure], fields: Iterable[str]) -> list[Problem]:
    """What the pictures weigh that a package holds: those that some field (HTML) shows."""
    shown = {name for field in fields if "<img " in field for name in re.findall(r'src="([^"]+)"', field)}
    total = sum(len(content) for figure in figures for name, content in figure.files if name in shown)
    if total <= MAX_TOGETHER:
        return []
    message = f"the pictures on cards have {total:,} bytes together; a package stays handy with {MAX_TOGETHER:,}"
    return [Problem(FOLDER, "heavy-pictures", message, help="save some with fewer colors", severity="review")]


def _sizes(name: str, sizes: Mapping[str, tuple[int, int]]) -> list[Problem]:
    problems = []
    for form, (width, height) in sizes.items():
        if sizes.get("", (width, height)) != (width, height):
            message = "this picture is {} by {} pixels, {}.png {} by {}".format(width, height, name, *sizes[""])
            help_ = "the labels' boxes must fit both"
            problems.append(Problem(f"{FOLDER}/{name}{form}.png", "picture-sizes", message, help=help_))
    return problems


def _labels(path: str, shape: FigureFile) -> list[Problem]:
    problems = []
    seen: dict[int, str] = {}
    for key, label in shape.labels.items():
        left, top, width, height = label.box
        if not (width and height and left + width <= 1 and top + height <= 1):
            message = f'the box of label "{key}" is not inside the picture'
            help_ = "left, top, width, height, each a fraction of the picture"
            problems.append(Problem(path, "label-outside", message, ("labels", key, "box"), help_))
        if label.number in seen:
            message = f'labels "{seen[label.number]}" and "{key}" have the same number'
            problems.append(Problem(path, "duplicate-number", message, ("labels", key, "number")))
        seen.setdefault(label.number, key)
    for (one, first), (other, second) in combinations(shape.labels.items(), 2):
        (a, b, c, d), (e, f, g, h) = first.box, second.box
        if min(a + c, e + g) - max(a, e) > TOUCH and min(b + d, f + h) - max(b, f) > TOUCH:
            message = f'the boxes of labels "{one}" and "{other}" overlap: one mask would cover the other lettering'
            problems.append(Problem(path, "labels-overlap", message, ("labels", other, "box")))
    return problems


def _told(path: str, shape: FigureFile) -> list[Problem]:
    """A screen reader reads alt_blank where the names are asked."""
    problems = []
    for key, label in shape.labels.items():
        words = r"\s+".join(map(re.escape, label.text.split()))
        if found := re.search(rf"\b{words}(?:s|es)?\b", shape.alt_blank, re.IGNORECASE):
            message = f'alt_blank names label "{key}", which the blank picture hides'
            help_ = "say what is seen without the names"
            problems.append(Problem(path, "blank-names-label", message, ("alt_blank",), help_, needle=found.group()))
    return problems
