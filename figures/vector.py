"""SVG to pixels, by Typst: the same on every platform."""

from __future__ import annotations

import io

import typst
from PIL import Image

PAGE = '#set page(width: {w}pt, height: {h}pt, margin: 0pt, fill: none)\n#image(bytes(sys.inputs.svg), format: "svg", width: {w}pt)'


def svg(body: str, width: int, height: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>\n'


def pixels(body: str, width: int, height: int, fine: int) -> Image.Image:
    """The body in its size, drawn `fine` times larger and made smaller; transparent where nothing is."""
    page = PAGE.format(w=width, h=height).encode()
    made = typst.compile(
        page, format="png", ppi=72 * fine, sys_inputs={"svg": svg(body, width, height)}, ignore_system_fonts=True
    )
    assert isinstance(made, bytes)  # noqa: S101 - one page
    large = Image.open(io.BytesIO(made)).convert("RGBA")
    return large.resize((width, height), Image.Resampling.LANCZOS)
