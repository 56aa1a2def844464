"""A new card: from what somebody says to lines in a topic's file. Import from here.

form: a filled-in issue form -> fields; cited: sources as people name them -> keys; draft: fields -> a card's lines, and its
id; insert: those lines into the file, and nothing else changed; trial: what check would say.
"""

from .cited import Cited, cited
from .draft import Draft, card_id
from .form import form
from .insert import InsertError, insert
from .trial import taken, topic_key, trial, write

__all__ = [
    "Cited",
    "Draft",
    "InsertError",
    "card_id",
    "cited",
    "form",
    "insert",
    "taken",
    "topic_key",
    "trial",
    "write",
]
