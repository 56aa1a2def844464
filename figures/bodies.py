"""All that can stand in a scene, under one name: bones and the soft parts of the left side."""

from __future__ import annotations

from muscles import iliacus, iliacus_origin, psoas_major, psoas_minor
from nerve_paths import genitofemoral, inguinal_ligament, nerves
from shapes import both, finer, front_of, joined, right, spline, swept
from skeleton import SPINE, bones, sacral_foramina, skeleton, symphysis

__all__ = [
    "SPINE",
    "bones",
    "both",
    "finer",
    "front_of",
    "genitofemoral",
    "iliacus",
    "iliacus_origin",
    "inguinal_ligament",
    "joined",
    "nerves",
    "psoas_major",
    "psoas_minor",
    "right",
    "sacral_foramina",
    "skeleton",
    "spline",
    "swept",
    "symphysis",
]
