"""A learner studies, edits and updates through three releases: what the contract promises, in the real Anki."""

from __future__ import annotations

import pytest
from lab import DAY, NOW, good, learner, release, write_project

R1, R2, R3 = NOW - 60 * DAY, NOW - 30 * DAY, NOW - 10 * DAY

FIRST = """\
  - {id: origin, question: Where does it arise?, answer: Lumbar spine, level: core, sources: gray1918}
  - {id: insertion, question: Where does it insert?, answer: Femur, level: core, sources: gray1918,
     reverse: {question: What inserts there?, answer: Iliopsoas}}
  - {id: nerve, cloze: "Nerve: {{c1::femoral}}; roots: {{c2::L2}}", sources: gray1918}
  - {id: action, question: What does it do?, answer: Flexes the hip, sources: gray1918}
  - {id: artery, question: Which artery?, answer: Iliolumbar, sources: gray1918}
  - {id: bursa, question: Which bursa?, answer: Iliopectineal, sources: gray1918}
"""
# origin: answer corrected; nerve: a gap added; bursa: retired; action before artery no more; a new card in core
SECOND = """\
  - {id: origin, question: Where does it arise?, answer: T12 to L5, level: core, sources: gray1918}
  - {id: level, question: At which level?, answer: L1, level: core, sources: gray1918}
  - {id: insertion, question: Where does it insert?, answer: Femur, level: core, sources: gray1918,
     reverse: {question: What inserts there?, answer: Iliopsoas}}
  - {id: nerve, cloze: "Nerve: {{c1::femoral}}; roots: {{c2::L2}} to {{c3::L4}}", sources: gray1918}
  - {id: artery, question: Which artery?, answer: Iliolumbar, sources: gray1918}
  - {id: action, question: What does it do?, answer: Flexes the hip, sources: gray1918}
  - {id: bursa, question: Which bursa?, answer: Iliopectineal, sources: gray1918, retired: It was asked twice.}
"""
THIRD = SECOND.replace("answer: Iliolumbar", "answer: The iliolumbar artery")


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Three releases of one project; the second restyles the cards too."""
    root = tmp_path_factory.mktemp("project")
    out = [release(write_project(root, {"muscle": FIRST}, "1.0.0"), "1.0.0", R1)]
    style = root / "decks" / "note_types" / "style.css"
    style.write_text(style.read_text("utf-8") + "\n.card { --restyled: 1; }\n", "utf-8")
    out.append(release(write_project(root, {"muscle": SECOND}, "1.1.0"), "1.1.0", R2))
    out.append(release(write_project(root, {"muscle": THIRD}, "1.2.0"), "1.2.0", R3))
    return out


@pytest.fixture
def studied(releases, tmp_path):
    """A learner of release 1 who answered, edited, wrote notes, tagged, moved, suspended and flagged."""
    with learner(tmp_path / "learner") as who:
        assert who.import_package(releases[0] / "trial.apkg").new == 6
        who.seen = who.answer(4, rating=3)
        note = who.note("action")
        note["Answer"] = "My own words"
        who.col.update_note(note)
        note = who.note("artery")
        note["My notes"] = "ask in the lab"
        note.tags.append("exam")
        who.col.update_note(note)
        own = who.col.decks.id("My deck")
        who.col.set_deck([who.note("nerve").cards()[0].id], own)
        who.col.sched.suspend_cards([who.note("insertion").cards()[1].id])
        who.col.set_user_flag_for_cards(2, [who.note("origin").cards()[0].id])
        # what the learner did happened between the first release and the second
        who.col.db.execute("update notes set mod = ?", R1)
        who.col.db.execute("update notes set mod = ? where guid in ('trial/action', 'trial/artery')", R1 + DAY)
        yield who


def test_new_cards_come_in_the_order_of_the_deck(releases, tmp_path):
    with learner(tmp_path / "learner") as who:
        who.import_package(releases[0] / "trial.apkg")
        rows = who.col.db.list("select n.guid from cards c join notes n on n.id = c.nid order by c.due, c.ord")
        assert [row.split("/")[1] for row in rows] == [
            "origin", "insertion", "insertion", "nerve", "nerve", "action", "artery", "bursa",
        ]  # fmt: skip


def test_an_update_keeps_progress_and_brings_fixes(releases, studied):
    before, types, scm = studied.progress(), note_types(studied), studied.col.db.scalar("select scm from col")
    found = studied.import_package(releases[1] / "trial.apkg")
    after = studied.progress()
    assert (found.new, found.updated, found.duplicate, found.conflicting) == (1, 3, 3, 0)
    assert {key: after[key] for key in before} == before
    assert set(after) - set(before) == {("level", 0), ("nerve", 2)}
    assert studied.note("origin")["Answer"] == "T12 to L5"
    assert studied.note("action")["Answer"] == "My own words"
    assert studied.note("artery")["My notes"] == "ask in the lab"
    assert "exam" in studied.note("artery").tags
    assert studied.note("bursa")["Retired"] == "It was asked twice."
    assert note_types(studied) == types, "no new note type"
    assert studied.col.db.scalar("select scm from col") == scm, "no full sync"
    assert "--restyled" in studied.col.models.by_name(types[0])["css"]
    assert "trial::changed::1.1.0" in studied.note("origin").tags
    assert not [tag for tag in studied.note("insertion").tags if "changed" in tag]
    assert studied.ids() == ["action", "artery", "bursa", "insertion", "level", "nerve", "origin"]


def test_a_note_is_replaced_only_by_a_release_that_changed_it(releases, studied):
    studied.import_package(releases[1] / "trial.apkg")
    before = studied.progress()
    found = studied.import_package(releases[2] / "trial.apkg")
    assert (found.new, found.updated, found.conflicting) == (0, 1, 0)
    assert studied.note("artery")["Answer"] == "The iliolumbar artery"
    assert studied.note("action")["Answer"] == "My own words"
    assert studied.progress() == before


def test_a_release_may_be_skipped(releases, studied):
    found = studied.import_package(releases[2] / "trial.apkg")
    assert (found.new, found.conflicting) == (1, 0)
    assert studied.note("origin")["Answer"] == "T12 to L5"
    assert studied.note("action")["Answer"] == "My own words"


def test_a_note_that_two_releases_changed_gets_both_changes(tmp_path):
    """Measured: before Anki 25.02 an updated note's clock is the time of its import, not of its release. There, who
    imports a release after the next is out gets the next one's change of the same note only once it changes again."""
    from anki.utils import point_version

    card = "  - {{id: origin, question: Where does it arise?, answer: {}, level: core, sources: gray1918}}\n"
    stages = [("One", "1.0.0", R1), ("Two", "1.1.0", R2), ("Three", "1.2.0", R3)]
    out = [release(write_project(tmp_path, {"muscle": card.format(a)}, v), v, at) / "trial.apkg" for a, v, at in stages]
    with learner(tmp_path / "learner") as who:
        for package in out:
            who.import_package(package)
        assert who.note("origin")["Answer"] == ("Two" if point_version() < 250200 else "Three")
        who.col.db.execute("update notes set mod = ?", R2 + DAY)  # as if release 2 was imported in time
        who.import_package(out[2])
        assert who.note("origin")["Answer"] == "Three"


