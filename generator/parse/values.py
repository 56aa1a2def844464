"""A value of the wrong type: what must stand there, and how to write what was meant."""

from __future__ import annotations

from typing import Any, Protocol

from ..problem import At
from ..source.scalar import quoted
from .wording import closest, name, short, what

_LIMITS = {"greater_than": "more than", "greater_than_equal": "at least", "less_than": "less than"}
_YES = ("yes", "y", "on", "x", "1", "ja", "si", "t", "✓", "✔")
_NO = ("no", "n", "off", "0", "none", "null", "~", "-", "nein", "f")


class Write(Protocol):
    """Shows the line with another value, and what belongs below it."""

    def __call__(self, value: str, below: str = "") -> str: ...


def bad_value(loc: At, value: Any, kind: str, context: dict[str, Any]) -> tuple[str, str]:
    """Message and help for a value that is of the wrong type or out of its limits. `kind` is pydantic's."""
    key = name(loc)
    match kind:
        case "bool_type" | "bool_parsing":
            return f"{key} must be true or false, without quotes", _flag(key, value)
        case "not_number":
            return f"{key} must be a number, without quotes", ""
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return f"{key} must be {_LIMITS.get(kind, 'at most')} {next(iter(context.values()))}", ""
        case "model_type" | "model_attributes_type" | "dict_type":
            return f'{key} needs "key: value" lines, not {what(value)}', ""
        case "tuple_type":
            return f"{key} must be a list, not {what(value)}", ""
    whole = kind.startswith("int_")
    return f"{key} must be a whole number" if whole else f"{key} cannot be {short(str(value))}", ""


def _flag(key: str, value: Any) -> str:
    """A wrong guess would call a harmless card a sign of danger, or the other way round."""
    word = value.strip().lower() if isinstance(value, str) else "?"
    close = word and closest(word, ["true", "false"], 60)
    if word in _NO or close == "false":
        return f"write {key}: false, or delete the line"
    if word in _YES or close == "true":
        return f"write {key}: true"
    return f"write {key}: true, or delete the line if it is not so"


def as_text(value: Any, write: Write) -> str:
    """How to write a list or mapping that was meant as text."""
    if isinstance(value, bool):
        return write(quoted(str(value).lower()))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        block = "\n".join(f"  - {item}" for item in value)
        return write("|", block).replace("write it as", "write it as a text block", 1)
    if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return write(quoted(", ".join(f"{key}: {item}" if item else str(key) for key, item in value.items())))
    return ""
