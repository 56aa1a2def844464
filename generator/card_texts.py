"""The texts of a card as a reader meets them: in which order, on which side, and as bare words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .markup import Gap, fill_cloze
from .model import Card, ClozeCard, OcclusionCard, QuestionCard
from .problem import At

_MARKUP = re.compile(r"\]\((?:[^()\s]|\([^()]*\))*\)|<[^>]*>|[*\[\]]|^[ ]*(?:[-+]|\d+[.)])[ ]", re.MULTILINE)
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Asked(NamedTuple):
    """One Anki card of a question card: the place of its texts, and whether it is the reverse."""

    at: At
    question: str
    answer: str


class Hidden(NamedTuple):
    """One Anki card of a cloze card: its number, what its gaps hide, their hints, and what can be read around them."""

    number: int
    hidden: tuple[str, ...]
    hints: tuple[str, ...]
    around: str


def asked(card: Card) -> Iterator[Asked]:
    """The question, and the reverse one."""
    if isinstance(card, QuestionCard):
        yield Asked((), card.question, card.answer)
        if card.reverse:
            yield Asked(("reverse",), card.reverse.question, card.reverse.answer)


def hidden(card: ClozeCard) -> list[Hidden]:
    """Its Anki cards by number; the other gaps are filled."""
    found: dict[int, list[Gap]] = {}

    def note(gap: Gap) -> str:
        found.setdefault(gap.number, []).append(gap)
        return gap.hidden

    fill_cloze(card.cloze, note)
    return [
        Hidden(
            number,
            tuple(gap.hidden for gap in gaps),
            tuple(gap.hint for gap in gaps if gap.hint),
            fill_cloze(card.cloze, lambda gap, number=number: GAP if gap.number == number else gap.hidden),  # type: ignore[misc]
        )
        for number, gaps in sorted(found.items())
    ]


GAP = " … "


def texts(card: Card) -> list[tuple[At, str]]:
    """All that a learner can read, from the front to the back; gaps as they are written."""
    found: list[tuple[At, str | None]] = [(("vignette",), card.vignette)]
    if isinstance(card, QuestionCard):
        found += [(("question",), card.question), (("answer",), card.answer)]
        if card.reverse:
            found += [(("reverse", "question"), card.reverse.question), (("reverse", "answer"), card.reverse.answer)]
    elif isinstance(card, ClozeCard):
        found.append((("cloze",), card.cloze))
    elif isinstance(card, OcclusionCard):
        found.append((("question",), card.question))
    found += [
        (("accept",), card.accept),
        (("caution",), card.caution),
        (("hook",), card.hook),
        (("why",), card.why),
        (("debate",), card.debate),
    ]
    return [(at, text) for at, text in found if text]


def bare(text: str) -> str:
    """Without markup; gaps are filled."""
    if "{{" in text:
        text = fill_cloze(text, ("", ""))
    return _MARKUP.sub("", text)


def words(text: str) -> list[str]:
    """The bare words, in lower case."""
    if "](" in text or "<" in text or "{{" in text:  # other markup holds no words
        text = bare(text)
    return _WORD.findall(text.casefold())


def without_brackets(text: str) -> str:
    """Without what stands in round brackets."""
    return _BRACKETS.sub("", text) if "(" in text else text


def core(answer: str) -> str:
    """What one has to say to be right: the bold parts, or else all but what stands in brackets."""
    marked = _BOLD.findall(answer) if "**" in answer else ()
    return ", ".join(marked) or without_brackets(bare(answer))
