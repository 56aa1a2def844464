"""Anki's real desktop without a screen, driven from inside by the add-on in in_anki/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from environments import python_with

AQT = "26.9.3"
PARTS = Path(__file__).parent / "in_anki"
LIMIT = 120  # seconds


def study(package: Path, base: Path, pictures: Path, **job: Any) -> dict[str, Any]:
    """Import the package and answer cards; what was seen. `base` is Anki's own folder; `job` is the add-on's."""
    python = python_with(f"aqt[qt6]=={AQT}")
    base.mkdir(parents=True)
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",  # needed where the user is root
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "LC_ALL": "C.UTF-8",
    }
    environment.pop("PYTHONPATH", None)
    _run([str(python), str(PARTS / "first_start.py"), str(base), "Learner"], environment)
    addon = base / "addons21" / "learner"
    addon.mkdir(parents=True)
    shutil.copy(PARTS / "addon.py", addon / "__init__.py")
    (addon / "job.json").write_text(json.dumps(job | {"package": str(package), "pictures": str(pictures)}), "utf-8")
    said = _run(
        [str(python), "-c", "import aqt; aqt.run()", "-b", str(base), "-p", "Learner", "-l", "en_US"], environment
    )
    seen = addon / "seen.json"
    assert seen.exists(), f"Anki ended without a word from the add-on:\n{said}"
    found: dict[str, Any] = json.loads(seen.read_text("utf-8"))
    return found


def _run(command: list[str], environment: dict[str, str]) -> str:
    """Run it to its end; a missing system library is the usual reason for another one."""
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as e:
        said = (e.stdout or b"")[-2000:]
        raise AssertionError(f"Anki's desktop did not end within {LIMIT} s:\n{said!r}") from e
    missing = "cannot open shared object file" in done.stdout or "could not connect to display" in done.stdout
    hint = "run .ci/install-desktop; " if missing else ""
    assert done.returncode == 0, f"{hint}Anki's desktop ended with {done.returncode}:\n{done.stdout[-2000:]}"
    return done.stdout
