"""Virtual environments with other versions of Anki, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

REPO = Path(__file__).parent.parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "studydeck" / "gates"
READY = "ready"  # a file in an environment that is complete


class NotInstallableError(Exception):
    """pip could not install what a gate needs; the message has its last lines."""


def product_needs() -> list[str]:
    """What pyproject.toml says that the generator needs."""
    declared = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))
    return list(declared["project"]["dependencies"])


def python_with(*requirements: str) -> Path:
    """The Python of an environment with exactly these; made once. One without a version becomes the newest every time."""
    key = hashlib.sha256("\n".join((sys.version, *requirements)).encode()).hexdigest()[:12]
    folder = CACHE / f"{requirements[0].replace('==', '-').replace('[qt6]', '')}-{key}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / READY).exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run(requirements[0], [sys.executable, "-m", "venv", str(folder)])
        _install(python, requirements)
        (folder / READY).touch()
    elif "=" not in requirements[0]:
        _install(python, ["--upgrade", requirements[0]])
    return python


def _install(python: Path, arguments: tuple[str, ...] | list[str]) -> None:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    _run(arguments[-1] if arguments[0] == "--upgrade" else arguments[0], command)


def _run(what: str, command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-5:])
        version = ".".join(map(str, sys.version_info[:2]))
        raise NotInstallableError(
            f"cannot install {what} for Python {version}: this gate needs a package index that has it, and venv\n{last}"
        )
