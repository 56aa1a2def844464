"""What YAML reads in a plain scalar, and how to write text so that it reads text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import yaml

# What YAML 1.1 (PyYAML's tables) or the YAML 1.2 core schema read as something other than text, by first character.
MATCHES: dict[str, tuple[Callable[[str], Any], ...]] = {
    first: tuple(pattern.fullmatch for _, pattern in patterns)
    for first, patterns in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "!&*"
}
_CORE_NUMBER = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|[-+]?\.(inf|nan)", re.I
).fullmatch
for _first in "+-.0123456789":
    MATCHES[_first] = (*MATCHES.get(_first, ()), _CORE_NUMBER)
WORDS = frozenset(("", "y", "Y", "n", "N"))  # y and n are in YAML 1.1 but not in PyYAML
BOOLS = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}


def is_text(value: str) -> bool:
    """Whether every YAML parser reads this plain scalar as text."""
    return value not in WORDS and not any(match(value) for match in MATCHES.get(value[:1], ()))


def read_as(value: str) -> str:
    """In words, what YAML takes a plain scalar for that is not text."""
    word = value.lower()
    if word in ("yes", "no", "on", "off", "y", "n"):
        return "yes/no"
    if word in ("~", "null"):
        return "nothing"
    if re.match(r"\d{4}-\d", word):
        return "a date"
    is_number = any(char.isdigit() for char in word) or word.endswith(("inf", "nan"))
    return "a number" if is_number else "something else"


def quoted(text: str) -> str:
    """The text as a YAML value in quotes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else json.dumps(text, ensure_ascii=False)
