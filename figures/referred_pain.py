"""Plate 10: where trigger-point manuals map the pain of the iliopsoas; weak evidence, and the plate says so."""

from __future__ import annotations

from curves import clip, closed, group, open, path, polygon
from plate import Figure, Label, Note
from silhouette import SHADE, SKIN, course

SIZE, TOP, FRONT, BACK, HEIGHT = 1.5, 92, 205, 545, 906  # pixels a thousandth of the body's height; pixels
AREA, HATCH, FAINT = "#f3cdbf", "#9d382e", "#a98b78"

# In thousandths of the body's height: from the middle line, and down from the vertex.
SIDE = """88 296  86 312  82 335  77.5 360  75 384  75.5 402  79 420  85 440  90.5 462  94.5 486  96.5 510  96 535  93.5 562
 89 596  83 632  76 666  71 696"""
INSIDE = "0 556  0.8 566  2 580  4 604  7.4 640  10.4 668  12.5 696"
GROIN_AREA = "-13 489  -20 480  -32 471  -46 462  -59 466  -68 484  -72 510  -71 540  -65 568  -55 583  -43 578  -33 558  -26 536  -20 516  -13 502"
LUMBAR_AREA = "5 322  14 318  23 323  26.5 350  27 385  26 415  24 436  14 440  5 437  3.5 410  3.5 360"
SACROILIAC_AREA = "7 446  16 446  27 445  38 450  48 459  50 470  42 481  29 485  17 480  9 468  6 457"


def at(middle: float, x: float, y: float) -> tuple[float, float]:
    return middle + SIZE * x, TOP + SIZE * (y - 296)


def line(middle: float, text: str, color: str = FAINT, width: float = 2.2) -> str:
    """On both sides."""
    return "".join(
        path(open([at(middle, side * x, y) for x, y in course(text)]), stroke=color, width=width) for side in (-1, 1)
    )


def shade(middle: float, side: int) -> str:
    """Along one outer border."""
    outer = [(side * x, y) for x, y in course(SIDE)]
    inner = [(side * (x - 9 - 5 * (y > 430)), y) for x, y in course(SIDE)[::-1]]
    return "L".join(open([at(middle, x, y) for x, y in part])[1:] for part in (outer, inner))


def lower_body(middle: float) -> str:
    left, inner = course(SIDE), course(INSIDE)
    outline = [(-x, y) for x, y in left], [(-x, y) for x, y in inner[::-1]], inner, left[::-1]
    ground = "L".join(open([at(middle, x, y) for x, y in part])[1:] for part in outline)
    crotch = [*((-x, y) for x, y in inner[:0:-1]), *inner]
    return (
        path(f"M{ground}Z", SKIN, "none")
        + "".join(path(f"M{shade(middle, side)}Z", SHADE, "none") for side in (-1, 1))
        + line(middle, SIDE, "#231a14", 3.2)
        + path(open([at(middle, x, y) for x, y in crotch]), width=3.2)
        + path(open([at(middle, 0, y) for y in (512, 530, 556)]), width=3.2)  # the thighs touch
    )


def hatched(name: str, middle: float, text: str) -> str:
    points = [at(middle, x, y) for x, y in course(text)]
    (left, right), (top, bottom) = ((min(v), max(v)) for v in zip(*points, strict=True))
    tall, d = bottom - top, closed(points)
    starts = [left - tall + 13 * i for i in range(int((right - left + tall) / 13) + 2)]
    strokes = "".join(polygon([(x, bottom), (x + tall, top)]) for x in starts)
    return (
        clip(name, d)
        + path(d, AREA, "none")
        + group(path(strokes, stroke=HATCH, width=3.2), clip_path=f"url(#{name})")
        + path(d, stroke=HATCH, width=2.6)
    )


def front() -> str:
    return "".join(
        [
            lower_body(FRONT),
            line(FRONT, "26 296  37 312  52 334  66 350  76 358"),  # costal margin
            path(open([at(FRONT, 0, y) for y in (300, 340, 385)]), stroke=FAINT, width=2.2),
            path(open([at(FRONT, x, y) for x, y in course("-4.5 396  -2 402  2 402  4.5 396")]), width=2.6),  # navel
            line(FRONT, "69 438  56 458  40 477  24 492  12 501"),  # groin
            hatched("thigh", FRONT, GROIN_AREA),
        ]
    )


def back() -> str:
    return "".join(
        [
            lower_body(BACK),
            path(open([at(BACK, 0, y) for y in (298, 350, 400, 440)]), stroke=FAINT, width=2.4),
            line(BACK, "78 424  64 430  48 438  35 446"),  # iliac crest
            path(open([at(BACK, 0, y) for y in (464, 480, 500, 520)]), width=3.2),
            line(
                BACK, "0 513  6 519.5  16 525.5  30 527.5  46 523.5  58 516", "#231a14", 2.6
            ),  # gluteal cleft and folds
            hatched("lumbar", BACK, LUMBAR_AREA),
            hatched("sacroiliac", BACK, SACROILIAC_AREA),
        ]
    )


FIGURES = [
    Figure(
        "referred-pain",
        "Referred pain of the right iliopsoas as trigger-point manuals map it",
        """Outlines of the lower trunk and the thighs from the front and from the back, with hatched areas on the right side of the
        body. From the back: a vertical band beside the lumbar spine, and below it a patch over the sacroiliac region and the upper
        buttock. From the front: a patch over the groin and the front of the upper thigh. A caption says that the
        evidence is weak: the areas are those of trigger-point manuals and are not confirmed by studies.""",
        """Outlines of the lower trunk and the thighs from the front and from the back. Three hatched areas on one side
        are marked by lines with numbers; no names are shown. A caption says that the evidence is weak.""",
        ["parker-iliopsoas-tp", "perry-iliopsoas-tp", "quintner2015"],
        [],
        [
            Label("lumbar-band", 1, "Beside the\nlumbar spine", at(BACK, 18, 365), (712, 200), "left"),
            Label("sacroiliac", 2, "Sacroiliac\nregion, upper\nbuttock", at(BACK, 40, 463), (712, 345), "left"),
            Label("groin-thigh", 3, "Groin and front\nof the thigh", at(FRONT, -55, 560), (130, 765), "center"),
        ],
        [
            Note("Front", (FRONT, 40)),
            Note("Back", (BACK, 40)),
            Note("R", (FRONT - 165, 110)),
            Note("L", ((FRONT + BACK) / 2, 110)),
            Note("R", (BACK + 165, 110)),
            Note("Weak evidence: as trigger-point manuals draw it,", (450, 842)),
            Note("not confirmed by studies. Schematic.", (450, 878)),
        ],
        height=HEIGHT,
        art=front() + back(),
    )
]
