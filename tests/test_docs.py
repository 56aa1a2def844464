"""The pages for people stay true: commands exist, counts and messages are what the program says, links arrive."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from lab import NOW, REPO

from generator.cli import main
from generator.clocks import edition
from generator.lint import CODES
from generator.load import load
from generator.model import LEVELS
from generator.problem import as_text

PAGES = [
    REPO / "README.md",
    REPO / "CONTRIBUTING.md",
    *(REPO / "cards").glob("*.md"),
    *(REPO / "decks").glob("*.md"),
    *(REPO / "benchmarks").glob("*.md"),
]
README = (REPO / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def project():
    return load(REPO, NOW).project


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPO).as_posix())
def test_every_link_in_a_page_arrives(page: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        path, _, anchor = target.partition("#")
        if "://" in target or "`" in target:
            continue
        file = (page.parent / path) if path else page
        if Path(os.path.normpath(file)).name in ("issues", "releases") or "/issues/" in path:
            continue  # pages beside the files, on GitHub
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.M)
            assert anchor in [h.lower().replace(" ", "-") for h in headings], target


def test_every_command_of_the_readme_exists():
    blocks = re.findall(r"```sh\n(.*?)```", README, re.S)
    words = [shlex.split(line) for block in blocks for line in block.splitlines()]
    used = [w[w.index("studydeck") + 1 :] for w in words if "studydeck" in w]
    assert used
    assert all(args[0] in main.commands for args in used)
    for command in re.findall(r"`studydeck ([^`]+)`", README):
        name, *rest = command.split()
        assert name in main.commands
        assert CliRunner().invoke(main, [name, *rest, "--help"]).exit_code == 0


def test_the_readme_counts_what_the_editions_hold(project):
    for row, name in (("core", "core"), ("all", "full")):
        notes = edition(project.notes, name, project.deck.shape.editions[name], project.ledger)
        anki = sum(len(note.ords) for note in notes)
        assert f"| {row} | {len(notes)} | {anki} | {-(-anki // 20)} days |" in README


def test_the_readme_shows_what_a_build_says():
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build"], cwd=REPO, capture_output=True, text=True, check=True
    )
    said = re.sub(r" +[\d,.]+ [kM]B", " N kB", done.stdout.replace("\\", "/").partition("\n\nNext:")[0])
    (shown,) = re.findall(r"```text\n(No problems.*?)\n```", README, re.S)
    assert re.sub(r" +[\d,.]+ [kM]B", " N kB", shown) == said


def test_the_page_for_learners_counts_the_cards_of_each_topic(project):
    page = (REPO / "decks" / "README.md").read_text("utf-8")
    for topic in project.deck.topics:
        levels = [sum(card.level == level for card in topic.cards) for level in LEVELS]
        assert f"| {topic.title} | {' | '.join(map(str, levels))} | {sum(levels)} |" in page


@pytest.mark.parametrize("page", [REPO / "README.md", REPO / "cards" / "README.md"], ids=["README", "cards"])
def test_what_a_page_shows_as_a_good_card_is_one(page, tmp_path):
    """Copied into a topic as it stands, with an id that no card has."""
    shutil.copytree(REPO / "cards", tmp_path / "cards")
    shutil.copytree(REPO / "decks", tmp_path / "decks", ignore=shutil.ignore_patterns("build"))
    blocks = re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.S)
    topic = tmp_path / "cards" / "actions.yaml"
    topic.write_text(f"{topic.read_text('utf-8')}\n{blocks[0]}", "utf-8")
    sources = tmp_path / "cards" / "sources.yaml"
    for block in blocks:
        if "kind:" in block:
            sources.write_text(f"{sources.read_text('utf-8')}\n{block}", "utf-8")
    problems = load(tmp_path, NOW).problems
    assert [
        as_text(p) for p in problems if p.code not in ("same-question", "near-duplicate")
    ] == []  # its fact is one of ours


def test_the_page_for_contributors_names_every_field():
    from generator.model import KINDS

    page = (REPO / "cards" / "README.md").read_text("utf-8")
    fields = {name for shape in KINDS.values() for name in shape.model_fields}
    assert {name for name in fields if f"`{name}" not in page} == set()


def test_the_searches_for_learners_find_cards(project, tmp_path):
    from lab import learner

    from generator.build import build

    build(project, tmp_path / "out", ("apkg",))
    page = (REPO / "decks" / "README.md").read_text("utf-8")
    searches = re.findall(r"^\| `(-?tag:[^`]+)` \|", page, re.M)
    assert searches
    with learner(tmp_path / "learner") as who:
        who.import_package(tmp_path / "out" / "iliopsoas.apkg")
        foreign = who.col.new_note(who.col.models.by_name("Basic"))
        foreign["Front"] = "of another deck"
        who.col.add_note(foreign, 1)
        assert [search for search in searches if foreign.id in who.col.find_notes(search)] == []
        assert {search: len(who.col.find_notes(search)) > 0 for search in searches} == dict.fromkeys(searches, True)


def test_the_page_for_contributors_lists_every_rule(update_golden):
    """Made from the first words of each rule; `pytest --update-golden` writes them."""
    page = REPO / "cards" / "README.md"
    lines = []
    for code in CODES:
        module = import_module(f"generator.lint.{code.replace('-', '_')}")
        finds = " ".join(module.__doc__.partition("\n\n")[0].split()).removeprefix("Allow ").removesuffix(".")
        lines.append(f"| `{code}`{'*' if 'Reads English' in module.check.__doc__ else ''} | {finds} |\n")
    head = "| rule | finds |\n| --- | --- |\n"
    text = page.read_text("utf-8")
    before, _, after = text.partition(head)
    if update_golden:
        page.write_text(f"{before}{head}{''.join(lines)}\n{after.partition(chr(10) * 2)[2]}", "utf-8")
    assert head + "".join(lines) + "\n" in page.read_text("utf-8")


def test_what_git_runs_before_a_commit_exists():
    own = yaml.safe_load((REPO / ".pre-commit-config.yaml").read_text("utf-8"))
    page = (REPO / "cards" / "README.md").read_text("utf-8")
    (shown,) = [yaml.safe_load(b) for b in re.findall(r"```yaml\n(.*?)```", page, re.S) if "pass_filenames" in b]
    for config in (own, shown):
        (hook,) = config["repos"][0]["hooks"]
        words = shlex.split(hook["entry"])
        assert words[words.index("studydeck") + 1] in main.commands
        assert re.search(hook["files"], "cards/actions.yaml")


def test_every_command_of_the_contributors_guide_exists():
    """Also those that only a maintainer uses."""
    page = (REPO / "CONTRIBUTING.md").read_text("utf-8")
    used = re.findall(r"studydeck ([a-z]+)([^\n`#|]*)", page)
    assert {name for name, _ in used} >= {"preview", "new", "check", "changes", "release"}
    for name, options in used:
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert {word for word in options.split() if word.startswith("--")} <= known
