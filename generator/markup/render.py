"""Card text to validated HTML, in the closed Markdown of cards.

Most texts are plain or have some bold, and take a fast path that gives what Python-Markdown gives (a property test
holds them together). Its output is safe by construction: escaped text, <strong> and <em>. The rest is checked by nh3.
"""

from __future__ import annotations

import re
from html import escape

from .forbidden import Complaint, check_html, forbidden_text, stand_in
from .gaps import cloze_complaints
from .pasted import HALF_BOLD, SUSPECT, TWO_STARS, entities, lines

_PLAIN = re.compile(r"[A-Za-z0-9 ,.;:()'\"/%?!=+°–—’“”…-]*")  # nothing here has a meaning, but two spaces and "- "
_START = re.compile(r"-[ ]|1\. ")
_LINES = re.compile(r"\n\s*\n|\n *(?:-|1\.)[ ]")  # paragraphs, lists
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*?)(?![\s*])([^*]*)(?<![\s*])\1(?![\w*])")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)(>?)|<[!?]")
_AFTER = ("", " ", "/", "\n")
_OURS = ("sup", "sub", "br")
_HTML = frozenset(  # names that nobody writes after a less-than sign; shorter ones need their ">"
    "abbr address applet area article aside audio base bdi bdo blockquote body button canvas caption "  # noqa: SIM905
    "center cite code col colgroup data datalist details dfn dialog div embed fieldset figcaption "
    "figure font footer form frame frameset head header html iframe img input ins kbd label legend link "
    "main map mark marquee math menu meta meter nav noscript object optgroup option output param "
    "picture plaintext pre progress ruby script section select slot small source span strike strong "
    "style summary svg table tbody template textarea tfoot thead title track video wbr xmp".split()
)
_DEEP = re.compile(r"^(?: {4}|\t){4,} *(?:-|\d+\.) ", re.MULTILINE)
_LONG = 20_000  # characters


def render(text: str, *, cloze: bool = False) -> tuple[str, tuple[Complaint, ...]]:
    """HTML of a card's text, and why it must not be used. With complaints the HTML only shows the text."""
    text = text.strip()
    if not cloze and _PLAIN.fullmatch(text) and "  " not in text and not _START.match(text):
        return text, ()
    found = forbidden_text(text.replace("\r\n", "\n"), cloze=cloze)
    if len(text) > _LONG:
        found.append(Complaint("too-long", f"a text of {len(text)} characters", f"at most {_LONG}; split the card"))
    markup, complaints = _tags(text) if "<" in text else (False, [])
    found += complaints
    if "&" in text:
        found += entities(text)
    html = ""
    if not found:
        quick = None if markup else _fast(text)
        html, complaints = _slow(text, cloze) if quick is None else (quick, [])
        found += complaints
        if not found:
            if "\n" in text and SUSPECT.search(text):
                found += lines(text, html)
            if "**" in html and TWO_STARS.search(html):
                found.append(HALF_BOLD)
        if cloze and not found:
            found += cloze_complaints(html)
    if found:
        return stand_in(text, cloze=cloze), tuple(dict.fromkeys(found))
    return html, ()


def _fast(text: str) -> str | None:
    """One paragraph of text with simple bold and italic; None for anything else. Knows no tags."""
    if "  " in text or "|" in text or "](" in text or "\t" in text or "\r" in text:  # breaks, tables, links
        return None
    if _START.match(text) or _LINES.search(text):
        return None
    if "\n" in text:  # no two spaces are beside it
        text = text.replace(" \n", "\n").replace("\n ", "\n").replace("\n", " ")
    html = escape(text, quote=False)
    if "*" in html:
        html = _EMPHASIS.sub(_emphasis, html)
        if "*" in html:
            return None
    return html


def _emphasis(match: re.Match[str]) -> str:
    tag = "strong" if match[1] == "**" else "em"
    return f"<{tag}>{match[2]}</{tag}>"


def _slow(text: str, cloze: bool) -> tuple[str, list[Complaint]]:
    """Through Python-Markdown, and nh3."""
    from .grammar import convert  # late: Python-Markdown takes 40 ms to import

    if _DEEP.search(text):
        return "", [Complaint("list-depth", "a list four levels deep", "split the card")]
    html, found = convert(text)
    if not found:
        found += check_html(html, cloze=cloze)
    if not found and not re.sub(r"<[^>]*>", "", html).strip():
        found.append(Complaint("empty", "the text shows nothing", "write something, or leave the field out"))
    return html, found


def _tags(text: str) -> tuple[bool, list[Complaint]]:
    """Whether there are tags of ours, and complaints about others. A less-than sign is not a tag."""
    ours, found = False, []
    for match in _TAG.finditer(text):
        _, name, rest, end = match.groups()
        if name is None:
            shown = text[match.start() : match.start() + 12]
            found.append(Complaint("html-tag", f'"{shown}" is HTML', "take it out", match[0]))
            continue
        lower, bare = name.lower(), rest.strip() in ("", "/") and bool(end)
        if lower in _OURS and bare and (lower == "br") >= (rest != ""):
            ours = True
        elif lower in _OURS and (bare or (end and (rest[:1].isspace() or rest[:1] == "/"))):
            found.append(Complaint("html-tag", f"{match[0][:40]} is more than a plain <{lower}>",
                                   f"write <{lower}>, without attributes", match[0]))  # fmt: skip
        elif bare or (end and "=" in rest and rest[0].isspace()) or (lower in _HTML and rest[:1] in _AFTER):
            found.append(Complaint("html-tag", f"<{name}>: cards hold no HTML but <sup>, <sub> and <br>",
                                   _instead(lower), match[0]))  # fmt: skip
    each_once = {complaint.message: complaint for complaint in reversed(found)}  # not again for </b>
    return ours, [*reversed(each_once.values())]


def _instead(name: str) -> str:
    match name:
        case "b" | "strong":
            return "bold is **text**"
        case "i" | "em":
            return "italic is *text*"
        case "a":
            return "a link is [text](https://…)"
        case "img":
            return "name a figure in the field figure"
        case "ul" | "ol" | "li":
            return "list items begin with - or 1."
        case "p":
            return "an empty line begins a paragraph"
    return "take it out; if you mean a less-than sign, put a space after it"
