"""What learners would see between a release and the tree: in words, in numbers, and what it puts at risk."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lab import NOW, REPO, release, write_project
from PIL import Image
from test_release import git

from generator.changes.diff import by_words
from generator.cli import main

FIRST = """\
  - {id: origin, question: Where does it arise?, answer: T12 to L4, level: core, sources: gray1918}
  - {id: nerve, cloze: "Nerve: {{c1::femoral}}; roots: {{c2::L2}}", sources: gray1918}
  - {id: artery, question: Which artery?, answer: Iliolumbar, sources: gray1918, tags: supply}
  - {id: bursa, question: Which bursa?, answer: Iliopectineal, level: core, sources: gray1918}
  - {id: sign, question: Which sign?, answer: Ludloff, sources: gray1918, retired: Nobody uses it.}
"""
SECOND = """\
  - {id: origin, question: Where does it arise?, answer: "T12 to **L5**, and discs", level: core, sources: gray1918}
  - {id: nerve, cloze: "Nerve: {{c1::femoral::which?}}; roots: {{c2::L2}} to {{c3::L4}}", sources: gray1918}
  - {id: artery, question: Which artery?, answer: Iliolumbar, level: core, sources: gray1918, tags: blood}
  - {id: bursa, question: Which bursa?, answer: Iliopectineal, level: core, sources: gray1918, retired: Asked twice.}
  - {id: sign, question: Which sign?, answer: Ludloff, sources: gray1918}
  - {id: action, question: "What does *it* do?", answer: Flexes the hip, red_flag: true, sources: gray1918,
     reverse: {question: Who flexes?, answer: Iliopsoas}}
"""
SAID = """\
What learners of release 1.0.0 would see:

Added: 1 card
  action (Muscle, standard)
      Question: What does it do?
      Answer: Flexes the hip
      Reverse question: Who flexes?
      Reverse answer: Iliopsoas
      Red flag: yes
      Sources: 1. Anatomy of the Human Body. 1918.

Changed: 2 cards
  origin (Muscle, core)
      Question: Where does it arise?
      Answer: T12 to [-L4-]{+L5, and discs+}
  nerve (Muscle, standard)
      Text: Nerve: [-{{c1::femoral}};-]{+{{c1::femoral::which?}};+} roots: {{c2::L2}} {+to {{c3::L4}}+}
      New Anki cards: number 3

Retired: 1 card
  bursa (Muscle, core)
      Question: Which bursa?
      Answer: Iliopectineal
      Retired: {+Asked twice.+}

Back in study: 1 card
  sign (Muscle, standard)
      Question: Which sign?
      Answer: Ludloff
      Retired: [-Nobody uses it.-]
      New Anki cards: number 1

Other tags: 1 card
  artery

Another look: 3 note types
  Iliopsoas Cloze
  Iliopsoas Occlusion
  Iliopsoas Question

Editions
  full (all cards): 4 → 5 cards (+2, −1), 5 → 8 Anki cards (+4, −1)
  core (the essential cards): 2 → 2 cards (+1, −1), 2 → 2 Anki cards (+1, −1)

At risk
  Progress: nobody loses any
  Edits: the update replaces what learners wrote or tagged on 5 cards (those above that they have already)
  Edits: the update replaces what learners changed in style and templates of Iliopsoas Cloze, Iliopsoas Occlusion, \
