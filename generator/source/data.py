"""YAML text -> plain data, from PyYAML's events: no recursion, and no composer (25,000 nested lists kill the C one)."""

from __future__ import annotations

from typing import Any

import yaml

from ..model import Unquoted
from ..problem import MOST, At
from .characters import is_odd
from .events import ERRORS, StopError, events, parser_stop, stop_at
from .scalar import BOOLS, MATCHES, WORDS, is_text
from .silent import COMMENT, Note, Oddity, cut, duplicate, escaped, folded, is_escaped_line, meant_otherwise, note

MAX_DEPTH = 12


def build(text: str) -> tuple[Any, dict[At, Oddity], list[Note]]:
    """The file's data. The one loop that every card goes through: it knows lines only where something is wrong."""
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    matches, words, bools = MATCHES, WORDS, BOOLS
    oddities: dict[At, Oddity] = {}
    notes: list[Note] = []
    stack: list[tuple[Any, Any]] = []
    root: list[Any] = []
    container: Any = root
    in_map = False
    key: Any = None
    value: Any
    event: Any = None
    try:
        for event in events(text):
            kind = event.__class__
            if kind is scalar:
                if event.tag is not None or event.anchor is not None:
                    raise _refused(event)
                value = event.value
                style = event.style
                if in_map and key is None:
                    if not style and (value in words or (value[:1] in matches and not is_text(value))):
                        if len(notes) <= MOST:
                            notes.append(note(event, "bad-key", f'the key "{value}" needs quotes', f'write "{value}":'))
                        value = Unquoted(value)  # so that `parse` does not say it again
                    if value in container and len(notes) <= MOST:
                        if stop := meant_otherwise(event, text, container):
                            raise stop
                        notes.append(duplicate(event, text))
                    key = value
                    continue
                if not style:
                    end = event.end_mark
                    if text[end.index : end.index + 1] == " " and COMMENT.match(text, end.index):
                        oddities[_path(stack, container, key)] = cut(event, text)
                    if end.line != event.start_mark.line:
                        oddities[_path(stack, container, key)] = folded(event, text)
                    if value in bools:
                        value = bools[value]
                    elif value in words or (value[:1] in matches and not is_text(value)):
                        value = Unquoted(value)
                elif style == '"' or style == "'":
                    if not value.isprintable():
                        if any(map(is_odd, value)) and len(notes) <= MOST:
                            notes.append(escaped(event))
                        if is_escaped_line(event, text):
                            oddities[_path(stack, container, key)] = Oddity("backslash", "", "")
                    if event.end_mark.line != event.start_mark.line:
                        oddities[_path(stack, container, key)] = folded(event, text)
            elif kind is mapping or kind is sequence:
                if event.tag is not None or event.anchor is not None:
                    raise _refused(event)
                if in_map and key is None:
                    raise stop_at(event, "yaml", "a list or mapping where a key is expected")
                if len(stack) >= MAX_DEPTH:
                    message = f"more than {MAX_DEPTH} levels inside each other"
                    raise stop_at(event, "too-deep", message, "cards need 4 levels")
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
                help = 'delete the line "---"'
                notes.append(note(event, "several-documents", "a second document begins here", help))
                break
            else:
                continue
            if in_map:
                container[key] = value
                key = None
            else:
                container.append(value)
    except ERRORS as error:
        raise parser_stop(error, event, text) from None
    if not root or root[0] == "":
        help = "a file of cards begins with topic:, title: and cards:"
        raise StopError(0, 0, "empty-file", "the file is empty", help)
    if not isinstance(root[0], dict):
        first = next(i for i, line in enumerate(text.split("\n")) if line.strip() and line[0] not in "#%")
        help = 'the first line of content is like "topic: actions"'
        raise StopError(first, 0, "not-a-mapping", 'the file must consist of "key: value" lines', help)
    return root[0], oddities, notes


def _path(stack: list[tuple[Any, Any]], container: Any, key: Any) -> At:
    frames = [*stack[1:], (container, key)] if stack else []
    return tuple(len(inside) if isinstance(inside, list) else at for inside, at in frames)


def _refused(event: Any) -> StopError:
    if getattr(event, "tag", None) is not None:
        return stop_at(event, "tag", "YAML tags (!name) are not used here", "delete it, or quote the text")
    return stop_at(event, "anchor", "YAML anchors (&name, *name) are not used here", "write the text out, or quote it")
