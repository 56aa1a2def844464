"""The letters that are printed: where they are, and which characters they have."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from typst import Fonts

_EMOJI_FORM = re.compile("[\ufe0e\ufe0f]")  # says how to draw the character before it; prints nothing


@cache
def fonts() -> Fonts:
    """Ours alone: what a machine has installed may not change a page."""
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_files())])


def printable(text: str) -> str:
    """The text with what we have no letter for named by its number, `[U+6F22]`: nothing is lost without a word."""
    if text.isascii():
        return text
    known = _characters()
    return "".join(c if ord(c) in known else f"[U+{ord(c):04X}]" for c in _EMOJI_FORM.sub("", text))


@cache
def _characters() -> frozenset[int]:
    """What the upright and the italic both have."""
    from fontTools.ttLib import TTFont

    sets = []
    for path in sorted(_files().glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            sets.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*sets)


def _files() -> Path:
    import fontpkg_source_sans_3

    return Path(fontpkg_source_sans_3.__file__).parent / "files"
