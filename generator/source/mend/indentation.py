"""A line that starts in the wrong column."""

from __future__ import annotations

from ...annotations import all_keys, text_keys
from .line import HEADER, LINE, Mend, alone, indent, next_line, starts_item, under, written

NEAR = 400  # lines above a mistake that are looked at to understand it


def block_header(lines: list[str], row: int) -> int | None:
    """The row of the `|` or `>` whose text this line seems to be."""
    column = indent(lines[row])
    for above in range(row - 1, max(-1, row - NEAR), -1):
        is_header = HEADER.match(lines[above])
        if lines[above].strip() and (indent(lines[above]) < column or (is_header and above == row - 1)):
            if is_header:
                return above
            column = min(column, indent(lines[above]))
        if column == 0:
            break
    return None


def outside_block(lines: list[str], row: int, header: int) -> Mend | None:
    """A line of a block's text that stands further left than the text's first line."""
    first = next_line(lines[:row], header)
    wanted = indent(first) if first else len(under(lines[header]))
    if indent(lines[row]) >= wanted:
        return None
    message = f'this text does not line up with the rest of its "|" block, which starts in line {header + 1}'
    return written(row, indent(lines[row]), "indentation", message, " " * wanted + lines[row].strip())


def misaligned(lines: list[str], row: int) -> Mend | None:
    """A line that is right in itself but does not line up with those that it belongs with."""
    line = lines[row]
    parts = LINE.match(line)
    if not parts or alone(line) is None:
        return None
    dash, here = starts_item(line), indent(line)
    if not dash and (not parts["key"] or (parts["key"] not in all_keys() and _is_deeper(lines, row))):
        return _stray(lines, row)
    columns = _columns_above(lines, row, dash)
    if not columns or here in columns:
        return None
    column = min(columns, key=lambda c: (abs(c - here), -c))
    end = _end_of_item(lines, row) if dash else _end_of_value(lines, row, column)
    by = column - here
    below = column + len(parts["lead"]) - here  # where the keys of a moved card begin
    first = next((line for line in lines[row + 1 : end] if line.strip()), "")
    if dash and parts["key"] and (key := LINE.match(first)) and key["key"] in all_keys():
        by = below - indent(first)  # its keys may stand right already
    moved = {i: " " * max(0, indent(lines[i]) + by) + lines[i].lstrip(" ") for i in range(row + 1, end)}
    moved = {i: line for i, line in moved.items() if line != lines[i]} | {row: " " * column + lines[row].lstrip(" ")}
    what, others = ('this "-"', "the others start") if dash else (f'"{parts["key"]}"', "the keys beside it start")
    message = f"{what} starts in column {here + 1}, but {others} in column {column + 1} (line {columns[column] + 1})"
    rest = ", and move the lines below it too" if len(moved) > 1 else ""
    return Mend(row, here, "indentation", message, f"write it as{rest}\n{moved[row]}", moved)


def _columns_above(lines: list[str], row: int, dash: bool) -> dict[int, int]:
    """Where the items (or keys) of this card start, and the nearest row of each."""
    columns: dict[int, int] = {}
    for above in range(row - 1, max(-1, row - NEAR), -1):
        line = lines[above]
        parts = LINE.match(line)
        if not parts or not line.strip() or block_header(lines, above) is not None:
            continue
        if dash and starts_item(line):
            columns.setdefault(indent(line), above)
        elif not dash and parts["key"]:
            columns.setdefault(len(parts["lead"]), above)
        if starts_item(line) and parts["key"]:
            break
    return columns


def _end_of_item(lines: list[str], row: int) -> int:
    here = indent(lines[row])
    below = range(row + 1, len(lines))
    return next((i for i in below if lines[i].strip() and indent(lines[i]) <= here), len(lines))


def _end_of_value(lines: list[str], row: int, column: int) -> int:
    """The end of what moves with a key: nothing, where that has no lines below it or they stand right already."""
    end = _end_of_item(lines, row)
    below = [indent(line) for line in lines[row + 1 : end] if line.strip()]
    parts = LINE.match(lines[row])
    has_value = parts and parts["value"] and not HEADER.match(lines[row])
    return row + 1 if has_value or min(below, default=0) > column else end


def _is_deeper(lines: list[str], row: int) -> bool:
    above = next((line for line in reversed(lines[:row]) if line.strip()), "")
    parts = LINE.match(above)
    return bool(parts and parts["key"] and parts["value"] and indent(lines[row]) > len(parts["lead"]))


def _stray(lines: list[str], row: int) -> Mend | None:
    """Text on a line of its own, under a value that ended on the line before."""
    above = next((i for i in range(row - 1, -1, -1) if lines[i].strip()), None)
    parts = LINE.match(lines[above]) if above is not None else None
    if above is None or not parts or not parts["key"] or not parts["value"]:
        return None
    if parts["key"] in all_keys() - text_keys():
        message = 'this line is not of the form "key: value"'
        help = 'if it belongs to a text, put it below that text\'s "|", two columns to the right; if not, delete it'
        return Mend(row, indent(lines[row]), "indentation", message, help, {row: ""})
    head, value = lines[above][: parts.start("value")], parts["value"].strip("\"'")
    end = row + 1
    while end < len(lines) and lines[end].strip() and indent(lines[end]) > len(parts["lead"]):
        end += 1
    texts = [value, *(line.strip() for line in lines[row:end])]
    block = "\n".join([f"{head}|", *(under(lines[above]) + text for text in texts)])
    message = f'this line is not of the form "key: value"; does it belong to the text of line {above + 1}?'
    help = f"if so, write {'both' if len(texts) == 2 else 'them'} as\n{block}"
    return Mend(row, indent(lines[row]), "indentation", message, help, dict.fromkeys(range(row, end), ""))
