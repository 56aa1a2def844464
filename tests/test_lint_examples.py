"""Every rule's docstring has a bad card that it finds and a good one that it leaves alone."""

from __future__ import annotations

import re
import textwrap
from importlib import import_module
from pathlib import Path

import pytest
from lab import REPO, write_project

from generator import lint
from generator.load import load

RULES = sorted(p.stem for p in Path(lint.__file__).parent.glob("*.py") if p.stem != "__init__")
SOURCES = (REPO / "cards" / "sources.yaml").read_text("utf-8")


def example(rule: str, which: str) -> str:
    doc = import_module(f"generator.lint.{rule}").__doc__
    (found,) = re.findall(rf"^{which}:\n((?:    .*\n?|\n)+)", doc, re.M)
    return textwrap.indent(textwrap.dedent(found), "  ")


def codes(root: Path, card: str) -> list[str]:
    write_project(root, {"topic": card})
    (root / "cards" / "sources.yaml").write_text(SOURCES, "utf-8")
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
    doc = import_module(f"generator.lint.{rule}").__doc__
    assert doc.startswith("Allow ")
    assert "\nWhy: " in doc
