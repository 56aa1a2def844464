"""`studydeck preview`: a real process, which answers this machine alone and says what changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket

import pytest
from lab import write_project
from previewing import running
from watchfiles import Change

from generator.preview import HOST, Preview, listen

CARDS = "  - {id: origin, question: Where does the psoas arise?, answer: Lumbar spine, sources: gray1918}\n"
WORSE = CARDS.replace("answer:", "anwser:")
BETTER = CARDS.replace("Lumbar", "The lumbar")


@pytest.fixture
def root(tmp_path):
    return write_project(tmp_path / "project", {"muscle": CARDS})


def save(root, cards: str) -> None:
    """As editors do: into a file beside it, which then takes its place."""
    path = root / "cards" / "muscle.yaml"
    beside = path.with_name(".muscle.yaml.swp")
    beside.write_text(f"topic: muscle\ntitle: Muscle\ncards:\n{cards}", "utf-8")
    beside.replace(path)


def test_it_serves_the_gallery(root):
    with running(root) as preview:
        status, headers, page = preview.get("/")
        assert status == 200
        assert b"preview.js" in page
        assert b"connect-src 'self'" in page.replace(b"&#39;", b"'")
        assert headers["content-security-policy"] == "frame-ancestors 'none'"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers
        assert b"Lumbar spine" in preview.get("/cards.js")[2]


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("localhost:8020", 200), ("evil.test", 400), ("127.0.0.1.evil.test", 400), ("[::1]", 400), ("0.0.0.0", 400)],
)  # fmt: skip
def test_only_requests_for_this_machine_are_answered(shared, host, status):
    for path in ("/", "/cards.js", "/events") if status != 200 else ("/", "/cards.js"):
        assert shared.get(path, host=host)[0] == status, path


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with running(write_project(tmp_path_factory.mktemp("shared"), {"muscle": CARDS})) as found:
        yield found


@pytest.mark.parametrize(
    "path",
    [
        "/../decks/trial.yaml", "/%2e%2e/decks/trial.yaml", "/..%2fdecks/trial.yaml", "//etc/passwd", "/etc/passwd",
        "/cards/muscle.yaml", "/..\\decks\\trial.yaml", "/index.html/../../x", "/index.html%00.js", "/.",
    ],
)  # fmt: skip
def test_no_path_leads_to_a_file(shared, path):
    status, _, content = shared.get(path)
    assert (status, content) == (404, b"There is no such page.\n")


def test_nothing_can_be_sent_to_it(shared):
    assert {method: shared.get("/", method=method)[0] for method in ("POST", "PUT", "DELETE")} == {
        "POST": 405, "PUT": 405, "DELETE": 405,
    }  # fmt: skip


def test_a_change_is_told_and_so_is_what_is_wrong_and_that_it_is_mended(root):
    with running(root) as preview, preview.events() as events:
        first = next(events)
        assert (first["stale"], first["problems"], first["summary"]) == (False, [], "No problems in 1 card")
        save(root, BETTER)
        second = next(events)
        assert second["revisions"]["cards"] != first["revisions"]["cards"]
        assert second["revisions"]["page"] == first["revisions"]["page"]
        assert b"The lumbar spine" in preview.get("/cards.js")[2]
        save(root, WORSE)
        third = next(events)
        assert third["stale"]
        assert third["revisions"] == second["revisions"]
        assert third["problems"][0] == {
            "place": "cards/muscle.yaml:4:57", "severity": "error", "message": 'a card has no "anwser"',
            "excerpt": "- {id: origin, question: Where does the psoas arise?, anwser: Lumbar spine, sources: gray1918}\n" + " " * 54 + "^",
            "help": 'did you mean "answer"?',
        }  # fmt: skip
        assert b"The lumbar spine" in preview.get("/cards.js")[2]  # the last good one
        save(root, CARDS)
        fourth = next(events)
        assert (fourth["stale"], fourth["revisions"]) == (False, first["revisions"])


def test_templates_styles_and_the_deck_are_watched_too(root):
    with running(root) as preview, preview.events() as events:
        seen = [next(events)["revisions"]]
        for path, old, new in (
            ("decks/note_types/style.css", "line-height: 1.45", "line-height: 1.5"),
            ("decks/note_types/question/front.html", '<div class="question">', '<div class="question asked">'),
            ("decks/trial.yaml", "title: Trial deck", "title: Another title"),
        ):
            file = root / path
            text = file.read_text("utf-8")
            assert old in text
            file.write_text(text.replace(old, new), "utf-8")
            found = next(events)
            assert not found["stale"], path
            assert found["revisions"] != seen[-1], path
            seen.append(found["revisions"])


def test_a_save_without_a_change_is_no_news(root):
    with running(root) as preview, preview.events() as events:
        next(events)
        save(root, CARDS)
        (root / "cards" / "4913").write_text("", "utf-8")  # how vim tries a folder
        (root / "cards" / "4913").unlink()
        save(root, BETTER)
        assert not next(events)["stale"]
        assert b"The lumbar spine" in preview.get("/cards.js")[2]


def test_of_many_saves_the_last_one_stays(root):
    path = root / "cards" / "muscle.yaml"
    with running(root) as preview, preview.events() as events:
        next(events)
        for i in range(40):  # in place: for a moment the file is empty
            path.write_text(f"topic: muscle\ntitle: Muscle\ncards:\n{CARDS.replace('Lumbar', f'The {i}th')}", "utf-8")
        while (news := next(events))["stale"] or b"The 39th spine" not in preview.get("/cards.js")[2]:
            pass
        assert news["problems"] == []


def test_a_project_that_goes_is_told_and_so_is_its_return(root):
    with running(root) as preview, preview.events() as events:
        first = next(events)
        root.rename(root.with_name("away"))
        gone = next(events)
        while gone["problems"][0]["message"] != "the project's folder is gone":
            gone = next(events)
        assert gone["stale"]
        root.with_name("away").rename(root)
        back = next(events)
        while back["stale"]:
            back = next(events)
        assert back["revisions"] == first["revisions"]
        save(root, BETTER)
        assert next(events)["revisions"] != first["revisions"]


def test_a_folder_that_is_made_anew_is_watched_again(root):
    """As when a branch is changed and changed back."""
    with running(root) as preview, preview.events() as events:
        first = next(events)
        shutil.copytree(root / "cards", root / "kept")
        shutil.rmtree(root / "cards")
        while not next(events)["stale"]:
            pass
        (root / "kept").rename(root / "cards")
        while (news := next(events))["stale"]:
            pass
        assert news["revisions"] == first["revisions"]
        save(root, BETTER)
        assert next(events)["revisions"] != first["revisions"]


def test_a_project_that_was_never_good_has_a_page(tmp_path):
    root = write_project(tmp_path, {"muscle": WORSE})
    with running(root) as preview, preview.events() as events:
        news = next(events)
        assert (news["stale"], news["ever_good"]) == (True, False)
        assert preview.get("/")[0] == 200
        save(root, CARDS)
        assert next(events)["ever_good"]


def digests(root):
    return {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in root.rglob("*") if p.is_file()}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_it_at_once_with_code_0_and_nothing_written(root):
    before = digests(root)
    with running(root) as preview, preview.events() as events:
        next(events)
        assert preview.stop() == (0, "No problems in 1 card\nEnded.\n")
        assert list(events) == []
    assert digests(root) == before


def test_a_taken_port_is_left_to_its_owner(root):
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with running(root, "--port", str(port)) as preview:
            assert port < preview.port < port + 20


def test_it_listens_to_this_machine_alone():
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("cards/muscle.yaml", True), ("cards/figures/hip.png", True), ("cards/figures", True),
        ("decks/note_types/style.css", True), ("decks/ledger.json", True), ("cards/muscle.yml", True),
        ("cards/.muscle.yaml.swp", False), ("cards/muscle.yaml~", False), ("cards/.#muscle.yaml", False),
        ("decks/build/trial.html", False), ("README.md", False), ("cards/notes.docx", False), ("../cards/x.yaml", False),
    ],
)  # fmt: skip
def test_what_editors_and_builds_leave_does_not_count(tmp_path, path, matters):
    preview = Preview(tmp_path, 0, lambda _: None)
    assert preview.matters(Change.modified, str(preview.root / path)) is matters


def test_an_error_of_our_own_is_a_message_too(tmp_path, monkeypatch):
    def fails(*_):
        raise RuntimeError("a mistake")

    write_project(tmp_path, {"muscle": CARDS})
    monkeypatch.setattr("generator.preview.load", fails)
    said = []
    news = Preview(tmp_path, 0, said.append)._read()
    assert "studydeck itself failed (RuntimeError: a mistake)" in news
    assert len(said) == 1
