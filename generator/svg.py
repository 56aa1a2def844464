"""Whether an SVG is a drawing and nothing more: a closed list of elements, no script, nothing from outside; complains."""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache
from xml.parsers import expat

from .png import png
from .problem import Problem

MAX_BYTES = 400_000
MAX_DEPTH = 40  # a renderer calls itself for each level
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image")
ELEMENTS = frozenset(
    (*SHAPES, "svg", "g", "defs", "title", "desc", "clipPath", "linearGradient", "radialGradient", "stop")
)
PNG_DATA = "data:image/png;base64,"
# In a value: another language's way out. `url(#name)` names a gradient or an outline of the same file.
OUTSIDE = re.compile(r"url\((?!\s*['\"]?#)|@|\\|javascript:|expression\(|data:|https?:|//", re.IGNORECASE)

OUTLINE = re.compile(r"[-+.,\sMmZzLlHhVvCcSsQqTtAaEe0-9]*")  # most of a drawing; says nothing else, and quick to see


class _StopError(Exception):
    def __init__(self, code: str, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.found = (code, message, help_)


@lru_cache(200)  # a preview reads the project anew for each save, and its pictures are the same
def svg(path: str, content: bytes, size: tuple[int, int] | None) -> list[Problem]:
    """The first thing that is wrong with it. `size` is that of the PNG which it prints, in pixels."""
    if len(content) > MAX_BYTES:
        message = f"this drawing has {len(content):,} bytes; the limit is {MAX_BYTES:,}"
        return [Problem(path, "picture-too-large", message, help="leave out what is not seen")]
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return [Problem(path, "not-utf8", "this file is not UTF-8", help="save it as UTF-8")]
    parser = expat.ParserCreate("utf-8", " ")
    reader = _Reader(path, size, parser)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(content, True)
    except _StopError as e:
        code, message, help_ = e.found
    except expat.ExpatError as e:
        code, message, help_ = "broken-svg", f"this is no whole SVG: {expat.ErrorString(e.code)}", "save it again"
        return [Problem(path, code, message, help=help_, line=e.lineno, column=e.offset + 1)]
    else:
        return []
    return [Problem(path, code, message, help=help_, line=reader.at[0], column=reader.at[1] + 1)]


class _Reader:
    """Follows expat's events; raises at what is not allowed."""

    def __init__(self, path: str, size: tuple[int, int] | None, parser: expat.XMLParserType) -> None:
        self.path = path
        self.size = size
        self.parser = parser
        self.depth = 0
        self.at = (1, 0)  # of the last event

    def follow(self) -> None:
        self.at = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)

    def doctype(self, *_: object) -> None:
        self.follow()
        raise _StopError("svg-doctype", "a DOCTYPE stands in this SVG: it can define entities", "delete it")

    def instruction(self, *_: object) -> None:
        self.follow()
        raise _StopError("svg-instruction", 'this SVG has a line "<?…?>" that can load a style sheet', "delete it")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.follow()
        space, _, local = name.rpartition(" ")
        self.depth += 1
        if space != SVG or local not in ELEMENTS:
            raise _StopError("svg-element", f"<{local}> is not allowed in a drawing", _instead(local, space))
        if (self.depth == 1) != (local == "svg"):
            raise _StopError("svg-element", "a drawing is one <svg> element", "")
        if self.depth > MAX_DEPTH:
            raise _StopError("svg-too-deep", f"more than {MAX_DEPTH} groups inside each other", "ungroup them")
        for key, value in attributes.items():
            self.attribute(local, key, value)
        if local == "svg":
            self.shape(attributes)

    def end(self, name: str) -> None:
        self.depth -= 1

    def attribute(self, element: str, key: str, value: str) -> None:
        space, _, local = key.rpartition(" ")
        if local.lower().startswith("on"):
            raise _StopError("svg-handler", f"{local} would run a script", "delete it")
        if local == "base":
            raise _StopError("svg-reference", "xml:base would lead out of the file", "delete it")
        if local == "href" and space in ("", XLINK):
            if element == "image":
                self.image(value)
            elif not value.strip().startswith("#"):
                raise _StopError("svg-reference", f'"{value[:60]}" leads out of the file', "draw it here")
        elif not OUTLINE.fullmatch(value) and OUTSIDE.search(value) and not space:
            raise _StopError("svg-reference", f'{local}="{value[:60]}" can lead out of the file', "delete it")

    def image(self, value: str) -> None:
        if not value.startswith(PNG_DATA):
            message = "a picture inside a drawing is a PNG that stands in the file itself"
            raise _StopError("svg-image", message, f'embed it as href="{PNG_DATA}…"')
        try:
            found = png(self.path, base64.b64decode("".join(value[len(PNG_DATA) :].split()), validate=True))
        except binascii.Error:
            raise _StopError("svg-image", "the picture inside this drawing is broken", "embed it again") from None
        for problem in found[1]:
            if problem.severity == "error":
                raise _StopError(problem.code, f"inside this drawing: {problem.message}", problem.help)

    def shape(self, attributes: dict[str, str]) -> None:
        """Boxes are fractions of the PNG: the drawing must be as wide for its height."""
        try:
            _, _, width, height = map(float, re.split(r"[\s,]+", attributes.get("viewBox", "").strip()))
        except ValueError:
            width = height = 0.0
        if not (0 < width < 1e6 and 0 < height < 1e6):
            help_ = 'give <svg> a viewBox="0 0 WIDTH HEIGHT"'
            raise _StopError("svg-size", "this drawing does not say how large it is", help_)
        if self.size and abs(width / height * self.size[1] / self.size[0] - 1) > 0.005:
            message = f"this drawing is {width:g} by {height:g}, the PNG beside it {self.size[0]} by {self.size[1]}"
            raise _StopError("picture-sizes", message, "the labels' boxes must fit both")


def _instead(element: str, space: str) -> str:
    if space != SVG:
        return "save it as plain SVG"
    if element in ("text", "tspan"):
        return "turn lettering into outlines (Inkscape: Path > Object to Path): it prints the same everywhere"
    if element == "style":
        return "write fill and stroke on each shape"
    return f"allowed are {', '.join(sorted(ELEMENTS))}"
