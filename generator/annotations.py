"""What may stand at a place of a file, known from the annotations of model.py alone."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from . import model
from .model import Shape
from .problem import At


def kinds(shape: Any, keys: At) -> Iterator[Any]:
    """The annotations that the value at this place may have."""
    if get_origin(shape) in (Union, types.UnionType):
        for part in get_args(shape):
            yield from kinds(part, keys)
        return
    inner = _bare(shape)
    origin = get_origin(inner)
    if not keys:
        yield shape
        if origin is tuple:  # one value stands for a list of one
            yield from kinds(get_args(inner)[0], ())
    elif origin is tuple:
        yield from kinds(get_args(inner)[0], keys[1:])
    elif origin is dict:
        yield from kinds(get_args(inner)[1], keys[1:])
    elif isinstance(inner, type) and issubclass(inner, Shape) and keys[0] in inner.model_fields:
        yield from kinds(_hints(inner)[str(keys[0])], keys[1:])
    elif inner is not shape:
        yield from kinds(inner, keys)


def is_text(shape: type[Shape], at: At) -> bool:
    return any(kind == model.Text for kind in kinds(shape, at))


def is_source(shape: type[Shape], at: At) -> bool:
    return any(kind in (model.SourceRef, model.SourceRefs) for kind in kinds(shape, at))


def shape_at(shape: type[Shape], at: At) -> type[Shape]:
    for inner in map(_bare, kinds(shape, at)):
        if isinstance(inner, type) and issubclass(inner, Shape):
            return inner
    return shape


@cache
def all_keys() -> frozenset[str]:
    """Every key that a file may have."""
    return frozenset(key for shape in _shapes() for key in shape.model_fields)


@cache
def list_keys() -> frozenset[str]:
    """Keys with several values. Made when something is wrong: it takes as long as to read 300 cards."""
    hints = (hint for shape in _shapes() for hint in _hints(shape).items())
    return frozenset(key for key, hint in hints if get_origin(_bare(hint)) is tuple)


@cache
def text_keys() -> frozenset[str]:
    """Keys that hold text for learners, in a card file."""
    shapes: list[type[Shape]] = [*model.KINDS.values(), model.Reverse, model.TopicFile]
    return frozenset(key for shape in shapes for key in shape.model_fields if is_text(shape, (key,)))


def _shapes() -> list[type[Shape]]:
    return [one for one in vars(model).values() if isinstance(one, type) and issubclass(one, Shape)]


@cache
def _hints(shape: type[Shape]) -> dict[str, Any]:
    return get_type_hints(shape, include_extras=True)


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
