"""A new card: where its lines go, that nothing else changes, its id, its sources, and what a form or a terminal gives."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lab import NOW, REPO, good, loaded, release, write_project

from generator.cli import main
from generator.model import Source
from generator.new import Cited, Draft, InsertError, card_id, cited, form, insert
from generator.problem import as_text
from generator.source import read

HEAD = "topic: actions\ntitle: Actions\ncards:\n"
DRAFT = Draft(question="Which one?", answer="This", sources=("gray1918", "hip#one"))
NEW = """\
  - id: one
    question: |
      Which one?
    answer: |
      This
    level: standard
    certainty: settled
    sources: [gray1918, hip#one]
"""
CARD = "  - id: {}\n    question: Q?\n    answer: |\n      A\n      # no remark\n    sources: x\n"


def put(text: str, after: str = "", draft: Draft = DRAFT) -> str:
    content, _ = insert("cards/actions.yaml", text.encode(), draft, "one", after)
    return content.decode()


def test_a_card_goes_behind_the_last_one():
    text = f"# top\n{HEAD}\n{CARD.format('a')}\n{CARD.format('b')}"
    assert put(text) == f"{text}\n{NEW}"


def test_a_card_goes_behind_the_named_one_and_remarks_stay_where_they_are():
    foot = "    # foot of a\n"
    text = f"{HEAD}\n{CARD.format('a')}{foot}\n  # head of b\n{CARD.format('b')}\n# end\n"
    assert (
        put(text, after="a") == f"{HEAD}\n{CARD.format('a')}{foot}\n{NEW}\n  # head of b\n{CARD.format('b')}\n# end\n"
    )
    assert put(text, after="b") == text.replace("\n# end\n", f"\n{NEW}\n# end\n")


PLACES = {
    "no gaps between cards": (
        HEAD + CARD.format("a") + CARD.format("b"),
        HEAD + CARD.format("a") + CARD.format("b") + NEW,
    ),
    "a key after the cards": (
        "topic: actions\ncards:\n" + CARD.format("a") + "title: Actions\n",
        "topic: actions\ncards:\n" + CARD.format("a") + NEW + "title: Actions\n",
    ),
    "no line end at the end": (HEAD + CARD.format("a").rstrip("\n"), HEAD + CARD.format("a") + NEW),
    "a block at the end": (
        HEAD + "  - id: a\n    cloze: >-\n      x\n\n      # y\n\n\n",
        HEAD + "  - id: a\n    cloze: >-\n      x\n\n      # y\n" + NEW + "\n\n",
    ),
    "a block at the end without line end": (
        HEAD + "  - id: a\n    cloze: |\n      x\n      # y",
        HEAD + "  - id: a\n    cloze: |\n      x\n      # y\n" + NEW,
    ),
    "an empty value at the end": (
        HEAD + "  - id: a\n    hook:\n\n# end\n",
        HEAD + "  - id: a\n    hook:\n" + NEW + "\n# end\n",
    ),
    "a nested mapping at the end": (
        HEAD + "  - id: a\n    reverse:\n      answer: |\n        B\n",
        HEAD + "  - id: a\n    reverse:\n      answer: |\n        B\n" + NEW,
    ),
    "a card on one line": (
        HEAD + "  - {id: a, question: Q?}  # why\n",
        HEAD + "  - {id: a, question: Q?}  # why\n" + NEW,
    ),
    "dashes at the margin": (
        HEAD + "- id: a\n  question: Q?\n",
        HEAD + "- id: a\n  question: Q?\n" + "\n".join(line[2:] for line in NEW.split("\n")),
    ),
}


@pytest.mark.parametrize(("before", "after"), PLACES.values(), ids=PLACES)
def test_nothing_around_the_card_changes(before, after):
    assert put(before) == after
    assert put("\ufeff" + before.replace("\n", "\r\n")) == "\ufeff" + after.replace("\n", "\r\n"), "as on Windows"


@pytest.mark.parametrize(
    "text",
    [
        "cards: [{id: a}]\n",
        "topic: x\n",
        "cards: []\n",
        "cards: x\n",
        HEAD + "  - id: a\n    answer: 'x\n",
        "\ufeff",
        "[" * 999,
    ],
)
def test_a_file_that_is_no_list_of_cards_is_left_alone(text):
    with pytest.raises(InsertError):
        put(text)


def test_a_card_that_is_not_there_is_said():
    with pytest.raises(InsertError, match='has no card "b"'):
        put(HEAD + CARD.format("a"), after="b")


TOPICS = [path for path in sorted((REPO / "cards").glob("*.yaml")) if path.stem not in ("sources", "glossary")]


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_a_card_can_be_put_behind_every_card_of_the_deck(path):
    content = path.read_bytes()
    document, _ = read(path.name, content)
    for card in document.data["cards"][:: max(1, len(document.data["cards"]) // 6)]:
        result, line = insert(path.name, content, DRAFT, "one", card["id"])
        rows = result.split(b"\n")
        assert rows[line - 1] == b"  - id: one"
        del rows[line - 2 : line - 2 + NEW.count("\n") + 1]  # with the blank line above it
        assert b"\n".join(rows) == content


SIGNS = st.text(
    st.one_of(st.sampled_from(list("ab1 \n\t\r#:'\"*>|-[]{}&!%@`?,\\~=<.é…\x85\u2028\u200b\x1b")), st.characters()),
    max_size=80,
)


@settings(max_examples=400, deadline=None)
@given(SIGNS, SIGNS)
@example("# x", "- y: &z\n  *z\n%YAML 1.2\n---\n...")
@example("|\n  x", "  a\n\n\n   b  \n\tc")
@example("a\n    level: core\n  - id: evil\n    answer: x", "'\"")
@example("\udc80", "x")
def test_text_in_is_text_read_back_or_the_file_stays(question, answer):
    """Also what looks like YAML, a card, a line end of another system."""
    draft = Draft(question=question, answer=answer, sources=("x",))
    text = f"{HEAD}\n{CARD.format('a')}\n# end\n"
    try:
        result = put(text, draft=draft)
    except InsertError:
        odd = {unicodedata.category(char) for char in question + answer} & {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"}
        assert odd, "every other text can be written"
        return
    document, problems = read("cards/actions.yaml", result.encode())
    assert problems == []
    first, card = document.data["cards"]
    said = {
        name: unicodedata.normalize("NFC", t.replace("\r\n", "\n")).strip()
        for name, t in (("question", question), ("answer", answer))
    }
    assert {name: card.get(name, "").strip() for name in said} == said
    assert first["id"] == "a"
    assert result.endswith("\n# end\n")
    assert set(card) == {"id", "level", "certainty", "sources", *(name for name in said if said[name])}


IDS = [
    (Draft(question="Where does the psoas major insert?"), "psoas-major-insert"),
    (Draft(question="What is *Ludloff's sign* a sign of?"), "ludloff-sign-sign"),
    (Draft(question="Wo entspringt der Müller-Muskel?"), "wo-entspringt-der-muller-muskel"),
    (Draft(cloze="The {{c1::femoral nerve}} supplies the {{c2::iliacus}} in L2–L4."), "supplies-l2-l4"),
    (Draft(question="Which?"), "actions-card-2"),
    (Draft(question="筋肉は？"), "actions-card-2"),
    (Draft(question="x" * 70 + " nerve?"), "nerve"),
    (Draft(question="Which taken word?"), "taken-word-2"),
    (Draft(question="Which taken word of one two three four five?"), "taken-word-three-four-five"),
    (Draft(question="1918?"), "1918"),
]


@pytest.mark.parametrize(("draft", "id_"), IDS, ids=[id_ for _, id_ in IDS])
def test_an_id_is_made_of_the_words_that_say_something(draft, id_):
    assert card_id(draft, "actions", {"taken-word"}) == id_


@given(st.lists(SIGNS, max_size=4), st.sets(st.sampled_from(["a", "b", "a-2", "b-1"])))
def test_an_id_is_always_well_formed_and_never_taken(texts, taken):
    id_ = card_id(Draft(question=" ".join(texts)), "actions", taken)
    assert id_ not in taken
    assert len(id_) <= 60
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in id_.split("-"))


KNOWN = {
    "hip2020": Source(
        id="hip2020", kind="study", title="Hip", doi="10.1016/0268-0033(92)90024-X", sections={"one": "One"}
    ),
    "web": Source(id="web", kind="article", title="Web", url="https://www.example.org/Hip/"),
    "gray1918": Source(id="gray1918", kind="textbook", title="Gray"),
}
NAMED = [
    ("gray1918", ("gray1918",)),
    ("Gray1918, hip2020#one; hip2020", ("gray1918", "hip2020#one", "hip2020")),
    ("- `gray1918`\n- [hip2020]", ("gray1918", "hip2020")),
    ("https://doi.org/10.1016/0268-0033(92)90024-x.", ("hip2020",)),
    ("DOI: 10.1016/0268-0033(92)90024-X, gray1918", ("hip2020", "gray1918")),
    ("(10.1016/0268-0033(92)90024-X)", ("hip2020",)),
    ("http://example.org/Hip, and gray1918", ("web", "gray1918")),
]


@pytest.mark.parametrize(("text", "keys"), NAMED, ids=[text for text, _ in NAMED])
def test_a_source_is_known_by_its_key_or_its_doi(text, keys):
    assert cited(text, KNOWN) == Cited(keys, ())


def test_a_source_that_is_not_known_says_what_to_do():
    found = cited("gray1819, hip2020#two, 10.1234/abc, Somebody (1999), p. 3, https://example.org/hip", KNOWN)
    assert found.keys == ()
    assert found.unknown == (
        "no source has the DOI 10.1234/abc. Add it at the end of cards/sources.yaml, with your words for what is in "
        "brackets, and name it by its id:\n  - id: [name and year, as in smith2020]\n    kind: [study, review, guideline, …]\n"
        '    title: "[its title]"\n    doi: "10.1234/abc"',
        'no source is called "gray1819"; did you mean "gray1918"?',
        'the source "hip2020" has no section "two"; it has one',
        'no source is called "Somebody (1999)", "p. 3", "https://example.org/hip"; add it at the end of cards/sources.yaml, '
        "and name it by its id",
    )


FORM = """\
### Topic

Muscle

### Question

Which artery *mainly* supplies it?

### Answer

Iliolumbar:
### 1 artery

### Why

_No response_

### Source or DOI

gray1918

### Level

core (everybody)
"""


def test_a_form_is_read_by_its_headings():
    assert form(FORM.replace("\n", "\r\n")) == {
        "topic": "Muscle", "question": "Which artery *mainly* supplies it?", "answer": "Iliolumbar:\n### 1 artery",
        "sources": "gray1918", "level": "core",
    }  # fmt: skip
    assert form("no form") == {}


CARDS = "\n  - {id: origin, question: Where does it arise?, answer: Lumbar spine, sources: gray1918}\n"


@pytest.fixture
def root(tmp_path):
    return write_project(tmp_path, {"muscle": CARDS})


def run(root, *args: object, input_: str | None = None, code: int = 0) -> str:
    arguments = ["new", *map(str, args), "--project", str(root)]
    result = CliRunner().invoke(main, arguments, input=input_, env={"SOURCE_DATE_EPOCH": str(NOW)})
    assert result.exit_code == code, result.output
    return result.output.replace(os.sep, "/")


ASKS = ("--question", "Which artery?", "--answer", "Iliolumbar", "--source", "gray1918")


def test_a_new_card_passes_the_check(root):
    said = run(root, "muscle", *ASKS, "--level", "core")
    assert said.startswith("cards/muscle.yaml:7: a new card\n\n  - id: artery\n    question: |\n      Which artery?\n")
    assert "\n    level: core\n" in said
    assert [note.card.id for note in good(root).notes] == ["artery", "origin"]


def test_a_form_becomes_a_card(root):
    run(root, "--from", "-", input_=FORM)
    text = (root / "cards" / "muscle.yaml").read_text("utf-8")
    assert "\n  - id: artery-supplies\n    question: |\n      Which artery *mainly* supplies it?\n" in text
    assert "    answer: |\n      Iliolumbar:\n      ### 1 artery\n    level: core\n" in text
    assert good(root).notes


def test_a_released_id_is_never_given_again(root):
    write_project(root, {"muscle": CARDS.replace("id: origin", "id: artery")})
    release(root, "1.0.0", NOW)
    (root / "cards" / "muscle.yaml").write_text(f"topic: muscle\ntitle: Muscle\ncards:\n{CARDS}", "utf-8")
    assert "- id: artery-2\n" in run(root, "muscle", *ASKS), "also where the released card is gone by mistake"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("muscel", *ASKS), 2, 'there is no topic "muscel"; did you mean "muscle"?'),
        (("cards/muscle.yaml", *ASKS), 0, "a new card"),
        (("Muscle", *ASKS), 0, "a new card"),
        (("../../etc/passwd", *ASKS), 2, 'there is no topic "../../etc/passwd"; there are muscle'),
        (ASKS, 2, "name a topic"),
        (("muscle", "--question", "Q?"), 2, "a card needs --answer and --source (or --cloze for a sentence with gaps)"),
        (("muscle", "--cloze", "{{c1::It}} bends"), 2, "a card needs --source"),
        (("muscle", *ASKS[:-1], "nobody"), 1, 'no source is called "nobody"'),
        (("muscle", *ASKS, "--after", "nerve"), 1, 'cards/muscle.yaml has no card "nerve"'),
        (("muscle", *ASKS, "--id", "origin"), 1, "error[duplicate-id]"),
        (("muscle", *ASKS, "--id", "Not an id"), 1, "error[bad-id]"),
        (("muscle", *ASKS[:2], "--answer", "<script>", *ASKS[4:]), 1, "cards/muscle.yaml stays as it is"),
        (("muscle", *ASKS[:2], "--answer", "\x1b[31m", *ASKS[4:]), 1, "a character in it is no part of a text"),
        (("muscle", "--cloze", "no gap", *ASKS[4:]), 1, "cards/muscle.yaml stays as it is"),
        (("muscle", *ASKS, "--cloze", "{{c1::It}} bends"), 2, "a question and an answer, or it has a cloze: not both"),
        (("muscle", "--from", "nowhere.txt"), 2, "nowhere.txt"),
    ],
)
def test_what_cannot_be_a_card_is_said_and_changes_nothing(root, args, code, said):
    before = (root / "cards" / "muscle.yaml").read_bytes()
    output = run(root, *args, code=code)
    assert said in output
    assert "\x1b" not in output
    assert ((root / "cards" / "muscle.yaml").read_bytes() == before) == (code != 0)
    assert [path.name for path in (root / "cards").iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(("content", "why"), [(b"\xff", "is not UTF-8 text"), (b"x" * 200_000, "longer than any card")])
def test_a_file_that_is_no_form_is_said(root, tmp_path, content, why):
    (tmp_path / "form.txt").write_bytes(content)
    assert why in run(root, "--from", tmp_path / "form.txt", code=2)


def test_what_was_wrong_before_does_not_stand_in_the_way(root):
    with (root / "cards" / "sources.yaml").open("a") as file:
        file.write("  - {id: bad, kind: study}\n")
    before = [as_text(problem) for problem in loaded(root).problems]
    assert before
    run(root, "muscle", *ASKS)
    assert [as_text(problem) for problem in loaded(root).problems] == before


def test_a_review_is_said_and_the_card_written(root):
    said = run(root, "muscle", "--question", "Where does it arise?", "--answer", "Spine", "--source", "gray1918")
    assert "review[same-question]" in said
    assert "a new card" in said


@pytest.mark.skipif(os.name == "nt", reason="there is no pseudo-terminal on Windows")
def test_a_person_at_a_terminal_is_asked_for_what_is_missing(root):
    import pty

    main_end, terminal = pty.openpty()
    command = [sys.executable, "-m", "generator", "new", "muscle", "--project", str(root), "--answer", "Iliolumbar"]
    process = subprocess.Popen(command, cwd=REPO, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    os.close(terminal)
    os.write(main_end, b"Which artery?\n\ngray1819\ngray1918\n")
    said = process.communicate(timeout=60)[0].decode()
    os.close(main_end)
    assert process.returncode == 0, said
    assert "Question: " in said
    assert 'did you mean "gray1918"?' in said, "it asks once more, and nothing that was typed is lost"
    assert "Answer: " not in said
    assert "why:" not in (root / "cards" / "muscle.yaml").read_text("utf-8")
    assert good(root).notes
