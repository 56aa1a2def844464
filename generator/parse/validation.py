"""Data through pydantic: the value, or its errors, and not more of them than can be told."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..annotations import all_keys
from ..model import Shape
from ..problem import MOST

ENOUGH = 5 * MOST  # errors of pydantic; several may be one problem
S = TypeVar("S", bound=Shape)


def value_or_errors(shape: type[S], data: Any) -> S | list[ErrorDetails]:
    """The data as this shape, or what pydantic finds wrong with it."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        if error.error_count() > ENOUGH:
            error = _some_errors(shape, data)
        return error.errors(include_url=False, include_input=False)


def _some_errors(shape: type[Shape], data: Any) -> ValidationError:
    """The errors in the beginning of a hopeless file: to tell all of them would take minutes and gigabytes."""
    length = 2 * MOST
    while True:
        try:
            shape.model_validate(_beginning(data, length))
        except ValidationError as error:
            return error
        length *= 10


def _beginning(data: Any, length: int) -> Any:
    """The first entries of each list and mapping, and all keys that may be required."""
    if isinstance(data, list):
        return [_beginning(item, length) for item in data[:length]]
    if not isinstance(data, dict):
        return data
    kept = (key for place, key in enumerate(data) if place < length or key in all_keys())
    return {key: _beginning(data[key], length) for key in kept}
