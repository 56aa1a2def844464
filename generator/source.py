"""YAML bytes -> plain data and, on demand, places: whatever is typed gives data or plain words, never an exception.

Data is built from the event stream: no recursion, and no composer (25,000 nested lists kill the C one).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, get_origin, get_type_hints

import yaml

from generator import model
from generator.problem import At, Problem

MAX_BYTES = 5_000_000
MAX_DEPTH = 12
ROUNDS = 50  # mistakes of YAML's syntax shown at once
NEAR = 400  # lines above a mistake that are looked at to understand it
SHOWN = 200  # lines with odd characters that are shown
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML can be built without the C one


@dataclass(frozen=True, slots=True)
class Oddity:
    """A value that YAML shortens or joins without a word. Only `parse` knows if it matters there."""

    code: str  # comment-cuts-text, folded-text
    cut: str  # the comment
    block: str  # the corrected lines, as a `|` block


@dataclass
class Document:
    """A file as data. `text` has every line of `typed`, with those that YAML could not read put right."""

    path: str
    text: str
    data: Any
    oddities: dict[At, Oddity] = field(default_factory=dict)
    typed: str = ""
    _places: dict[At, tuple[int, int, int, int]] | None = None
    _lines: list[str] | None = None

    def lines(self) -> list[str]:
        """The lines as typed."""
        if self._lines is None:
            self._lines = (self.typed or self.text).split("\n")
        return self._lines

    def locate(self, problem: Problem) -> Problem:
        """The problem with its line, column and source line filled in, unless it has them."""
        if problem.line:
            return problem
        if self._places is None:
            self._places = _places(self.text)
        at, on_key = problem.at, problem.on_key
        while at and at not in self._places:
            at, on_key = at[:-1], True
        if (*at, "id") in self._places and at and isinstance(at[-1], int):
            at, on_key = (*at, "id"), False
        place = self._places.get(at, (1, 1, 1, 1))
        line, column = place[:2] if on_key else place[2:]
        lines = self.lines()
        return replace(problem, line=line, column=column, source=lines[line - 1] if line <= len(lines) else "")


def read(path: str, content: bytes) -> tuple[Document | None, list[Problem]]:
    """The file as data, with all problems of its characters and its YAML. Lines with a known mistake are put right in
    memory, so that one mistake does not hide the next."""
    typed, problems = _decode(path, content)
    if typed is None:
        return None, problems
    text = _clean(path, typed, problems) if _odd_characters(content, typed) else typed
    seen = {text}
    for _ in range(ROUNDS):
        try:
            built = _build(text)
        except _StopError as stop:
            lines = text.split("\n")
            mend = _mend(lines, stop)
            where = mend or stop
            source = typed.split("\n")[where.row] if where.row < len(lines) else ""
            help = mend.help if mend else stop.help
            problems.append(
                Problem(
                    path,
                    where.code,
                    where.message,
                    help=help,
                    line=where.row + 1,
                    column=where.column + 1,
                    source=source,
                )
            )
            if mend is None:
                return None, problems
            for row, line in mend.lines.items():
                lines[row] = line
            text = "\n".join(lines)
            if text in seen:
                return None, problems
            seen.add(text)
        else:
            data, oddities, notes = built
            lines = typed.split("\n") if notes else []
            problems += [
                Problem(path, n.code, n.message, help=n.help, line=n.row + 1, column=n.column + 1, source=lines[n.row])
                for n in notes
            ]
            return Document(path, text, data, oddities, typed), problems
    return None, problems


# Characters


def _decode(path: str, content: bytes) -> tuple[str | None, list[Problem]]:
    def refuse(code: str, message: str, help: str, **place: Any) -> tuple[None, list[Problem]]:
        return None, [Problem(path, code, message, help=help, **({"line": 1, "column": 1} | place))]

    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1e6:.1f} MB"
        return refuse("too-large", f"the file has {size}; {MAX_BYTES // 1_000_000} MB is the limit", "split it")
    if (
        content[:2] in (b"\xff\xfe", b"\xfe\xff")
        or content[:4] == b"\0\0\xfe\xff"
        or content.count(0) > len(content) // 4
    ):
        return refuse("not-utf8", "the file is saved as UTF-16 or UTF-32", "save the file as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With a BOM the error counts from after it.
        start = error.start + (3 if content.startswith(b"\xef\xbb\xbf") and len(error.object) < len(content) else 0)
        before = content[:start].decode("utf-8-sig")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        guess = content[start : start + 1].decode("cp1252", "replace")
        shown = f' (in Windows-1252 it is "{guess}")' if guess.isprintable() and guess != "\ufffd" else ""
        source = content.decode("utf-8-sig", "replace").split("\n")[line - 1]
        message = f"byte 0x{content[start]:02X} is not UTF-8{shown}"
        return refuse("not-utf8", message, "save the file as UTF-8", line=line, column=column, source=source)
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text), []


_PLAIN_ASCII = bytes((*range(0x20, 0x7F), 0x0A, 0x0D))


def _odd(char: str) -> bool:
    """Invisible, or of no meaning in text: controls, directions, zero width, line separators, what YAML refuses."""
    return char != "\n" and (unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or char in "\ufffe\uffff")


def _odd_characters(content: bytes, text: str) -> bool:
    """Quick: almost all of a file is plain ASCII, and what remains has few different characters."""
    if not content.translate(None, _PLAIN_ASCII):
        return False
    rest = set(text.encode().translate(None, _PLAIN_ASCII).decode())
    return any(map(_odd, rest)) or ("\xa0" in rest and re.search(r"^[ \t]*\xa0", text, re.M) is not None)


def _clean(path: str, text: str, problems: list[Problem]) -> str:
    """Report characters that must not be there and put spaces in their place."""
    lines = text.split("\n")
    tabs: list[int] = []
    for row, line in enumerate(lines):
        indent = re.match(r"[ \t\xa0]*", line).group()  # type: ignore[union-attr]
        if indent.strip(" ") and line.strip():
            tabs.append(row)
        rest = line[len(indent) :]
        for char in dict.fromkeys(filter(_odd, rest)) if len(problems) < SHOWN else ():
            column = len(indent) + rest.index(char) + 1
            if char == "\t":
                problem = Problem(path, "tab", "a tab inside the line", help="write spaces instead")
            else:
                name = unicodedata.name(char, "control character")
                message = f"U+{ord(char):04X} ({name}) is not visible and must not be here"
                problem = Problem(path, "control-character", message, help="delete it, or type that part anew")
            problems.append(replace(problem, line=row + 1, column=column, source=line))
        rest = "".join(" " if _odd(char) else char for char in rest)
        lines[row] = indent.replace("\t", "  ").replace("\xa0", " ") + rest
    if tabs:
        row = tabs[0]
        more = f", and in {len(tabs) - 1} more line{'s' if len(tabs) > 2 else ''}" if len(tabs) > 1 else ""
        what = "a tab" if "\t" in text.split("\n")[row] else "a no-break space"
        column = re.search(r"[\t\xa0]", text.split("\n")[row]).start() + 1  # type: ignore[union-attr]
        message = f"{what} in the indentation{more}"
        help = f"indent with spaces, two for each step:\n{lines[row]}"
        problems.append(
            Problem(path, "tab", message, help=help, line=row + 1, column=column, source=text.split("\n")[row])
        )
    return "\n".join(lines)


# Events -> data


@dataclass
class _Note:
    row: int
    column: int
    code: str
    message: str
    help: str = ""


class _StopError(Exception):
    """YAML ends here. `rows` are the lines that a person may have got wrong, likeliest first."""

    def __init__(self, row: int, column: int, code: str, message: str, rows: tuple[int, ...] = (), help: str = ""):
        self.row, self.column, self.code, self.message, self.help = row, column, code, message, help
        self.rows = rows or (row,)


# What YAML 1.1 (PyYAML's tables) or the YAML 1.2 core schema read as something other than text, by first character.
_MATCHES: dict[str, tuple[Callable[[str], Any], ...]] = {
    first: tuple(pattern.fullmatch for _, pattern in patterns)
    for first, patterns in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "!&*"
}
for _first in "+-.0123456789":
    _core = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|[-+]?\.(inf|nan)", re.I)
    _MATCHES[_first] = (*_MATCHES.get(_first, ()), _core.fullmatch)
_WORDS = frozenset(("", "y", "Y", "n", "N"))  # y and n are in YAML 1.1 but not in PyYAML
_BOOLS = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}


def is_text(value: str) -> bool:
    """Whether every YAML parser reads this plain scalar as text."""
    return value not in _WORDS and not any(match(value) for match in _MATCHES.get(value[:1], ()))


def _events(text: str) -> Iterator[Any]:
    return iter(LOADER(text).get_event, None)  # yaml.parse takes two calls and a generator's step for each event


def _build(text: str) -> tuple[Any, dict[At, Oddity], list[_Note]]:
    """The file's data. The one loop that every card goes through: it knows lines only where something is wrong."""
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    matches, words, bools = _MATCHES, _WORDS, _BOOLS
    oddities: dict[At, Oddity] = {}
    notes: list[_Note] = []
    stack: list[tuple[Any, Any]] = []
    root: list[Any] = []
    container: Any = root
    in_map = False
    key: Any = None
    value: Any
    event: Any = None
    try:
        for event in _events(text):
            kind = event.__class__
            if kind is scalar:
                if event.tag is not None or event.anchor is not None:
                    raise _refused(event)
                value = event.value
                style = event.style
                if in_map and key is None:
                    if not style and (value in words or (value[:1] in matches and not is_text(value))):
                        notes.append(_note(event, "bad-key", f'the key "{value}" needs quotes', f'write "{value}":'))
                        value = model.Unquoted(value)  # so that `parse` does not say it again
                    if value in container and len(notes) < ROUNDS:
                        notes.append(_duplicate(event, text))
                    key = value
                    continue
                if not style:
                    end = event.end_mark
                    stop = end.index
                    if text[stop : stop + 1] == " " and _COMMENT.match(text, stop):
                        oddities[_path(stack, container, key)] = _cut(event, text)
                    if end.line != event.start_mark.line:
                        oddities[_path(stack, container, key)] = _folded(event, text)
                    if value in bools:
                        value = bools[value]
                    elif value in words or (value[:1] in matches and not is_text(value)):
                        value = model.Unquoted(value)
                elif style == '"' or style == "'":
                    if not value.isprintable() and any(map(_odd, value)):
                        notes.append(_escaped(event))
                    if event.end_mark.line != event.start_mark.line:
                        oddities[_path(stack, container, key)] = _folded(event, text)
            elif kind is mapping or kind is sequence:
                if event.tag is not None or event.anchor is not None:
                    raise _refused(event)
                if in_map and key is None:
                    raise _stop(event, "yaml", "a list or mapping where a key is expected")
                if len(stack) >= MAX_DEPTH:
                    raise _stop(
                        event, "too-deep", f"more than {MAX_DEPTH} levels inside each other", help="cards need 4 levels"
                    )
                stack.append((container, key))
                container, key, in_map = ({} if kind is mapping else []), None, kind is mapping
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                value = container
                container, key = stack.pop()
                in_map = key is not None
            elif kind is yaml.AliasEvent:
                raise _refused(event)
            elif kind is yaml.DocumentStartEvent and root:
                notes.append(
                    _note(event, "several-documents", "a second document begins here", 'delete the line "---"')
                )
                break
            else:
                continue
            if in_map:
                container[key] = value
                key = None
            else:
                container.append(value)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise _parser_stop(error, event, text) from None
    if not root or root[0] == "":
        raise _StopError(
            0, 0, "empty-file", "the file is empty", (0,), "a file of cards begins with topic:, title: and cards:"
        )
    if not isinstance(root[0], dict):
        first = next(i for i, line in enumerate(text.split("\n")) if line.strip() and line[0] not in "#%")
        help = 'the first line of content is like "topic: actions"'
        raise _StopError(first, 0, "not-a-mapping", 'the file must consist of "key: value" lines', help=help)
    return root[0], oddities, notes


