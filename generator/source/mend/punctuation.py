"""A colon, space or bracket that is missing: `answer:Femur`, `answer Femur`, `-id: x`, `sources: [gray1918`."""

from __future__ import annotations

import re

from ...annotations import all_keys, list_keys
from ..scalar import quoted
from .line import Mend, alone, written


def missing_in_key(line: str, row: int) -> Mend | None:
    """Only beside a key that we know: anything else may be text."""
    if isinstance(alone(line), dict):
        item = re.match(r"( *-)(([a-z_]+):.*)$", line)
        if not item or item[3] not in all_keys():
            return None
        message = 'a space is missing after "-"'
        return written(row, item.end(1), "missing-space", message, f"{item[1]} {item[2]}")
    found = re.match(r"( *(?:- +)*)([a-z_]+)(:?)( *)([=：；;](?!=)[ \xa0]*)?(.*)$", line)
    if not found or found[2] not in all_keys():
        return None
    lead, key, colon, space, other, value = found.groups()
    if other and not colon:
        fixed = f"{lead}{key}: {value if alone(f'{key}: {value}') is not None else quoted(value)}".rstrip()
        return written(
            row, found.start(5), "missing-colon", f'a colon belongs after "{key}", not "{other.strip()}"', fixed
        )
    value = (other or "") + value
    if (space or not value) if colon else (value and not space):
        return None
    fixed = f"{lead}{key}: {value}".rstrip()
    if not isinstance(alone(fixed), dict):
        fixed = f"{lead}{key}: {quoted(value)}"
    sign = "space" if colon else "colon"
    return written(row, found.end(2), f"missing-{sign}", f'a {sign} is missing after "{key}{colon}"', fixed)


def brackets(line: str, key: str | None) -> tuple[str, str] | None:
    """The line with its brackets put right, where it then holds a list or mapping; and what was wrong."""
    line = line.rstrip()
    once = re.sub(r",(\s*,)+|(?<=\[)\s*,", lambda comma: "," if comma[0].strip(" ") != "," or comma[1] else "", line)
    if once != line and alone(once) is not None:
        return once, "there is a comma too many"
    before = line[: line.rfind("]") + 1]
    if key in list_keys() and before not in ("", line) and alone(before) is not None:
        return before, 'nothing may follow the "]"'
    if re.search(r"\[[^]]* #[a-z]", line) and alone(line.replace(" #", "#")) is not None:
        return line.replace(" #", "#"), 'a " #" makes the rest of the line a comment'
    for end in ("]", "}", "]}"):
        if not line.endswith(end) and alone(line + end) is not None:
            return line + end, f'the closing "{end}" is missing'
    if key in list_keys() and line.endswith("]]") and alone(line[:-1]) is not None:
        return line[:-1], 'there is one "]" too many'
    return None
