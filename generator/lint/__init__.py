"""What a reviewer would say of a card. A rule is a file: why, a bad card, a good card, and `check`.

A card may answer a rule with `allow: {rule: reason}`; one that answers nothing is an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from ..model import Card, Deck
from ..problem import Problem
from . import (
    debate_on_settled,
    debated_without_debate,
    lines_run_together,
    same_question,
    settled_on_weak_sources,
    type_in_not_in_answer,
    unprintable_character,
    weak_in_core,
)

Rule = Callable[[Card, Deck], Iterable[Problem]]
RULES: tuple[tuple[str, Rule], ...] = (
    (debate_on_settled.CODE, debate_on_settled.check),
    (debated_without_debate.CODE, debated_without_debate.check),
    (lines_run_together.CODE, lines_run_together.check),
    (settled_on_weak_sources.CODE, settled_on_weak_sources.check),
    (type_in_not_in_answer.CODE, type_in_not_in_answer.check),
    (unprintable_character.CODE, unprintable_character.check),
    (weak_in_core.CODE, weak_in_core.check),
)
BesideOthers = Callable[[Iterable[Card]], Iterable[tuple[Card, Problem]]]
BESIDE_OTHERS: tuple[tuple[str, BesideOthers], ...] = ((same_question.CODE, same_question.check),)
CODES = tuple(sorted(code for code, _ in (*RULES, *BESIDE_OTHERS)))


def lint(deck: Deck) -> list[Problem]:
    """Every rule on every card that is not retired."""
    cards = [card for topic in deck.topics for card in topic.cards if not card.retired]
    beside: dict[int, list[Problem]] = defaultdict(list)
    for _, check in BESIDE_OTHERS:
        for card, problem in check(cards):
            beside[id(card)].append(problem)
    problems = []
    for card in cards:
        problems += _card(card, deck, beside.get(id(card), []))
    return problems


def _card(card: Card, deck: Deck, beside: list[Problem]) -> list[Problem]:
    found = [problem for _, check in RULES for problem in check(card, deck)] + beside
    if not card.allow:
        return found
    hit = {problem.code for problem in found}
    for code in card.allow:
        if code not in CODES:
            message, help_ = f'there is no rule "{code}"', f"the rules are {', '.join(CODES)}"
        elif code not in hit:
            message, help_ = f'the rule "{code}" has nothing against this card', "take the allow out"
        else:
            continue
        found.append(Problem(card.path, "unused-allow", message, card.at("allow", code), help_, on_key=True))
    return [problem for problem in found if problem.code not in card.allow or problem.code == "unused-allow"]
