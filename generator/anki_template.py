"""Anki's template language, so that previews and checks show what Anki will show. Cloze gaps are in anki_cloze.

Measured against Anki 26.9.3; tests/test_anki_template.py renders every case here and there. Where Anki would show an
error on the card, or leave a filter it does not know to add-ons, `render` raises TemplateError.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .anki_cloze import plain, show_gaps

SPECIAL = ("Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID")  # fields that every note has

_TOKEN = re.compile(r"(<!--.*?-->)|\{\{(.*?)\}\}", re.DOTALL)
_EMPTY = re.compile(r"(?:[ \t\n\v\f\r]|</?(?:br|div) ?/?>)*", re.IGNORECASE)  # not &nbsp;, not <p></p>
_TYPE = re.compile(r"\[\[type:(?:nc:|cloze:)*([^\]]+)\]\]")


class TemplateError(ValueError):
    """A template that Anki would refuse, or show as an error on the card."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """`{{filter:filter:Field}}`, filters in the order Anki applies them: the one beside the field first."""

    field: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """`{{#Field}}…{{/Field}}`, or with `^` its opposite."""

    field: str
    inverted: bool
    nodes: tuple[Node, ...]


Node = str | Replacement | Section


@lru_cache(maxsize=64)
def parse(template: str) -> tuple[Node, ...]:
    """The template's parts. Comments are kept, as Anki keeps them."""
    open_: list[tuple[str, bool, list[Node]]] = [("", False, [])]
    end = 0
    for token in _TOKEN.finditer(template):
        text = template[end : token.start()]
        _no_stray(text)
        open_[-1][2].append(text + (token[1] or ""))
        end = token.end()
        if token[2] is None:
            continue
        inner = token[2].lstrip("{").strip()
        if inner[:1] in ("#", "^"):
            open_.append((inner[1:].strip(), inner[0] == "^", []))
        elif inner[:1] == "/":
            name, inverted, nodes = open_.pop()
            if not open_ or name != inner[1:].strip():
                expected = f"{{{{/{name}}}}} expected" if open_ else "nothing is open"
                raise TemplateError(f"found {{{{{inner}}}}}, {expected}")
            open_[-1][2].append(Section(name, inverted, tuple(nodes)))
        else:
            *filters, field = inner.split(":")
            open_[-1][2].append(Replacement(field.strip(), tuple(f.strip() for f in reversed(filters))))
    _no_stray(template[end:])
    open_[-1][2].append(template[end:])
    if len(open_) > 1:
        raise TemplateError(f"{{{{/{open_[-1][0]}}}}} is missing")
    return tuple(node for node in open_[0][2] if node != "")


def _no_stray(text: str) -> None:
    if "{{" in text:
        raise TemplateError("{{ without }}")


def used(template: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every field the template names, with its filters; sections count as `#` or `^`."""
    yield from _used(parse(template))


def _used(nodes: tuple[Node, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in nodes:
        if isinstance(node, Replacement):
            yield node.field, node.filters
        elif isinstance(node, Section):
            yield node.field, ("^" if node.inverted else "#",)
            yield from _used(node.nodes)


def without_fields(template: str) -> str:
    """The template's own HTML."""
    return _TOKEN.sub(lambda token: token[1] or "", template)


def is_empty(value: str) -> bool:
    """What counts as empty in a conditional: nothing but white space, <br> and <div>."""
    return _EMPTY.fullmatch(value) is not None


def makes_card(front: str, fields: Mapping[str, str]) -> bool:
    """Whether Anki makes a card: the front must show at least one field that is not empty. Not for cloze note types."""

    def shows(nodes: tuple[Node, ...]) -> bool:
        for node in nodes:
            if isinstance(node, str):
                continue
            empty = is_empty(fields.get(node.field, ""))
            if not empty if isinstance(node, Replacement) else empty == node.inverted and shows(node.nodes):
                return True
        return False

    return shows(parse(front))


def render(
    template: str,
    fields: Mapping[str, str],
    *,
    card: int = 1,
    cloze: bool = False,
    front: str | None = None,
    extra: Mapping[str, str] | None = None,
) -> str:
    """One side of an Anki card. `front` is the rendered front, and says that this is the back.

    `card` counts from 1: the template's place, or the cloze number. `extra` has Tags, Deck, Card and their like.
    """
    values = {**dict.fromkeys(SPECIAL, ""), **(extra or {}), **fields}
    conditions = {**values, f"c{card}": "1"} if cloze else values

    def value(node: Replacement) -> str:
        if node.field == "FrontSide":
            return front or ""
        if node.field not in values:
            raise TemplateError(f'there is no field "{node.field}"')
        text = values[node.field]
        if "type" in node.filters:
            return f"[[type:{':'.join((*reversed(node.filters[:-1]), node.field))}]]"
        for name in node.filters:
            text = _filter(name)(text, node.field, card, front is not None)
        return text

    def walk(nodes: tuple[Node, ...]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, str):
                yield node
            elif isinstance(node, Replacement):
                yield value(node)
            else:
                if node.field not in conditions and not re.fullmatch(r"c\d+", node.field):
                    raise TemplateError(f'there is no field "{node.field}"')
                inside = "".join(walk(node.nodes))  # also when left out, so that every unknown field is found
                yield inside if is_empty(conditions.get(node.field, "")) == node.inverted else ""

    return "".join(walk(parse(template)))


def _filter(name: str) -> Callable[[str, str, int, bool], str]:
    """A filter takes the text, the field's name, the card's number and whether this is the back."""
    if name == "cloze":
        return lambda text, _, card, back: show_gaps(text, card, back=back)
    if name == "text":
        return lambda text, *_: plain(text)
    if name == "hint":
        return _hint
    raise TemplateError(f'there is no filter "{name}" here')


def _hint(text: str, field: str, card: int, back: bool) -> str:
    if not text.strip():
        return text
    key = "hint" + hashlib.sha256(f"{field}\0{text}".encode()).hexdigest()[:16]
    return (
        '\n<a class=hint href="#"\nonclick="this.style.display=\'none\';\n'
        f"document.getElementById('{key}').style.display='block';\nreturn false;\" draggable=false>\n{field}</a>\n"
        f'<div id="{key}" class=hint style="display: none">{text}</div>\n'
    )


def fill_type_boxes(rendered: str, fields: Mapping[str, str], *, back: bool = False) -> str:
    """What an app puts in place of `[[type:Field]]`: a box on the front, the right answer on the back."""

    def box(match: re.Match[str]) -> str:
        expected = plain(fields.get(match[1], ""))
        if expected and back:
            return f"<code id=typeans><span class=typeGood>{html.escape(expected)}</span></code>"
        return '<input type=text id=typeans aria-label="Type the answer">' if expected else ""

    return _TYPE.sub(box, rendered)