def test_the_same_package_again_changes_nothing(releases, studied):
    studied.import_package(releases[1] / "trial.apkg")
    before = studied.progress(), {i: list(studied.note(i).fields) for i in studied.ids()}
    assert studied.import_package(releases[1] / "trial.apkg").duplicate == 7
    assert (studied.progress(), {i: list(studied.note(i).fields) for i in studied.ids()}) == before


def test_newcomers_never_get_a_retired_card(releases, tmp_path):
    with learner(tmp_path / "learner") as who:
        who.import_package(releases[1] / "trial.apkg")
        assert who.note("bursa").cards() == []
        assert ("bursa", 0) not in who.progress()


def test_upgraders_see_why_a_card_was_retired(releases, studied):
    studied.import_package(releases[1] / "trial.apkg")
    (card,) = studied.note("bursa").cards()
    assert "It was asked twice." in card.question()


@pytest.mark.parametrize("order", [("trial-core", "trial"), ("trial", "trial-core")])
def test_core_and_full_are_one_deck_in_either_order(releases, tmp_path, order):
    with learner(tmp_path / "learner") as who:
        for name in order:
            assert who.import_package(releases[1] / f"{name}.apkg").conflicting == 0
        assert len(who.ids()) == 7
        assert [d.name for d in who.col.decks.all_names_and_ids(skip_empty_default=True)] == ["Trial"]
        due = who.col.db.list("select n.guid from cards c join notes n on n.id = c.nid order by c.due, c.ord")
        assert [guid.split("/")[1] for guid in due][:4] == ["origin", "level", "insertion", "insertion"]


