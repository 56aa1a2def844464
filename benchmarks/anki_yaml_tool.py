"""The same cards for anki-yaml-tool (PyPI), in a virtual environment of its own.

It knows one note type a file, no gaps and no Markdown, and takes fields as they are; so it gets texts as typed, a gap's
text as a question, and source keys instead of citations. That is less work than ours, never more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import yaml

VERSION = "anki-yaml-tool==0.4.*"
FIELDS = (
    "Question", "Answer", "Vignette", "Accept", "Caution", "Hook", "Why", "Debate", "Reverse question", "Reverse answer",
    "Type in", "Certainty", "Red flag", "Topic", "Sources", "Id",
)  # fmt: skip
TEMPLATES = [
    {"name": "Question", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}{{Why}}{{Sources}}"},
    {
        "name": "Reverse",
        "qfmt": "{{#Reverse answer}}{{Reverse question}}{{/Reverse answer}}",
        "afmt": "{{Reverse answer}}",
    },
]


def install(folder: Path) -> Path | None:
    """Its command, or None where pip cannot install it."""
    venv.create(folder, with_pip=True)
    bin_ = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [bin_ / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", VERSION]
    done = subprocess.run(pip, capture_output=True, check=False)
    return bin_ / "anki-yaml-tool" if done.returncode == 0 else None


def write(project: Path, file: Path) -> None:
    """The project's cards in one file, as it wants them."""
    config = {"name": "Question", "deck-name": "Bench", "fields": list(FIELDS), "templates": TEMPLATES}
    with file.open("w", encoding="utf-8") as out:
        out.write(f"config: {json.dumps(config)}\ndata:\n")
        for path in sorted((project / "cards").glob("topic-*.yaml")):
            topic = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            for card in topic["cards"]:
                out.write("".join(_note(card, topic["title"])))


def _note(card: dict[str, Any], topic: str) -> list[str]:
    values = card | {f"reverse_{side}": text for side, text in card.get("reverse", {}).items()}
    values |= {"topic": topic, "sources": ", ".join(card["sources"]), "question": card.get("cloze") or card["question"]}
    tags = [card["level"], card["certainty"], *(source.replace("#", "::") for source in card["sources"])]
    lines = [f"  - id: {card['id']}\n    tags: {json.dumps(tags)}\n"]
    for name in map(str.lower, FIELDS[:-1]):
        if value := values.get(name.replace(" ", "_")):
            text = str(value).strip().replace("\n", "\n      ")
            lines.append(f"    {name}: |-\n      {text}\n")
    return lines


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
