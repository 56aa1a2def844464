"""Keys that are unknown, or missing."""

from __future__ import annotations

from typing import Any

from ..annotations import shape_at
from ..model import KINDS, Card, Shape
from ..problem import At, Problem
from .wording import article, closest, noun

_WORDS = {  # what people and other tools call the fields of a card
    "question": ("front", "prompt"),
    "answer": ("back", "solution", "response"),
    "why": ("explanation", "because", "reason", "mechanism", "rationale", "comment"),
    "figure": ("picture", "image", "img", "diagram"),
    "hook": ("mnemonic", "memory aid"),
    "accept": ("also right", "also accept", "alternative", "alternatives", "other answers"),
    "caution": ("warning", "danger", "safety"),
    "sources": ("reference", "references", "ref", "refs", "citation", "citations", "literature"),
    "level": ("difficulty", "importance"),
    "certainty": ("evidence", "confidence"),
    "vignette": ("case", "scenario"),
    "debate": ("controversy", "disagreement"),
}
_MEANT = {word: key for key, words in _WORDS.items() for word in words}


def unknown_key(path: str, shape: type[Shape], key: str, at: At, missing: str = "") -> Problem:
    """A key that this shape does not have. `missing` is the one key that it should have and has not."""
    owners = _owners(shape, key)
    if owners:
        mine = next(kind for kind, other in KINDS.items() if other is shape)
        message = f'{article(mine)} {mine} card has no "{key}"'
        return Problem(path, "unknown-key", message, at, f"only {' and '.join(owners)} cards have it", on_key=True)
    if key.strip() != key:
        message = f'a no-break space stands beside "{key.strip()}"'
        return Problem(path, "no-break-space", message, at, f"write {key.strip()}:", on_key=True)
    close = meant_key(shape, key)
    own = [field for field in known_keys(shape) if field in shape.__annotations__]
    if close:
        help = f'did you mean "{close}"?'
    elif missing:
        help = f"is this the {missing}? then write {missing}:"
    elif key.lower() in ("note", "notes", "my notes") and issubclass(shape, Card):
        help = "what explains the answer is why:; learners have a field of their own for notes"
    else:
        help = f"it may have {', '.join(dict.fromkeys(own + known_keys(shape)))}"
    message = f'{article(noun(shape))} {noun(shape)} has no "{key}"'
    return Problem(path, "unknown-key", message, at, help, on_key=True)


def meant_key(shape: type[Shape], key: str) -> str:
    """The key of this shape that was probably meant, or nothing."""
    if _owners(shape, key):
        return ""
    word = _MEANT.get(key.strip().lower().replace("_", " "), "") if issubclass(shape, Card) else ""
    return word if word in known_keys(shape) else closest(key, known_keys(shape), 65)


def known_keys(shape: type[Shape]) -> list[str]:
    """The keys of a shape; those of all kinds, where it is not known of which kind a card is."""
    shapes = KINDS.values() if shape is Card else (shape,)
    return [*dict.fromkeys(key for one in shapes for key in one.model_fields)]


def _owners(shape: type[Shape], key: str) -> list[str]:
    """The kinds of card that have a key which this card cannot have."""
    return [kind for kind, other in KINDS.items() if key in other.model_fields] if issubclass(shape, Card) else []


def missing_key(path: str, shape: type[Shape], parent: Any, loc: At, at: At) -> Problem:
    """`loc` is the key's place in the shape, `at` its parent's in the file."""
    inner, key = shape_at(shape, loc[:-1]), str(loc[-1])
    id = parent.get("id") if isinstance(parent, dict) else None
    if isinstance(id, str) and key != "id":
        who = f'{noun(inner)} "{id}"'
    else:
        who = f"this {noun(inner)}" if at else "the file"
    about = inner.model_fields[key].description if key in inner.model_fields else ""
    help = f"{key}: {about[0].lower()}{about[1:]}" if about else f"add {key}:"
    if key == "id" and issubclass(inner, Card):
        help = f"a card begins with its id, as in\n  - id: psoas-major-insertion\n{help}"
    return Problem(path, "missing-key", f"{who} has no {key}", at, help)
