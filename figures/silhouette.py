"""A body from the side, posed by its joints, with the bones of back, pelvis and thigh and the iliopsoas seen through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from curves import OUTLINE, Points, closed, group, open, path, polygon, tone

SKIN, SHADE, DEEP = "#f6e6d8", "#ead3c0", "#dcbfa9"  # near side, far side, hair
Place = Callable[[tuple[float, float]], tuple[float, float]]
Turn = Callable[[float, float], tuple[float, float]]

# In thousandths of the body's height: along the body from the vertex, and forward from the plane of the back.
HEAD = """0 58  5 80  18 97  36 105  52 107.5  61 104.5  67 107  76 114  84 119.5  89 118  92 111.5  97 111.5  101 111.5  104.5 109
 109 109.5  112.5 105  118 106  124 105.5  129 101  131.5 93  134 81"""
THROAT = "142 70  152 66  166 67  178 74"
CHEST = "196 92  222 114  250 127  275 131  305 129"
BELLY = {
    "neutral": "340 121  375 114  410 112  445 113  470 114",
    "flat": "340 119  375 111  410 108  445 110  470 113",
    "arched": "340 124  375 122  410 123  445 121  470 117",
}
GROIN = "492 111  510 103  524 86  536 62  541 38  537 18  524 5"
SEAT = "500 0  476 1  456 5"
LOIN = {
    "neutral": "436 11  414 17  392 18  366 14  338 7",
    "flat": "436 4  414 3  392 2  366 2  338 1",
    "arched": "440 18  418 32  394 36  366 28  338 13",
}
BACK = "306 1.5  270 0  232 1  200 5  176 13  158 22  140 28.5  122 30  106 24  90 13  74 5  56 2  38 4  20 14  6 33"
SPINE = {  # middle of the bodies of L5 up to T12
    "neutral": "431 46  409.5 51.5  388 53.5  366.5 51.5  345 47  325 42",
    "flat": "431 40.5  409.5 41.5  388 41.5  366.5 41.5  345 41  325 40",
    "arched": "432 53  412 64.5  390 70  367.5 68  346 59.5  326 49.5",
}
TILT = {"neutral": 0.0, "flat": 13.0, "arched": -13.0}  # of the pelvis, backward, in degrees
HIP = (478.0, 58.0)
THIGH, SHANK = 240.0, 244.0

# Along the limb and forward from its axis.
THIGH_SHAPE = """-14 42  10 51  45 54  90 51  135 46  180 41  206 38.5  228 39  248 35  263 25  270 9  267 -8  256 -23  232 -33
 200 -36  160 -41  110 -47  60 -52  20 -54  -14 -46  -26 -10  -24 22"""
SHANK_SHAPE = """-16 12  -8 26  8 34.5  28 35  46 31.5  90 28  140 23  190 19  225 19  246 20  252 6  252 -12  246 -21  222 -20  196 -21
 160 -29  120 -40  84 -46  54 -44  26 -37  4 -31  -12 -16"""
FOOT_SHAPE = """-26 -22  -30 -4  -38 14  -40 26  -36 35  -26 38.5  0 38  26 35  56 34  86 37.5  104 38.5  115 35  117 28  111 22
 96 18  74 9  48 -4  30 -14  22 -24  0 -30"""
UPPER_ARM, FOREARM = 176.0, 146.0
UPPER_ARM_SHAPE = """-22 14  -14 28  6 33  40 29  80 26  120 23.5  155 21.5  178 21  192 15  197 0  192 -14  178 -21  150 -23
 110 -25  70 -28  30 -31  0 -32  -20 -20  -27 -2"""
FOREARM_SHAPE = "-21 0  -15 15  0 21.5  30 23  62 20.5  100 16  140 12.5  152 10  154 -4  150 -12  134 -13  96 -17  58 -22  28 -23.5  0 -21.5  -15 -15"
FIST_SHAPE = "-8 12  8 16  26 19  44 17  54 8  55 -6  47 -17  28 -20  8 -17  -8 -12"
HAND_SHAPE = "-8 12  14 16  36 19  58 18  78 15  92 10  97 3  92 -4  76 -8  52 -11  28 -14  4 -13  -10 -6"

GRIPPING = ("20 14  27 6  28 -5", "31 15.5  38 7  38.5 -4", "42 14  47 7  47.5 0")  # lines between the fingers
STRETCHED = ("56 9.5  76 8.5  92 5.5", "57 2.5  78 2.5  94 1.5", "55 -4.5  76 -3.5  90 -2.5")

PELVIS = """-46 33  -57 27  -67 14  -72 -3  -69 -20  -61 -34  -51 -42  -41 -40  -34 -33  -24 -24  -12 -23  -2 -28  4 -28  8 -23
 16 -24  24 -31  34 -29  40 -19  38 -7  32 4  28 17  27 28  20 35  11 34  4 27  -5 21  -15 21  -23 25  -28 23  -36 27"""
SACRUM = "-41 -4  -34 -14  -24 -25  -10 -36  8 -44  24 -45  36 -39  36 -43  24 -50  6 -53  -14 -52  -32 -46  -45 -35  -52 -24"
FEMUR = """-7 -10  1 -4  14 0  40 3  90 6.5  150 7  202 6  218 12  232 19  244 17  250 6  249 -8  242 -19  230 -21  218 -14
 202 -8  150 -7  90 -8  46 -10  40 -15  34 -16.5  29 -13  16 -17  4 -21  -6 -20"""
PSOAS_TENDON = (34.0, -12.0)


def course(text: str) -> list[tuple[float, float]]:
    numbers = [float(word) for word in text.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@dataclass(frozen=True)
class Leg:
    """Degrees: the hip bent (from lying straight), the knee bent, the foot pointed."""

    hip: float = 0
    knee: float = 2
    foot: float = 25


def frame(origin: tuple[float, float], degrees: float) -> Turn:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return lambda t, f: (float(origin[0] + t * c - f * s), float(origin[1] + t * s + f * c))


def thigh(leg: Leg) -> Turn:
    return frame(HIP, leg.hip)


def shank(leg: Leg) -> Turn:
    return frame(thigh(leg)(THIGH, 0), leg.hip - leg.knee)


def ankle(leg: Leg) -> tuple[float, float]:
    return shank(leg)(SHANK, 0)


def leg_shapes(leg: Leg) -> list[list[tuple[float, float]]]:
    foot = frame(ankle(leg), leg.hip - leg.knee - leg.foot + 90)
    return [
        [thigh(leg)(t, f) for t, f in course(THIGH_SHAPE)],
        [shank(leg)(t, f) for t, f in course(SHANK_SHAPE)],
        [foot(x, -y) for x, y in course(FOOT_SHAPE)],
    ]


def arm(
    place: Place,
    shoulder: tuple[float, float],
    wrist: tuple[float, float],
    hand: float,
    short: float = 1,
    grip: bool = False,
) -> str:
    """The near arm; `hand` is the direction of the fingers in degrees, `short` how much the view shortens the arm."""
    one, two = UPPER_ARM * short, FOREARM * short
    reach = np.array(wrist) - np.array(shoulder)
    far = min(float(np.hypot(*reach)), one + two - 1)
    inner = np.degrees(np.arccos((one**2 + far**2 - two**2) / (2 * one * far)))
    upper = frame(shoulder, float(np.degrees(np.arctan2(reach[1], reach[0])) - inner))
    elbow = upper(one, 0)
    lower = frame(elbow, float(np.degrees(np.arctan2(wrist[1] - elbow[1], wrist[0] - elbow[0]))))
    palm = frame(lower(two + 4, 0), hand)
    shapes = [
        [upper(t * short, f) for t, f in course(UPPER_ARM_SHAPE)],
        [lower(t * short, f) for t, f in course(FOREARM_SHAPE)],
        [palm(t, f) for t, f in course(FIST_SHAPE if grip else HAND_SHAPE)],
    ]
    return joined(place, shapes, SKIN) + (fingers(place, palm, GRIPPING) if grip else "")


def helping_hand(place: Place, wrist: tuple[float, float], forearm: float, hand: float, sleeve: str) -> str:
    """Of an examiner: `forearm` is the direction from which it comes, `hand` that of the fingers, in degrees."""
    lower, palm = frame(wrist, forearm), frame(wrist, hand)
    skin = [
        [lower(t, f) for t, f in course("-8 12  40 13  110 19  200 22  200 -22  110 -19  40 -13  -8 -12")],
        [palm(t, f) for t, f in course(HAND_SHAPE)],
    ]
    cuff = [lower(t, f) for t, f in course("62 22  66 0  62 -22  150 -29  236 -33  236 33  150 29")]
    return (
        joined(place, skin, SKIN)
        + fingers(place, palm, STRETCHED)
        + path(polygon([place(p) for p in (cuff[0], cuff[2], cuff[3], cuff[4], cuff[5], cuff[6])]), sleeve)
    )


def trunk(spine: str) -> list[tuple[float, float]]:
    return course(" ".join([HEAD, THROAT, CHEST, BELLY[spine], GROIN, SEAT, LOIN[spine], BACK]))


def fingers(place: Place, palm: Turn, lines: Sequence[str]) -> str:
    return "".join(path(open([place(palm(t, f)) for t, f in course(line)]), width=1.8) for line in lines)


def joined(place: Place, shapes: Sequence[Points], fill: str, width: float = 3) -> str:
    """Several shapes as one: their lines first, then what they fill."""
    drawn = [closed([place(p) for p in shape]) for shape in shapes]
    return group(*(path(d, fill, width=2 * width) for d in drawn)) + group(*(path(d, fill, "none") for d in drawn))


def ear(place: Place) -> str:
    outer = course("60 56  57 63  61 69  68 69  73 63  75 56  79 52  77 48  71 50")
    return path(open([place(p) for p in outer]), width=2)


def hair(place: Place) -> str:
    cap = course(
        "6 33  0 58  5 80  18 97  30 99  38 88  46 80  56 76  62 66  58 52  66 42  84 36  100 30  98 19  86 11  74 5  56 2  38 4  20 14"
    )
    return path(closed([place(p) for p in cap]), DEEP, width=2.4)


def bones(place: Place, spine: str, leg: Leg) -> str:
    """Lumbar spine, sacrum, hip bone and femur."""
    middles = course(SPINE[spine])
    pelvis, femur = frame(HIP, TILT[spine]), thigh(leg)

    def shape(turn: Turn, text: str, tissue: str = "bone", step: int = 4) -> str:
        return path(closed([place(turn(t, f)) for t, f in course(text)]), tone(tissue, step), OUTLINE, 1.8)

    found = [shape(pelvis, SACRUM, step=3)]
    for one, (low, high) in enumerate(pairwise(middles)):
        way = float(np.degrees(np.arctan2(high[1] - low[1], high[0] - low[0])))
        body = frame(low, way)
        if one:
            disc = frame(((low[0] + middles[one - 1][0]) / 2, (low[1] + middles[one - 1][1]) / 2), way)
            found.append(
                path(
                    polygon([place(disc(t, f)) for t, f in course("-4 -9  4 -9  4 9  -4 9")]),
                    tone("disc", 3),
                    width=1.4,
                )
            )
        found.append(shape(body, "-7.5 10  0 8.8  7.5 10  8.4 0  7.5 -10  0 -8.8  -7.5 -10  -8.4 0"))
        found.append(shape(body, "-5 10.5  5 10.5  3.5 15  0 19  -4.5 26  -10 25  -9 19  -5.5 14"))
    found.append(shape(pelvis, PELVIS))
    found.append(shape(pelvis, "12 2  18 8  24 6  27 -3  25 -13  19 -15  13 -8", step=1))

    def ring(radius: float) -> list[tuple[float, float]]:
        turns = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        return [pelvis(float(radius * np.cos(a)), float(radius * np.sin(a))) for a in turns]

    found.append(path(closed([place(p) for p in ring(14.5)]), tone("bone", 1), OUTLINE, 1.8))
    neck = [femur(t, f) for t, f in course("-3 9  10 6  22 2  24 -12  12 -16  -2 -10")]
    found.append(joined(place, [ring(11.5), neck, [femur(t, f) for t, f in course(FEMUR)]], tone("bone", 4), 1.8))
    cap = frame(femur(THIGH, 0), leg.hip - leg.knee / 2)
    found.append(shape(cap, "-12 27  -2 24  9 26  12 30  6 34  -6 34.5  -12 31"))
    return "".join(found)


def rectus_femoris(place: Place, spine: str, leg: Leg) -> str:
    """From the hip bone above the joint to the kneecap: over two joints."""
    pelvis, femur, cap = frame(HIP, TILT[spine]), thigh(leg), frame(thigh(leg)(THIGH, 0), leg.hip - leg.knee / 2)
    middle = np.array(
        [pelvis(-16, 25), femur(14, 31), femur(60, 33), femur(110, 31), femur(160, 27), femur(200, 27), cap(-10, 30)]
    )
    return _belly(place, middle, np.array([1.5, 5, 8.5, 9, 7.5, 4.5, 2.5]), "#dcae9f", "#b98474")


def iliopsoas(place: Place, spine: str, leg: Leg) -> str:
    """From the lumbar vertebrae over the front of the hip joint to the lesser trochanter."""
    l4, l3, l2, l1 = course(SPINE[spine])[1:5]
    pelvis, femur = frame(HIP, TILT[spine]), thigh(leg)
    middle = np.array(
        [(l1[0], l1[1] + 6), (l2[0], l2[1] + 8), (l3[0], l3[1] + 10), (l4[0], l4[1] + 12), pelvis(-34, 17), pelvis(-12, 20),
         np.mean([pelvis(10, 13), femur(10, 13)], 0), femur(24, 1), femur(*PSOAS_TENDON)]
    )  # fmt: skip
    half = np.array([2, 5.5, 8, 9.5, 10.5, 9.5, 7.5, 5, 2.5])
    return _belly(place, middle, half, tone("psoas major", 3), tone("psoas major", 1))


def _belly(place: Place, middle: Any, half: Any, fill: str, line: str) -> str:
    """A muscle along its middle, so wide to each side of it, with fibers."""
    slope = np.gradient(middle, axis=0)
    normal = np.c_[-slope[:, 1], slope[:, 0]] / np.hypot(*slope.T)[:, None]

    def beside(share: float) -> list[tuple[float, float]]:
        return [place((float(x), float(y))) for x, y in middle + share * normal * half[:, None]]

    fibers = [path(open(beside(share)[1:-1]), stroke=line, width=1.2) for share in (-0.45, 0, 0.45)]
    return path(closed([*beside(1), *beside(-1)[::-1]]), fill, width=2.2) + "".join(fibers)
