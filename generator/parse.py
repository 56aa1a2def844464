"""Data -> cards and the other shapes of model.py; complains about shape, in words for the person who typed the file.

pydantic finds what is wrong; nothing of its wording is shown.
"""

from __future__ import annotations

import re
import types
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from generator import model
from generator.model import KINDS, Card, Shape, Topic, TopicFile, Unquoted
from generator.problem import At, Problem
from generator.source import Document, quoted

MAX_VIGNETTE = 60  # words
S = TypeVar("S", bound=Shape)


class _TopicHead(Shape):
    """A card file, with its cards still as data: they are read one at a time."""

    topic: model.Key
    title: model.Text
    cards: Annotated[tuple[Any, ...], Field(min_length=1)]


def topic(document: Document) -> tuple[Topic | None, list[Problem]]:
    """A card file. The topic has the good cards; a bad one does not hide the others."""
    data, path = document.data, document.path
    stem = PurePosixPath(path).stem
    head, problems = _shape(document, _TopicHead, data, ())
    key = head.topic if head else data.get("topic")
    if head and key != stem:
        help = f"write it as\ntopic: {stem}\nor rename the file to {key}.yaml"
        problems.append(
            Problem(path, "topic-name", f'the file is {stem}.yaml, but its topic is "{key}"', ("topic",), help)
        )
    raw = data.get("cards")
    if not isinstance(raw, list):
        return None, problems
    good = []
    gaps = 0
    for number, item in enumerate(raw):
        card, found = _card(document, item, ("cards", number))
        problems += found
        if card is not None:
            card.put(path, "cards", number)
            good.append(card)
            gaps += card.cloze.count("{{") if isinstance(card, model.ClozeCard) else 0
    if document.text.count("{{") != gaps:
        problems += _cloze_elsewhere(document, raw)
    problems += _oddities(document, TopicFile)
    title = head.title if head else data.get("title")
    return Topic(stem, title if isinstance(title, str) else stem, path, tuple(good)), problems


def file(document: Document, shape: type[S]) -> tuple[S | None, list[Problem]]:
    """Any other file."""
    value, problems = _shape(document, shape, document.data, ())
    return value, [*problems, *_oddities(document, shape)]


def schema() -> dict[str, Any]:
    """The JSON Schema of card files, for editors."""
    made: dict[str, Any] = _without_null(TopicFile.model_json_schema())
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "A topic: a file of cards in study order"
    made["description"] = "cards/README.md says how to write a card. Text is best written as a | block."
    return made


