"""The real deck in the real Anki: imports whole, shows every card, and is healthy by Anki's own checks."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import NOW, REPO, assert_healthy, learner

from generator.build import build
from generator.load import load


@pytest.fixture(scope="module")
def project():
    return load(REPO, NOW).project


@pytest.fixture(scope="module")
def built(project, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("build")
    build(project, out, ("apkg", "update"))
    return out


@pytest.mark.parametrize("name", ["iliopsoas", "iliopsoas-core"])
def test_an_edition_imports_whole_and_healthy(project, built, tmp_path, name):
    level = ("core",) if name.endswith("core") else ("core", "standard", "detail")
    notes = [note for note in project.notes if note.card.level in level]
    with learner(tmp_path) as who:
        found = who.import_package(built / f"{name}.apkg")
        assert (found.new, found.updated, found.duplicate, found.conflicting) == (len(notes), 0, 0, 0)
        assert who.col.card_count() == sum(len(note.ords) for note in notes)
        assert_healthy(who)
        again = who.import_package(built / f"{name}.apkg")
        assert (again.new, again.updated, again.duplicate, again.conflicting) == (0, 0, len(notes), 0)


@pytest.mark.parametrize("order", [("iliopsoas-core", "iliopsoas"), ("iliopsoas", "iliopsoas-core")])
def test_core_and_full_make_one_deck(project, built, tmp_path, order):
    with learner(tmp_path) as who:
        for name in order:
            assert who.import_package(built / f"{name}.apkg").conflicting == 0
        assert who.col.note_count() == len(project.notes)
        assert [d.name for d in who.col.decks.all_names_and_ids(skip_empty_default=True)] == [project.deck.shape.name]
        assert_healthy(who)


def test_every_field_comes_back_as_it_was_written(project, built, tmp_path):
    with learner(tmp_path) as who:
        who.import_package(built / "iliopsoas.apkg")
        stored = dict(who.col.db.all("select guid, flds from notes"))
        assert {note.guid: "\x1f".join(note.fields) for note in project.notes} == stored


def test_the_text_import_knows_every_note_of_the_package(project, built, tmp_path):
    with learner(tmp_path) as who:
        who.import_package(built / "iliopsoas.apkg")
        before = dict(who.col.db.all("select guid, flds from notes"))
        tags = dict(who.col.db.all("select guid, tags from notes"))
        log = who.import_text(built / "iliopsoas-update.txt")
        assert sum(log.values()) == len(project.notes)
        assert not {"new", "conflicting", "missing_notetype", "empty_first_field"} & set(log)
        assert dict(who.col.db.all("select guid, flds from notes")) == before
        assert dict(who.col.db.all("select guid, tags from notes")) == tags
