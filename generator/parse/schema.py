"""The JSON Schema of card files, for editors: it accepts what `check` accepts."""

from __future__ import annotations

from typing import Any

from ..model import TopicFile


def schema() -> dict[str, Any]:
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
