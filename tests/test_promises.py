"""What a release has promised: each way to break it gives one message that says what to do."""

from __future__ import annotations

import pytest
from lab import NOW, release, write_project

from generator import ledger as ledgers
from generator.load import load
from generator.problem import as_text

RELEASED = """\
  - {id: origin, question: Where does the muscle arise?, answer: From the lumbar spine, sources: gray1918,
     reverse: {question: What arises there?, answer: Psoas major}}
  - {id: roots, cloze: "The roots are {{c1::L2}} and {{c2::L4}}.", sources: gray1918}
"""


@pytest.fixture
def root(tmp_path):
    release(write_project(tmp_path, {"muscle": RELEASED}), "1.0.0", NOW - 1000)
    return tmp_path


def messages(root, cards: str) -> list[str]:
    write_project(root, {"muscle": cards})
    return [as_text(p).split("\n")[0] + " | " + p.help for p in load(root, NOW).problems]


def test_an_untouched_project_keeps_its_promises(root):
    assert messages(root, RELEASED) == []


def test_a_released_card_may_not_go(root):
    assert messages(root, RELEASED[: RELEASED.index("  - {id: roots")]) == [
        'decks/ledger.json:14:14: error[released-card-gone]: released card "roots" is gone: learners have it'
        " | put the card back with its id; to take it out of study, add `retired: the reason` to it"
    ]


def test_a_released_card_may_retire(root):
    cards = RELEASED.replace("{id: roots,", "{id: roots, retired: It was wrong.,")
    assert messages(root, cards) == []


def test_a_reverse_may_not_go(root):
    cards = RELEASED.replace(",\n     reverse: {question: What arises there?, answer: Psoas major}", "")
    assert messages(root, cards) == [
        "cards/muscle.yaml:4:10: error[anki-card-gone]: this card had a reverse: learners would keep an empty Anki card"
        " | put the reverse back, or retire the card"
    ]


def test_a_cloze_number_may_not_go(root):
    assert messages(root, RELEASED.replace("{{c2::L4}}", "L4")) == [
        "cards/muscle.yaml:6:10: error[anki-card-gone]: c2 was released: learners would keep an empty Anki card"
        " | keep its number on some text of the sentence, or retire the card"
    ]


def test_cloze_numbers_may_not_be_swapped(root):
    cards = RELEASED.replace("{{c1::L2}} and {{c2::L4}}", "{{c2::L2}} and {{c1::L4}}")
    assert messages(root, cards) == [
        'cards/muscle.yaml:6:24: error[cloze-swapped]: c1 now hides "L4", which was c2: progress would move to another fact'
        " | give each hidden text its old number"
    ]


def test_a_card_may_not_change_its_kind(root):
    cards = RELEASED.replace(
        'cloze: "The roots are {{c1::L2}} and {{c2::L4}}."', "question: Which roots?, answer: L2 to L4"
    )
    assert messages(root, cards) == [
        'cards/muscle.yaml:6:10: error[kind-changed]: released card "roots" was a cloze card; Anki cannot change that and'
        " would never update it again | retire it and write a new card with a new id"
    ]


def test_another_fact_under_an_old_id_is_for_a_human(root):
    cards = RELEASED.replace("Where does the muscle arise?", "Which nerve?").replace("From the lumbar spine", "Femoral")
    assert messages(root, cards) == [
        "cards/muscle.yaml:4:10: review[different-fact]: this looks like a different fact under an old id: learners keep the"
        " progress of the old one | for a new fact, retire this card and write a new one; for a better wording, leave it"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Where does the muscle arise?", "From where does this muscle arise?"),
        ("From the lumbar spine", "From T12 to L5 of the lumbar spine"),
    ],
)
def test_a_better_wording_is_no_other_fact(root, old, new):
    assert messages(root, RELEASED.replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("name: Trial", "name: Other", "name"),
        ("namespace: trial", "namespace: other", "namespace"),
        ("id: 17", "id: 18", "id"),
    ],
)
def test_the_names_of_a_released_deck_are_frozen(root, old, new, key):
    path = root / "decks" / "trial.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    (problem, *_) = load(root, NOW).problems
    assert (problem.path, problem.code) == ("decks/trial.yaml", "frozen-name")
    assert f"the deck's {key} is frozen" in problem.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - {name: Spare 6,", "  - {name: Spare 7, id: 99}\n  - {name: Spare 6,"),
        ("  - {name: Hook,", "  # - {name: Hook,"),
        ("{name: Answer,", "{name: Other, id: 98}\n  - {name: Answer,"),
    ],
    ids=["added", "removed", "in between"],
)
def test_the_fields_of_a_released_note_type_are_frozen(root, old, new):
    path = root / "decks" / "note_types" / "question" / "note_type.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert "note-type-changed" in {p.code for p in load(root, NOW).problems}


def test_a_field_may_be_renamed(root):
    path = root / "decks" / "note_types" / "question" / "note_type.yaml"
    path.write_text(path.read_text("utf-8").replace("name: Spare 6", "name: Muscle"), "utf-8")
    assert load(root, NOW).problems == []


def test_a_change_of_the_tool_says_how_many_cards_it_would_touch(root):
    path = root / "decks" / "ledger.json"
    path.write_text(path.read_text("utf-8").replace('"hash": "', '"hash": "0'), "utf-8")
    (problem,) = load(root, NOW).problems
    assert problem.code == "tool-changed"
    assert "2 released cards would reach learners rendered anew though nobody changed them" in problem.message


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cards": 1}', "[" * 100_000, "\ufeff{}", '{"namespace": 1}'])
def test_a_broken_ledger_is_a_problem_and_no_traceback(root, text):
    (root / "decks" / "ledger.json").write_text(text, "utf-8")
    assert [p.code for p in load(root, NOW).problems] == ["broken-ledger"]


def test_the_ledger_reads_back_as_it_was_written(root):
    text = (root / "decks" / "ledger.json").read_text("utf-8")
    ledger, problems = ledgers.read(text)
    assert problems == []
    assert ledgers.write(ledger) == text


def test_a_project_without_a_ledger_has_promised_nothing(tmp_path):
    write_project(tmp_path, {"muscle": RELEASED})
    loaded = load(tmp_path, NOW)
    assert loaded.project.ledger is None
    assert loaded.problems == []


def test_an_edition_keeps_what_it_once_held(root, tmp_path):
    core = RELEASED.replace("{id: origin,", "{id: origin, level: core,")
    release(write_project(root, {"muscle": core}), "1.1.0", NOW - 500)
    project = load(write_project(root, {"muscle": RELEASED}), NOW).project
    kept = ledgers.edition(project.notes, "core", project.deck.shape.editions["core"], project.ledger)
    assert [note.card.id for note in kept] == ["origin"]


def test_clocks_move_only_for_what_changed(root):
    changed = RELEASED.replace("{{c2::L4}}.", "{{c2::L4}}!")
    project = load(write_project(root, {"muscle": changed}), NOW).project
    clocks = ledgers.note_clocks(project.notes, project.ledger, NOW)
    assert (clocks["origin"].mod, clocks["roots"].mod) == (NOW - 1000, NOW)
    assert clocks["roots"].nid == project.ledger.cards["roots"].nid


def test_a_clock_never_goes_back(root):
    changed = RELEASED.replace("{{c2::L4}}.", "{{c2::L4}}!")
    project = load(write_project(root, {"muscle": changed}), NOW).project
    assert ledgers.note_clocks(project.notes, project.ledger, NOW - 9000)["roots"].mod == NOW - 999
