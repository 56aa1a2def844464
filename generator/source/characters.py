"""Bytes -> text: encodings, tabs, characters that cannot be seen."""

from __future__ import annotations

import re
import unicodedata

from ..annotations import all_keys
from ..problem import MOST, Problem
from .indents import WHITE, indented

MAX_BYTES = 5_000_000
_PLAIN_ASCII = bytes((*range(0x20, 0x7F), 0x0A, 0x0D))
_BESIDE_COLON = re.compile(r"( *(?:- +)*)([a-z_]+)(?:\xa0* *:[ \xa0]*\xa0[ \xa0]*|\xa0+ *:[ \xa0]*)")
_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


def decode(path: str, content: bytes) -> str | Problem:
    """The text with plain newlines, or why there is none."""
    if len(content) > MAX_BYTES:
        message = f"the file has {len(content) / 1e6:.1f} MB; {MAX_BYTES // 1_000_000} MB is the limit"
        return Problem(path, "too-large", message, help="split it", line=1, column=1)
    if content.startswith(_UTF_16_OR_32) or content.count(0) > len(content) // 4:
        message = "the file is saved as UTF-16 or UTF-32"
        return Problem(path, "not-utf8", message, help="save the file as UTF-8", line=1, column=1)
    body = content.removeprefix(b"\xef\xbb\xbf")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, body, error.start)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _not_utf8(path: str, body: bytes, start: int) -> Problem:
    before = body[:start].decode()
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    guess = body[start : start + 1].decode("cp1252", "replace")
    shown = f' (in Windows-1252 it is "{guess}")' if guess.isprintable() and guess != "\ufffd" else ""
    message = f"byte 0x{body[start]:02X} is not UTF-8{shown}"
    source = body.decode(errors="replace").split("\n")[line - 1]
    return Problem(path, "not-utf8", message, (), "save the file as UTF-8", line=line, column=column, source=source)


def is_odd(char: str) -> bool:
    """Invisible, or of no meaning in text: controls, directions, zero width, line separators, what YAML refuses."""
    return char != "\n" and (unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or char in "\ufffe\uffff")


def clean(path: str, text: str) -> tuple[str, list[Problem]]:
    """The text with spaces in place of characters that must not be there, and these as problems."""
    if not _has_odd(text):
        return text, []
    problems: list[Problem] = []
    typed = text.split("\n")
    lines = list(typed)
    wrong_indents: list[int] = []
    hard_spaces: list[int] = []  # `level:` with a no-break space after it
    for row, line in enumerate(lines):
        indent = WHITE.match(line).group()  # type: ignore[union-attr]  # it matches nothing too
        if indent.strip(" ") and line.strip():
            wrong_indents.append(row)
        rest = line[len(indent) :]
        for char in dict.fromkeys(filter(is_odd, rest)) if len(problems) <= MOST else ():
            problems.append(_odd_character(path, char, row, len(indent) + rest.index(char), line))
        lines[row] = indent + "".join(_instead(char) for char in rest)
        if indent.strip(" "):
            lines[row] = indented(lines, typed, row)
        if "\xa0" in lines[row] and (key := _BESIDE_COLON.match(lines[row])) and key[2] in all_keys():
            lines[row] = f"{key[1]}{key[2]}: {lines[row][key.end() :]}".rstrip()
            hard_spaces.append(row)
    if hard_spaces:
        row = hard_spaces[0]
        problems.append(_hard_space(path, row, typed[row], lines[row], len(hard_spaces) - 1))
    if wrong_indents:
        row = wrong_indents[0]
        problems.append(_wrong_indent(path, row, typed[row], lines[row], len(wrong_indents) - 1))
    return "\n".join(lines), problems


def _has_odd(text: str) -> bool:
    """Quick: almost all of a file is plain ASCII, and what remains has few different characters."""
    rest = set(text.encode().translate(None, _PLAIN_ASCII).decode())
    return any(map(is_odd, rest)) or (
        "\xa0" in rest and re.search(r"^[ \t]*\xa0|: *\xa0|\xa0 *:", text, re.M) is not None
    )


def _instead(char: str) -> str:
    """What is read in place of a character: nothing for one without width, a space for the others."""
    return ("" if unicodedata.category(char) == "Cf" else " ") if is_odd(char) else char


def _odd_character(path: str, char: str, row: int, column: int, line: str) -> Problem:
    code, message, help = "tab", "a tab inside the line", "write spaces instead"
    if char != "\t":
        name = unicodedata.name(char, "control character")
        code, help = "control-character", "delete it, or type that part anew"
        message = f"U+{ord(char):04X} ({name}) is not visible and must not be here"
    return Problem(path, code, message, (), help, line=row + 1, column=column + 1, source=line)


def _hard_space(path: str, row: int, line: str, fixed: str, others: int) -> Problem:
    message = f"a no-break space beside a key{_more(others)}"
    column = line.index("\xa0") + 1
    help = f"write it as\n{fixed}"
    return Problem(path, "no-break-space", message, (), help, line=row + 1, column=column, source=line)


def _more(others: int) -> str:
    return f", and in {others} more line{'s' if others > 1 else ''}" if others else ""


def _wrong_indent(path: str, row: int, line: str, fixed: str, others: int) -> Problem:
    """One problem for the whole file: an editor that writes tabs writes them in every line."""
    more = _more(others)
    what = "a tab" if "\t" in line else "a no-break space"
    message = f"{what} in the indentation{more}"
    help = f"indent with spaces:\n{fixed}"
    column = len(line) - len(line.lstrip(" ")) + 1
    return Problem(path, "tab", message, (), help, line=row + 1, column=column, source=line)
