"""What stands in .github fits the program: the release workflow what a release writes, the forms what `new` reads."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from lab import REPO
from test_release import FIRST, released, run, tree

from generator.model import CERTAINTIES
from generator.new import form

GITHUB = REPO / ".github"
TOOLS = ("bash", "jq", "awk", "sha256sum")
GH = """#!/bin/sh
for last; do case $last in --notes-file=*) cp "${last#*=}" "$SAID/notes.md" ;; */*) cp "$last" "$SAID" ;; esac; done
printf '%s\\n' "$@" > "$SAID/arguments"
"""


def load(path: str):
    return yaml.safe_load((GITHUB / path).read_text("utf-8"))


def publish(root: Path, tmp_path: Path, tag: str) -> subprocess.CompletedProcess[str]:
    """Runs the steps of the release workflow as a runner would, with a `gh` that only keeps what it is given."""
    said, programs = tmp_path / "said", tmp_path / "programs"
    said.mkdir()
    programs.mkdir()
    (programs / "gh").write_text(GH)
    (programs / "gh").chmod(0o755)
    env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "GITHUB_REF_NAME": tag, "SAID": str(said)}
    (job,) = load("workflows/release.yml")["jobs"].values()
    for step in job["steps"]:
        if "run" in step:
            where = root / step.get("working-directory", ".")
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]], cwd=where, env=env, capture_output=True, text=True, check=False
            )
            if done.returncode:
                break
    return done


needs_tools = pytest.mark.skipif(
    os.name == "nt" or not all(map(shutil.which, TOOLS)), reason="a runner of GitHub has these programs"
)


@needs_tools
def test_the_release_workflow_attaches_what_a_release_wrote(tmp_path):
    root = released(tmp_path / "project")
    log = root / "CHANGELOG.md"
    log.write_text(log.read_text("utf-8") + "\nGood.\n\n## 0.9.0 – before\n\nOld.\n", "utf-8")
    done = publish(root, tmp_path, "v1.0.0")
    assert done.returncode == 0, done.stderr
    said = tree(tmp_path / "said")
    arguments = said.pop("arguments").decode().split("\n")
    assert arguments[:4] == ["release", "create", "v1.0.0", "--verify-tag"]
    notes = said.pop("notes.md").decode()
    assert notes.strip() == (
        "- all cards: 3 cards = 4 Anki cards\n- the essential cards: 1 card = 1 Anki card\n\nGood."
    ), "the section of this release, without its heading"
    published = tree(root / "decks" / "published")
    left = {"SHA256SUMS", "ankiweb.md", "trial-study-sheet.md"}
    assert {name for name in published if name.rpartition("/")[2] not in said} == left - {"SHA256SUMS"}
    sums = dict(reversed(line.split("  ")) for line in said.pop("SHA256SUMS").decode().splitlines())
    assert sums.keys() == said.keys(), "they hold where all files lie in one folder"
    by_name = {name.rpartition("/")[2]: content for name, content in published.items()}
    assert said == {name: by_name[name] for name in said}


@needs_tools
@pytest.mark.parametrize("tag", ["v1.0.1", "v1.0.00", "vx"])
def test_the_release_workflow_refuses_a_tag_that_is_no_release(tmp_path, tag):
    root = tmp_path / "project"
    (root / "decks").mkdir(parents=True)
    (root / "decks" / "ledger.json").write_text('{"release": "1.0.0"}')
    assert publish(root, tmp_path, tag).returncode
    assert tree(tmp_path / "said") == {}


def fields(name: str) -> list[dict]:
    return [field for field in load(f"ISSUE_TEMPLATE/{name}.yml")["body"] if field["type"] != "markdown"]


def filled(given: dict[str, str]) -> str:
    """The text of an issue, as GitHub makes it of a form."""
    parts = []
    for field in fields("new-card"):
        default = field["attributes"].get("options", ["_No response_"])[0]
        parts.append(f"### {field['attributes']['label']}\n\n{given.get(field['id'], default)}")
    return "\n\n".join(parts) + "\n"


def test_what_is_typed_into_the_form_of_a_new_card_is_read():
    given = {field["id"]: f"the {field['id']}" for field in fields("new-card") if field["type"] != "dropdown"}
    found = form(filled(given))
    thanks = given.pop("credit")
    given["sources"] = given.pop("source")
    assert found == {**given, "certainty": "settled"}
    assert not [text for text in found.values() if thanks in text], "whom to name is no part of a card"
    only = {"question": "Which?", "answer": "This", "source": "gray1918"}
    assert form(filled(only)) == {"question": "Which?", "answer": "This", "sources": "gray1918", "certainty": "settled"}


def test_the_form_offers_what_a_card_may_say():
    (choice,) = [field for field in fields("new-card") if field["type"] == "dropdown"]
    assert tuple(choice["attributes"]["options"]) == tuple(CERTAINTIES)


def test_a_filled_in_form_becomes_a_card(tmp_path):
    root = released(tmp_path / "project", cards=FIRST)
    (tmp_path / "form.txt").write_text(
        filled({"topic": "Muscle", "question": "Which artery feeds it?", "answer": "Iliolumbar", "source": "gray1918"}),
        "utf-8",
    )
    said = run("new", "--from", tmp_path / "form.txt", "--project", root)
    assert "cards/muscle.yaml:" in said
    assert "\n    question: |\n      Which artery feeds it?\n    answer: |\n      Iliolumbar\n    level:" in said


def test_no_workflow_runs_what_nobody_pinned_or_holds_more_rights_than_it_needs():
    for path in sorted((GITHUB / "workflows").glob("*.yml")):
        workflow = load(f"workflows/{path.name}")
        assert workflow["permissions"] == {}
        assert "pull_request_target" not in workflow[True], "`on`, as YAML 1.1 reads it"
        for job in workflow["jobs"].values():
            used = [step["uses"] for step in job["steps"] if "uses" in step]
            assert [use for use in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", use)] == []
            assert job["timeout-minutes"]


def test_what_the_contributors_guide_links_to_is_there():
    text = (REPO / "CONTRIBUTING.md").read_text("utf-8")
    for name in re.findall(r"template=([\w.-]+)", text):
        assert (GITHUB / "ISSUE_TEMPLATE" / name).is_file()
    for path in re.findall(r"\]\((?!https?:|\.\./|#)([^)#]+)", text):
        assert (REPO / path).exists(), path
