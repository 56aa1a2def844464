"""The update stories and the real deck under the Ankis that we promise, each in an environment of its own.

The oldest and the newest on every run; with --every-anki, as before a release, also those where an import changed.
"""

from __future__ import annotations

import os
import subprocess

import pytest
from environments import REPO, product_needs, python_with

pytestmark = pytest.mark.gate

STORIES = ("tests/test_update_story.py", "tests/test_in_anki.py", "tests/test_next_update.py")
ALWAYS = {"the oldest we support": "anki==23.12.1", "the newest": "anki"}
BETWEEN = {
    "the last that stamps updated notes with the import's time": "anki==24.11",
    "the oldest that our own tests allow": "anki==25.9.2",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    ankis = ALWAYS | (BETWEEN if metafunc.config.getoption("--every-anki") else {})
    metafunc.parametrize("anki", ankis.values(), ids=ankis)


def test_the_update_story_holds_under(anki: str, capsys: pytest.CaptureFixture[str]) -> None:
    python = python_with(anki, "pytest>=8", *product_needs())
    command = [str(python), "-m", "pytest", "-p", "no:cacheprovider", "-m", "not gate", *STORIES]
    environment = os.environ | {"PYTHONPATH": str(REPO), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        command, cwd=REPO, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    found = subprocess.run(
        [str(python), "-c", "import anki.buildinfo as b; print(b.version)"], capture_output=True, text=True, check=True
    )
    summary = done.stdout.strip().rpartition("\n")[2]
    with capsys.disabled():
        print(f"\nAnki {found.stdout.strip()}: {summary}")
    assert done.returncode == 0, done.stdout
    assert "passed" in summary
    assert "skipped" not in summary
