"""Whether bytes are one whole, still PNG picture of a sensible size; complains."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from .problem import Problem

START = b"\x89PNG\r\n\x1a\n"
MAX_SIDE = 4_000  # pixels
MAX_BYTES = 400_000
HEAVY = 150_000  # bytes: every learner's phone holds it
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by color type (PNG specification, 11.2.1)
OTHERS = {
    b"\xff\xd8\xff": "a JPEG",
    b"GIF8": "a GIF",
    b"RIFF": "a WebP",
    b"BM": "a BMP",
    b"<svg": "an SVG",
    b"<?xml": "an SVG",
    b"%PDF": "a PDF",
}


@lru_cache(200)  # a preview reads the project anew for each save, and its pictures are the same
def png(path: str, content: bytes) -> tuple[tuple[int, int] | None, list[Problem]]:
    """Its width and height in pixels, None where it is no whole PNG."""

    def wrong(code: str, message: str, help_: str = "") -> tuple[None, list[Problem]]:
        return None, [Problem(path, code, message, help=help_)]

    if not content:
        return wrong("empty-picture", "this file is empty", "save the picture again")
    if not content.startswith(START):
        other = next((name for start, name in OTHERS.items() if content.lstrip().startswith(start)), None)
        is_ = f": it is {other} file" if other else ""
        return wrong(
            "not-a-png", f"this is not a PNG picture{is_}", "save it as PNG; the name alone does not change it"
        )
    if len(content) > MAX_BYTES:
        message = f"this picture has {len(content):,} bytes; the limit is {MAX_BYTES:,}"
        return wrong("picture-too-large", message, "save it smaller or with fewer colors")
    size, data, kinds = (0, 0, 0, 0, 0), b"", set()
    at = len(START)
    while b"IEND" not in kinds:
        if at + 12 > len(content):
            return wrong("cut-picture", "this picture is cut off", "save it, or copy it, again")
        length, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        if len(body) < length or at + 12 + length > len(content):
            return wrong("cut-picture", "this picture is cut off", "save it, or copy it, again")
        if zlib.crc32(kind + body) != struct.unpack_from(">I", content, at + 8 + length)[0]:
            return wrong("damaged-picture", "this picture is damaged", "save it, or copy it, again")
        if kind == b"IHDR" and length == 13:
            size = struct.unpack(">IIBBBxB", body)[:2] + struct.unpack(">IIBBBxB", body)[2:4] + (body[12],)
        data += body if kind == b"IDAT" else b""
        kinds.add(kind)
        at += 12 + length
    width, height, depth, color, interlaced = size
    if at < len(content):
        return wrong("damaged-picture", "something else stands behind this picture in its file", "save it again")
    if b"acTL" in kinds:
        return wrong("moving-picture", "this picture moves", "save one still picture: paper and masks need it")
    if b"eXIf" in kinds:
        message = "this picture carries a camera's data (EXIF), which can name a person or a place"
        return wrong("picture-with-camera-data", message, "save it without")
    if not width or not height or max(width, height) > MAX_SIDE:
        message = f"this picture is {width:,} by {height:,} pixels; each side has 1 to {MAX_SIDE:,}"
        return wrong("picture-dimensions", message, "a phone shows 360 to 900")
    row = (width * depth * CHANNELS.get(color, 4) + 7) // 8 + 1
    if _inflated(data, height * row + 8 * (height + row)) < (0 if interlaced else height * row):
        return wrong("damaged-picture", "this picture is damaged", "save it, or copy it, again")
    if len(content) > HEAVY:
        message = f"this picture has {len(content):,} bytes; every learner's phone holds it: {HEAVY:,} are enough"
        problem = Problem(path, "heavy-picture", message, help="save it with fewer colors", severity="review")
        return (width, height), [problem]
    return (width, height), []


def _inflated(data: bytes, most: int) -> int:
    """How many bytes come out, at most that many; -1 where the data is broken."""
    try:
        return len(zlib.decompressobj().decompress(data, most))
    except zlib.error:
        return -1
