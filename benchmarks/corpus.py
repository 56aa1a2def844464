"""Makes a project of N cards like the real ones, so that speed can be measured where it would be felt.

Each card takes the shape of a real card of cards/ (its fields, their lengths, line breaks, bold, gaps and sources) and
other words: every longer word becomes another of the same length from the real cards. The same N gives the same bytes.
Pictures are left out; now and then `why` becomes a list, which the real cards rarely have.

    python benchmarks/corpus.py 3000 DIR
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
PER_TOPIC = 300
LISTS = 20  # one `why` in so many is a list
WORD = re.compile(r"https?://\S+|(?<![#\w])[a-z]{4,}")
NOT_TOPICS = ("sources.yaml", "glossary.yaml")
KEYS = ("level", "certainty", "red_flag")  # everything else is text, but for what is named below


def corpus(count: int, folder: Path) -> None:
    """Write a project of `count` cards to `folder`."""
    shutil.copytree(ROOT / "decks" / "note_types", folder / "decks" / "note_types")
    (folder / "cards").mkdir()
    for name in NOT_TOPICS:
        shutil.copy(ROOT / "cards" / name, folder / "cards")
    real = _real_cards()
    chance = random.Random(1)
    words = _words(real)
    topics = []
    for start in range(0, count, PER_TOPIC):
        topics.append(f"topic-{len(topics) + 1:04d}")
        cards = [_card(chance.choice(real), i, words, chance) for i in range(start, min(start + PER_TOPIC, count))]
        head = f"topic: {topics[-1]}\ntitle: Topic {len(topics)}\ncards:\n"
        (folder / "cards" / f"{topics[-1]}.yaml").write_text(head + "".join(cards), encoding="utf-8")
    _deck(folder, topics)
    _answer_reviews(folder)


def _answer_reviews(folder: Path) -> None:
    """Other words make other findings; a finished deck has none, so each is answered with `allow`."""
    check = [sys.executable, "-m", "generator", "check", "--format", "json", "--project", str(folder.resolve())]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True)
    rules = defaultdict(lambda: defaultdict(set))
    for problem in json.loads(done.stdout):
        if problem["severity"] == "review":
            rules[problem["path"]][problem["line"]].add(problem["code"])
    for path, lines in rules.items():
        cards = (folder / path).read_text(encoding="utf-8").split("\n\n  - id:")
        line = cards[0].count("\n") + 1
        for i, card in enumerate(cards[1:], 1):
            first, line = line + 1, line + 2 + card.count("\n")
            found = set().union(*(codes for at, codes in lines.items() if first <= at <= line))
            if found:
                answers = ", ".join(f"{code}: It is made of other words." for code in sorted(found))
                cards[i] = f"{card.rstrip()}\n    allow: {{{answers}}}"
        text = "\n\n  - id:".join(card.rstrip("\n") for card in cards)
        (folder / path).write_text(f"{text}\n", encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _real_cards() -> list[dict[str, Any]]:
    topics = [_read(path) for path in sorted((ROOT / "cards").glob("*.yaml")) if path.name not in NOT_TOPICS]
    return [card for topic in topics for card in topic["cards"] if "occlude" not in card and "retired" not in card]


def _words(cards: list[dict[str, Any]]) -> dict[int, list[str]]:
    """By length, as often as they occur."""
    found = defaultdict(list)
    for card in cards:
        for value in (*card.values(), *card.get("reverse", {}).values()):
            for word in WORD.findall(value) if isinstance(value, str) else ():
                found[len(word)].append(word)
    return found


def _card(real: dict[str, Any], number: int, words: dict[int, list[str]], chance: random.Random) -> str:
    def text(key: str, value: str, indent: str) -> str:
        other = WORD.sub(lambda m: m[0] if "/" in m[0] else chance.choice(words[len(m[0])]), value.strip())
        if key == "why" and number % LISTS == 0:
            other = "Several things:\n\n- " + other.replace("\n", " ").replace(". ", ".\n- ")
        return f"{indent}{key}: |\n" + "".join(f"{indent}  {line}".rstrip() + "\n" for line in other.split("\n"))

    lines = [f"\n  - id: card-{number:06d}\n"]
    for key, value in real.items():
        if key in ("id", "figure", "allow", "type_in"):  # what is typed must be in the answer; other words would not
            continue
        if key == "reverse":
            lines += ["    reverse:\n", *(text(inner, one, "      ") for inner, one in value.items())]
        elif key in ("sources", "tags"):
            lines.append(f"    {key}: [{', '.join([value] if isinstance(value, str) else value)}]\n")
        elif key in KEYS:
            lines.append(f"    {key}: {str(value).lower()}\n")
        else:
            lines.append(text(key, str(value), "    "))
    return "".join(lines)


def _deck(folder: Path, topics: list[str]) -> None:
    """The real deck definition with one edition: a peer writes one package."""
    (real,) = (ROOT / "decks").glob("*.yaml")
    deck = _read(real) | {"topics": topics, "editions": {"full": {"title": "all cards"}}}
    deck.pop("summary", None)
    (folder / "decks" / "bench.yaml").write_text(json.dumps(deck, indent=1), encoding="utf-8")  # JSON is YAML


if __name__ == "__main__":
    corpus(int(sys.argv[1]), Path(sys.argv[2]))
