"""Allow a hidden label that what stays visible gives away: the other labels, or the question above the figure.

Why: where all labels but one can be read, the hidden one is what is left over; "psoas major, deep part" beside a hidden
"psoas major, superficial part" says most of it.

Bad:
    - id: psoas-parts
      occlude: {figure: attachments, labels: [psoas-major-superficial, psoas-major-deep], mode: hide-one}
      question: Name what attaches here.
      sources: gray1918

Good:
    - id: psoas-parts
      occlude:
        figure: attachments
        labels: [psoas-major-superficial, psoas-major-deep, psoas-minor-origin, iliacus-origin, psoas-minor-insertion,
                 iliopubic-eminence, iliopsoas-insertion]
      question: Name what attaches here.
      sources: gray1918
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..card_texts import words
from ..english import fact, stands_in
from ..model import Card, Deck, Figure, OcclusionCard
from ..problem import Problem

CODE = "visible-label"


def check(cards: Iterable[Card], deck: Deck) -> Iterator[tuple[Card, Problem]]:
    """A review. Reads English, where it compares words."""
    for card in cards:
        figure = deck.figures.get(card.shows)
        if isinstance(card, OcclusionCard) and figure and figure.shape.labels.keys() >= {*card.occlude.labels}:
            at = card.at("occlude", "labels")
            for message, help_ in (
                *_left_to_read(card, figure),
                *_like_another(card, figure),
                *_in_question(card, figure),
            ):
                yield card, Problem(card.path, CODE, message, at, help_, "review")


def _left_to_read(card: OcclusionCard, figure: Figure) -> Iterator[tuple[str, str]]:
    """Labels of the picture that no card hides."""
    seen = sorted(set(figure.shape.labels) - set(card.occlude.labels))
    if seen and card.occlude.mode == "hide-all" and not figure.occlusion:
        message = f'this card leaves {", ".join(seen)} of "{figure.name}" to read, which gives the hidden labels away'
        yield message, f"hide them too, or add cards/figures/{figure.name}-occlusion.png without them"


def _like_another(card: OcclusionCard, figure: Figure) -> Iterator[tuple[str, str]]:
    """One label is hidden at a time, and another says half of it."""
    if card.occlude.mode == "hide-all":
        return
    said = {name: set(fact(words(_text(figure, name)))) for name in card.occlude.labels}
    for name, own in said.items():
        for other in card.occlude.labels:
            if other > name and own and 2 * len(own & said[other]) >= len(own):
                message = (
                    f'where one of them is hidden, "{_text(figure, name)}" and "{_text(figure, other)}" name each other'
                )
                yield message, "take mode: hide-one out, so that all labels are hidden together"


def _in_question(card: OcclusionCard, figure: Figure) -> Iterator[tuple[str, str]]:
    asked = fact(words(card.question or ""))
    for name in card.occlude.labels:
        if (own := fact(words(_text(figure, name)))) and stands_in(own, asked):
            yield f'the question above the figure names "{_text(figure, name)}"', "ask without naming a hidden label"


def _text(figure: Figure, name: str) -> str:
    return figure.shape.labels[name].text