def _path(stack: list[tuple[Any, Any]], container: Any, key: Any) -> At:
    frames = [*stack[1:], (container, key)] if stack else []
    return tuple(len(inside) if isinstance(inside, list) else at for inside, at in frames)


def _note(event: Any, code: str, message: str, help: str = "") -> _Note:
    return _Note(event.start_mark.line, event.start_mark.column, code, message, help)


def _stop(event: Any, code: str, message: str, help: str = "") -> _StopError:
    return _StopError(event.start_mark.line, event.start_mark.column, code, message, help=help)


def _refused(event: Any) -> _StopError:
    if getattr(event, "tag", None) is not None:
        return _stop(event, "tag", "YAML tags (!name) are not used here", "delete it, or quote the text")
    return _stop(event, "anchor", "YAML anchors (&name, *name) are not used here", "write the text out, or quote it")


def _escaped(event: Any) -> _Note:
    char = next(filter(_odd, event.value))
    name = unicodedata.name(char, "tab" if char == "\t" else "control character")
    return _note(event, "control-character", f"this text has an escape for U+{ord(char):04X} ({name})", "delete it")


def _duplicate(event: Any, text: str) -> _Note:
    row, column, key = event.start_mark.line, event.start_mark.column, event.value
    above = text.split("\n")[:row]
    same = re.compile(rf"['\"]?{re.escape(key)}['\"]? *:")
    first = next((i for i in reversed(range(len(above))) if same.match(above[i], column)), None)
    where = f" (first in line {first + 1})" if first is not None else ""
    return _note(event, "duplicate-key", f'"{key}" is given twice{where}', "delete one of them, or rename it")


