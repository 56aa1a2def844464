"""What a reviewer would say of a card. A rule is a file: why, a bad card, a good card, and `check`.

A card may answer a rule with `allow: {rule: reason}`; one that answers nothing is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..model import Card, Deck
from ..problem import Problem
from . import debated_without_debate, settled_on_weak_sources, weak_in_core

Rule = Callable[[Card, Deck], Iterable[Problem]]
RULES: tuple[tuple[str, Rule], ...] = (
    (debated_without_debate.CODE, debated_without_debate.check),
    (settled_on_weak_sources.CODE, settled_on_weak_sources.check),
    (weak_in_core.CODE, weak_in_core.check),
)


def lint(deck: Deck) -> list[Problem]:
    """Every rule on every card that is not retired."""
    problems = []
    for topic in deck.topics:
        for card in topic.cards:
            if not card.retired:
                problems += _card(card, deck)
    return problems


def _card(card: Card, deck: Deck) -> list[Problem]:
    found = [problem for _, check in RULES for problem in check(card, deck)]
    if not card.allow:
        return found
    known = {code for code, _ in RULES}
    hit = {problem.code for problem in found}
    for code in card.allow:
        if code not in known:
            message, help_ = f'there is no rule "{code}"', f"the rules are {', '.join(sorted(known))}"
        elif code not in hit:
            message, help_ = f'the rule "{code}" has nothing against this card', "take the allow out"
        else:
            continue
        found.append(Problem(card.path, "unused-allow", message, card.at("allow", code), help_, on_key=True))
    return [problem for problem in found if problem.code not in card.allow or problem.code == "unused-allow"]
