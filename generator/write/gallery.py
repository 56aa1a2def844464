"""The gallery: a folder to open with a double click. Every Anki card as Anki shows it, without a server or outside requests.

Cards stand in a frame of their own: a sandbox, where only our script and the templates' own may run.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..gallery import Gallery

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates" / "gallery"
ASSETS = ("gallery.css", "gallery.js")
LIVE = "preview.js"  # only in a preview
REVISIONS = "revisions.json"
# The hint filter brings a handler and a style of its own; the policy lets neither in, and frame.js does the same.
HINT = re.compile(r'<a class=hint href="#"\nonclick="[^"]*"')
HIDDEN = re.compile(r'(<div id="hint[0-9a-f]{16}" class=hint) style="display: none"')


def gallery_files(gallery: Gallery, live: bool = False) -> dict[str, bytes]:
    """File name -> content. A live one listens to the preview's server, and has its files' revisions beside them."""
    files = {name: (TEMPLATES / name).read_bytes() for name in (*ASSETS, *([LIVE] if live else []))}
    frame = _environment().get_template("frame.html").render(language=gallery.language)
    policy = _policy([*_scripts(frame), *gallery.scripts], live)

    def page(revisions: str) -> bytes:
        values = {"gallery": gallery, "frame": frame, "policy": policy, "live": live, "revisions": revisions}
        return _environment().get_template("index.html").render(values).encode()

    made = {
        "cards.js": _script("deck", _deck(gallery)),
        "figures.js": _script("figures", {name: _data_uri(content) for name, content in _shown(gallery)}),
    }
    if not live:
        return {"index.html": page(""), **files, **made}
    whole = {"page": b"".join((page(""), *files.values())), "cards": made["cards.js"], "figures": made["figures.js"]}
    revisions = json.dumps({name: hashlib.sha256(content).hexdigest()[:16] for name, content in whole.items()})
    return {"index.html": page(revisions), **files, **made, REVISIONS: revisions.encode()}


def _policy(scripts: list[str], live: bool) -> str:
    """`file:` is what `'self'` means where the gallery is opened as a file, but not in every browser."""
    hashes = sorted({f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts})
    rules = [
        "default-src 'none'",
        f"script-src 'self' file: {' '.join(hashes)}",
        "style-src 'self' file:",
        "img-src data:",
        "connect-src 'self'" if live else "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


def _scripts(page: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", page, re.DOTALL)


def _deck(gallery: Gallery) -> dict[str, object]:
    """As gallery.js reads it. Style sheets are listed once, and cards name them by number."""
    styles = list(dict.fromkeys(card.css for card in gallery.cards))
    cards = []
    for card in gallery.cards:
        value = asdict(card) | {"css": styles.index(card.css)}
        cards.append(value | {side: _without_handlers(value[side]) for side in ("front", "back")})
    return {
        "title": gallery.title,
        "topics": gallery.topics,
        "sources": gallery.sources,
        "styles": styles,
        "cards": cards,
    }


def _without_handlers(side: str) -> str:
    if "class=hint" not in side:
        return side
    return HIDDEN.sub(r"\1 hidden", HINT.sub('<a class=hint href="#"', side))


def _shown(gallery: Gallery) -> list[tuple[str, bytes]]:
    """The pictures that a card shows."""
    names = {
        name
        for card in gallery.cards
        for side in (card.front, card.back)
        for name in re.findall(r'src="([^"]+)"', side)
    }
    return [(name, content) for name, content in gallery.figures if name in names]


def _data_uri(png: bytes) -> str:
    """Inside a sandbox, a page that is a file may not load another file."""
    return f"data:image/png;base64,{b64encode(png).decode()}"


def _script(name: str, value: object) -> bytes:
    """A script that gives a value to the page: a page that is a file may read no JSON."""
    return f"window.{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n".encode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # slow to import

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment
