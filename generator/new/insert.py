"""A card's lines go into a topic's file; every other byte of it stays."""

from __future__ import annotations

from typing import Any

import yaml

from ..source import read
from ..source.events import LOADER
from .draft import Draft


class InsertError(Exception):
    """The card cannot be put there; the message says why."""


def insert(path: str, content: bytes, draft: Draft, id_: str, after: str = "") -> tuple[bytes, int]:
    """The file with the card behind the card `after`, or behind the last; and the card's line, from 1."""
    document, problems = read(path, content)
    if document is None or problems or document.text != document.typed:
        raise InsertError(f"{path} cannot be read as it is: `studydeck check` says why")
    lines = document.typed.split("\n")
    cards = _cards(path, document.typed)
    ids = [card.get("id") if isinstance(card, dict) else None for card in document.data["cards"]]
    if after and after not in ids:
        raise InsertError(f'{path} has no card "{after}"')
    place = ids.index(after) if after else len(ids) - 1
    end = _last_line(cards.value[place], lines)
    indent = int(cards.start_mark.column)
    while end + 1 < len(lines) and lines[end + 1].startswith(" " * (indent + 1)) and lines[end + 1].lstrip()[:1] == "#":
        end += 1  # a remark at the foot of the card
    gap = [""] if _has_gaps(cards, lines) else []
    result = _with(content, end + 1, [*gap, *draft.lines(id_, indent)])
    if not _is_only_more(path, result, document.data, draft, id_, place + 1):
        raise InsertError(f"this text cannot stand in {path}: a character in it is no part of a text, or breaks a line")
    return result, end + 2 + len(gap)


def _with(content: bytes, row: int, lines: list[str]) -> bytes:
    """The file with more lines, which end as its own do."""
    raw = content.split(b"\n")
    end = b"\r" if any(line.endswith(b"\r") for line in raw) else b""
    if row == len(raw):  # the last line has no end yet
        raw = [*raw[:-1], raw[-1] + end, b""]
    raw[row:row] = [line.encode(errors="surrogatepass") + end for line in lines]
    return b"\n".join(raw)


def _cards(path: str, text: str) -> Any:
    root: Any = yaml.compose(text, Loader=LOADER)
    nodes = {key.value: value for key, value in root.value}
    cards = nodes.get("cards")
    if not isinstance(cards, yaml.SequenceNode) or not cards.value or cards.flow_style:
        raise InsertError(f'{path} has no list of cards that begin with "- id:"')
    return cards


def _last_line(node: Any, lines: list[str]) -> int:
    """The last line of a card, from 0, without blank lines and remarks after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        if isinstance(last, tuple):
            key, value = last
            empty = isinstance(value, yaml.ScalarNode) and not value.value and value.style is None
            return int(key.end_mark.line) if empty else _last_line(value, lines)
        return _last_line(last, lines)
    end = int(node.end_mark.line)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):  # the mark stands where the next thing begins
        end -= node.end_mark.column == 0
        while not lines[end].strip():
            end -= 1
    return end


def _has_gaps(cards: Any, lines: list[str]) -> bool:
    """Whether cards stand apart in this file: as the first one does."""
    first = cards.value[1] if len(cards.value) > 1 else cards.value[0]
    above = int(first.start_mark.line) - 1
    while above > 0 and lines[above].lstrip().startswith("#"):
        above -= 1
    return not lines[above].strip()


def _is_only_more(path: str, result: bytes, before: Any, draft: Draft, id_: str, place: int) -> bool:
    document, _ = read(path, result)
    if document is None or document.text != document.typed:
        return False
    cards = list(document.data.get("cards", ()))
    card = cards.pop(place) if len(cards) > place else None
    if _stripped({**document.data, "cards": cards}) != _stripped(before) or not isinstance(card, dict):
        return False
    texts = {name: str(card.get(name, "")).strip() for name in draft.texts()}
    extra = {"id": id_, "level": draft.level, "certainty": draft.certainty, "sources": list(draft.sources)}
    return texts == draft.texts() and card.keys() == {*texts, *extra} and {key: card[key] for key in extra} == extra


def _stripped(value: Any) -> Any:
    """As cards read their texts: a last line without an end has got one."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return {key: _stripped(item) for key, item in value.items()}
    return [_stripped(item) for item in value] if isinstance(value, list) else value
