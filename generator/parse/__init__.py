"""Plain data -> cards and the other shapes of model.py; complains about shape, in words for who typed it. Import from here."""

from .cards import file, topic
from .schema import schema

__all__ = ["file", "schema", "topic"]
