"""Card text -> validated HTML, and from there to every other form. Import from here.

text -> render (grammar: what Markdown may do; forbidden: what no text may hold; gaps) -> HTML
HTML -> text, markdown; cloze reads gaps in both
"""

from .cloze import Gap, cloze_numbers, fill_cloze
from .forbidden import Complaint, check_html, forbidden_text, is_link
from .markdown import to_markdown
from .render import render
from .text import plain

__all__ = [
    "Complaint", "Gap", "check_html", "cloze_numbers", "fill_cloze", "forbidden_text", "is_link", "plain", "render",
    "to_markdown",
]  # fmt: skip
