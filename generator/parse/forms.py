"""Text of a wrong form: ids, tags, sources, addresses."""

from __future__ import annotations

import re

from .. import model
from ..problem import At, Problem
from ..references import DESCRIBE, are_sources, as_list, parts
from .wording import article, name, short, slug

_FORMS = {
    "doi": "a DOI is like 10.1179/106698109791352201, without https://doi.org/",
    "url": "an address begins with https:// and has no spaces",
    "report": "write an https:// or mailto: address",
    "version": "a version is like 1.2.0",
    "language": "a language is like en or en-GB",
}


def too_long(path: str, at: At, value: str, limit: int, *, on_key: bool) -> Problem:
    who = f'the key "{value}"' if on_key else name(at)
    message = f"{who} has {len(value)} characters; {limit} is the limit"
    return Problem(path, "bad-id", message, at, "make it shorter", on_key=on_key)


def wrong_form(path: str, at: At, value: str, pattern: str, *, on_key: bool) -> Problem:
    """`pattern` is the one of model.py that the value, or with `on_key` the key, does not match."""
    field = name(at)
    if pattern == model.KEY:
        what = "a key" if on_key else f"{article(field)} {field}"
        message = f"{short(value, 60)} cannot be {what}: only a-z, 0-9 and single hyphens"
        return Problem(path, "bad-id", message, at, _write(slug(value)), on_key=on_key)
    if pattern == model.SOURCE_REF:
        message = f"{short(value, 60)} is not a source: it is the source's id, or id#section"
        return Problem(path, "bad-source", message, at, _source(value, isinstance(at[-1], int)), needle=value)
    if pattern == model.TAG:
        fixed = "::".join(filter(None, map(slug, value.split("::"))))
        return Problem(path, "bad-tag", f'"{value}" cannot be a tag: only a-z, 0-9, hyphens and ::', at, _write(fixed))
    return Problem(path, "bad-value", f"{field} cannot be {short(value)}", at, _FORMS.get(field, ""))


def _source(value: str, in_list: bool) -> str:
    """What is known without the sources; `references` knows more once they are read."""
    several = parts(value)
    if are_sources(several):
        return _write(as_list(several, in_list))
    key, _, section = value.partition("#")
    if re.search(r"://|^doi:|^10\.\d", value) or len(several) > 3:
        return DESCRIBE
    return _write(slug(key) + (f"#{slug(section)}" if section.strip() else ""))


def _write(fixed: str) -> str:
    return f"write {fixed}" if fixed else ""
