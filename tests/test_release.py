"""A release: what it refuses, what it writes, that it writes all or nothing, and who else may touch its files."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from lab import DAY, NOW, assert_healthy, learner, write_project

from generator.cli import main
from generator.load import load
from generator.release import put
from generator.version import least, order

FIRST = """\
  - {id: origin, question: Where does it arise?, answer: Lumbar spine, level: core, sources: gray1918}
  - {id: nerve, cloze: "Nerve: {{c1::femoral}}; roots: {{c2::L2}}", sources: gray1918}
  - {id: bursa, question: Which bursa?, answer: Iliopectineal, sources: gray1918}
"""
FIXED = FIRST.replace("Lumbar spine", "T12 to L5")
LARGER = FIXED + "  - {id: artery, question: Which artery?, answer: Iliolumbar, sources: gray1918}\n"
OTHER_FACT = FIRST.replace("Which bursa?, answer: Iliopectineal", "What hurts?, answer: The groin")
RETIRED = FIXED.replace("Iliopectineal,", "Iliopectineal, retired: Asked twice.,")


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x", "--allow-empty")


def run(*arguments: object, now: int = NOW, code: int = 0) -> str:
    env = {"SOURCE_DATE_EPOCH": str(now), "GIT_CONFIG_NOSYSTEM": "1"}
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], env=env)
    assert result.exit_code == code, result.output
    return result.output.replace(os.sep, "/")


def tree(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def new_project(root: Path, cards: str = FIRST) -> Path:
    """A project in git, before its first release."""
    write_project(root, {"muscle": cards}, "0.1.0")
    (root / ".gitignore").write_text("/decks/.releasing-*/\n/decks/build/\n")
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


def released(root: Path, version: str = "1.0.0", cards: str = FIRST, now: int = NOW) -> Path:
    """A project right after the commit of its first release."""
    run("release", version, "--yes", "--project", new_project(root, cards), now=now)
    commit(root)
    git(root, "tag", "-a", f"v{version}", "-m", "x")
    return root


def edit(root: Path, cards: str, version: str = "1.0.0") -> Path:
    write_project(root, {"muscle": cards}, version)
    commit(root)
    return root


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Path:
    """Only to look at, or to clone."""
    return released(tmp_path_factory.mktemp("first"))


@pytest.fixture
def root(first, tmp_path) -> Path:
    git(tmp_path, "clone", "-q", str(first), str(tmp_path / "clone"))
    return tmp_path / "clone"


def test_a_release_writes_what_learners_get(first):
    names = {name for name in tree(first) if not name.startswith(("cards/", "decks/note_types/", "."))}
    printed = {name for name in names if name.startswith("decks/published/print/")}
    assert names - printed - {"decks/trial.yaml"} == {
        "CHANGELOG.md", "decks/ledger.json", "decks/history/1.0.0.txt", "decks/history/1.0.0.json",
        "decks/published/SHA256SUMS", "decks/published/ankiweb.md", "decks/published/trial.apkg",
        "decks/published/trial-core.apkg", "decks/published/trial-update.txt", "decks/published/trial-core-update.txt",
        "decks/published/trial-study-sheet.md", "decks/published/trial-study-sheet.html",
    }  # fmt: skip
    parts = {name.rpartition("/")[2].removeprefix("trial-").rpartition("-")[0] for name in printed}
    assert {"study-sheet", "self-test-core", "cards-core"} <= parts
    assert not {"self-test", "cards"} & parts, "what few people print is left to a build"
    assert load(first, NOW + DAY).project, "it passes the check"
    assert tree(first)["decks/history/1.0.0.txt"] == tree(first)["decks/published/trial-update.txt"]


def test_the_checksums_are_those_of_all_published_files(first):
    folder = first / "decks" / "published"
    lines = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {name: content for name, content in tree(folder).items() if name != "SHA256SUMS"}
    assert lines == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_a_dry_run_writes_nothing_and_says_all(tmp_path):
    root = new_project(tmp_path)
    before = tree(root)
    said = run("release", "1.0.0", "--project", root)
    assert tree(root) == before
    assert "Nothing is released yet. A first release would hold:" in said
    assert "Release 1.0.0 would be written:\n  CHANGELOG.md\n  decks/trial.yaml\n  decks/ledger.json\n" in said
    assert said.endswith("Nothing is written yet. To write it: studydeck release 1.0.0 --yes\n")


def test_a_release_says_which_version_is_the_least(root):
    said = run("release", "1.2.0", "--project", edit(root, LARGER))
    assert "\nThe least version is 1.1.0, for it brings new cards.\n" in said


def test_a_changelog_that_is_no_file_is_said_and_nothing_written(tmp_path):
    root = new_project(tmp_path)
    (root / "CHANGELOG.md").mkdir()
    before = tree(root)
    assert "CHANGELOG.md:1:1: error[not-a-file]: this is not a file" in run(
        "release", "1.0.0", "--yes", "--project", root, code=1
    )
    assert tree(root) == before
    assert not list((root / "decks").glob(".releasing-*"))


def test_a_release_says_what_to_commit_and_tag_and_does_neither(tmp_path):
    root = new_project(tmp_path)
    head = git(root, "rev-parse", "HEAD")
    said = run("release", "1.0.0", "--yes", "--project", root)
    assert git(root, "rev-parse", "HEAD") == head
    assert git(root, "tag") == ""
    lines = [line.strip() for line in said.splitlines() if line.startswith("  git ")]
    assert [line.split(" ")[1] for line in lines] == ["add", "commit", "tag", "push"]
    git(root, *lines[0].split(" ")[1:])
    git(root, "commit", "-qm", "Release 1.0.0")
    assert git(root, "status", "--porcelain") == "", "what it says to add is all that it wrote"


def test_the_same_tree_at_the_same_time_gives_the_same_release(first, tmp_path):
    again = released(tmp_path)
    assert tree(again) == tree(first)


def test_the_version_is_set_and_nothing_else_in_the_deck_file(tmp_path):
    root = new_project(tmp_path)
    path = root / "decks" / "trial.yaml"
    text = path.read_text("utf-8").replace("version: 0.1.0", 'version:  "0.1.0"   # set by a release')
    path.write_bytes(text.replace("\n", "\r\n").encode())
    commit(root)
    run("release", "1.0.0", "--yes", "--project", root)
    assert path.read_bytes() == text.replace("0.1.0", "1.0.0").replace("\n", "\r\n").encode()


def test_a_version_that_cannot_be_set_is_said_and_nothing_written(tmp_path):
    root = new_project(tmp_path)
    path = root / "decks" / "trial.yaml"
    path.write_text(path.read_text("utf-8").replace("version:", '"version":'), "utf-8")
    commit(root)
    before = tree(root)
    said = run("release", "1.0.0", "--yes", "--project", root, code=1)
    assert said.endswith("Error: cannot set the version: write it on a line of its own in decks/trial.yaml\n")
    assert tree(root) == before


REFUSED = [
    (FIXED, "1.0.0", "1.0.0 is not after 1.0.0, the last release"),
    (FIXED, "0.9.0", "0.9.0 is not after 1.0.0, the last release"),
    (FIXED, "1.1", '"1.1" is no version: write three numbers, such as 1.0.0'),
    (FIXED, "01.1.0", '"01.1.0" is no version: write three numbers, such as 1.0.0'),
    (FIXED, "1.0.\uff11", '"1.0.\uff11" is no version: write three numbers, such as 1.0.0'),
    (FIXED, "v1.0.1", '"v1.0.1" is no version: write three numbers, such as 1.0.0'),
    (FIXED, "1.0.1-rc.1", '"1.0.1-rc.1" is no version: write three numbers, such as 1.0.0'),
    (LARGER, "1.0.1", "1.0.1 is too low after 1.0.0, for it brings new cards: the least is 1.1.0"),
    (OTHER_FACT, "1.1.0", "1.1.0 is too low after 1.0.0, for learners lose progress on bursa: the least is 2.0.0"),
]


@pytest.mark.parametrize(("cards", "version", "why"), REFUSED)
def test_a_version_says_what_happens_to_learners(root, cards, version, why):
    said = run("release", version, "--project", edit(root, cards), code=1)
    assert said.endswith(f"Error: {version} cannot be released\n  - {why}\n")


@pytest.mark.parametrize(
    ("last", "kind", "lowest"),
    [
        ("1.2.3", "major", "2.0.0"), ("1.2.3", "minor", "1.3.0"), ("1.2.3", "patch", "1.2.4"),
        ("0.9.1", "major", "0.10.0"), ("0.9.1", "minor", "0.10.0"), ("0.9.1", "patch", "0.9.2"),
        ("1.0.0-rc.1", "major", "1.0.0"),
    ],
)  # fmt: skip
def test_before_1_0_0_the_second_number_stands_for_both_of_the_first(last, kind, lowest):
    assert least(last, kind) == lowest
    assert order(last) < order(lowest)


def test_versions_are_ordered_as_numbers():
    assert sorted(["1.10.0", "1.9.0", "1.10.0-rc.1"], key=order) == ["1.9.0", "1.10.0-rc.1", "1.10.0"]


def test_what_is_not_committed_is_refused(root):
    (root / "cards" / "notes.txt").write_text("mine")
    said = run("release", "1.0.1", "--project", root, code=1)
    assert "1 file not committed (cards/notes.txt): commit them, or take them back" in said


def test_a_tag_that_is_there_is_refused(root):
    git(edit(root, FIXED), "tag", "v1.0.1")
    assert "there is a tag v1.0.1 already: take the next version" in run("release", "1.0.1", "--project", root, code=1)


def test_a_project_without_git_is_told_so(tmp_path):
    said = run("release", "1.0.0", "--project", write_project(tmp_path, {"muscle": FIRST}), code=1)
    assert "this project is not kept in git, and this needs it: run `git init`" in said


def test_errors_and_broken_promises_are_refused(root):
    gone = FIRST[: FIRST.index("  - {id: bursa")]
    said = run("release", "1.0.1", "--project", edit(root, gone), code=1)
    assert 'error[released-card-gone]: released card "bursa" is gone' in said
    assert said.endswith("Error: there is no release of cards with errors\n")


def test_a_change_of_the_tool_is_released_only_if_told(root):
    ledger = root / "decks" / "ledger.json"
    ledger.write_text(ledger.read_text("utf-8").replace('"hash": "', '"hash": "0'), "utf-8")
    commit(root)
    assert "error[tool-changed]: 3 released cards would" in run("release", "1.0.1", "--project", root, code=1)
    said = run("release", "1.0.1", "--accept-tool-change", "--project", root)
    assert "  Edits: nobody changed 3 of these cards; the tool renders them anew\n" in said


NOTE = "# News of the deck\n\nHand-made.\n\n## Unreleased\n\nThe spine is right now. `<b>`\n\n## 1.0.0 – long ago\n\nMine.\n"


def test_the_changelog_gets_a_section_and_keeps_what_was_written(root):
    (root / "CHANGELOG.md").write_text(NOTE, "utf-8")
    run("release", "1.1.0", "--yes", "--project", edit(root, RETIRED + LARGER[len(FIXED) :]), now=NOW + DAY)
    assert (root / "CHANGELOG.md").read_text("utf-8") == (
        "# News of the deck\n\nHand-made.\n\n## 1.1.0 – 2025-06-16\n\n"
        "- To update, import `trial.apkg` or `trial-core.apkg` as you did before. Your progress stays.\n"
        "- What you edited or tagged on the cards named below is replaced; `tag:trial::changed::1.1.0` finds them. Where "
        "you have notes of your own there, keep a copy, or import the update text first.\n"
        "- To remove retired cards, search `tag:trial::retired` in Anki's browser and delete what it finds.\n\n"
        "The spine is right now. `<b>`\n\n"
        "### Added: 1 card\n\n- `artery` (Muscle, standard)\n  - Question: Which artery?\n  - Answer: Iliolumbar\n"
        "  - Sources: 1. Anatomy of the Human Body. 1918.\n\n"
        "### Changed: 1 card\n\n- `origin` (Muscle, core)\n  - Question: Where does it arise?\n"
        "  - Answer: ~~Lumbar spine~~ **T12 to L5**\n\n"
        "### Retired: 1 card\n\n- `bursa` (Muscle, standard)\n  - Question: Which bursa?\n  - Answer: Iliopectineal\n"
        "  - Retired: **Asked twice.**\n\n## 1.0.0 – long ago\n\nMine.\n"
    )


def test_the_first_changelog_says_what_the_deck_holds(first):
    assert (first / "CHANGELOG.md").read_text("utf-8") == (
        "# Changes\n\nWhat each release of the deck brings to those who study it. "
        "[How to update](decks/README.md#import-and-update).\n\n## 1.0.0 – 2025-06-15\n\n"
        "- all cards: 3 cards = 4 Anki cards\n- the essential cards: 1 card = 1 Anki card\n"
    )


def test_the_listing_for_ankiweb_is_simple_markdown(first):
    assert (first / "decks" / "published" / "ankiweb.md").read_text("utf-8") == (
        "Title: Trial deck\nTags: trial\nDescription:\n\nA deck for tests.\n\n**Version 1.0.0**\n\n"
        "- all cards: 3 cards = 4 Anki cards\n- the essential cards: 1 card = 1 Anki card\n\n**Topics**\n\n- Muscle: 3 cards\n\n"
        "**For learning only**\n\nFor tests only.\n\n**Licence: CC BY 4.0**\n\n"
        "Share it. https://creativecommons.org/licenses/by/4.0/\n"
    )


def test_learners_get_what_the_ledger_says(root, tmp_path):
    """The real Anki: progress stays, the fix arrives with its tag, the retired card says why, the new one comes."""
    old = (root / "decks" / "published" / "trial.apkg").read_bytes()
    (tmp_path / "old.apkg").write_bytes(old)
    run("release", "1.1.0", "--yes", "--project", edit(root, RETIRED + LARGER[len(FIXED) :]), now=NOW + DAY)
    with learner(tmp_path / "learner") as who:
        who.import_package(tmp_path / "old.apkg")
        who.answer(2)
        who.col.db.execute("update notes set mod = ?", NOW)
        before = who.progress()
        found = who.import_package(root / "decks" / "published" / "trial.apkg")
        assert (found.new, found.updated, found.duplicate, found.conflicting) == (1, 2, 1, 0)
        assert {key: who.progress()[key] for key in before} == before
        assert "trial::changed::1.1.0" in who.note("origin").tags
        assert who.note("bursa")["Retired"] == "Asked twice."
        assert_healthy(who, frozenset(("bursa",)))


def test_the_files_of_the_last_release_give_way(root):
    stray = root / "decks" / "published" / "old-name.pdf"
    stray.write_bytes(b"x")
    run("release", "1.0.1", "--yes", "--project", edit(root, FIXED), now=NOW + DAY)
    assert not stray.exists()
    assert (root / "decks" / "history" / "1.0.0.txt").exists()
    assert not list((root / "decks").glob(".releasing-*"))


@pytest.mark.parametrize("interruption", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("at", range(1, 13))
def test_a_release_that_is_stopped_leaves_the_tree_as_it_was(tmp_path, monkeypatch, at, interruption):
    """Stopped before and after each move."""
    root, new, old = (tmp_path / name for name in ("root", "new", "old"))
    for folder, text in ((root, "old"), (new, "new")):
        (folder / "published" / "print").mkdir(parents=True)
        (folder / "published" / "print" / "a.pdf").write_text(text)
        (folder / "ledger.json").write_text(text)
    (new / "history").mkdir()
    (new / "history" / "2.txt").write_text("new")
    (new / "CHANGES.md").write_text("new")
    before = tree(root)
    real, moves = Path.replace, []

    def stops(self, target):
        moves.append(target)
        if at % 2 and len(moves) == at // 2 + 1:
            raise interruption
        done = real(self, target)
        if not at % 2 and len(moves) == at // 2:
            raise interruption
        return done

    monkeypatch.setattr(Path, "replace", stops)
    with pytest.raises(interruption):
        put(("ledger.json", "published", "history/2.txt", "CHANGES.md"), new, root, old)
    assert tree(root) == before


def check(root: Path, code: int) -> str:
    return run("check", "--base", "origin/main", "--project", root, code=code)


def test_a_pull_request_for_cards_touches_no_file_of_a_release(root):
    git(root, "switch", "-qc", "topic")
    edit(root, FIXED)
    assert "outside-release" not in check(root, 0)


@pytest.mark.parametrize(
    "name", ["decks/ledger.json", "decks/history/1.0.0.txt", "decks/published/trial.apkg", "decks/published/new.txt"]
)
@pytest.mark.parametrize("committed", [True, False])
def test_a_file_of_a_release_is_not_touched_outside_one(root, name, committed):
    path = root / name
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    if committed:
        commit(root)
    said = check(root, 1)
    assert f"{name}:1:1: error[outside-release]: only a release writes this file\n" in said
    assert "  help: take it back with `git checkout origin/main -- decks/`" in said
    assert "::error file=" in run("check", "--base", "origin/main", "--format", "github", "--project", root, code=1)


def test_a_pull_request_that_is_a_release_may_touch_them(root):
    run("release", "1.0.1", "--yes", "--project", edit(root, FIXED), now=NOW + DAY)
    assert "outside-release" not in check(root, 0)
    commit(root)
    assert "outside-release" not in check(root, 0)


def test_a_release_may_not_rewrite_history_or_bring_other_files(root):
    run("release", "1.0.1", "--yes", "--project", edit(root, FIXED), now=NOW + DAY)
    with (root / "decks" / "history" / "1.0.0.txt").open("a") as file:
        file.write("#\n")
    (root / "decks" / "published" / "trial.apkg").write_bytes(b"another")
    (root / "decks" / "history" / "1.0.1.json").unlink()
    commit(root)
    said = check(root, 1)
    assert (
        "decks/history/1.0.0.txt:1:1: error[outside-release]: release 1.0.1 may not change another release's history"
        in said
    )
    assert "decks/history/1.0.1.json:1:1: error[outside-release]: the release lacks this file" in said
    assert "decks/published/SHA256SUMS:1:1: error[outside-release]: these are not the files of release 1.0.1" in said


def test_checksums_that_are_no_text_are_a_problem_and_no_traceback(root):
    (root / "decks" / "published" / "SHA256SUMS").write_bytes(b"\xff\n")
    ledger = root / "decks" / "ledger.json"
    ledger.write_text(ledger.read_text("utf-8").replace('"release": "1.0.0"', '"release": "1.0.1"'), "utf-8")
    assert "these are not the files of release 1.0.1" in check(root, 1)


def test_the_first_release_is_one(tmp_path):
    root = new_project(tmp_path)
    git(root, "switch", "-qc", "release")
    run("release", "1.0.0", "--yes", "--project", root)
    commit(root)
    assert "outside-release" not in run("check", "--base", "main", "--project", root)


@pytest.mark.parametrize("base", ["nowhere", "--output=x", ""])
def test_a_base_that_git_does_not_know_is_wrong_usage(root, base):
    assert f'there is no commit or branch "{base}" here' in run("check", "--base", base, "--project", root, code=2)
    assert not (root / "x").exists()
