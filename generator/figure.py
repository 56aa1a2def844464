"""A figure's description and its picture files become a Figure; complains about pictures that Anki or print would break on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from .model import Figure, FigureFile
from .problem import Problem

PNG = b"\x89PNG\r\n\x1a\n"
MAX_BYTES = 400_000


def figure(
    name: str, namespace: str, shape: FigureFile, files: Mapping[str, bytes]
) -> tuple[Figure | None, list[Problem]]:
    """`files` are the pictures beside cards/figures/NAME.yaml by file name: NAME.png; NAME-blank.png without names; NAME-occlusion.png
    with the labels that occlusion cards hide and no other lettering, so that nothing left to see gives one away.

    In the package a picture is `_<namespace>-<name>-<hash>.png`: the underscore makes Anki copy it even where a learner
    changed the note type, the hash keeps it from going stale (Anki 26.9.3, research t13_media).
    """
    path = f"cards/figures/{name}.yaml"
    problems: list[Problem] = []
    packed: dict[str, tuple[str, bytes]] = {}
    for suffix in ("", "-blank", "-occlusion"):
        file = f"{name}{suffix}.png"
        content = files.get(file)
        if content is None:
            if not suffix:
                problems.append(Problem(path, "no-picture", f"there is no cards/figures/{file}"))
            continue
        problems += _picture(f"cards/figures/{file}", content)
        digest = hashlib.sha256(content).hexdigest()[:12]
        packed[suffix] = (f"_{namespace}-{name}{suffix}-{digest}.png", content)
    problems += _labels(path, shape)
    if problems:
        return None, problems
    names = {suffix: picture for suffix, (picture, _) in packed.items()}
    return (
        Figure(name, shape, names[""], names.get("-blank"), names.get("-occlusion"), tuple(packed.values())),
        [],
    )


def _picture(path: str, content: bytes) -> list[Problem]:
    if not content.startswith(PNG):
        return [
            Problem(
                path, "not-a-png", "this is not a PNG picture", help="save it as PNG; the name alone does not change it"
            )
        ]
    if len(content) > MAX_BYTES:
        return [
            Problem(path, "picture-too-large", f"this picture has {len(content):,} bytes; the limit is {MAX_BYTES:,}")
        ]
    return []


def _labels(path: str, shape: FigureFile) -> list[Problem]:
    problems = []
    seen: dict[int, str] = {}
    for key, label in shape.labels.items():
        left, top, width, height = label.box
        if not (width and height and left + width <= 1 and top + height <= 1):
            problems.append(
                Problem(
                    path,
                    "label-outside",
                    f'the box of label "{key}" is not inside the picture',
                    ("labels", key, "box"),
                    help="left, top, width, height, each a fraction of the picture",
                )
            )
        if label.number in seen:
            problems.append(
                Problem(
                    path,
                    "duplicate-number",
                    f'labels "{seen[label.number]}" and "{key}" have the same number',
                    ("labels", key, "number"),
                )
            )
        seen.setdefault(label.number, key)
    return problems
