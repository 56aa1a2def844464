"""Somebody who studies the published release gets what this tree would be as the next one, in the real Anki.

Before the first release, a release of this tree stands in for the published one. So that there is always something to
arrive, the next release also has a card retired, three changed and one added for the trial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from lab import NOW, REPO, assert_healthy, good, learner, release

from generator import staging
from generator.changes import Changes, compare
from generator.history import history
from generator.new import Draft, insert
from generator.read import Files

HOUR = 3600
REASON = "Taken back for the trial."
HOOK = "A hook for the trial."
PUBLISHED = REPO / "decks" / "published"
EDITIONS = ("", "-core")


@dataclass(frozen=True)
class Story:
    """The two releases' files; when the first was made; what changes; and the trial's own cards."""

    first: Path
    second: Path
    time: int
    changes: Changes
    retired: str
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    of_core: frozenset[str]
    deck: str


def with_line(root: Path, card_id: str, line: str) -> None:
    """A field more for a card, below its id."""
    for path in (root / "cards").glob("*.yaml"):
        text = path.read_text("utf-8")
        if f"- id: {card_id}\n" in text:
            path.write_text(re.sub(rf"( +)- id: {card_id}\n", rf"\g<0>\1  {line}\n", text, count=1), "utf-8")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    root = staging.copy(REPO, tmp_path_factory.mktemp("next") / "project")
    assert PUBLISHED.exists() == (REPO / "decks" / "ledger.json").exists(), "a ledger is that of published files"
    first = PUBLISHED if PUBLISHED.exists() else release(root, "0.0.1", NOW)
    project = good(root)
    time = max(entry.mod for entry in project.ledger.cards.values())
    released = project.ledger.cards
    summary = project.deck.shape.summary
    cited = {card_id for row in summary.rows for cell in row for card_id in cell.cards or ()} if summary else set()
    same = [
        note.card.id
        for note in project.notes
        if note.note_type == "question" and note.card.level == "core" and note.card.id in released
        and "core" in released[note.card.id].editions and note.hash == released[note.card.id].hash
        and not note.card.retired and not note.card.hook and note.card.id not in cited
    ]  # fmt: skip
    assert len(same) >= 8
    retired, changed, kept = same[0], tuple(same[1:4]), tuple(same[4:8])
    with_line(root, retired, f"retired: {REASON}")
    for card_id in changed:
        with_line(root, card_id, f"hook: {HOOK}")
    topic = root / project.deck.topics[0].path
    draft = Draft(
        question="What came for the trial alone?",
        answer="This card",
        level="core",
        sources=project.notes[0].card.sources,
    )
    topic.write_bytes(insert(topic.name, topic.read_bytes(), draft, "came-for-the-trial")[0])
    after = good(root)
    changes = compare(after.deck, after.notes, after.ledger, history(Files(root)))
    of_core = frozenset(card_id for card_id, entry in released.items() if "core" in entry.editions)
    second = release(root, "99.0.0", time + 12 * HOUR)
    return Story(first, second, time, changes, retired, changed, kept, of_core, after.deck.shape.name)


@pytest.fixture(params=EDITIONS, ids=["all cards", "the essential cards"])
def studied(request, story, tmp_path):
    """A learner of the published release who answered, edited, wrote notes, tagged, moved, suspended and flagged."""
    with learner(tmp_path / "learner") as who:
        who.edition = request.param
        name = next(story.first.glob("*-core.apkg")).name.replace("-core", who.edition)
        who.package, who.text = name, name.replace(".apkg", "-update.txt")
        assert who.import_package(story.first / name).conflicting == 0
        for rating in (2, 3, 0, 1):
            who.answer(10, rating, story.deck)
        edited, noted, moved, suspended = story.kept
        for card_id, field, text in (
            (edited, "Answer", "My own words"), (noted, "My notes", "ask in the lab"), (story.changed[0], "Why", "Mine"),
        ):  # fmt: skip
            note = who.note(card_id)
            note[field] = text
            note.tags.append("exam")
            who.col.update_note(note)
        who.col.set_deck([who.note(moved).cards()[0].id], who.col.decks.id("My deck"))
        who.col.sched.suspend_cards([who.note(suspended).cards()[0].id])
        who.col.set_user_flag_for_cards(3, [who.note(story.changed[1]).cards()[0].id])
        # the release came first, then what the learner did, then the next release
        who.col.db.execute("update notes set mod = ?", story.time)
        mine = (who.note(edited).id, who.note(noted).id, who.note(story.changed[0]).id)
        who.col.db.execute("update notes set mod = ? where id in (?, ?, ?)", story.time + HOUR, *mine)
        yield who


def test_the_next_update_loses_nothing(story, studied):
    who = studied
    ids, before, scm = set(who.ids()), who.progress(), who.col.db.scalar("select scm from col")
    fields = {card_id: list(who.note(card_id).fields) for card_id in ids}
    types = sorted(t.name for t in who.col.models.all_names_and_ids())
    found = who.import_package(story.second / who.package)
    after = who.progress()
    assert {key: after.get(key) for key in before} == before, "no progress is lost"
    replaced = set(story.changes.replaced)
    assert {c for c in ids - replaced if list(who.note(c).fields) != fields[c]} == set(), "edits and notes are kept"
    assert (found.conflicting, found.updated) == (0, len(replaced & ids))
    assert found.new == len(set(who.ids()) - ids)
    assert "came-for-the-trial" in set(who.ids()) - ids
    assert sorted(t.name for t in who.col.models.all_names_and_ids()) == types, "no note type comes twice"
    assert who.col.db.scalar("select scm from col") == scm, "no full sync"
    edited, noted, *_ = story.kept
    assert (who.note(edited)["Answer"], who.note(noted)["My notes"]) == ("My own words", "ask in the lab")
    assert {"exam"} <= set(who.note(edited).tags) & set(who.note(noted).tags)


def test_the_next_update_brings_fixes_and_says_what_is_retired(story, studied):
    studied.import_package(story.second / studied.package)
    assert [studied.note(card_id)["Hook"] for card_id in story.changed] == [HOOK] * 3
    assert studied.note(story.changed[0])["Why"] != "Mine", "the page for learners says that this is replaced"
    (card, *_) = studied.note(story.retired).cards()
    assert REASON in card.question()
    namespace = studied.note(story.retired).guid.partition("/")[0]
    assert len(studied.col.find_notes(f"tag:{namespace}::changed::99.0.0")) >= 4
    retired = frozenset(c for c in studied.ids() if studied.note(c)["Retired"])
    assert story.retired in retired
    assert_healthy(studied, retired)


def test_the_next_update_as_text_serves_who_added_a_field(story, studied):
    models = studied.col.models
    for name in [t.name for t in models.all_names_and_ids()]:
        note_type = models.by_name(name)
        if any(field["name"] == "My notes" for field in note_type["flds"]):
            models.add_field(note_type, models.new_field("Mine"))
            models.update_dict(note_type)
    note = studied.note(story.kept[0])
    note["Mine"] = "kept"
    studied.col.update_note(note)
    before = studied.progress()
    log = studied.import_text(story.second / studied.text)
    assert log.get("conflicting", 0) == log.get("missing_notetype", 0) == 0
    after = studied.progress()
    assert {key: after.get(key) for key in before} == before
    assert studied.note(story.changed[1])["Hook"] == HOOK
    assert studied.note(story.kept[0])["Mine"] == "kept"
    assert studied.note(story.kept[1])["My notes"] == "ask in the lab"
    assert "exam" in studied.note(story.kept[1]).tags