def _without_null(schema: Any) -> Any:
    """A key that may be left out may not be left empty."""
    if isinstance(schema, list):
        return [_without_null(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _without_null(item) for key, item in schema.items() if not (key == "default" and item is None)}
    options = [item for item in made.pop("anyOf", []) if item != {"type": "null"}]
    return options[0] | made if len(options) == 1 else ({"anyOf": options} if options else {}) | made


# One card


def _card(document: Document, data: Any, at: At) -> tuple[Card | None, list[Problem]]:
    path = document.path
    if not isinstance(data, dict):
        message = f"a card is a mapping with an id, not {_what(data)}"
        return None, [Problem(path, "not-a-card", message, at, "begin it with\n  - id: psoas-major-insertion")]
    found = [kind for kind in KINDS if kind in data]
    if "answer" in data and "question" not in data:
        found.insert(0, "question")
    if "occlude" in data and "answer" not in data and "question" in found:
        found.remove("question")  # it stands above the figure
    name = f'card "{data["id"]}"' if isinstance(data.get("id"), str) else "this card"
    if len(found) > 1:
        message = f"{name} has {' and '.join(found)}: a card is of one kind"
        return None, [Problem(path, "two-kinds", message, at, "make two cards of it, each with its own id")]
    if not found:
        # A misspelt kind is no missing one.
        known = {key: None for shape in KINDS.values() for key in shape.model_fields}
        problems = [_unknown(path, Card, key, (*at, key), [*known]) for key in data if key not in known]
        if not any(_meant(problem) in (*KINDS, "answer") for problem in problems):
            message = f"{name} has neither question and answer, nor cloze, nor occlude"
            problems.append(Problem(path, "no-kind", message, at, "add one of them; it says what kind of card this is"))
        return None, problems
    card, problems = _shape(document, KINDS[found[0]], data, at)
    if isinstance(data.get("vignette"), str) and (words := len(data["vignette"].split())) > MAX_VIGNETTE:
        message = f"the vignette has {words} words; {MAX_VIGNETTE} is the limit"
        help = "keep age, onset and the finding that decides"
        problems.append(Problem(path, "vignette-too-long", message, (*at, "vignette"), help))
    if found[0] == "cloze" and isinstance(data["cloze"], str):
        problems += [
            Problem(path, "cloze-syntax", message, (*at, "cloze"), help) for message, help in _cloze(data["cloze"])
        ]
    return (None if problems else card), problems


def _cloze(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the gaps, and the fix."""
    opened: int | None = None
    gaps = 0
    for match in re.finditer(r"\{\{|\}\}", text):
        if match.group() == "{{":
            if opened is not None:
                yield (
                    f"a gap inside a gap: {_short(text[opened : match.end() + 12])}",
                    "close the first with }} before the next",
                )
                return
            opened = match.start()
        elif opened is None:
            yield "}} closes no gap", "a gap is {{c1::hidden}}"
        else:
            gaps += 1
            yield from _gap(text[opened + 2 : match.start()])
            opened = None
    if opened is not None:
        yield f"the gap {_short(text[opened:])} is not closed", "end it with }}"
    elif not gaps:
        single = re.search(r"\{(c\d+::?[^{}]*)\}", text)
        help = f"write {{{{{single[1]}}}}}" if single else "hide the part to be asked: {{c1::lesser trochanter}}"
        yield "the cloze has no gap", help


def _gap(body: str) -> Iterator[tuple[str, str]]:
    match = re.fullmatch(r"c([0-9]+)::(.*)", body, re.S)
    if match is None:
        loose = re.fullmatch(r"\s*[cC]?\s*([0-9]*)(?:,[0-9,\s]*)?\s*:{0,2}\s*(.*)", body, re.S)
        fixed = f"{{{{c{(loose and loose[1]) or 1}::{loose[2] if loose and loose[2] else '…'}}}}}"
        more = "a gap has one number: " if re.match(r"c[0-9]+,", body) else ""
        yield f"{more}{_short('{{' + body + '}}')} is not a gap", f"write {fixed}"
        return
    number, hidden = match[1], match[2].split("::")[0]
    if number.startswith("0") or int(number[:9]) > model.MAX_CLOZE:
        yield f"c{number}: the number of a gap is from 1 to {model.MAX_CLOZE}", f"write {{{{c1::{match[2]}}}}}"
    if not hidden.strip():
        yield f"the gap {_short('{{' + body + '}}')} hides nothing", "put the hidden text after the first ::"


def _cloze_elsewhere(document: Document, cards: list[Any]) -> Iterator[Problem]:
    for at, value in _leaves(cards, ("cards",)):
        if "{{" in value and at[2:] != ("cloze",) and _is_text(TopicFile, at):
            help = "gaps belong to cloze; write the text without {{ }}"
            yield Problem(document.path, "cloze-elsewhere", f'"{{{{" in {_name(at)}: only cloze may have it', at, help)


def _leaves(value: Any, at: At) -> Iterator[tuple[At, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, (dict, list)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(item, (*at, key))


# Shapes: what stands at a place, known from model.py alone


@cache
def _hints(shape: type[Shape]) -> dict[str, Any]:
    return get_type_hints(shape, include_extras=True)


def _kinds(shape: Any, keys: At) -> Iterator[Any]:
    """The annotations that the value at this place may have."""
    if get_origin(shape) in (Union, types.UnionType):
        for part in get_args(shape):
            yield from _kinds(part, keys)
        return
    inner = get_args(shape)[0] if get_origin(shape) is Annotated else shape
    origin = get_origin(inner)
    if not keys:
        yield shape
        if origin is tuple:  # one value stands for a list of one
            yield from _kinds(get_args(inner)[0], ())
    elif origin is tuple:
        parts = [part for part in get_args(inner) if part is not Ellipsis]
        yield from _kinds(parts[0], keys[1:])
    elif origin is dict:
        yield from _kinds(get_args(inner)[1], keys[1:])
    elif isinstance(inner, type) and issubclass(inner, Shape) and keys[0] in inner.model_fields:
        yield from _kinds(_hints(inner)[str(keys[0])], keys[1:])
    elif inner is not shape:
        yield from _kinds(inner, keys)


def _is_text(shape: type[Shape], at: At) -> bool:
    return any(kind == model.Text for kind in _kinds(shape, at))


def _shape_at(shape: type[Shape], at: At) -> type[Shape]:
    for kind in _kinds(shape, at):
        inner = get_args(kind)[0] if get_origin(kind) is Annotated else kind
        if isinstance(inner, type) and issubclass(inner, Shape):
            return inner
    return shape


def _oddities(document: Document, shape: type[Shape]) -> Iterator[Problem]:
    for at, odd in document.oddities.items():
        if _is_text(shape, at):
            message = "the text goes on over several lines, which YAML joins into one"
            if odd.code == "comment-cuts-text":
                message = f'the text is cut at " #": YAML takes {_short(odd.cut)} for a comment'
            yield Problem(document.path, odd.code, message, at, f"write it as\n{odd.block}")
        elif re.fullmatch(r"#[a-z0-9-]+", odd.cut) and any(
            kind in (model.SourceRef, model.SourceRefs) for kind in _kinds(shape, at)
        ):
            value = f"{_value(document.data, at)}{odd.cut}"
            message = f'the space before "{odd.cut}" makes it a comment'
            yield Problem(document.path, "bad-source", message, at, f"write {value}")


# pydantic's errors -> problems


def _shape(document: Document, shape: type[S], data: Any, at: At) -> tuple[S | None, list[Problem]]:
    try:
        return shape.model_validate(data), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        inner = {one["loc"][:depth] for one in found for depth in range(len(one["loc"]))}
        details = [
            one for one in found if one["type"] != "too_short" or one["loc"] not in inner
        ]  # it counts good items only
        problems = [problem for one in details for problem in _problem(document, shape, data, at, one)]
        meant = {(problem.at[:-1], _meant(problem)) for problem in problems if problem.code == "unknown-key"}
        # "anwser" is one mistake, not an unknown key and a missing one.
        return None, [
            p for p in problems if p.code != "missing-key" or (p.at, p.message.rsplit(" ", 1)[-1]) not in meant
        ]


def _meant(problem: Problem) -> str:
    return problem.help.removeprefix("did you mean ").strip('"?')


def _problem(document: Document, shape: type[Shape], data: Any, base: At, error: ErrorDetails) -> Iterator[Problem]:
    path, kind, context = document.path, error["type"], error.get("ctx", {})
    loc, value = _walk(data, error["loc"])
    at, key = (*base, *loc), _name(loc)
    odd = document.oddities.get(at)
    if odd and odd.code == "comment-cuts-text" and kind in ("unquoted", "empty_text"):
        return  # `answer: #1 cause`: said there
    if kind == "extra_forbidden":
        unknown = str(error["loc"][-1])
        if not isinstance(next((k for k in _value(data, loc[:-1]) if k == unknown), None), Unquoted):
            yield _unknown(path, _shape_at(shape, loc[:-1]), unknown, at)
    elif kind == "missing" and isinstance(error["loc"][-1], int):
        yield Problem(path, "bad-value", f"{key} has too few entries", at)
    elif kind == "missing":
        yield _missing(path, shape, data, base, error["loc"])
    elif kind == "unquoted" and "[key]" not in error["loc"]:
        text = str(context["value"])
        if not text:
            yield Problem(path, "empty-text", f"{key} is empty", at, "write the text, or delete the key")
        else:
            message = f'"{text}" without quotes is read as {_read_as(text)} by YAML'
            yield Problem(path, "quote-it", message, at, f"write it as\n{_line(document, at, quoted(text))}")
    elif kind in ("not_text", "string_type"):
        help = ""
        if isinstance(value, bool):
            help = f"write it as\n{_line(document, at, quoted(str(value).lower()))}"
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            lines = "\n".join(f"  - {item}" for item in value)
            help = f"write it as a text block\n{_line(document, at, '|', lines)}"
        elif isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            text = ", ".join(f"{one}: {item}" if item else str(one) for one, item in value.items())
            help = f"write it as\n{_line(document, at, quoted(text))}"
        yield Problem(path, "not-text", f"{key} is text, not {_what(value)}", at, help)
    elif kind == "not_nfc":
        fixed = unicodedata.normalize("NFC", value)
        message = f"{key} has letters made of several characters; they must be single ones (Unicode NFC)"
        changed = next((word for word in fixed.split() if word not in value.split()), fixed)
        yield Problem(path, "not-nfc", message, at, f"type anew: {_short(changed, 60)}")
    elif kind == "empty_text":
        yield Problem(path, "empty-text", f"{key} is empty", at, "write the text, or delete the key")
    elif kind in ("string_pattern_mismatch", "string_too_long"):
        yield _form(path, at, loc, value, kind, context, in_key="[key]" in error["loc"])
    elif kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        message = f"{key} must be {', '.join(choices[:-1])} or {choices[-1]}, not {_short(str(value))}"
        close = process.extractOne(str(value).lower(), choices, scorer=fuzz.ratio, score_cutoff=60)
        yield Problem(path, "bad-value", message, at, f'did you mean "{close[0]}"?' if close else "")
    elif kind in ("bool_type", "bool_parsing"):
        yield Problem(path, "bad-value", f"{key} must be true or false, without quotes", at, f"write {loc[-1]}: true")
    elif kind == "too_short" and "[key]" not in error["loc"]:
        yield Problem(path, "empty-list", f"{key} has too few entries", at, f"it needs {context['min_length']} or more")
    elif kind.startswith("int_"):
        yield Problem(path, "bad-value", f"{key} must be a whole number", at)
    elif kind == "not_number":
        yield Problem(path, "bad-value", f"{key} must be a number, without quotes", at)
    elif kind.startswith(("greater_than", "less_than")):
        limit = next(iter(context.values()))
        more = {"greater_than": "more than", "greater_than_equal": "at least", "less_than": "less than"}.get(
            kind, "at most"
        )
        yield Problem(path, "bad-value", f"{key} must be {more} {limit}", at)
    elif kind in ("model_type", "model_attributes_type", "dict_type"):
        yield Problem(path, "bad-value", f'{key} needs "key: value" lines, not {_what(value)}', at)
    elif kind == "tuple_type":
        message = f"{key} is empty" if value == "" else f"{key} must be a list, not {_what(value)}"
        yield Problem(path, "empty-list" if value == "" else "bad-value", message, at)
    elif kind != "unquoted":  # a key: `source` has said it
        yield Problem(path, "bad-value", f"{key} cannot be {_short(str(value))}", at)


def _walk(data: Any, loc: tuple[int | str, ...]) -> tuple[At, Any]:
    """The part of pydantic's place that exists in the file, and one more key where that is missing; the value there."""
    for depth, key in enumerate(loc):
        if key in data if isinstance(data, dict) else isinstance(data, list) and key in range(len(data)):
            data = data[key]
        else:
            missing = isinstance(data, dict) and key != "[key]" and not isinstance(key, int)
            return loc[: depth + 1] if missing else loc[:depth], data
    return loc, data


def _value(data: Any, at: At) -> Any:
    for key in at:
        data = data[key]
    return data


def _unknown(path: str, shape: type[Shape], key: str, at: At, known: list[str] | None = None) -> Problem:
    noun = _noun(shape)
    fields = known or list(shape.model_fields)
    owners = [kind for kind, other in KINDS.items() if key in other.model_fields]
    if owners and issubclass(shape, Card):
        mine = next(kind for kind, other in KINDS.items() if other is shape)
        noun, help = f"{_article(mine)} {mine} card", f"only {' and '.join(owners)} cards have it"
    else:
        close = process.extractOne(key.lower(), fields, scorer=fuzz.ratio, score_cutoff=65)
        own = [field for field in fields if field in shape.__annotations__]
        help = f'did you mean "{close[0]}"?' if close else f"it may have {', '.join(dict.fromkeys(own + fields))}"
    return Problem(path, "unknown-key", f'{noun} has no "{key}"', at, help, on_key=True)


def _missing(path: str, shape: type[Shape], data: Any, base: At, loc: tuple[int | str, ...]) -> Problem:
    inner = _shape_at(shape, loc[:-1])
    key = str(loc[-1])
    place, parent = _walk(data, loc[:-1])
    at = (*base, *place)
    name = parent.get("id") if isinstance(parent, dict) else None
    noun = _noun(inner).split(" ", 1)[1]
    who = f'{noun} "{name}"' if isinstance(name, str) and key != "id" else f"this {noun}" if at else "the file"
    about = inner.model_fields[key].description if key in inner.model_fields else ""
    return Problem(
        path,
        "missing-key",
        f"{who} has no {key}",
        at,
        f"{key}: {about[0].lower()}{about[1:]}" if about else f"add {key}:",
    )


_FORMS = {
    "doi": "a DOI is like 10.1179/106698109791352201, without https://doi.org/",
    "url": "an address begins with https:// and has no spaces",
    "report": "write an https:// or mailto: address",
    "version": "a version is like 1.2.0",
    "language": "a language is like en or en-GB",
}


def _form(path: str, at: At, loc: At, value: Any, kind: str, context: dict[str, Any], *, in_key: bool) -> Problem:
    """Text of a wrong form: ids, names, references."""
    name, what = (f'the key "{loc[-1]}"', "a key") if in_key else (_name(loc), _name(loc, "a "))
    value = str(loc[-1] if in_key else value)
    if kind == "string_too_long":
        message = f"{name} has {len(value)} characters; {context['max_length']} is the limit"
        return Problem(path, "bad-id", message, at, "make it shorter", on_key=in_key)
    pattern = context["pattern"]
    if pattern == model.KEY:
        message = f'"{value}" cannot be {what}: only a-z, 0-9 and single hyphens'
        return Problem(path, "bad-id", message, at, _write(_slug(value)), on_key=in_key)
    if pattern == model.SOURCE_REF:
        key, _, section = value.partition("#")
        fixed = _slug(key) + (f"#{_slug(section)}" if section.strip() else "")
        message = f'"{value}" is not a source: it is the source\'s id, or id#section'
        help = "describe the work in sources.yaml and write its id here" if "://" in value else _write(fixed)
        return Problem(path, "bad-source", message, at, help)
    if pattern == model.TAG:
        fixed = "::".join(filter(None, map(_slug, value.split("::"))))
        return Problem(path, "bad-tag", f'"{value}" cannot be a tag: only a-z, 0-9, hyphens and ::', at, _write(fixed))
    return Problem(path, "bad-value", f"{name} cannot be {_short(value)}", at, _FORMS.get(name, ""))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:60].strip("-")


# Words


def _write(fixed: str) -> str:
    return f"write {fixed}" if fixed else ""


def _short(text: str, width: int = 40) -> str:
    text = " ".join(text.split())
    return f'"{text if len(text) <= width else text[:width].rstrip() + "…"}"'


def _name(at: At, article: str = "") -> str:
    names = [str(key) for key in at if isinstance(key, str)]
    if not names:
        return f"{article}value"
    name = names[-1]
    return f"{_article(name)} {name}" if article else f"{name}"


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def _noun(shape: type[Shape]) -> str:
    if issubclass(shape, Card):
        return "a card"
    noun = re.sub(
        r"(?<!^)(?=[A-Z])", " ", shape.__name__.replace("_TopicHead", "TopicFile").removesuffix("Use")
    ).lower()
    return f"{_article(noun)} {noun}"


def _what(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return 'lines of "key: value"'
    if isinstance(value, bool):
        return "true or false"
    return "nothing" if value == "" else f"the text {_short(value)}" if isinstance(value, str) else "this"


def _read_as(text: str) -> str:
    if text.lower() in ("yes", "no", "on", "off", "y", "n"):
        return "yes/no"
    if text.lower() in ("~", "null"):
        return "nothing"
    if re.match(r"\d{4}-\d", text):
        return "a date"
    return (
        "a number"
        if any(char.isdigit() for char in text) or text.lower().endswith(("inf", "nan"))
        else "something else"
    )


def _line(document: Document, at: At, value: str, below: str = "") -> str:
    """The line of this place with another value."""
    place = document.locate(Problem(document.path, "", "", at, on_key=True))
    head = document.lines()[place.line - 1]
    key = str(at[-1])
    if isinstance(at[-1], int):
        return f"{' ' * (len(head) - len(head.lstrip()))}- {value}" if head.lstrip().startswith("-") else value
    start = head.find(f"{key}:")
    line = f"{head[:start] if not head[:start].strip(' -') else ''}{key}: {value}"
    indent = " " * (len(line) - len(line.lstrip(" -")))
    return line + "".join(f"\n{indent}{one}" for one in below.split("\n") if one)
