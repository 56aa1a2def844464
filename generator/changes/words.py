"""Changes in words: for a terminal, and as Markdown for a pull request or a changelog."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .compare import Changed, Changes, EditionChange
from .diff import by_words
from .fields import Field

MARKUP = re.compile(r"[\\`*_\[\]<>~|#&@]")


@dataclass(frozen=True, slots=True)
class Style:
    """How words are shown: marks around what is gone and what has come, what stands between the two, and the lines."""

    gone: tuple[str, str]
    come: tuple[str, str]
    between: str
    title: str
    id: str
    item: str
    field: str
    escape: Callable[[str], str]


TEXT = Style(("[-", "-]"), ("{+", "+}"), "", "{}", "{}", "  {}", "      {}: {}", str)
MARKDOWN = Style(
    ("~~", "~~"), ("**", "**"), " ", "### {}\n", "`{}`", "- {}", "  - {}: {}", lambda text: MARKUP.sub(r"\\\g<0>", text)
)


def as_text(changes: Changes, style: Style = TEXT) -> str:
    """All that a reviewer or maintainer wants to know."""
    if changes.commit:
        head = f"What learners would see change from {style.escape(changes.commit)}:"
        head = head if changes.anything else f"Learners would see no change from {style.escape(changes.commit)}."
    elif not changes.since:
        head = "Nothing is released yet. A first release would hold:"
    elif changes.anything:
        head = f"What learners of release {changes.since} would see:"
    else:
        head = f"Learners of release {changes.since} would see no change."
    parts = [head, *sections(changes, style), _section(style, "Editions", _editions(changes, style))]
    if risks := list(_risks(changes, style)):
        parts.append(_section(style, "At risk", risks))
    return "\n\n".join(parts)


def sections(changes: Changes, style: Style) -> list[str]:
    """What is new, changed, retired and restyled: a heading and its lines each."""
    lists = [
        ("Added", changes.added, False),
        ("Changed", changes.changed, True),
        ("Retired", changes.retired, True),
        ("Back in study", changes.unretired, True),
    ]
    found = [
        _section(style, f"{title}: {_count(len(cards), 'card')}", (_card(card, style, diff) for card in cards))
        for title, cards, diff in lists
        if cards
    ]
    if changes.gone:
        names = map(style.id.format, changes.gone)
        found.append(_section(style, f"Taken out before any release: {_count(len(changes.gone), 'card')}", names))
    if changes.pictures:
        pictures = (style.escape(name) + _also(ids, style) for name, ids in changes.pictures.items())
        found.append(_section(style, f"Drawn anew: {_count(len(changes.pictures), 'picture')}", pictures))
    if changes.tags:
        found.append(
            _section(style, f"Other tags: {_count(len(changes.tags), 'card')}", map(style.id.format, changes.tags))
        )
    if changes.restyled:
        names = map(style.escape, changes.restyled)
        found.append(_section(style, f"Another look: {_count(len(changes.restyled), 'note type')}", names))
    return found


def _section(style: Style, title: str, lines: Iterable[str]) -> str:
    return "\n".join([style.title.format(title), *(style.item.format(line) for line in lines)])


def _card(changed: Changed, style: Style, diff: bool) -> str:
    card = changed.note.card
    lines = [f"{style.id.format(card.id)} ({style.escape(changed.note.topic.title)}, {card.level})"]
    lines += [style.field.format(field.name, _value(field, style, diff)) for field in changed.fields]
    if changed.anki_cards:
        numbers = "number " + ", ".join(map(str, changed.anki_cards))  # not how many: which
        lines.append(style.field.format("New Anki cards", numbers))
    return "\n".join(lines)


def _value(field: Field, style: Style, diff: bool) -> str:
    if not diff or field.old == field.new:
        return style.escape(field.new)
    return " ".join(_run(old, new, style) for old, new in by_words(field.old, field.new))


def _run(old: str, new: str, style: Style) -> str:
    if old == new:
        return style.escape(new)
    marked = ((old, style.gone), (new, style.come))
    return style.between.join(f"{begin}{style.escape(text)}{end}" for text, (begin, end) in marked if text)


def _also(ids: Sequence[str], style: Style) -> str:
    return f" ({_count(len(ids), 'card')} changed in nothing else: {style.escape(', '.join(ids))})" if ids else ""


def _editions(changes: Changes, style: Style) -> Iterator[str]:
    for name, change in changes.editions.items():
        yield f"{name} ({style.escape(change.title)}): {_moved(change) if changes.since else totals(change)}"


def _moved(change: EditionChange) -> str:
    """4 → 5 cards (+2, −1), 6 → 6 Anki cards (+0, −0)"""
    before, after = ((len(of), sum(of.values())) for of in (change.before, change.after))
    kinds = ("cards", "Anki cards")
    moves = zip(kinds, before, after, change.gained, change.lost, strict=True)
    return ", ".join(f"{old} → {new} {what} (+{gained}, −{lost})" for what, old, new, gained, lost in moves)


def totals(change: EditionChange) -> str:
    """What an edition holds now: 3 cards = 4 Anki cards."""
    return f"{_count(len(change.after), 'card')} = {_count(sum(change.after.values()), 'Anki card')}"


def _risks(changes: Changes, style: Style) -> Iterator[str]:
    if not changes.learners:
        return
    if changes.other_facts:
        names = style.escape(", ".join(changes.other_facts))
        yield f"Progress: learners would keep that of another fact on {names}"
    elif changes.anything:
        yield "Progress: nobody loses any"
    if changes.replaced:
        cards = _count(len(changes.replaced), "card")
        yield f"Edits: the update replaces what learners wrote or tagged on {cards} (those above that they have already)"
    if changes.by_tool:
        yield f"Edits: nobody changed {len(changes.by_tool)} of these cards; the tool renders them anew"
    if changes.restyled:
        names = style.escape(", ".join(changes.restyled))
        yield f"Edits: the update replaces what learners changed in style and templates of {names}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