_COMMENT = re.compile(r" +#.*")


def _cut(event: Any, text: str) -> Oddity:
    end = text.find("\n", event.end_mark.index) % (len(text) + 1)
    comment = text[event.end_mark.index : end].strip()
    return Oddity("comment-cuts-text", comment, _block(text, event.start_mark.index, end))


def _folded(event: Any, text: str) -> Oddity:
    quote = 1 if event.style else 0
    return Oddity("folded-text", "", _block(text, event.start_mark.index + quote, event.end_mark.index - quote, quote))


def _block(text: str, start: int, end: int, quote: int = 0) -> str:
    """The key's line and the text below it as a `|` block, as it should have been written."""
    head = text[text.rfind("\n", 0, start) + 1 : start - quote]
    indent = " " * (len(head) - len(head.lstrip(" -")) + 2)
    body = [line.strip() for line in text[start:end].split("\n")]
    return "\n".join([f"{head.rstrip()} |", *(indent + line if line else "" for line in body)])


def _places(text: str) -> dict[At, tuple[int, int, int, int]]:
    """Path -> line and column of the key, then of the value. Read only where there is something to report."""
    places: dict[At, tuple[int, int, int, int]] = {}
    stack: list[list[Any]] = []  # [is a mapping, key or index, place of the key]
    for event in _events(text):
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            mark: Any = event.start_mark
            here = (mark.line + 1, mark.column + 1)
            if stack and stack[-1][0] and stack[-1][2] is None:
                stack[-1][1:] = [getattr(event, "value", None), here]
                continue
            if stack and not stack[-1][0]:
                stack[-1][1] += 1
            key = stack[-1][2] if stack and stack[-1][0] else here
            places[tuple(frame[1] for frame in stack)] = (*key, *here)
            if stack:
                stack[-1][2] = None
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append([isinstance(event, yaml.MappingStartEvent), -1, None])
        elif isinstance(event, yaml.DocumentEndEvent):
            break
    return places


