"""What card text and fields may not contain, because it would run, deceive or break in a learner's Anki.

Nothing is cleaned: a finding becomes a complaint. Why each rule exists was measured in the real Anki.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import escape
from os.path import commonprefix
from typing import TYPE_CHECKING, NamedTuple

from .garbled import GARBAGE, garbled

if TYPE_CHECKING:
    import nh3


class Complaint(NamedTuple):
    """Why a text is refused. The caller knows the place and makes a problem of it; `needle` is the part to point at."""

    code: str
    message: str
    help: str = ""
    needle: str = ""


# Control (but tab and newline), format, private use, surrogate, non-character, and letters that show nothing.
# Written out, so that it does not depend on Python's Unicode version.
_CHARACTERS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff"
    "\uffa0\ufff0-\uffff\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMOJI = "#*0-9\xa9\xae\u2000-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"  # what U+FE0E and U+FE0F may follow
CHARACTER = re.compile(f"[{_CHARACTERS}]|(?<![{_EMOJI}])[\ufe0e\ufe0f]")
_USUAL = re.compile("[\n -~°–—’“”…]*")

_SEQUENCES = (
    (r"\[/?(?:latex|\$\$?)\]", "latex", "Anki hands it to LaTeX", "write the text out; <sup> and <sub> are there"),
    (r"\\[()\[\]]", "mathjax", "Anki reads it as a formula", "write the text out; <sup> and <sub> are there"),
    (r"\[sound:", "sound", "Anki would play a file", "take it out; cards have no sound"),
    (r"\[anki:", "anki-tag", "Anki reads it as a command", "take it out"),
    (r"\[\[type:", "type-tag", "Anki puts an input box there", "use the field type_in"),
    (
        r"\\[*_#`]",
        "backslash",
        "a backslash escapes nothing here",
        "write the sign alone; 2*3 and a * b stay what they are",
    ),
    (r"::\s*image-occlusion:", "occlusion", "Anki reads it as a mask on a picture", "use occlude: for picture cards"),
)
_ANY = [re.compile("|".join([*(rule[0] for rule in _SEQUENCES), mustache]), re.IGNORECASE)
        for mustache in (r"\{\{", r"\{\{(?!(?-i:c)[0-9]+::)")]  # fmt: skip
_RULES = [(re.compile(pattern, re.IGNORECASE), code, why, help) for pattern, code, why, help in _SEQUENCES]

_URL = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d{1,5})?"
    r"(?:[/?#](?:[a-z0-9._~:/?#@!$&()*+,;=-]|%[0-9a-f]{2})*)?",
    re.IGNORECASE | re.ASCII,
)
_IMAGE = re.compile(r"_[a-z0-9-]+\.(?:png|jpg|webp|svg)", re.ASCII)

TAGS = frozenset("p br strong em ul ol li table thead tbody tr th td sub sup a img".split())  # noqa: SIM905
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}


def forbidden_text(text: str, *, cloze: bool = False) -> list[Complaint]:
    """Characters and sequences that no card text and no field may hold."""
    found = []
    if not _USUAL.fullmatch(text):  # ten times faster than to search for the others
        if not unicodedata.is_normalized("NFC", text):
            help = "retype it, or save the text as NFC"
            found.append(Complaint("not-nfc", "an accented letter is stored as two characters", help))
        for garbage, meant in garbled(text):
            message = f'"{garbage}" was one character, before the file was saved in a wrong encoding'
            found.append(Complaint("broken-character", message, f"write {meant}", garbage))
        for character in dict.fromkeys(CHARACTER.findall(text)):
            found.append(_character(character))
    suspect = "[" in text or "\\" in text or "{{" in text
    for match in _ANY[cloze].finditer(text) if suspect else ():
        for rule, code, why, help in _RULES:
            if rule.match(match[0]):
                found.append(Complaint(code, f'"{match[0].strip(":")}": {why}', help, match[0]))
                break
        else:
            found.append(_mustache(text[match.start() : match.start() + 16], cloze))
    return list(dict.fromkeys(found))


def _character(character: str) -> Complaint:
    number, name = f"U+{ord(character):04X}", unicodedata.name(character, "no name").lower()
    if character in "\ufffc\ufffd":
        message = f"{number} ({name}) stands for a lost one"
        return Complaint("broken-character", message, "retype what stood there", character)
    if character in _BIDI:
        message = f"{number} ({name}) changes the direction of the text"
        return Complaint("bidi-control", message, "delete it", character)
    match unicodedata.category(character):
        case "Cc":
            return Complaint("control-character", f"{number} is a control character", "delete it", character)
        case "Co" if 0xF000 <= ord(character) <= 0xF0FF:
            help = 'begin the line with "- " if it is a bullet'
            return Complaint("private-use", f"{number} is a sign of Word's own, often a bullet", help, character)
        case "Co" | "Cn" | "Cs":
            return Complaint("private-use", f"{number} has no agreed meaning", "use a character that has", character)
    help = "delete it, or retype the word"
    return Complaint("invisible-character", f"{number} ({name}) cannot be seen", help, character)


def _mustache(shown: str, cloze: bool) -> Complaint:
    message = f'"{shown}…" is not a gap' if cloze else f'"{shown}…": gaps belong in cloze:'
    help = "a gap is written {{c1::hidden}} or {{c1::hidden::hint}}, in the field cloze"
    return Complaint("mustache", message, help, shown)


def is_link(url: str) -> bool:
    """A plain https address: no user name, no spaces, no quotes."""
    return _URL.fullmatch(url) is not None


def stand_in(text: str, *, cloze: bool) -> str:
    """HTML in place of a refused text: it shows the text, and does nothing."""
    return escape(
        _ANY[cloze].sub("□", CHARACTER.sub("□", GARBAGE.sub("□", unicodedata.normalize("NFC", text)))), quote=False
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    match tag, name:
        case "a", "href":
            return value if is_link(value) else None
        case "img", "src":
            return value if _IMAGE.fullmatch(value) else None
        case "img", ("width" | "height"):
            return value if re.fullmatch(r"[1-9]\d{0,3}", value, re.ASCII) else None
    return value


@lru_cache(1)
def _cleaner() -> nh3.Cleaner:
    import nh3  # late: a deck of plain text never needs it

    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_attribute,
        url_schemes={"https"},
        link_rel=None,
        strip_comments=True,
    )


def check_html(html: str, *, cloze: bool = False) -> tuple[Complaint, ...]:
    """Complaints about a whole field. nh3 must leave it as it is.

    Only how it writes a no-break space and an apostrophe may differ. So a field is written as nh3 writes it:
    `&amp; &lt; &gt;` in text, `&quot;` too in attributes, no other entities, `<br>` without a slash.
    """
    found = forbidden_text(html, cloze=cloze)
    if "<" in html or "&" in html or ">" in html:
        clean = _cleaner().clean(html).replace("&nbsp;", "\u00a0")
        written = html.replace("&#x27;", "'")  # html.escape writes it so
        if clean != written:
            at = len(commonprefix([written, clean]))  # noqa: RUF071
            shown = written[max(0, at - 10) : at + 30]
            found.append(Complaint("unsafe-html", f"HTML that no card may hold, at {shown!r}",
                                   "only what Markdown makes, figures of this deck and https links"))  # fmt: skip
    return tuple(found)
