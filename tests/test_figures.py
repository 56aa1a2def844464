"""What a contributor can get wrong with a figure's files, and what is said; what a drawing for print may hold."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import pytest
from lab import good, loaded, write_project
from pypdf import PdfReader
from test_occlusion import CARDS, FIGURE

from generator import png as pngs
from generator.png import png as check_png
from generator.sheet import sheet
from generator.svg import MAX_DEPTH
from generator.svg import svg as check_svg
from generator.write.pdf import PARTS, pdfs

START = b"\x89PNG\r\n\x1a\n"
FILE = "cards/figures/hip.png"
DRAWING = "cards/figures/hip.svg"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int, kind: bytes = b"\x08\x02\0\0\0") -> bytes:
    return chunk(b"IHDR", struct.pack(">II", width, height) + kind)


def png(width: int = 60, height: int = 40, more: bytes = b"", rows: bytes | None = None) -> bytes:
    pixels = b"".join(b"\0" + bytes([90, 120, 90] * width) for _ in range(height)) if rows is None else rows
    return START + header(width, height) + more + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def svg(inside: str = "", head: str = 'viewBox="0 0 60 40"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inside}</svg>\n'.encode()


def noise(size: int) -> bytes:
    """Bytes that do not compress, as a chunk that no reader needs."""
    found, seed = bytearray(), 1
    while len(found) < size:
        seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
        found.append(seed >> 16 & 255)
    return chunk(b"xxXx", bytes(found))


@pytest.fixture
def root(tmp_path):
    write_project(tmp_path, {"hip": CARDS})
    folder = tmp_path / "cards" / "figures"
    folder.mkdir()
    (folder / "hip.yaml").write_text(FIGURE, "utf-8")
    for name in ("hip.png", "hip-blank.png"):
        (folder / name).write_bytes(png())
    return tmp_path


def said(problems) -> list[str]:
    return [
        f"{p.path}:{p.line}:{p.column}: {p.severity}[{p.code}]: {p.message}" + (f" | {p.help}" if p.help else "")
        for p in problems
    ]


ANIMATED = chunk(b"acTL", b"\0\0\0\2\0\0\0\0")
TOO_LARGE = 4_001


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "error[empty-picture]: this file is empty | save the picture again"),
        (b"\xff\xd8\xff\xe0 more", "error[not-a-png]: this is not a PNG picture: it is a JPEG file | save it as PNG; the name alone does not change it"),
        (b"GIF89a", "error[not-a-png]: this is not a PNG picture: it is a GIF file | save it as PNG; the name alone does not change it"),
        (svg(), "error[not-a-png]: this is not a PNG picture: it is an SVG file | save it as PNG; the name alone does not change it"),
        (b"version https://git-lfs", "error[not-a-png]: this is not a PNG picture | save it as PNG; the name alone does not change it"),
        (START, "error[cut-picture]: this picture is cut off | save it, or copy it, again"),
        (png()[:-20], "error[cut-picture]: this picture is cut off | save it, or copy it, again"),
        (png()[:-1], "error[cut-picture]: this picture is cut off | save it, or copy it, again"),
        (png().replace(b"IDAT", b"IDAT\0", 1), "error[damaged-picture]: this picture is damaged | save it, or copy it, again"),
        (png(rows=b"\0\0\0"), "error[damaged-picture]: this picture is damaged | save it, or copy it, again"),
        (START + header(60, 40) + chunk(b"IDAT", b"no deflate") + chunk(b"IEND", b""), "error[damaged-picture]: this picture is damaged | save it, or copy it, again"),
        (START + header(60, 40) + chunk(b"IEND", b""), "error[damaged-picture]: this picture is damaged | save it, or copy it, again"),
        (START + chunk(b"IEND", b""), "error[picture-dimensions]: this picture is 0 by 0 pixels; each side has 1 to 4,000 | a phone shows 360 to 900"),
        (png() + b"<script>", "error[damaged-picture]: something else stands behind this picture in its file | save it again"),
        (png(more=ANIMATED), "error[moving-picture]: this picture moves | save one still picture: paper and masks need it"),
        (png(more=chunk(b"eXIf", b"MM")), "error[picture-with-camera-data]: this picture carries a camera's data (EXIF), which can name a person or a place | save it without"),
        (png(0, 40), "error[picture-dimensions]: this picture is 0 by 40 pixels; each side has 1 to 4,000 | a phone shows 360 to 900"),
        (png(TOO_LARGE, 1), "error[picture-dimensions]: this picture is 4,001 by 1 pixels; each side has 1 to 4,000 | a phone shows 360 to 900"),
        (START + header(2**31, 2**31) + chunk(b"IEND", b""), "error[picture-dimensions]: this picture is 2,147,483,648 by 2,147,483,648 pixels; each side has 1 to 4,000 | a phone shows 360 to 900"),
        (png(more=noise(400_000)), "error[picture-too-large]: this picture has 400,133 bytes; the limit is 400,000 | save it smaller or with fewer colors"),
        (png(more=noise(150_000)), "review[heavy-picture]: this picture has 150,133 bytes; every learner's phone holds it: 150,000 are enough | save it with fewer colors"),
    ],
)  # fmt: skip
def test_a_picture_is_one_whole_still_png(root, content, message):
    (root / FILE).write_bytes(content)
    (root / "cards" / "figures" / "hip-blank.png").write_bytes(content)
    assert said(p for p in loaded(root).problems if p.path == FILE) == [f"{FILE}:1:1: {message}"]


def test_every_cut_of_a_picture_is_found():
    content = png()
    assert check_png("p", content) == ((60, 40), [])
    assert all(check_png("p", content[:length])[1] for length in range(len(content)))


def test_a_picture_of_few_colors_a_gray_one_and_an_interlaced_one_are_whole():
    palette = chunk(b"PLTE", bytes(6))
    few = (
        START
        + header(9, 2, b"\x01\x03\0\0\0")
        + palette
        + chunk(b"IDAT", zlib.compress(bytes(6)))
        + chunk(b"IEND", b"")
    )
    gray = START + header(3, 2, b"\x10\x04\0\0\0") + chunk(b"IDAT", zlib.compress(bytes(26))) + chunk(b"IEND", b"")
    laced = START + header(1, 1, b"\x08\x00\0\0\1") + chunk(b"IDAT", zlib.compress(bytes(2))) + chunk(b"IEND", b"")
    assert [check_png("p", content)[1] for content in (few, gray, laced)] == [[], [], []]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("hip-blank.png", png(60, 41), "error[picture-sizes]: this picture is 60 by 41 pixels, hip.png 60 by 40 | the labels' boxes must fit both"),
        ("hip-occlusion.png", png(61, 40), "error[picture-sizes]: this picture is 61 by 40 pixels, hip.png 60 by 40 | the labels' boxes must fit both"),
        ("hip-blanc.png", png(), "error[stray-picture]: no figure shows this picture | rename it to hip-blank.png"),
        ("knee.png", png(), "error[stray-picture]: no figure shows this picture | describe it in cards/figures/knee.yaml, or delete it"),
        ("hip-occlusion.svg", svg(), "error[stray-picture]: no figure shows this picture | rename it to hip-occlusion.png"),
        ("knee.jpg", b"", "error[picture-format]: figures are PNG pictures, and SVG drawings for print | save it as PNG"),
        ("hip.gif", b"", "error[picture-format]: figures are PNG pictures, and SVG drawings for print | save it as PNG"),
        ("knee.PNG", b"", "error[picture-format]: figures are PNG pictures, and SVG drawings for print | rename it to knee.png"),
        ("hip-blank.yaml", FIGURE.encode(), 'error[figure-name]: "hip-blank" is the name of a form of figure "hip": both would have the picture hip-blank.png | a figure\'s name does not end in -blank'),
    ],
)  # fmt: skip
def test_a_file_beside_a_figure_belongs_to_it(root, name, content, message):
    (root / "cards" / "figures" / name).write_bytes(content)
    assert said(loaded(root).problems) == [f"cards/figures/{name}:1:1: {message}"]


@pytest.mark.parametrize("name", ["README.md", ".DS_Store", "source.txt"])
def test_what_is_no_picture_may_stand_there(root, name):
    (root / "cards" / "figures" / name).write_bytes(b"x")
    assert said(loaded(root).problems) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("A hip with two marked parts", "A hip, a bone and another part",
         'cards/figures/hip.yaml:3:21: error[blank-names-label]: alt_blank names label "bone", which the blank picture hides | say what is seen without the names'),
        ("A hip with two marked parts", "Two  TENDONS",
         'cards/figures/hip.yaml:3:17: error[blank-names-label]: alt_blank names label "tendon", which the blank picture hides | say what is seen without the names'),
        ("[0.5, 0.25, 0.25, 0.1]", "[0.25, 0.14, 0.25, 0.1]",
         'cards/figures/hip.yaml:9:42: error[labels-overlap]: the boxes of labels "bone" and "tendon" overlap: one mask would cover the other lettering'),
        ("[0.5, 0.25, 0.25, 0.1]", "[0.5, 0.25, 0.25, 0.0]",
         'cards/figures/hip.yaml:8:38: error[label-outside]: the box of label "bone" is not inside the picture | left, top, width, height, each a fraction of the picture'),
        ("[0.5, 0.25, 0.25, 0.1]", "[0.5, 0.95, 0.25, 0.1]",
         'cards/figures/hip.yaml:8:38: error[label-outside]: the box of label "bone" is not inside the picture | left, top, width, height, each a fraction of the picture'),
        ("number: 3", "number: 1",
         'cards/figures/hip.yaml:9:34: error[duplicate-number]: labels "bone" and "tendon" have the same number'),
        ("alt_blank: A hip with two marked parts\n", "", 'cards/figures/hip.yaml:1:1: error[missing-key]: the file has no alt_blank | add alt_blank:'),
        ("alt: The tendon runs in front of the bone\n", "", 'cards/figures/hip.yaml:1:1: error[missing-key]: the file has no alt | add alt:'),
        ("credit: studydeck contributors\n", "", 'cards/figures/hip.yaml:1:1: error[missing-key]: the file has no credit | add credit:'),
        ("licence: CC BY 4.0\n", "", 'cards/figures/hip.yaml:1:1: error[missing-key]: the file has no licence | add licence:'),
        ("sources: gray1918\n", "", 'cards/figures/hip.yaml:1:1: error[missing-key]: the file has no sources | add sources:'),
        ("sources: gray1918", "sources: []", 'cards/figures/hip.yaml:6:10: error[empty-list]: sources has too few entries | it needs 1 or more'),
    ],
)  # fmt: skip
def test_a_description_fits_its_picture(root, old, new, message):
    (root / "cards" / "figures" / "hip.yaml").write_text(FIGURE.replace(old, new), "utf-8")
    assert said(p for p in loaded(root).problems if p.path.endswith("hip.yaml")) == [message]


def test_boxes_may_touch(root):
    text = FIGURE.replace("[0.5, 0.25, 0.25, 0.1]", "[0.3, 0.1, 0.25, 0.1]")
    (root / "cards" / "figures" / "hip.yaml").write_text(text, "utf-8")
    assert said(loaded(root).problems) == []


def test_the_pictures_of_a_package_stay_small_together(root):
    content = png(more=noise(140_000))
    for i in range(20):
        (root / "cards" / "figures" / f"hip{i}.yaml").write_text(FIGURE, "utf-8")
        (root / "cards" / "figures" / f"hip{i}.png").write_bytes(content)
    assert said(loaded(root).problems) == []  # no card shows them
    shown = "".join(
        f"  - {{id: look-{i}, question: Which part is number {i}?, answer: Part {i}, figure: hip{i}, sources: gray1918}}\n"
        for i in range(20)
    )
    write_project(root, {"hip": CARDS, "looks": shown})
    assert [line for line in said(loaded(root).problems) if "same-question" not in line] == [
        "cards/figures:1:1: review[heavy-pictures]: the pictures on cards have 2,802,902 bytes together; a package stays"
        " handy with 2,700,000 | save some with fewer colors"
    ]


INSIDE = base64.b64encode(png(6, 4)).decode()
GOOD = f"""<title>Hip</title><defs><clipPath id="a"><path d="M0 0L9 9Z"/></clipPath>
<linearGradient id="b"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
<g clip-path="url(#a)" style="fill:url(#b);stroke:none"><rect width="9" height="9"/></g>
<image width="60" height="40" href="data:image/png;base64,{INSIDE}"/>"""
ALLOWED = (
    "allowed are circle, clipPath, defs, desc, ellipse, g, image, line, linearGradient, path, polygon, polyline,"
    " radialGradient, rect, stop, svg, title"
)
OUTLINES = "turn lettering into outlines (Inkscape: Path > Object to Path): it prints the same everywhere"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (svg("<script>alert(1)</script>"), f"1:61: error[svg-element]: <script> is not allowed in a drawing | {ALLOWED}"),
        (svg("<foreignObject/>"), f"1:61: error[svg-element]: <foreignObject> is not allowed in a drawing | {ALLOWED}"),
        (svg("\n <use href='#a'/>"), f"2:2: error[svg-element]: <use> is not allowed in a drawing | {ALLOWED}"),
        (svg("<a href='#a'/>"), f"1:61: error[svg-element]: <a> is not allowed in a drawing | {ALLOWED}"),
        (svg("<animate/>"), f"1:61: error[svg-element]: <animate> is not allowed in a drawing | {ALLOWED}"),
        (svg("<text>Hip</text>"), f"1:61: error[svg-element]: <text> is not allowed in a drawing | {OUTLINES}"),
        (svg("<style>@import 'x'</style>"), "1:61: error[svg-element]: <style> is not allowed in a drawing | write fill and stroke on each shape"),
        (svg("<b xmlns='http://a.org'/>"), "1:61: error[svg-element]: <b> is not allowed in a drawing | save it as plain SVG"),
        (svg("<svg/>"), "1:61: error[svg-element]: a drawing is one <svg> element"),
        (b"<svg/>", "1:1: error[svg-element]: <svg> is not allowed in a drawing | save it as plain SVG"),
        (b"<g xmlns='http://www.w3.org/2000/svg'/>", "1:1: error[svg-element]: a drawing is one <svg> element"),
        (svg("<g>" * MAX_DEPTH + "</g>" * MAX_DEPTH), "1:178: error[svg-too-deep]: more than 40 groups inside each other | ungroup them"),
        (svg("<g onload='x()'/>"), "1:61: error[svg-handler]: onload would run a script | delete it"),
        (svg("<g OnClick='x()'/>"), "1:61: error[svg-handler]: OnClick would run a script | delete it"),
        (svg("<g xml:base='https://a.org/'/>"), "1:61: error[svg-reference]: xml:base would lead out of the file | delete it"),
        (svg("<linearGradient href='https://a.org/x.svg#g'/>"), '1:61: error[svg-reference]: "https://a.org/x.svg#g" leads out of the file | draw it here'),
        (svg("<linearGradient xmlns:x='http://www.w3.org/1999/xlink' x:href='x.svg#g'/>"), '1:61: error[svg-reference]: "x.svg#g" leads out of the file | draw it here'),
        (svg("<g fill='url(https://a.org/x)'/>"), '1:61: error[svg-reference]: fill="url(https://a.org/x)" can lead out of the file | delete it'),
        (svg("<g style='fill: URL( x.svg#a)'/>"), '1:61: error[svg-reference]: style="fill: URL( x.svg#a)" can lead out of the file | delete it'),
        (svg("<g style='@import \"x\"'/>"), '1:61: error[svg-reference]: style="@import "x"" can lead out of the file | delete it'),
        (svg("<g style='fill:u\\72l(x)'/>"), '1:61: error[svg-reference]: style="fill:u\\72l(x)" can lead out of the file | delete it'),
        (svg("<image href='hip.png'/>"), '1:61: error[svg-image]: a picture inside a drawing is a PNG that stands in the file itself | embed it as href="data:image/png;base64,…"'),
        (svg("<image href='data:image/svg+xml;base64,AAAA'/>"), '1:61: error[svg-image]: a picture inside a drawing is a PNG that stands in the file itself | embed it as href="data:image/png;base64,…"'),
        (svg("<image href='data:image/png;base64,A*A'/>"), "1:61: error[svg-image]: the picture inside this drawing is broken | embed it again"),
        (svg("<image href='data:image/png;base64,AAAA'/>"), "1:61: error[not-a-png]: inside this drawing: this is not a PNG picture | save it as PNG; the name alone does not change it"),
        (svg(f"<image href='data:image/png;base64,{INSIDE[:64]}'/>"), "1:61: error[cut-picture]: inside this drawing: this picture is cut off | save it, or copy it, again"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "1:15: error[svg-doctype]: a DOCTYPE stands in this SVG: it can define entities | delete it"),
        (b'<?xml-stylesheet href="https://a.org/a.css"?>' + svg(), '1:1: error[svg-instruction]: this SVG has a line "<?…?>" that can load a style sheet | delete it'),
        (svg()[:-8], "1:1: error[broken-svg]: this is no whole SVG: unclosed token | save it again"),
        (b"", "1:1: error[broken-svg]: this is no whole SVG: no element found | save it again"),
        (svg("<g>"), "1:66: error[broken-svg]: this is no whole SVG: mismatched tag | save it again"),
        (svg("<title>\xff</title>".replace("\xff", "&b;")), "1:68: error[broken-svg]: this is no whole SVG: undefined entity | save it again"),
        (svg().decode().encode("utf-16"), "1:1: error[not-utf8]: this file is not UTF-8 | save it as UTF-8"),
        (svg(head=""), '1:1: error[svg-size]: this drawing does not say how large it is | give <svg> a viewBox="0 0 WIDTH HEIGHT"'),
        (svg(head='viewBox="0 0 0 40"'), '1:1: error[svg-size]: this drawing does not say how large it is | give <svg> a viewBox="0 0 WIDTH HEIGHT"'),
        (svg(head='viewBox="0 0 60 nan"'), '1:1: error[svg-size]: this drawing does not say how large it is | give <svg> a viewBox="0 0 WIDTH HEIGHT"'),
        (svg(head='viewBox="0 0 60 41"'), "1:1: error[picture-sizes]: this drawing is 60 by 41, the PNG beside it 60 by 40 | the labels' boxes must fit both"),
        (svg("<!--" + "x" * 400_000 + "-->"), "1:1: error[picture-too-large]: this drawing has 400,074 bytes; the limit is 400,000 | leave out what is not seen"),
    ],
)  # fmt: skip
def test_a_drawing_for_print_is_a_drawing_and_nothing_more(root, content, message):
    (root / DRAWING).write_bytes(content)
    assert said(loaded(root).problems) == [f"{DRAWING}:{message}"]


def test_a_drawing_is_printed_in_place_of_its_picture(root):
    (root / DRAWING).write_bytes(b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n' + svg(GOOD))
    project = good(root)
    value = sheet(project.deck, project.notes)
    assert [picture.drawing[0] for picture in value.pictures if picture.drawing] == ["hip.svg"]
    assert dict(value.images) == {"hip.png": png()}  # beside the Markdown
    ((_, _, pdf),) = pdfs(value, [part for part in PARTS if part.name == "study-sheet"], ["a4"])
    (picture,) = [image for page in PdfReader(io.BytesIO(pdf)).pages for image in page.images]
    assert picture.image.size == (6, 4)  # the one inside the drawing, not the PNG beside it
    assert not any(".svg" in name for name, _ in project.deck.figures["hip"].files)  # nor in the package


def test_a_drawing_with_bytes_of_any_kind_never_raises():
    for i, byte in enumerate(svg(GOOD)[:400]):
        for other in (0, 34, 38, 60, 255):
            content = bytearray(svg(GOOD))
            content[i] = other if byte != other else 33
            assert isinstance(check_svg("p", bytes(content), (60, 40)), list)


def test_a_picture_does_not_grow_when_it_is_read():
    bomb = START + header(4_000, 4_000) + chunk(b"IDAT", zlib.compress(bytes(10**8), 9)) + chunk(b"IEND", b"")
    assert check_png("p", bomb) == ((4_000, 4_000), [])
    assert pngs._inflated(zlib.compress(bytes(10**6)), 1000) == 1000
