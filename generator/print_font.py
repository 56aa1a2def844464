"""The letters that are printed: where they are, and which characters they have."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

# What most texts need, so that the fonts are opened for the others alone; a test holds it to the fonts.
_USUAL = re.compile("[\n -~\xa0-\xac\xae-ſα-ωΑ-ΡΣ-Ωά-ώ–—‘’“”„…•′″→←↑↓≤≥≈≠−×½¼¾€™₀-₉⁰⁴-⁹]*")
_EMOJI_FORM = re.compile("[\ufe0e\ufe0f]")  # says how to draw the character before it; prints nothing


@cache
def fonts() -> Fonts:
    """Ours alone: what a machine has installed may not change a page."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_files())])


def printable(text: str) -> str:
    """The text with what we have no letter for named by its number, `[U+6F22]`: nothing is lost without a word."""
    unknown = unprintable(text)
    if not unknown:
        return _EMOJI_FORM.sub("", text)
    return "".join(f"[U+{ord(c):04X}]" if c in unknown else c for c in _EMOJI_FORM.sub("", text))


def unprintable(text: str) -> list[str]:
    """The characters that we have no letter for, in order, each once."""
    if text.isascii() or _USUAL.fullmatch(text):
        return []
    known = _characters()
    return [c for c in dict.fromkeys(_EMOJI_FORM.sub("", text)) if ord(c) not in known and c != "\n"]


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