# YAML as people type it: which line is wrong, and what was meant


@dataclass
class _Mend:
    row: int
    column: int
    code: str
    message: str
    help: str
    lines: dict[int, str]  # row -> what takes its place in memory


_LINE = re.compile(r"(?P<lead> *(?:- +)*)(?:(?P<key>[\w-]+|\"[^\"]*\") *:(?: +|$))?(?P<value>.*)")
_HEADER = re.compile(r"(?: *- +)* *(?:[^#]*: +)?[|>][-+0-9]*(?: +#.*)?$")
_KEYS = frozenset(
    key
    for shape in vars(model).values()
    if isinstance(shape, type) and issubclass(shape, model.Shape)
    for key in shape.model_fields
)
_LISTS = frozenset(
    key
    for shape in vars(model).values()
    if isinstance(shape, type) and issubclass(shape, model.Shape)
    for key, hint in get_type_hints(shape).items()
    if get_origin(hint) is tuple
)


def quoted(text: str) -> str:
    """The text as a YAML value in quotes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else json.dumps(text, ensure_ascii=False)


def _parser_stop(error: Exception, event: Any, text: str) -> _StopError:
    problem = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", "") or "")
    last = text.count("\n")
    row, column = (min(problem.line, last), problem.column) if problem else (0, 0)
    lines = text.split("\n")
    before = next((i for i in range(row - 1, -1, -1) if lines[i].strip()), row)
    rows = [row, *([event.start_mark.line] if event else []), *([context.line] if context else []), before]
    if "could not find expected ':'" in said and context:
        rows.insert(0, context.line)
        row, column = context.line, context.column
    message = next((plain for jargon, plain in _PLAIN_WORDS if jargon in said), "this line cannot be read as YAML")
    help = "look for a missing quote, bracket or colon in this line and the one before it"
    return _StopError(row, column, "yaml", message, tuple(dict.fromkeys(min(r, last) for r in rows)), help)


_PLAIN_WORDS = (
    ("expected ':'", 'this line is not of the form "key: value"'),
    ("mapping values are not allowed", 'a ": " in a place where YAML expects no key'),
    ("end of stream", "the file ends inside a quote or bracket"),
    ("',' or ']'", 'the list that "[" opens is not closed, or lacks a comma'),
    ("',' or '}'", 'the mapping that "{" opens is not closed, or lacks a comma'),
    ("block end", "this line does not fit the lines before it"),
    ("expected key", "this line does not fit the lines before it"),
    ("'-' indicator", "this line does not fit the list before it"),
)


def _alone(line: str) -> Any:
    """What YAML reads in the line by itself; None if it cannot."""
    try:
        for event in _events(line.strip()):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) or getattr(event, "anchor", None):
                return None
        return _build("x:\n  " + line.strip())[0]["x"]
    except (_StopError, yaml.YAMLError, ValueError, OverflowError):
        return None


def _mend(lines: list[str], stop: _StopError) -> _Mend | None:
    if stop.code in ("too-deep", "empty-file"):
        return None
    rows = [
        row for row in stop.rows if row < len(lines) and lines[row].strip() and not lines[row].lstrip().startswith("#")
    ]
    for row in rows:
        header = _block_header(lines, row)
        if header is not None:
            if row == rows[0] and (mend := _text_indentation(lines, row, header)):
                return mend
        elif mend := _misquoted(lines, row, stop.code) or _incomplete(lines, row):
            return mend
    for row in rows[:2]:
        if mend := _misaligned(lines, row):
            return mend
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _block_header(lines: list[str], row: int) -> int | None:
    """The row of the `|` or `>` whose text this line seems to be."""
    indent = _indent(lines[row])
    for above in range(row - 1, max(-1, row - NEAR), -1):
        if lines[above].strip() and (
            _indent(lines[above]) < indent or (_HEADER.match(lines[above]) and above == row - 1)
        ):
            if _HEADER.match(lines[above]):
                return above
            indent = min(indent, _indent(lines[above]))
        if indent == 0:
            break
    return None


def _text_indentation(lines: list[str], row: int, header: int) -> _Mend | None:
    """A line of a block's text that stands further left than the text's first line."""
    first = next((line for line in lines[header + 1 : row] if line.strip()), None)
    wanted = _indent(first) if first else _lead(lines[header]) + 2
    if _indent(lines[row]) >= wanted:
        return None
    line = " " * wanted + lines[row].strip()
    message = f'this text does not line up with the rest of its "|" block, which starts in line {header + 1}'
    return _Mend(row, _indent(lines[row]), "indentation", message, f"write it as\n{line}", {row: line})


def _incomplete(lines: list[str], row: int) -> _Mend | None:
    """`answer:Femur`, `answer Femur`, `-id: x`: a colon or a space is missing beside a key that we know."""
    line = lines[row]
    if isinstance(_alone(line), dict):
        found = re.match(r"( *-)([a-z_]+:.*)$", line)
        if not found or found[2].split(":")[0] not in _KEYS:
            return None
        fixed, column, code, what = (
            f"{found[1]} {found[2]}",
            found.end(1),
            "missing-space",
            'a space is missing after "-"',
        )
    else:
        found = re.match(r"( *(?:- +)*)([a-z_]+)(:?)( *)(.*)$", line)
        if not found or found[2] not in _KEYS:
            return None
        colon, space, rest = found[3], found[4], found[5]
        if (space or not rest) if colon else (rest and not space):
            return None
        column, sign = found.end(2), "space" if found[3] else "colon"
        code, what = f"missing-{sign}", f'a {sign} is missing after "{found[2]}{found[3]}"'
        fixed = f"{found[1]}{found[2]}: {found[5]}".rstrip()
        if not isinstance(_alone(fixed), dict):
            fixed = f"{found[1]}{found[2]}: {quoted(found[5])}"
    return _Mend(row, column, code, what, f"write it as\n{fixed}", {row: fixed})


def _misquoted(lines: list[str], row: int, code: str) -> _Mend | None:
    """A value that needs other quotes, or quotes at all. Only for lines that YAML cannot read by themselves."""
    line = lines[row]
    parts = _LINE.match(line)
    if not parts or not parts["value"].strip() or _alone(line) is not None:
        return None
    head, value, column = line[: parts.start("value")], parts["value"].rstrip(), parts.start("value")
    code = code if code in ("tag", "anchor") else "quote-it"
    below = next((below for below in lines[row + 1 :] if below.strip()), "")
    goes_on = _indent(below) > len(parts["lead"])
    first = value[0]
    fixed = ""
    if first in "\"'":
        text, message = _inner(value)
    elif first == "|" and "|" not in value[1:] and value[1:].strip():
        # What stands below would be read as part of a block, so a block it must be.
        text = value[1:].strip()
        mended = f"{head}|" if goes_on else head + quoted(text)
        message = 'the text of a "|" block begins on the next line'
        return _Mend(row, column, "quote-it", message, f"write it as\n{head}|\n{_under(line)}{text}", {row: mended})
    elif (
        value.startswith("- ")
        and parts["key"]
        and (parts["key"] in _LISTS or (goes_on and below.lstrip().startswith("- ")))
    ):
        return _list_on_line(line, row, head, value, parts["key"] in _LISTS, goes_on)
    elif first in "[{" and not value.startswith("{{") and (closed := _closed(line, parts["key"])):
        fixed, message = closed
        return _Mend(row, column, "missing-bracket", message, f"write it as\n{fixed}", {row: fixed})
    elif first == "{" and not value.startswith("{{"):
        return None
    elif first in "*&!%@`>|?-{[]},":
        shown = next(sign for sign in ("{{", "**", "- ", first) if value.startswith(sign))
        text, message = value, f'text that begins with "{shown.strip()}" needs quotes'
        if code != "quote-it" and first in "&!" and " " not in value and goes_on:
            fixed, message = head.rstrip(), "YAML anchors and tags are not used here"
    elif colon := re.search(r":(?: |$)", value):
        text, column = value, column + colon.start()
        message = f'text {"with" if colon.end() < len(value) else "that ends with"} "{colon.group()}" needs quotes'
    else:
        return None
    fixed = fixed or head + quoted(text)
    return _Mend(row, column, code, message, f"write it as\n{fixed}", {row: fixed})


def _inner(value: str) -> tuple[str, str]:
    """The meant text of a value that begins with a quote, and what is wrong."""
    quote = value[0]
    second = value.find(quote, 1)
    if second < 0:
        return value[1:], f"the quote that opens here ({quote}) is not closed"
    if second == len(value) - 1:
        return value[1:-1], "a \\ inside double quotes has a special meaning"
    if value[second - 1] != " " and not value[second + 1].isalnum():
        return value, "text that begins with a quoted word needs quotes around all of it"
    return value[1:-1] if value.endswith(quote) else value[1:], f"the {quote} inside the text ends the quote too early"


def _list_on_line(line: str, row: int, head: str, value: str, is_list: bool, goes_on: bool) -> _Mend:
    """`sources: - gray1918`, or a Markdown list that begins on the line of its key."""
    if is_list:
        fixed = f"{head.rstrip()}\n{_under(line)}{value}" if goes_on else f"{head}[{value[2:].strip()}]"
        mended = head.rstrip() if goes_on else fixed
    else:
        fixed, mended = f"{head}|\n{_under(line)}{value}", f"{head}|"
    message = "a list cannot begin on the line of its key"
    return _Mend(row, len(head), "quote-it", message, f"write it as\n{fixed}", {row: mended})


def _closed(line: str, key: str | None) -> tuple[str, str] | None:
    """The line with its brackets put right, where it then holds a list or mapping."""
    if re.search(r"\[[^]]* #[a-z]", line) and _alone(line.replace(" #", "#")) is not None:
        return line.replace(" #", "#"), 'a " #" makes the rest of the line a comment'
    for end in ("]", "}", "]}"):
        if not line.rstrip().endswith(end) and _alone(line.rstrip() + end) is not None:
            return line.rstrip() + end, f'the closing "{end}" is missing'
    if key in _LISTS and line.rstrip().endswith("]]") and _alone(line.rstrip()[:-1]) is not None:
        return line.rstrip()[:-1], 'there is one "]" too many'
    return None


def _lead(line: str) -> int:
    """Where the key of a line begins, after its dash."""
    return len(line) - len(line.lstrip(" -"))


def _under(line: str) -> str:
    return " " * (_lead(line) + 2)


def _misaligned(lines: list[str], row: int) -> _Mend | None:
    """A line that is right in itself but does not line up with those that it belongs with."""
    parts = _LINE.match(lines[row])
    if not parts or _alone(lines[row]) is None:
        return None
    dash, indent = lines[row].lstrip().startswith("- "), _indent(lines[row])
    if not dash and not parts["key"]:
        return _stray(lines, row)
    columns: dict[int, int] = {}
    for above in range(row - 1, max(-1, row - NEAR), -1):
        found = _LINE.match(lines[above])
        if not found or not lines[above].strip() or _block_header(lines, above) is not None:
            continue
        item = lines[above].lstrip().startswith("- ")
        if dash and item:
            columns.setdefault(_indent(lines[above]), above)
        elif not dash and found["key"]:
            columns.setdefault(len(found["lead"]), above)
        if item and found["key"]:
            break
    if not columns or indent in columns:
        return None
    column = min(columns, key=lambda c: (abs(c - indent), -c))
    end = next((i for i in range(row + 1, len(lines)) if lines[i].strip() and _indent(lines[i]) <= indent), len(lines))
    below = [_indent(line) for line in lines[row + 1 : end] if line.strip()]
    if not dash and (min(below, default=0) > column or (parts["value"] and not _HEADER.match(lines[row]))):
        end = row + 1  # what belongs to the key stands right already, or nothing does
    moved = {i: " " * max(0, _indent(lines[i]) + column - indent) + lines[i].lstrip(" ") for i in range(row, end)}
    what, others = ('this "-"', "the others start") if dash else (f'"{parts["key"]}"', "the keys beside it start")
    message = f"{what} starts in column {indent + 1}, but {others} in column {column + 1} (line {columns[column] + 1})"
    rest = ", and move the lines below it too" if end > row + 1 else ""
    return _Mend(row, indent, "indentation", message, f"write it as{rest}\n{moved[row]}", moved)


def _stray(lines: list[str], row: int) -> _Mend | None:
    """Text on a line of its own, under a value that ended on the line before."""
    above = next((i for i in range(row - 1, -1, -1) if lines[i].strip()), None)
    parts = _LINE.match(lines[above]) if above is not None else None
    if above is None or not parts or not parts["key"] or not parts["value"]:
        return None
    under = _under(lines[above])
    block = [
        f"{lines[above][: parts.start('value')]}|",
        under + parts["value"].strip("\"'"),
        under + lines[row].strip(),
    ]
    message = f'this line is not of the form "key: value"; does it belong to the text of line {above + 1}?'
    return _Mend(
        row, _indent(lines[row]), "indentation", message, "if so, write both as\n" + "\n".join(block), {row: ""}
    )
