"""A page as Typst sets it, cut to a paper.

A4 and Letter share what is printed (templates/house.typ) and differ in the white around it, so each part is set once: a second
setting for the second paper would take as long as the first, because Typst remembers nothing across pages of another size.
"""

from __future__ import annotations

import re

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # mm, upright
_POINTS = 72 / 25.4
_BOX = re.compile(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]")  # as Typst writes it, once for each page


def trimmed(pdf: bytes, paper: str) -> bytes:
    """Each page cut alike on both sides, as on top and at the foot, whether it is upright or not.

    The file's table of contents counts bytes, so a new box takes exactly the place of the old one.
    """

    def cut(box: re.Match[bytes]) -> bytes:
        width, height = float(box[1]), float(box[2])
        across, down = (side * _POINTS for side in (PAPERS[paper] if width < height else PAPERS[paper][::-1]))
        x, y = (width - across) / 2, (height - down) / 2
        numbers = " ".join(f"{number:.1f}".removesuffix(".0") for number in (x, y, x + across, y + down))
        new = f"/MediaBox[{numbers}]".encode()
        if len(new) > len(box[0]):
            raise ValueError(f"{new!r} does not fit into the place of {box[0]!r}")
        return new.ljust(len(box[0]))

    return _BOX.sub(cut, pdf)
