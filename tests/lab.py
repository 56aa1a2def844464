"""A project on disk, its releases, and a learner with the real Anki. Every package here goes through the product's own code."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator import clocks
from generator import ledger as ledgers
from generator.build import build
from generator.load import Loaded, Project, load
from generator.problem import as_text
from generator.write.update_text import update_text

REPO = Path(__file__).parent.parent
DAY = 86_400
NOW = 1_750_000_000  # 15 June 2025: every clock of the tests stands still

DECK = """\
name: Trial
namespace: trial
id: 1704067200
title: Trial deck
description: A deck for tests.
version: {version}
language: en
topics: [{topics}]
editions:
  full: {{title: all cards}}
  core: {{title: the essential cards, levels: core}}
licence: {{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/", text: Share it.}}
safety: For tests only.
"""
SOURCES = """\
sources:
  - {id: gray1918, kind: textbook, title: Anatomy of the Human Body, year: "1918", sections: {psoas: Psoas major}}
  - {id: web, kind: blog, title: A page, url: "https://example.org/page"}
"""


def write_project(root: Path, topics: dict[str, str], version: str = "1.0.0", deck: str = DECK) -> Path:
    """A project with these topics (file stem -> the text of its `cards:` list) and the real note types."""
    (root / "cards").mkdir(parents=True, exist_ok=True)
    for old in (root / "cards").glob("*.yaml"):
        old.unlink()
    for name, cards in topics.items():
        text = f"topic: {name}\ntitle: {name.capitalize()}\ncards:\n{cards}"
        (root / "cards" / f"{name}.yaml").write_text(text, "utf-8")
    (root / "cards" / "sources.yaml").write_text(SOURCES, "utf-8")
    (root / "decks").mkdir(exist_ok=True)
    (root / "decks" / "trial.yaml").write_text(deck.format(version=version, topics=", ".join(topics)), "utf-8")
    if not (root / "decks" / "note_types").exists():
        shutil.copytree(REPO / "decks" / "note_types", root / "decks" / "note_types")
    return root


def loaded(root: Path, now: int = NOW) -> Loaded:
    return load(root, now)


def good(root: Path, now: int = NOW) -> Project:
    """The project, which must have no errors."""
    found = loaded(root, now)
    assert found.project, "\n".join(map(as_text, found.problems))
    return found.project


def release(root: Path, version: str, now: int) -> Path:
    """What the release command does to files: ledger, history, then the outputs from them. Returns the folder of outputs."""
    project = good(root, now)
    ledger = clocks.released(project.deck, project.notes, project.ledger, now, version)
    (root / "decks" / "ledger.json").write_text(ledgers.write(ledger), "utf-8")
    (root / "decks" / "history").mkdir(exist_ok=True)
    (root / "decks" / "history" / f"{version}.json").write_text(ledgers.write(ledger), "utf-8")
    (root / "decks" / "history" / f"{version}.txt").write_text(
        update_text(project.deck, project.notes), "utf-8", newline=""
    )
    build(good(root, now + DAY), root / "out" / version, ("apkg", "update"))
    return root / "out" / version


@dataclass
class Import:
    """What Anki says it did with a package's notes."""

    new: int
    updated: int
    duplicate: int
    conflicting: int


class Learner:
    """A collection in the real Anki, with the import options of a fresh profile."""

    def __init__(self, folder: Path) -> None:
        from anki.collection import Collection

        folder.mkdir(parents=True, exist_ok=True)
        self.col = Collection(str(folder / "collection.anki2"))

    def import_package(self, path: Path) -> Import:
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        log = self.col.import_anki_package(request).log
        self.col.models._clear_cache()  # pylib keeps note types; the backend's import does not tell it
        return Import(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def import_text(self, path: Path) -> dict[str, int]:
        """Anki's text import as its dialog offers it for this file."""
        from anki.import_export_pb2 import ImportCsvRequest

        metadata = self.col.get_csv_metadata(str(path), None)
        log = self.col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
        self.col.models._clear_cache()
        names = ("new", "updated", "duplicate", "conflicting", "missing_notetype", "missing_deck", "empty_first_field")
        return {name: len(getattr(log, name)) for name in names if len(getattr(log, name))}

    def note(self, card_id: str):
        """The note of a card, by its guid."""
        (nid,) = self.col.db.list("select id from notes where guid like ?", f"%/{card_id}")
        return self.col.get_note(nid)

    def ids(self) -> list[str]:
        return sorted(guid.split("/")[1] for guid in self.col.db.list("select guid from notes"))

    def answer(self, count: int, rating: int = 2, deck: str = "Trial") -> list[str]:
        """Answer the deck's next cards (rating 0 again, 1 hard, 2 good, 3 easy); their card ids in order."""
        from anki.scheduler.v3 import CardAnswer

        self.col.decks.select(self.col.decks.id(deck))
        seen = []
        for _ in range(count):
            queued = self.col.sched.get_queued_cards(fetch_limit=1).cards[0]
            card = self.col.get_card(queued.card.id)
            card.start_timer()
            ratings = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)
            self.col.sched.answer_card(
                self.col.sched.build_answer(card=card, states=queued.states, rating=ratings[rating])
            )
            seen.append(card.note().guid.split("/")[1])
        return seen

    def progress(self) -> dict[tuple[str, int], tuple]:
        """By card id and number: deck, kind, queue, interval, repetitions, flags; and the reviews that were logged."""
        rows = self.col.db.all(
            "select n.guid, c.ord, d.name, c.type, c.queue, c.ivl, c.reps, c.flags,"
            " (select count() from revlog r where r.cid = c.id)"
            " from cards c join notes n on n.id = c.nid join decks d on d.id = c.did"
        )
        return {(guid.split("/")[1], ord_): tuple(rest) for guid, ord_, *rest in rows}

    def close(self) -> None:
        self.col.close()


@contextmanager
def learner(folder: Path):
    who = Learner(folder)
    try:
        yield who
    finally:
        who.close()


def assert_healthy(who: Learner, retired: frozenset[str] = frozenset()) -> None:
    """What Anki itself can find wrong with a collection; `retired` notes have no Anki cards, as measured."""
    col = who.col
    for nid in col.find_notes(""):
        note = col.get_note(nid)
        before = sorted(card.ord for card in note.cards())
        if note.guid.split("/")[1] in retired:
            continue
        assert before, f"{note.guid} has no Anki card"
        for card in note.cards():
            output = card.render_output()
            for side in (output.question_text, output.answer_text):
                for complaint in ("problem", "is blank", "has a problem", "card template has", "No cloze"):
                    assert complaint not in side.split("<style>")[0] or complaint in " ".join(note.fields), (
                        note.guid,
                        side,
                    )
        col.after_note_updates([nid], mark_modified=False, generate_cards=True)
        assert sorted(card.ord for card in col.get_note(nid).cards()) == before, (
            f"Anki wants other cards for {note.guid}"
        )
    media = col.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    empty = col.get_empty_cards()
    assert [list(entry.card_ids) for entry in empty.notes if entry.card_ids] == []
    if not retired:
        assert col.fix_integrity() == ("Database rebuilt and optimized.", True)