Iliopsoas Question
"""


@pytest.fixture
def root(tmp_path):
    """A project after its first release."""
    release(write_project(tmp_path, {"muscle": FIRST}), "1.0.0", NOW - 1000)
    return tmp_path


def restyle(root) -> None:
    style = root / "decks" / "note_types" / "style.css"
    style.write_text(style.read_text("utf-8") + "\n.card { --restyled: 1; }\n", "utf-8")


def said(root, *args: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["changes", "--project", str(root), *args], env={"SOURCE_DATE_EPOCH": str(NOW)})
    assert result.exit_code == code, result.output
    return result.output


def data(root, *args: str):
    return json.loads(said(root, "--format", "json", *args))


def test_everything_that_a_learner_would_see_is_said(root):
    restyle(write_project(root, {"muscle": SECOND}))
    assert said(root) == SAID


def test_an_untouched_tree_changes_nothing(root):
    assert said(root) == (
        "Learners of release 1.0.0 would see no change.\n\nEditions\n"
        "  full (all cards): 4 → 4 cards (+0, −0), 5 → 5 Anki cards (+0, −0)\n"
        "  core (the essential cards): 2 → 2 cards (+0, −0), 2 → 2 Anki cards (+0, −0)\n"
    )


def test_before_the_first_release_the_totals_are_said(tmp_path):
    root = write_project(tmp_path, {"muscle": FIRST})
    assert said(root) == (
        "Nothing is released yet. A first release would hold:\n\nEditions\n"
        "  full (all cards): 4 cards = 5 Anki cards\n  core (the essential cards): 2 cards = 2 Anki cards\n"
    )
    assert data(root)["since"] is None


def test_markdown_shows_what_is_gone_and_what_has_come(root):
    write_project(root, {"muscle": SECOND.replace("T12 to **L5**, and discs", "T12 to `L5` & <sup>1</sup>* ~a~")})
    text = said(root, "--format", "markdown")
    assert "### Changed: 2 cards\n\n- `origin` (Muscle, core)\n  - Question: Where does it arise?\n" in text
    assert "  - Answer: T12 to ~~L4~~ **\\`L5\\` \\& 1\\* \\~a\\~**\n" in text
    assert (
        "  - Text: Nerve: ~~{{c1::femoral}};~~ **{{c1::femoral::which?}};** roots: {{c2::L2}} **to {{c3::L4}}**" in text
    )


def test_an_earlier_release_can_be_compared_with(root):
    release(write_project(root, {"muscle": SECOND}, "1.1.0"), "1.1.0", NOW - 500)
    write_project(root, {"muscle": SECOND.replace("to {{c3::L4}}", "and {{c3::L4}}")}, "1.1.0")
    assert [len(data(root, "--since", v)["changed"]) for v in ("1.0.0", "1.1.0")] == [2, 1]
    old = data(root, "--since", "1.0.0")
    assert (old["since"], old["tags"], [c["id"] for c in old["added"]]) == ("1.0.0", ["artery"], ["action"])
    assert old["editions"]["core"]["before"] == {"cards": 2, "anki_cards": 2}
    assert data(root)["since"] == "1.1.0"


def test_a_release_that_is_not_there_is_wrong_usage(root, tmp_path):
    assert "there is no release 0.9.0; released are 1.0.0\n" in said(root, "--since", "0.9.0", code=2)
    fresh = write_project(tmp_path / "fresh", {"muscle": FIRST})
    assert "there is no release 0.9.0; nothing is released yet\n" in said(fresh, "--since", "0.9.0", code=2)


def test_an_earlier_release_whose_files_are_gone_is_a_problem(root):
    release(write_project(root, {"muscle": SECOND}, "1.1.0"), "1.1.0", NOW - 500)
    (root / "decks" / "history" / "1.0.0.json").unlink()
    assert "decks/history/1.0.0.json:1:1: error[missing-file]" in said(root, "--since", "1.0.0", code=1)


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_problems_are_said_before_changes(root, form):
    write_project(root, {"muscle": FIRST.replace("answer: Iliolumbar", "anwser: Iliolumbar")})
    text = said(root, "--format", form, code=1)
    if form == "json":
        assert [p["code"] for p in json.loads(text)["problems"] if p["severity"] == "error"] == ["unknown-key"]
    else:
        assert 'error[unknown-key]: a card has no "anwser"' in text
        assert "What learners would see cannot be said before the errors are mended." in text


def test_json_has_the_keys_that_its_description_names(root):
    restyle(write_project(root, {"muscle": SECOND}))
    found = data(root)
    assert set(found) == {
        "since", "commit", "gone", "added", "changed", "retired", "unretired", "pictures", "tags", "restyled", "editions", "risks",
    }  # fmt: skip
    (nerve,) = [card for card in found["changed"] if card["id"] == "nerve"]
    new = "Nerve: {{c1::femoral::which?}}; roots: {{c2::L2}} to {{c3::L4}}"
    assert nerve == {
        "id": "nerve", "topic": "muscle", "level": "standard", "kind": "cloze", "anki_cards": [3],
        "fields": [{"name": "Text", "old": "Nerve: {{c1::femoral}}; roots: {{c2::L2}}", "new": new}],
    }  # fmt: skip
    assert found["editions"]["full"] == {
        "before": {"cards": 4, "anki_cards": 5},
        "after": {"cards": 5, "anki_cards": 8},
        "gained": {"cards": 2, "anki_cards": 4},
        "lost": {"cards": 1, "anki_cards": 1},
    }
    assert found["risks"] == {"progress": [], "edits": ["artery", "bursa", "nerve", "origin", "sign"], "by_tool": []}


def test_another_fact_under_an_old_id_puts_progress_at_risk(root):
    write_project(
        root, {"muscle": FIRST.replace("Which artery?, answer: Iliolumbar", "What next?, answer: Groin pain")}
    )
    assert "\n  Progress: learners would keep that of another fact on artery\n" in said(root)
    assert data(root)["risks"]["progress"] == ["artery"]


def test_cards_that_only_the_tool_changed_are_told_apart(root):
    ledger = root / "decks" / "ledger.json"
    ledger.write_text(ledger.read_text("utf-8").replace('"hash": "', '"hash": "0'), "utf-8")
    history = root / "decks" / "history" / "1.0.0.txt"
    history.write_text(history.read_text("utf-8").replace("Iliolumbar", "<em>Iliolumbar</em>"), "utf-8", newline="")
    write_project(root, {"muscle": FIRST.replace("tags: supply", "tags: blood")})
    assert "Answer: [-*Iliolumbar*-]{+Iliolumbar+}" in said(root)
    assert data(root)["risks"]["by_tool"] == ["origin", "nerve", "bursa", "sign"]


@pytest.fixture
def plate(tmp_path):
    """A project of one figure, after its first release."""
    for name in ("cards", "decks"):
        shutil.copytree(REPO / "tests" / "golden" / name, tmp_path / name)
    shutil.copytree(REPO / "decks" / "note_types", tmp_path / "decks" / "note_types")
    release(tmp_path, "1.0.0", NOW - 1000)
    return tmp_path


def test_a_picture_drawn_anew_is_named(plate):
    path = plate / "cards" / "figures" / "knee.png"
    with Image.open(path) as picture:
        drawn = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    drawn.save(path)
    (cards,) = data(plate)["pictures"].values()
    assert cards
    assert data(plate)["changed"] == []
    assert f"Drawn anew: 1 picture\n  knee ({len(cards)} card" in said(plate)
    assert data(plate)["risks"]["edits"] == sorted(cards)


def test_a_label_that_names_another_thing_puts_progress_at_risk(plate):
    path = plate / "cards" / "figures" / "knee.yaml"
    path.write_text(path.read_text("utf-8").replace("text: tibia", "text: kneecap"), "utf-8")
    assert data(plate)["risks"]["progress"] == ["knee/tibia"]


LINES = st.lists(st.sampled_from(["L4", "L5", "to", "**", "[-", "the"]), max_size=8).map(" ".join)


@given(LINES, LINES)
def test_a_comparison_word_by_word_holds_both_texts(old, new):
    runs = list(by_words(old, new))
    assert " ".join(left for left, _ in runs if left) == old
    assert " ".join(right for _, right in runs if right) == new


# A pull request


@pytest.fixture
def branch(root):
    """On a branch that took out an unreleased card and changed two, after a release and more work on main."""
    more = "  - {id: vein, question: Which vein?, answer: The lumbar, sources: gray1918}\n"
    write_project(root, {"muscle": FIRST.replace("T12 to L4", "T12 to L5") + more})
    commands = ("init -q -b main", "add -A", "commit -qm x", "switch -qc work")
    for command in commands:
        git(root, *command.split(" "))
    new = "  - {id: lymph, question: Which nodes drain it?, answer: Lumbar, sources: gray1918}\n"
    write_project(root, {"muscle": FIRST.replace("T12 to L4", "T12 to L5").replace("Iliopectineal", "Iliac") + new})
    git(root, "commit", "-qam", "x")
    return root


def test_a_pull_request_is_compared_with_where_it_began(branch):
    git(branch, "switch", "-q", "main")
    write_project(branch, {"muscle": FIRST.replace("Iliolumbar", "Later on main")})
    git(branch, "commit", "-qam", "later")
    git(branch, "switch", "-q", "work")
    assert said(branch, "--base", "main") == (
        "What learners would see change from main:\n\n"
        "Added: 1 card\n  lymph (Muscle, standard)\n      Question: Which nodes drain it?\n      Answer: Lumbar\n"
        "      Sources: 1. Anatomy of the Human Body. 1918.\n\n"
        "Changed: 1 card\n  bursa (Muscle, core)\n      Question: Which bursa?\n      Answer: [-Iliopectineal-]{+Iliac+}\n\n"
        "Taken out before any release: 1 card\n  vein\n\n"
        "Editions\n  full (all cards): 5 → 5 cards (+1, −1), 6 → 6 Anki cards (+1, −1)\n"
        "  core (the essential cards): 2 → 2 cards (+0, −0), 2 → 2 Anki cards (+0, −0)\n\n"
        "At risk\n  Progress: nobody loses any\n"
        "  Edits: the update replaces what learners wrote or tagged on 1 card (those above that they have already)\n"
    )
    found = data(branch, "--base", "main")
    assert (found["since"], found["commit"], found["gone"]) == (None, "main", ["vein"])


def test_a_pull_request_before_any_release_shows_its_cards_and_puts_nothing_at_risk(branch):
    shutil.rmtree(branch / "decks" / "history")
    (branch / "decks" / "ledger.json").unlink()
    git(branch, "commit", "-qam", "unreleased")
    text = said(branch, "--base", "HEAD~2", "--format", "markdown")
    assert "### Changed: 1 card\n\n- `bursa`" in text
    write_project(branch, {"muscle": FIRST.replace("Which artery?, answer: Iliolumbar", "What hurts?, answer: Groin")})
    text = said(branch, "--base", "HEAD")
    assert "Answer: [-Iliolumbar-]{+Groin+}" in text
    assert "At risk" not in text


def test_a_branch_that_changes_no_card_says_so(branch):
    assert said(branch, "--base", "HEAD").startswith("Learners would see no change from HEAD.\n")


def test_what_cannot_be_compared_with_is_wrong_usage(branch):
    assert 'no commit or branch "nowhere" here: `git branch' in said(branch, "--base", "nowhere", code=2)
    assert "--since or --base, not both" in said(branch, "--base", "main", "--since", "1.0.0", code=2)
    write_project(branch, {"muscle": FIRST.replace("answer:", "anwser:")})
    git(branch, "commit", "-qam", "broken")
    write_project(branch, {"muscle": FIRST})
    assert "the cards of HEAD have errors" in said(branch, "--base", "HEAD", code=2)
