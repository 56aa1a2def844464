"""Every rule's docstring has a bad card that it finds and a good one that it leaves alone."""

from __future__ import annotations

import re
import shutil
import textwrap
from importlib import import_module
from pathlib import Path

import pytest
from lab import DECK, REPO, write_project

from generator import lint
from generator.load import load

RULES = sorted(p.stem for p in Path(lint.__file__).parent.glob("*.py") if p.stem != "__init__")
CARDS = REPO / "cards"
SUBJECT = """\
lint:
  brands: [Theragun]
  self_care: [massage ball]
"""


def doc(rule: str) -> str:
    return import_module(f"generator.lint.{rule}").__doc__


def example(rule: str, which: str) -> str:
    (found,) = re.findall(rf"^{which}:\n((?:    .*\n?|\n)+)", doc(rule), re.M)
    return textwrap.indent(textwrap.dedent(found), "  ")


def codes(root: Path, card: str) -> list[str]:
    """With the real sources, glossary and figures."""
    write_project(root, {"topic": card}, deck=DECK + SUBJECT)
    for name in ("sources.yaml", "glossary.yaml"):
        shutil.copy(CARDS / name, root / "cards")
    if "occlude" in card:
        shutil.copytree(CARDS / "figures", root / "cards" / "figures")
    return [p.code for p in load(root, 0).problems]


def test_every_rule_is_in_the_list():
    assert sorted(code.replace("-", "_") for code in lint.CODES) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_the_bad_card_is_found(rule, tmp_path):
    assert codes(tmp_path, example(rule, "Bad")) == [rule.replace("_", "-")]


@pytest.mark.parametrize("rule", RULES)
def test_the_good_card_is_left_alone(rule, tmp_path):
    assert codes(tmp_path, example(rule, "Good")) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_why(rule):
    assert doc(rule).startswith("Allow ")
    assert "\nWhy: " in doc(rule)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_knows_english_words_says_so(rule):
    module = import_module(f"generator.lint.{rule}")
    source = Path(module.__file__).read_text("utf-8")
    if "english import" in source:
        assert "Reads English" in module.check.__doc__


@pytest.mark.parametrize(
    ("question", "answer", "found"),
    [
        ("Is psoas major a hip flexor?", "It is", ["yes-no-question"]),
        ("In sitting, does iliacus work alone?", "Psoas works too", ["yes-no-question"]),
        ("In which position does iliacus work alone?", "Standing", []),
        ("What is the origin and insertion of iliacus?", "Iliac fossa; femur", ["two-questions"]),
        ("Which muscle and which nerve pass under the ligament?", "Iliopsoas and femoral nerve", []),
        ("What does this muscle flex?", "The hip", ["question-without-context"]),
        ("Insertion?", "Lesser trochanter", []),  # one word may be the subject
        ("Psoas minor is often missing. What shows where it was?", "A band", []),
        ("Hip capsule, pelvic brim: in which order does psoas pass them?", "**Pelvic brim, hip capsule**", []),
        ("Which nerve supplies iliacus, the femoral nerve or the obturator nerve?", "The femoral nerve", []),
        ("Which nerves supply the group?", "**Femoral**, **obturator** and **L1**", ["answer-is-a-list"]),
        ("Which three nerves supply the group?", "**Femoral**, **obturator** and **L1**", []),
        ("What did the article call the muscle?", 'A "muscle of your soul"', []),
        ("Which muscle is the largest on CSA slices?", "Psoas major", ["unknown-abbreviation"]),
        ("Which type of fiber is IIA?", "A fast one", []),
    ],
)
def test_questions_as_people_write_them(question, answer, found, tmp_path):
    card = f"  - id: one\n    question: |\n      {question}\n    answer: |\n      {answer}\n    sources: gray1918\n"
    assert codes(tmp_path, card) == found
