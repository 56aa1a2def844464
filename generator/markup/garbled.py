"""`â€™` for ’ and `Â°` for °: text that was once saved as UTF-8 and read as Windows-1252."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LATER = "\xa0-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # what UTF-8's later bytes are in Windows-1252
GARBAGE = re.compile(f"[ÂÃÎÏ][{_LATER}]|â[{_LATER}]{{2}}|â€")


def garbled(text: str) -> Iterator[tuple[str, str]]:
    """What stands there, and in words what was meant; each once."""
    for garbage in dict.fromkeys(GARBAGE.findall(text)):
        try:
            meant = garbage.encode("cp1252").decode()
        except UnicodeError:  # the last character is lost
            if garbage.startswith("â€"):
                yield garbage, "the quotation mark or dash that was meant"
        else:
            yield garbage, "a space" if meant.isspace() else meant
