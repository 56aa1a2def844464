"""What all commands share: options, loading with a progress bar, problems on the screen, counts in words."""

from __future__ import annotations

import gc
import os
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from . import load as loading
from .problem import as_github, as_json, as_text, summary

EPOCHS = range(315_532_800, 4_102_444_800)  # 1980 to 2100: what zip files and Anki's ids can hold

project_option = click.option(
    "--project",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    metavar="DIR",
    help="The project's folder, with cards/ and decks/ in it. Default: the current folder.",
)


def _no_files(context: click.Context, parameter: click.Parameter, files: tuple[str, ...]) -> None:
    if files:
        help_ = f"to look at another project, name its folder: --project {files[0]}" if Path(files[0]).is_dir() else ""
        message = (
            f"{files[0]} cannot be named: this always looks at the whole project, where one file depends on the others"
        )
        raise click.UsageError(f"{message}\n{help_}".rstrip(), context)


no_files = click.argument("files", nargs=-1, metavar="", callback=_no_files, expose_value=False)
strict_option = click.option("--strict", is_flag=True, help="Exit with 1 also where something is only to be reviewed.")
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="How problems are shown: for people, as GitHub annotations, or as JSON.",
)


def load_project(root: Path, form: str, bar: Bar) -> loading.Loaded:
    """The project, with its problems shown."""
    loaded = read_project(root, bar)
    show_problems(loaded, form)
    return loaded


def is_project(root: Path) -> None:
    """Wrong usage where it is none."""
    if not (root / "cards").is_dir():
        where = "this folder" if root == Path() else str(root)
        raise click.UsageError(f"{where} holds no cards/: go to the project's folder, or name it with --project")


def read_project(root: Path, bar: Bar, accept_tool_change: bool = False) -> loading.Loaded:
    is_project(root)
    loaded = loading.load(root, now(), bar.step, accept_tool_change)
    gc.freeze()  # it lives until we exit; walking it again and again took a sixth of a build of 30,000 cards
    bar.close()  # it comes back with the next step
    return loaded


def show_problems(loaded: loading.Loaded, form: str = "text") -> None:
    if form == "json":
        click.echo(as_json(loaded.problems))
        return
    show = as_text if form == "text" else as_github
    for problem in loaded.problems:
        click.echo(show(problem))
    click.echo(summary(loaded.problems, loaded.cards), err=form == "github")


def exit_code(loaded: loading.Loaded, strict: bool) -> int:
    return 1 if loaded.project is None or (strict and loaded.problems) else 0


def now() -> int:
    """Read once a run. SOURCE_DATE_EPOCH makes a build of unreleased cards the same on every day."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if not value:
        return int(time.time())
    if not value.isdecimal() or int(value[:20]) not in EPOCHS:
        raise click.UsageError("SOURCE_DATE_EPOCH must be seconds since 1970, for a day between 1980 and 2100")
    return int(value)


def count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def relative(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def size_in_words(size: int) -> str:
    return f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


class Bar(AbstractContextManager["Bar"]):
    """A progress bar that shows itself once the work has taken a second, and never in a pipe."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.begun = time.monotonic()
        self.done = 0
        self.bar: Any = None

    def step(self) -> None:
        self.done += 1
        if self.bar is not None:
            self.bar.update(1)
        elif time.monotonic() - self.begun > 1 and sys.stderr.isatty():
            self.bar = click.progressbar(length=self.length, label="Compiling", file=sys.stderr)
            self.bar.__enter__()
            self.bar.update(self.done)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
