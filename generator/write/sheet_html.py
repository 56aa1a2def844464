"""The study sheet as one HTML file for browser and printer: no outside request, no script."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..sheet import Sheet

if TYPE_CHECKING:
    from jinja2 import Template


def sheet_html(sheet: Sheet) -> str:
    """Validated card text goes in as it is (`|safe` in the template); all else is escaped."""
    return _template().render(sheet=sheet)


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # slow to import, and only this output needs it

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"css_string": _css_string, "data_uri": _data_uri, "on_paper": _on_paper}
    return environment.get_template("sheet.html")


def _css_string(text: str) -> str:
    """Text for a quoted CSS string in a style element: whatever could end either is a CSS escape."""
    return "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)


def _data_uri(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"


def _on_paper(address: str) -> str:
    """An address as a reader would type it."""
    return address.removeprefix("https://").removeprefix("www.").removesuffix("/")
