"""Gaps as people type them: what is wrong with `{{c1:psoas}}`, and the fix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import MAX_CLOZE
from .wording import short

Fault = tuple[str, str, str]  # message, help, the faulty part as typed


def faults(text: str) -> Iterator[Fault]:
    opened: int | None = None
    gaps = closed = 0
    for match in re.finditer(r"\{\{|\}\}", text):
        if match[0] == "{{":
            if opened is not None:
                shown = short(text[opened : match.end() + 12])
                yield f"a gap inside a gap: {shown}", "close the first with }} before the next", text[opened:]
                return
            opened = match.start()
        elif opened is None:
            yield "}} closes no gap", "a gap is {{c1::hidden}}", text[closed : match.end()].strip()
        else:
            gaps, closed = gaps + 1, match.end()
            yield from _gap(text[opened + 2 : match.start()])
            opened = None
    if opened is not None:
        yield f"the gap {short(text[opened:])} is not closed", "end it with }}", text[opened:]
    elif not gaps:
        single = re.search(r"\{(c\d+::?[^{}]*)\}", text)
        help = f"write {{{{{single[1]}}}}}" if single else "hide the part to be asked: {{c1::lesser trochanter}}"
        yield "the cloze has no gap", help, single[0] if single else ""


def _gap(body: str) -> Iterator[Fault]:
    typed = "{{" + body + "}}"
    match = re.fullmatch(r"c([0-9]+)::(.*)", body, re.S)
    if match is None:
        number, hidden = re.match(r"\s*[cC]?\s*([0-9]*)(?:,[0-9,\s]*)?\s*:{0,2}\s*(.*)", body, re.S).groups()  # type: ignore[union-attr]  # it matches anything
        several = "a gap has one number: " if re.match(r"c[0-9]+,", body) else ""
        yield f"{several}{short(typed)} is not a gap", f"write {{{{c{number or 1}::{hidden or '…'}}}}}", typed
        return
    number, hidden = match.groups()
    if number.startswith("0") or int(number[:9]) > MAX_CLOZE:
        yield f"c{number}: the number of a gap is from 1 to {MAX_CLOZE}", f"write {{{{c1::{hidden}}}}}", typed
    if not hidden.split("::")[0].strip():
        yield f"the gap {short(typed)} hides nothing", "put the hidden text after the first ::", typed
