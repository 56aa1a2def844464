"""What comes along when people paste: bullets, tables, entities and half a pair of asterisks, which would show as typed."""

from __future__ import annotations

import re
from html.entities import html5
from itertools import pairwise

from .forbidden import Complaint

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BULLET = re.compile(
    r"[ \t]*(?:(?P<sign>[•·▪▫■□◦‣●○➢➤✓–—−*+])|(?P<o>o)|(?P<word>\(?(?:[0-9]{1,2}|[a-zA-Z])\)|[0-9]{1,2}\.))[ \t]+\S"
)
_ASIDE = re.compile(r"[ \t]*([–—−])[ \t].*[ \t]\1[ \t]")  # – as we know – and not a bullet
# a second line that may belong to a list or table; `lines` looks closer
SUSPECT = re.compile(r"\n[ \t]*(?:[|•·▪▫■□◦‣●○➢➤✓–—−*+(]|o[ \t]|[a-zA-Z]\)|[0-9]{1,2}[.)])")
TWO_STARS = re.compile(r"(?<!\*)\*\*(?!\*)(?!(?<=\d\*\*)\d)")  # 2**3 is no bold
HALF_BOLD = Complaint(
    "half-bold",
    "these asterisks would be shown as they stand",
    "bold is **word**, with two asterisks on both sides and no space between them and the word",
    "**",
)


def entities(text: str) -> list[Complaint]:
    """`&alpha;` of a web page: `text` is as typed."""
    found = []
    for entity in dict.fromkeys(_ENTITY.findall(text)):
        meant = _character(entity)
        if meant:
            shown = "a space" if meant.isspace() else meant
            message = f'"{entity}" is HTML, and would be shown as it stands'
            found.append(Complaint("html-entity", message, f"write {shown}", entity))
    return found


def _character(entity: str) -> str:
    if entity[1] != "#":
        return html5.get(entity[1:], "")
    number = int(entity[3:-1], 16) if entity[2] in "xX" else int(entity[2:-1])
    return chr(number) if 31 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def lines(text: str, html: str) -> list[Complaint]:
    """Lines that were to be a list or a table, and are none in the HTML."""
    typed = text.split("\n")
    rows = [line.strip() for line in typed if line.strip().startswith("|") and line.count("|") > 1]
    if len(rows) > 1 and "<table>" not in html:
        rule = "|" + " --- |" * (rows[0].strip("|").count("|") + 1)
        help = f"write below its first line\n{rule}"
        return [Complaint("table-rule", "a table without its second line would run together", help, rows[0])]
    marks = [_BULLET.match(line) if not _ASIDE.match(line) else None for line in typed]
    for match, after in pairwise(marks):  # two lines in a row: a dash or plus at a wrapped line's start is no list
        if match is None or after is None:
            continue
        kind = _kind(match)
        if kind == _kind(after) and not (kind == "1." and "<ol>" in html):
            mark = match[0].strip().split()[0]
            message = f'lines that begin with "{mark}" are no list, and would run together'
            help = "number them 1. 2. 3., after an empty line" if kind in ("1.", "1)") else 'begin each with "- "'
            return [Complaint("list-mark", message, f"{help}, at the start of the line", match[0].strip())]
    return []


def _kind(match: re.Match[str]) -> str:
    word = match["word"]
    if not word:
        return str(match["sign"] or "o")
    return re.sub(r"[0-9]+", "1", re.sub(r"[a-zA-Z]", "a", word)).strip("(")
