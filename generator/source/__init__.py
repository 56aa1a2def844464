"""YAML as people type it -> plain data, and the places of what is wrong. Import from here.

bytes -> characters -> events -> data        mend: a line that YAML cannot read, in plain words and put right
                                             places: lines and columns, looked up only for a problem
"""

from .document import Document, read

__all__ = ["Document", "read"]
