"""Lines of signs that belong to no card: what Git writes where two versions collide, fences and rules."""

from __future__ import annotations

import re

from .line import Mend, indent

MERGE = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?$")
SIGNS = re.compile(r" *(?:(`{3,}|~{3,})[\w-]*|[=_*~#+-]{3,}|\.{3})\s*$")


def merge_marks(lines: list[str], row: int) -> Mend | None:
    """From `<<<<<<<` to `>>>>>>>`. The first version is read, so that there is one problem and not one a line."""
    if not MERGE.match(lines[row]):
        return None
    found = [i for i, line in enumerate(lines) if MERGE.match(line)]
    start = max((i for i in found if i <= row and lines[i][0] == "<"), default=row)
    end = next((i for i in found if i >= row and lines[i][0] == ">"), row)
    second = next((i for i in found if start < i <= end and lines[i][0] in "|="), end)
    gone = {start: ""} | dict.fromkeys(range(second, end + 1), "")
    message = "Git wrote this line: here two versions of the file were not brought together"
    help = "keep the lines of one version, and delete those that begin with <<<<<<<, ======= and >>>>>>>"
    return Mend(start, 0, "merge-mark", message, help, gone | {row: ""})


def signs(lines: list[str], row: int) -> Mend | None:
    """A line of nothing but signs, where YAML can make nothing of it."""
    found = SIGNS.match(lines[row])
    if not found:
        return None
    message = "this line belongs to no card"
    if found[1]:
        message = "``` begins or ends a block of code elsewhere; a card file has none"
    return Mend(row, indent(lines[row]), "stray-line", message, "delete it", {row: ""})