def test_the_text_import_serves_a_learner_who_added_a_field(releases, studied):
    models = studied.col.models
    for note_type in [models.by_name(name) for name in note_types(studied)]:
        models.add_field(note_type, models.new_field("Mine"))
        models.update_dict(note_type)
    note = studied.note("artery")
    note["Mine"] = "kept"
    studied.col.update_note(note)
    before = studied.progress()
    log = studied.import_text(releases[1] / "trial-update.txt")
    assert log.get("conflicting", 0) == log.get("missing_notetype", 0) == 0
    after = studied.progress()
    assert {key: after[key] for key in before} == before
    assert studied.note("origin")["Answer"] == "T12 to L5"
    assert studied.note("artery")["Mine"] == "kept"
    assert studied.note("artery")["My notes"] == "ask in the lab"
    assert "exam" in studied.note("artery").tags
    assert studied.note("action")["Answer"] == "Flexes the hip", "the page for learners says that this resets edits"


def test_a_spare_field_reaches_learners_on_every_path(tmp_path):
    """Fields can never be added; a spare one is renamed and keeps its id."""
    root = write_project(tmp_path / "project", {"muscle": FIRST})
    first = release(root, "1.0.0", R1)
    folder = root / "decks" / "note_types" / "question"
    for name, old, new in (
        ("note_type.yaml", "name: Spare 1", "name: Topic of topics"),
        ("back.html", "{{Answer}}", "{{Answer}}{{Topic of topics}}"),
    ):
        (folder / name).write_text((folder / name).read_text("utf-8").replace(old, new), "utf-8")
    second = release(root, "1.1.0", R2)
    with learner(tmp_path / "package") as who:
        who.import_package(first / "trial.apkg")
        assert who.import_package(second / "trial.apkg").conflicting == 0
        assert "Topic of topics" in dict(who.note("origin").items())
    text = (second / "trial-update.txt").read_text("utf-8").splitlines()
    columns = {len(line.split("\t")) for line in text if line.startswith("trial/origin")}
    names = [name for name, _ in good(root).deck.note_types["question"].fields]
    assert columns == {3 + names.index("My notes")}, "every field but the last, so spare ones too"


def test_the_text_import_brings_new_cards_in_the_order_of_the_deck(releases, tmp_path):
    with learner(tmp_path / "learner") as who:
        who.import_package(releases[0] / "trial-core.apkg")
        old = set(who.ids())
        # the essential cards of release 1 have no cloze, and Anki takes no note type that no note of a package has
        assert who.import_text(releases[1] / "trial-update.txt") == {
            "new": 4, "updated": 1, "duplicate": 1, "missing_notetype": 1,
        }  # fmt: skip
        due = who.col.db.list("select n.guid from cards c join notes n on n.id = c.nid order by c.due, c.ord")
        new = [name for guid in due if (name := guid.split("/")[1]) not in old]
        assert list(dict.fromkeys(new)) == ["level", "artery", "action", "bursa"]


def test_the_text_import_of_an_edition_brings_only_its_cards(releases, tmp_path):
    with learner(tmp_path / "learner") as who:
        who.import_package(releases[0] / "trial-core.apkg")
        who.import_text(releases[1] / "trial-core-update.txt")
        assert who.ids() == ["insertion", "level", "origin"]


RETIRED = ("tag:trial::retired", "note:Iliopsoas* Retired:_*")  # as the page for learners says


@pytest.mark.parametrize("text_first", [False, True])
def test_what_is_retired_is_found_and_can_be_removed(releases, studied, text_first):
    """After the text import only by its field: the text brings no tag, and the package is older than it."""
    if text_first:
        studied.import_text(releases[1] / "trial-update.txt")
    studied.import_package(releases[1] / "trial.apkg")
    assert [len(studied.col.find_notes(search)) for search in RETIRED] == ([0, 1] if text_first else [1, 1])
    studied.col.remove_notes(studied.col.find_notes(RETIRED[1]))
    studied.import_package(releases[1] / "trial.apkg")
    assert ("bursa", 0) not in studied.progress(), "it does not come back to be studied"


def test_what_a_learner_deleted_comes_back(releases, studied):
    studied.col.remove_notes([studied.note("origin").id])
    studied.import_package(releases[1] / "trial.apkg")
    assert "origin" in studied.ids()


def test_text_first_then_the_package_keeps_notes_of_ones_own(releases, studied):
    """Even on a card that the release changed."""
    note = studied.note("origin")
    note["My notes"] = "Mine."
    studied.col.update_note(note)
    studied.col.db.execute("update notes set mod = ?", R1)
    studied.import_text(releases[1] / "trial-update.txt")
    studied.import_package(releases[1] / "trial.apkg")
    note = studied.note("origin")
    assert (note["My notes"], note["Answer"]) == ("Mine.", "T12 to L5")


def note_types(who) -> list[str]:
    return sorted(t.name for t in who.col.models.all_names_and_ids() if t.name.startswith("Iliopsoas"))
