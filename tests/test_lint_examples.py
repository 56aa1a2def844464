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
