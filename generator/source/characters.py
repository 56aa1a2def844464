"""Bytes -> text: encodings, tabs, characters that cannot be seen."""

from __future__ import annotations

import re
import unicodedata

from ..problem import MOST, Problem

MAX_BYTES = 5_000_000
_PLAIN_ASCII = bytes((*range(0x20, 0x7F), 0x0A, 0x0D))
_INDENTATION = re.compile(r"[ \t\xa0]*")
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
    lines = text.split("\n")
    wrong_indents: list[int] = []
    for row, line in enumerate(lines):
        indent = _INDENTATION.match(line).group()  # type: ignore[union-attr]  # it matches nothing too
        if indent.strip(" ") and line.strip():
            wrong_indents.append(row)
        rest = line[len(indent) :]
        for char in dict.fromkeys(filter(is_odd, rest)) if len(problems) <= MOST else ():
            problems.append(_odd_character(path, char, row, len(indent) + rest.index(char), line))
        rest = "".join(" " if is_odd(char) else char for char in rest)
        lines[row] = indent.replace("\t", "  ").replace("\xa0", " ") + rest
    if wrong_indents:
        row = wrong_indents[0]
        problems.append(_wrong_indent(path, row, text.split("\n")[row], lines[row], len(wrong_indents) - 1))
    return "\n".join(lines), problems


def _has_odd(text: str) -> bool:
    """Quick: almost all of a file is plain ASCII, and what remains has few different characters."""
    rest = set(text.encode().translate(None, _PLAIN_ASCII).decode())
    return any(map(is_odd, rest)) or ("\xa0" in rest and re.search(r"^[ \t]*\xa0", text, re.M) is not None)


def _odd_character(path: str, char: str, row: int, column: int, line: str) -> Problem:
    code, message, help = "tab", "a tab inside the line", "write spaces instead"
    if char != "\t":
        name = unicodedata.name(char, "control character")
        code, help = "control-character", "delete it, or type that part anew"
        message = f"U+{ord(char):04X} ({name}) is not visible and must not be here"
    return Problem(path, code, message, (), help, line=row + 1, column=column + 1, source=line)


def _wrong_indent(path: str, row: int, line: str, fixed: str, others: int) -> Problem:
    """One problem for the whole file: an editor that writes tabs writes them in every line."""
    more = f", and in {others} more line{'s' if others > 1 else ''}" if others else ""
    what = "a tab" if "\t" in line else "a no-break space"
    message = f"{what} in the indentation{more}"
    help = f"indent with spaces, two for each step:\n{fixed}"
    column = len(line) - len(line.lstrip(" ")) + 1
    return Problem(path, "tab", message, (), help, line=row + 1, column=column, source=line)
