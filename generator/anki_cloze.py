"""Anki's cloze gaps `{{c1::hidden::hint}}` and occlusion masks, as `{{cloze:Field}}` shows them."""

from __future__ import annotations

import html
import re

from .markup.cloze import Node, gaps, scan

_MATH = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
_MARKUP = re.compile(r"<!--.*?-->|<style.*?>.*?</style>|<script.*?>.*?</script>|<.*?>", re.DOTALL | re.IGNORECASE)
_SHAPE_NAMES = {"oi": "occludeInactive", "fs": "font-size"}


def show_gaps(text: str, card: int, *, back: bool) -> str:
    """What `{{cloze:Field}}` shows on the Anki card with this number: nothing, if the text has no such gap."""
    root = scan(text)
    if not any(card in gap.numbers for gap in gaps(root)):
        return ""
    shown = "".join(_show(part, card, back) for part in root.parts)
    return _MATH.sub(lambda m: _MARKUP.sub("", m[0]), shown)  # MathJax cannot read the spans


def plain(text: str) -> str:
    """The text without its markup, as Anki's `text:` gives it."""
    return html.unescape(_MARKUP.sub("", text)).replace("\N{NO-BREAK SPACE}", " ")


def _show(part: str | Node, card: int, back: bool) -> str:
    if isinstance(part, str):
        return part
    active = card in part.numbers
    first = part.parts[0] if part.parts else ""
    if isinstance(first, str) and first.startswith("image-occlusion:"):
        return _shape(first, part.numbers[0], active, back)
    inside = "".join(_show(p, card, back) for p in part.parts)
    ordinal = f'data-ordinal="{",".join(map(str, part.numbers))}"'
    if not active:
        return f'<span class="cloze-inactive" {ordinal}>{inside}</span>'
    if back:
        return f'<span class="cloze" {ordinal}>{inside}</span>'
    gap = "[...]" if part.hint is None else f"[{part.hint}]"
    return f'<span class="cloze" data-cloze="{_attribute(inside)}" {ordinal}>{gap}</span>'


def _shape(text: str, number: int, active: bool, back: bool) -> str:
    """An occlusion mask: Anki's script draws it from these attributes."""
    kind, *properties = re.split(r"(?<!\\):", text.removeprefix("image-occlusion:"))
    pairs = (p.partition("=")[::2] for p in properties)
    data = "".join(f'data-{_SHAPE_NAMES.get(k, k)}="{_shape_value(k, v)}" ' for k, v in pairs)
    look = "cloze" if number == 0 or (active and not back) else "cloze-highlight" if active else "cloze-inactive"
    return f'<div class="{look}" data-ordinal="{number}" data-shape="{kind}" {data}></div>'


def _shape_value(name: str, value: str) -> str:
    return _attribute(re.sub(r"\\(.)", r"\1", value)) if name == "text" else value


def _attribute(text: str) -> str:
    """Escaped as Anki escapes `data-cloze`: everything below U+0100 but ASCII letters and digits."""
    named = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}
    return "".join(
        c if ord(c) > 255 or (c.isascii() and c.isalnum()) else named.get(c) or f"&#x{ord(c):02X};" for c in text
    )
