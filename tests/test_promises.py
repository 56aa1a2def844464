"""What a release has promised: each way to break it gives one message that says what to do."""

from __future__ import annotations

import pytest
from lab import NOW, release, write_project

from generator import ledger as ledgers
from generator.clocks import edition, note_clocks
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
        'decks/ledger.json:17:1: error[released-card-gone]: released card "roots" is gone: learners have it'
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


PAIRS = [  # question and answer, old and new, and whether it is another fact
    (
        "What is the origin of psoas major?",
        "T12 to L5",
        "What is the nerve supply of psoas major?",
        "Rami of L1 to L3",
        True,
    ),
    ("Where does psoas minor insert?", "Pectineal line", "Where does psoas minor originate?", "T12 and L1", True),
    ("Where does the muscle arise?", "Lumbar spine", "Which nerve supplies it?", "Femoral nerve", True),
    ("Where does the muscle arise?", "Lumbar spine", "From where does the muscle arise?", "Lumbar spine", False),
    ("Where does the muscle arise?", "Lumbar spine", "Where does the muscle arise?", "T12 to L5", False),
    (
        "Where does psoas major arise?",
        "From the lumbar spine",
        "What is the origin of psoas?",
        "T12 to L5 of the lumbar spine",
        False,
    ),
]


@pytest.mark.parametrize(("question", "answer", "new_question", "new_answer", "other"), PAIRS)
def test_another_fact_under_an_old_id_is_for_a_human(tmp_path, question, answer, new_question, new_answer, other):
    card = "  - {{id: one, question: '{}', answer: '{}', sources: gray1918}}\n"
    release(write_project(tmp_path, {"muscle": card.format(question, answer)}), "1.0.0", NOW - 1000)
    assert (
        messages(tmp_path, card.format(new_question, new_answer))
        == [
            "cards/muscle.yaml:4:10: review[different-fact]: this looks like a different fact under an old id: learners keep the"
            " progress of the old one | for a new fact, retire this card and write a new one; for a better wording, leave it"
        ]
        * other
    )


def test_another_sentence_under_an_old_id_is_for_a_human(root):
    cards = RELEASED.replace(
        "The roots are {{c1::L2}} and {{c2::L4}}.", "{{c1::Iliacus}} fills the {{c2::iliac fossa}}."
    )
    assert [line.split("]")[0] for line in messages(root, cards)] == ["cards/muscle.yaml:6:10: review[different-fact"]


def test_question_and_reverse_may_not_change_places(root):
    cards = """\
  - {id: origin, question: What arises there?, answer: Psoas major, sources: gray1918,
     reverse: {question: Where does the muscle arise?, answer: From the lumbar spine}}
""" + RELEASED[RELEASED.index("  - {id: roots") :]
    assert [line.split("]")[0] for line in messages(root, cards)] == ["cards/muscle.yaml:5:15: error[reverse-swapped"]


def test_bold_does_not_hide_swapped_gaps(root):
    cards = RELEASED.replace("{{c1::L2}} and {{c2::L4}}", "{{c1::**L4**}} and {{c2::**L2**}}")
    assert [line.split("]")[0] for line in messages(root, cards)] == ["cards/muscle.yaml:6:24: error[cloze-swapped"]


def test_a_card_may_move_to_another_topic(root):
    write_project(root, {"nerve": RELEASED})
    assert load(root, NOW).problems == []


def test_a_released_source_keeps_its_key(root):
    path = root / "cards" / "sources.yaml"
    path.write_text(path.read_text("utf-8").replace("id: gray1918", "id: gray-1918"), "utf-8")
    cards = root / "cards" / "muscle.yaml"
    cards.write_text(cards.read_text("utf-8").replace("gray1918", "gray-1918"), "utf-8")
    assert [as_text(p).split("\n")[0] for p in load(root, NOW).problems] == [
        'cards/sources.yaml:2:3: error[source-gone]: released source "gray1918" is gone: its key is a tag that learners have'
    ]


def test_a_released_edition_may_not_go(root):
    core = RELEASED.replace("{id: origin,", "{id: origin, level: core,")
    release(write_project(root, {"muscle": core}), "1.1.0", NOW - 500)
    path = root / "decks" / "trial.yaml"
    path.write_text(
        path.read_text("utf-8").replace("  core: {title: the essential cards, levels: core}\n", ""), "utf-8"
    )
    assert [p.message for p in load(root, NOW).problems] == ['released edition "core" is gone']


def test_a_released_note_type_keeps_its_name(root):
    path = root / "decks" / "note_types" / "cloze" / "note_type.yaml"
    path.write_text(path.read_text("utf-8").replace("name: Iliopsoas Cloze", "name: Cloze of psoas"), "utf-8")
    assert [(p.code, p.message) for p in load(root, NOW).problems] == [
        ("note-type-changed", "the name of a released note type may not change: Anki would update no note of it")
    ]


@pytest.mark.parametrize(
    ("gone", "code"), [("decks/ledger.json", "missing-file"), ("decks/history/1.0.0.txt", "missing-file")]
)
def test_the_ledger_and_its_history_go_together(root, gone, code):
    (root / gone).unlink()
    assert [(p.path, p.code) for p in load(root, NOW).problems] == [(gone, code)]


@pytest.mark.parametrize("text", ["trial/roots\tx\ty\n", 'trial/roots\t"' + "x" * 200_000, "\x00\n"])
def test_a_broken_history_is_a_problem_and_no_traceback(root, text):
    (root / "decks" / "history" / "1.0.0.txt").write_text(text, "utf-8")
    assert [p.code for p in load(root, NOW).problems] == ["broken-history"]


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
        ("  - {name: Spare 3,", "  # - {name: Spare 3,"),
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


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"cards": 1}', "[" * 100_000, "\ufeff{}", '{"namespace": 1}', '{"mod": ' + "9" * 5000 + "}"],
)
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
    kept = edition(project.notes, "core", project.deck.shape.editions["core"], project.ledger)
    assert [note.card.id for note in kept] == ["origin"]


def test_clocks_move_only_for_what_changed(root):
    changed = RELEASED.replace("{{c2::L4}}.", "{{c2::L4}}!")
    project = load(write_project(root, {"muscle": changed}), NOW).project
    times = note_clocks(project.notes, project.ledger, NOW)
    assert (times["origin"].mod, times["roots"].mod) == (NOW - 1000, NOW)
    assert times["roots"].nid == project.ledger.cards["roots"].nid


def test_a_clock_never_goes_back(root):
    changed = RELEASED.replace("{{c2::L4}}.", "{{c2::L4}}!")
    project = load(write_project(root, {"muscle": changed}), NOW).project
    assert note_clocks(project.notes, project.ledger, NOW - 9000)["roots"].mod == NOW - 999
