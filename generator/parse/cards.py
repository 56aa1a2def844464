"""Data -> cards and the other shapes of model.py; complains about shape, in words for the person who typed the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Annotated, Any, TypeVar

from pydantic import Field

from .. import model
from ..annotations import is_source, is_text
from ..model import KINDS, Card, ClozeCard, Shape, Topic, TopicFile
from ..problem import At, Problem, first
from ..source import Document
from . import gap_syntax
from .complaints import validate, value_at
from .keys import known_keys, meant_key, unknown_key
from .wording import name, short, what

MAX_VIGNETTE = 60  # words
S = TypeVar("S", bound=Shape)


def file(document: Document, shape: type[S]) -> tuple[S | None, list[Problem]]:
    """Any file but one of cards."""
    value = validate(document, shape, document.data)
    bad = value if isinstance(value, list) else []
    problems = _with_doubts(document, [*bad, *_oddities(document, shape)])
    return None if isinstance(value, list) else value, first(problems, document.room)


def _with_doubts(document: Document, problems: Iterable[Problem]) -> Iterator[Problem]:
    told = set()
    for problem in problems:
        if document.doubts:
            told.add(document.locate(problem).line)
        yield problem
    yield from (doubt for doubt in document.doubts if doubt.line not in told)


class TopicFileHead(Shape):
    """A card file, with its cards still as data: they are read one at a time, so that none hides the others."""

    topic: model.Key
    title: model.Text
    cards: Annotated[tuple[Any, ...], Field(min_length=1)]


def topic(document: Document) -> tuple[Topic | None, list[Problem]]:
    """A card file. The topic has the good cards."""
    good: list[Card] = []
    problems = first(_with_doubts(document, _topic(document, good)), document.room)
    key, title = PurePosixPath(document.path).stem, document.data.get("title")
    if not isinstance(document.data.get("cards"), list):
        return None, problems
    return Topic(key, title.strip() if isinstance(title, str) else key, document.path, tuple(good)), problems


def _topic(document: Document, good: list[Card]) -> Iterator[Problem]:
    """What is wrong with a card file; its good cards are added to the list."""
    data, path = document.data, document.path
    head = validate(document, TopicFileHead, data)
    if isinstance(head, list):
        yield from head
    elif head.topic != (stem := PurePosixPath(path).stem):
        help = f"rename the file to {head.topic}.yaml"
        if re.fullmatch(model.KEY, stem):
            help = f"write it as\ntopic: {stem}\nor {help}"
        yield Problem(path, "topic-name", f'the file is {stem}.yaml, but its topic is "{head.topic}"', ("topic",), help)
    cards = data.get("cards")
    if not isinstance(cards, list):
        return
    gaps = 0
    for number, item in enumerate(cards):
        card = _card(document, item, ("cards", number))
        if isinstance(card, list):
            yield from card
            continue
        card.put(path, "cards", number)
        good.append(card)
        gaps += card.cloze.count("{{") if isinstance(card, ClozeCard) else 0
    if document.text.count("{{") != gaps:
        elsewhere = list(_cloze_elsewhere(path, cards))
        yield from elsewhere
        places = {problem.at[:2] for problem in elsewhere}
        good[:] = [card for card in good if card.at() not in places]  # its text would be complained about again
    yield from _oddities(document, TopicFile)


def _card(document: Document, data: Any, at: At) -> Card | list[Problem]:
    path = document.path
    if not isinstance(data, dict):
        message = f"a card is a mapping with an id, not {what(data)}"
        return [Problem(path, "not-a-card", message, at, "begin it with\n  - id: psoas-major-insertion")]
    found = _kinds(data)
    title = f'card "{data["id"]}"' if isinstance(data.get("id"), str) else "this card"
    if len(found) > 1:
        message = f"{title} has {' and '.join(found)}: a card is of one kind"
        return [Problem(path, "two-kinds", message, at, "make two cards of it, each with its own id")]
    if not found:
        unknown = [key for key in data if key not in known_keys(Card)]
        problems = [unknown_key(path, Card, key, (*at, key)) for key in unknown]
        if not {meant_key(Card, key) for key in unknown} & {*KINDS, "answer"}:  # a misspelt kind is no missing one
            message = f"{title} has neither question and answer, nor cloze, nor occlude"
            problems.append(Problem(path, "no-kind", message, at, "add one of them; it says what kind of card this is"))
        return problems
    card = validate(document, KINDS[found[0]], data, at)
    problems = [*(card if isinstance(card, list) else ()), *_beyond_shape(path, data, found[0], at)]
    return problems if isinstance(card, list) or problems else card


def _kinds(data: dict[str, Any]) -> list[str]:
    found = [kind for kind in KINDS if kind in data]
    if "answer" in data and "question" not in data:
        found.insert(0, "question")
    if "occlude" in data and "answer" not in data and "question" in found:
        found.remove("question")  # it stands above the figure
    return found


def _beyond_shape(path: str, data: dict[str, Any], kind: str, at: At) -> Iterator[Problem]:
    vignette, cloze = data.get("vignette"), data.get("cloze")
    if isinstance(vignette, str) and (words := len(vignette.split())) > MAX_VIGNETTE:
        message = f"the vignette has {words} words; {MAX_VIGNETTE} is the limit"
        help = "keep age, onset and the finding that decides"
        yield Problem(path, "vignette-too-long", message, (*at, "vignette"), help)
    if kind == "cloze" and isinstance(cloze, str):
        for message, help, typed in dict.fromkeys(gap_syntax.faults(cloze)):
            yield Problem(path, "cloze-syntax", message, (*at, "cloze"), help, needle=typed)


def _cloze_elsewhere(path: str, cards: list[Any]) -> Iterator[Problem]:
    for at, value in _texts(cards, ("cards",)):
        if "{{" in value and at[2:] != ("cloze",) and is_text(TopicFile, at):
            help = "gaps belong to cloze; write the text without {{ }}"
            message = f'"{{{{" in {name(at)}: only cloze may have it'
            yield Problem(path, "cloze-elsewhere", message, at, help, needle="{{")


def _texts(value: Any, at: At) -> Iterator[tuple[At, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, (dict, list)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*at, key))


def _oddities(document: Document, shape: type[Shape]) -> Iterator[Problem]:
    """What YAML cut or joined, where that changes what learners read."""
    for at, odd in document.oddities.items():
        if odd.code == "backslash":
            if shape is TopicFile and is_text(shape, at):
                message = "\\n in double quotes begins a new line; these two characters would not be shown"
                help = "use single quotes if you mean them, and a | block if you mean a new line"
                yield Problem(document.path, odd.code, message, at, help, needle="\\n")
        elif is_text(shape, at):
            message = "the text goes on over several lines, which YAML joins into one"
            if odd.code == "comment-cuts-text":
                message = f'the text is cut at " #": YAML takes {short(odd.cut)} for a comment'
            yield Problem(document.path, odd.code, message, at, f"write it as\n{odd.block}")
        elif re.fullmatch(r"#[a-z0-9-]+", odd.cut) and is_source(shape, at):
            message = f'the space before "{odd.cut}" makes it a comment'
            yield Problem(document.path, "bad-source", message, at, f"write {value_at(document.data, at)}{odd.cut}")
