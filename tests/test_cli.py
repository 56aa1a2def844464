"""The command line: exit codes, formats, what it prints, and that it explains itself."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner
from lab import NOW, REPO, write_project

from generator.cli import main
from generator.write.pdf import PARTS
from generator.write.trim import PAPERS

GOOD = """\
  - {id: origin, question: Whence arises psoas?, answer: Lumbar spine, level: core, sources: gray1918}
  - {id: roots, cloze: "The roots are {{c1::L2}} and {{c2::L4}}.", sources: gray1918}
"""
BAD = "  - {id: origin, question: Q?, anwser: A, sources: gray1918}\n"


def run(*args: object, env: dict[str, str] | None = None):
    return CliRunner().invoke(main, [str(arg) for arg in args], env={"SOURCE_DATE_EPOCH": str(NOW), **(env or {})})


def test_check_says_that_all_is_well(tmp_path):
    result = run("check", "--project", write_project(tmp_path, {"a": GOOD}))
    assert (result.exit_code, result.output) == (0, "No problems in 2 cards\n")


def test_check_writes_nothing(tmp_path):
    root = write_project(tmp_path, {"a": GOOD})
    before = sorted(root.rglob("*"))
    run("check", "--project", root)
    assert sorted(root.rglob("*")) == before


def test_a_problem_is_shown_with_its_line_and_help(tmp_path):
    result = run("check", "--project", write_project(tmp_path, {"a": BAD}))
    assert result.exit_code == 1
    assert result.output == (
        'cards/a.yaml:4:32: error[unknown-key]: a card has no "anwser"\n'
        "      - {id: origin, question: Q?, anwser: A, sources: gray1918}\n"
        "                                   ^\n"
        '  help: did you mean "answer"?\n'
        "1 error in 0 cards\n"
    )


def test_github_gets_annotations(tmp_path):
    result = run("check", "--format", "github", "--project", write_project(tmp_path, {"a": BAD}))
    assert result.exit_code == 1
    assert (
        '::error file=cards/a.yaml,line=4,col=32,title=unknown-key::a card has no "anwser"%0Ahelp: did you mean "answer"?\n'
        in result.output
    )


def test_json_is_one_list(tmp_path):
    result = run("check", "--format", "json", "--project", write_project(tmp_path, {"a": BAD}))
    found = json.loads(result.stdout)
    assert {"path", "line", "column", "severity", "code", "message", "help"} == set(found[0])
    assert result.exit_code == 1
    good = run("check", "--format", "json", "--project", write_project(tmp_path, {"a": GOOD}))
    assert json.loads(good.stdout) == []


# Without figures, summary table and red flags there is no summary page and no worksheet.
PRINTED = sorted(
    f"trial-{part.name}-{paper}.pdf" for part in PARTS for paper in PAPERS if part.name not in ("summary", "worksheets")
)


def test_strict_stops_at_a_review(tmp_path):
    root = write_project(tmp_path, {"a": "  - {id: one, question: Q?, answer: A, sources: web}\n"})
    assert run("check", "--project", root).exit_code == 0
    assert run("check", "--strict", "--project", root).exit_code == 1


def test_build_says_what_it_wrote_and_what_to_do_next(tmp_path, monkeypatch):
    monkeypatch.chdir(write_project(tmp_path, {"a": GOOD}))
    result = run("build")
    assert result.exit_code == 0
    assert re.sub(r" +[\d,.]+ [kM]B", " N kB", result.output).replace(os.sep, "/") == (
        "No problems in 2 cards\n\nWritten:\n"
        "  decks/build/trial.apkg N kB  Anki package, all cards, 2 cards = 3 Anki cards\n"
        "  decks/build/trial-core.apkg N kB  Anki package, the essential cards, 1 card = 1 Anki card\n"
        "  decks/build/trial-update.txt N kB  for changed note types, 2 cards = 3 Anki cards\n"
        "  decks/build/trial-core-update.txt N kB  for changed note types, 1 card = 1 Anki card\n"
        "  decks/build/trial-study-sheet.md N kB  study sheet as Markdown\n"
        "  decks/build/trial-study-sheet.html N kB  study sheet for browser and printer\n"
        "  decks/build/gallery/index.html N kB  gallery: every card as Anki shows it\n"
        f"  decks/build/print/ N kB  {len(PRINTED)} PDFs, A4 and Letter\n"
        "\nNext: open decks/build/trial.apkg with Anki (double-click, or File > Import) and study.\n"
        "To print, open a PDF in decks/build/print.\n"
    )


def test_build_writes_nothing_where_there_is_an_error(tmp_path):
    root = write_project(tmp_path, {"a": BAD})
    assert run("build", "--project", root).exit_code == 1
    assert not (root / "decks" / "build").exists()


@pytest.mark.parametrize(
    ("only", "names"),
    [
        ("apkg", ["trial-core.apkg", "trial.apkg"]),
        ("update", ["trial-core-update.txt", "trial-update.txt"]),
        ("sheet-md", ["trial-study-sheet.md"]),
        ("sheet-html", ["trial-study-sheet.html"]),
        ("gallery", ["cards.js", "figures.js", "gallery.css", "gallery.js", "index.html"]),
        ("pdf", PRINTED),
    ],
)
def test_only_and_out_choose(tmp_path, only, names):
    root = write_project(tmp_path / "project", {"a": GOOD})
    run("build", "--project", root, "--only", only, "--out", tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").rglob("*.*")) == names


@pytest.mark.parametrize(
    "args",
    [
        ["check", "--project", "nowhere"],
        ["check", "--format", "xml"],
        ["build", "--only", "epub"],
        ["frobnicate"],
        ["check", "extra"],
    ],
)
def test_wrong_usage_exits_with_2(args):
    result = run(*args)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["check", "build", "preview"])
def test_naming_a_file_is_answered_in_plain_words(tmp_path, command):
    result = run(command, "cards/actions.yaml")
    assert result.exit_code == 2
    assert "cards/actions.yaml cannot be named: this always looks at the whole project" in result.output
    assert f"--project {tmp_path}" in run(command, tmp_path).output


@pytest.mark.parametrize("command", ["check", "build", "preview"])
def test_a_folder_without_cards_is_wrong_usage(tmp_path, command):
    result = run(command, "--project", tmp_path)
    assert result.exit_code == 2
    assert "holds no cards/: go to the project's folder, or name it with --project" in result.output


@pytest.mark.parametrize("value", ["yesterday", "0", "-1", "9" * 30, "1e9"])
def test_a_wrong_source_date_epoch_is_wrong_usage(tmp_path, value):
    root = write_project(tmp_path, {"a": GOOD})
    result = run("check", "--project", root, env={"SOURCE_DATE_EPOCH": value})
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH must be seconds since 1970" in result.output


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    root = write_project(tmp_path / "project", {"a": GOOD})
    (tmp_path / "file").write_text("")
    result = run("build", "--project", root, "--out", tmp_path / "file" / "below")
    assert result.exit_code == 1
    assert result.output.startswith("No problems in 2 cards\nError: cannot write to ")


@pytest.mark.skipif(os.name == "nt", reason="making a link needs a right on Windows")
def test_a_build_folder_that_leads_out_of_the_project_is_not_written_to(tmp_path):
    root = write_project(tmp_path / "project", {"a": GOOD})
    (tmp_path / "elsewhere").mkdir()
    (root / "decks" / "build").symlink_to(tmp_path / "elsewhere")
    assert "is a link to a folder outside the project" in run("build", "--project", root).output
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("command", [main, *main.commands.values()], ids=lambda command: command.name)
def test_every_command_and_option_explains_itself(command):
    assert command.help
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


def test_a_pipe_that_cannot_show_a_letter_gets_another(tmp_path):
    root = write_project(tmp_path, {"a": "  - {id: origin, question: Q?, ansωer: A, sources: gray1918}\n"})
    command = [sys.executable, "-m", "generator", "check", "--project", str(root)]
    env = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False, env=env)
    assert (done.returncode, done.stderr) == (1, "")
    assert 'a card has no "ans?er"' in done.stdout


def test_it_runs_as_a_module_too(tmp_path):
    root = write_project(tmp_path, {"a": GOOD})
    command = [sys.executable, "-m", "generator", "check", "--project", str(root)]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)
    assert done.stdout == "No problems in 2 cards\n"


SLOW = """
import sys, time
from generator import cli, load
real = load.notes
def slow(deck, step):
    time.sleep(1.1)
    return real(deck, step)
load.notes = slow
cli.main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no pseudo-terminal on Windows")
def test_a_progress_bar_shows_only_on_a_terminal_and_only_when_it_takes_long(tmp_path):
    root = write_project(tmp_path, {"a": GOOD})
    for code, shown in ((SLOW, True), ("import sys; from generator import cli; cli.main(sys.argv[1:])", False)):
        command = [sys.executable, "-c", code, "build", "--only", "apkg", "--project", str(root)]
        assert "Compiling" in on_terminal(command) if shown else "Compiling" not in on_terminal(command)
        piped = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)
        assert "Compiling" not in piped.stdout + piped.stderr


def on_terminal(command: list[str]) -> str:
    """What a person at a terminal sees."""
    import pty  # not on Windows

    main_end, terminal = pty.openpty()
    process = subprocess.Popen(command, cwd=REPO, stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    seen = b""
    while True:
        try:
            part = os.read(main_end, 4096)
        except OSError:  # Linux says so at the end
            break
        if not part:
            break
        seen += part
    process.wait()
    os.close(main_end)
    return seen.decode(errors="replace")
