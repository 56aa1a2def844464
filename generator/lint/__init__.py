"""What a reviewer would say of a card. A rule is a file: why, a bad card, a good card, and `check`.

A card may answer a rule with `allow: {rule: reason}`; one that answers nothing is an error. A deck does without a rule
that it names in `lint: {without: [rule]}`, as one in another language does without those that read English.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from ..model import Card, Deck
from ..problem import Problem
from ..similar import similar
from . import (
    abbreviation_before_words,
    answer_given_away,
    answer_is_a_list,
    answer_too_long,
    brand_name,
    debate_on_settled,
    debated_without_debate,
    gap_given_away,
    gap_gives_grammar_away,
    gap_hides_too_little,
    gap_hides_too_much,
    lines_run_together,
    near_duplicate,
    other_name,
    question_without_context,
    same_question,
    same_question_other_answer,
    second_person,
    self_care_without_caution,
    settled_on_weak_sources,
    spelling,
    too_many_gaps,
    too_sure_for_weak,
    two_questions,
    type_in_not_in_answer,
    unknown_abbreviation,
    unprintable_character,
    visible_label,
    weak_in_core,
    yes_no_question,
)

Rule = Callable[[Sequence[Card], Deck], Iterator[tuple[Card, Problem]]]
RULES: tuple[tuple[str, Rule], ...] = (
    (abbreviation_before_words.CODE, abbreviation_before_words.check),
    (answer_given_away.CODE, answer_given_away.check),
    (answer_is_a_list.CODE, answer_is_a_list.check),
    (answer_too_long.CODE, answer_too_long.check),
    (brand_name.CODE, brand_name.check),
    (debate_on_settled.CODE, debate_on_settled.check),
    (debated_without_debate.CODE, debated_without_debate.check),
    (gap_given_away.CODE, gap_given_away.check),
    (gap_gives_grammar_away.CODE, gap_gives_grammar_away.check),
    (gap_hides_too_little.CODE, gap_hides_too_little.check),
    (gap_hides_too_much.CODE, gap_hides_too_much.check),
    (lines_run_together.CODE, lines_run_together.check),
    (near_duplicate.CODE, near_duplicate.check),
    (other_name.CODE, other_name.check),
    (question_without_context.CODE, question_without_context.check),
    (same_question.CODE, same_question.check),
    (same_question_other_answer.CODE, same_question_other_answer.check),
    (second_person.CODE, second_person.check),
    (self_care_without_caution.CODE, self_care_without_caution.check),
    (settled_on_weak_sources.CODE, settled_on_weak_sources.check),
    (spelling.CODE, spelling.check),
    (too_many_gaps.CODE, too_many_gaps.check),
    (too_sure_for_weak.CODE, too_sure_for_weak.check),
    (two_questions.CODE, two_questions.check),
    (type_in_not_in_answer.CODE, type_in_not_in_answer.check),
    (unknown_abbreviation.CODE, unknown_abbreviation.check),
    (unprintable_character.CODE, unprintable_character.check),
    (visible_label.CODE, visible_label.check),
    (weak_in_core.CODE, weak_in_core.check),
    (yes_no_question.CODE, yes_no_question.check),
)
CODES = tuple(sorted(code for code, _ in RULES))


def lint(deck: Deck) -> list[Problem]:
    """Every rule that is not off, on the cards that are not retired."""
    cards = [card for topic in deck.topics for card in topic.cards if not card.retired]
    problems = _unknown(deck)
    hit: dict[int, set[str]] = defaultdict(set)
    for code, check in RULES:
        if code in deck.shape.lint.without:
            continue
        for card, problem in check(cards, deck):
            hit[id(card)].add(code)
            if code not in card.allow:
                problems.append(problem)
    for card in cards:
        if card.allow:
            problems += _unused(card, deck, hit.get(id(card), set()))
    return problems


def _unused(card: Card, deck: Deck, hit: set[str]) -> Iterator[Problem]:
    for code in card.allow:
        if code in hit:
            continue
        if code not in CODES:
            message, help_ = f'there is no rule "{code}"', _meant(code)
        elif code in deck.shape.lint.without:
            message, help_ = f'the rule "{code}" is off in this deck', "take the allow out"
        else:
            message, help_ = f'the rule "{code}" has nothing against this card', "take the allow out"
        yield Problem(card.path, "unused-allow", message, card.at("allow", code), help_, on_key=True)


def _unknown(deck: Deck) -> list[Problem]:
    return [
        Problem(deck.path, "unknown-rule", f'there is no rule "{code}"', ("lint", "without", i), _meant(code))
        for i, code in enumerate(deck.shape.lint.without)
        if code not in CODES
    ]


def _meant(code: str) -> str:
    best = similar(code, CODES)
    return f'did you mean "{best}"?' if best else f"the rules are {', '.join(CODES)}"
