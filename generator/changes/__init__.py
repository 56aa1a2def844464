"""What learners would see change between a release and this tree. Import from here.

compare: a release and a deck's notes -> Changes; fields: what a field says, in words; words: Changes -> text,
Markdown; data: Changes -> JSON.
"""

from .compare import Changed, Changes, EditionChange, compare
from .data import as_json
from .fields import Field
from .words import MARKDOWN, TEXT, as_text, sections, totals

__all__ = [
    "MARKDOWN", "TEXT", "Changed", "Changes", "EditionChange", "Field", "as_json", "as_text", "compare", "sections",
    "totals",
]  # fmt: skip
