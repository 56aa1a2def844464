"""The command line: arguments, printing, exit code."""

from __future__ import annotations

import gc
import io
import os
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from . import __version__
from . import load as loading
from .build import OUTPUTS, QUICK, BuildError, Output
from .build import build as write
from .build import steps as writing
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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """Compile YAML flashcards into Anki packages and study sheets.

    A card is a few lines in a file of cards/. `studydeck check` says what is wrong with it and where;
    `studydeck build` makes the files that learners import and print.

    Exit code: 0 when all is well, 1 when there are problems or nothing can be written, 2 when the command is wrong.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe on Windows may not know every letter
            stream.reconfigure(errors="replace")


@main.command()
@no_files
@project_option
@format_option
@strict_option
def check(root: Path, form: str, strict: bool) -> None:
    """Say what is wrong with the cards, and where. Writes nothing.

    An error stops a build; a review asks a human to look.
    """
    with _Bar(loading.steps(root)) as bar:
        loaded = _load(root, form, bar)
    sys.exit(_exit_code(loaded, strict))


@main.command()
@no_files
@project_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write. Default: decks/build in the project.",
)
@click.option("--only", type=click.Choice(OUTPUTS), multiple=True, help="Write this kind only; may be given again.")
@click.option("--pdf", is_flag=True, help="Write the PDFs too, which takes some seconds.")
@format_option
@strict_option
def build(root: Path, out: Path | None, only: tuple[str, ...], pdf: bool, form: str, strict: bool) -> None:
    """Check the cards and write what learners get.

    \b
    apkg        Anki packages, one for each edition
    update      the same cards as a text import, for learners who changed the note type
    sheet-md    the study sheet as Markdown
    sheet-html  the study sheet for browser and printer
    gallery     every card as Anki shows it, to look at in a browser
    pdf         what is printed, each part for A4 and Letter (only with --pdf)

    Nothing is written where there is an error, and every file appears whole or not at all.
    """
    kinds = (*(only or QUICK), "pdf") if pdf else only or QUICK
    with _Bar(loading.steps(root) + writing(kinds)) as bar:
        loaded = _load(root, form, bar)
        outputs: list[Output] = []
        if loaded.project:
            folder = out or root / "decks" / "build"
            if out is None and not folder.resolve().is_relative_to(root.resolve()):
                raise click.ClickException(f"{folder} is a link to a folder outside the project")
            try:
                outputs = write(loaded.project, folder, kinds, bar.step)
            except BuildError as e:
                bar.close()
                raise click.ClickException(str(e)) from None
            except OSError as e:
                bar.close()
                raise click.ClickException(
                    f"cannot write to {e.filename or folder}: {(e.strerror or str(e)).lower()}"
                ) from None
    if outputs and form == "text":
        _show(outputs)
    sys.exit(_exit_code(loaded, strict))


@main.command()
@no_files
@project_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8020, show_default=True, help="If it is taken, the next."
)
@click.option("--open/--no-open", "browse", default=True, help="Open the browser, or only print the address.")
def preview(root: Path, port: int, browse: bool) -> None:
    """Show the cards in a browser, and show them anew whenever a file changes.

    What is wrong with the files stands at the top of the page. Only this computer can see it. Ctrl-C ends it.
    """
    _is_project(root)
    now = _now()
    from . import preview as previewing  # late: only this command needs a server

    try:
        listening = previewing.listen(port)
    except OSError as e:
        raise click.ClickException(
            f"cannot listen on port {port} or one of the next: {(e.strerror or str(e)).lower()}"
        ) from None
    address = previewing.address(listening)
    click.echo(f"Preview: {address} (Ctrl-C ends it)")

    def tell(loaded: loading.Loaded) -> None:
        for problem in loaded.problems:
            click.echo(as_text(problem))
        click.echo(summary(loaded.problems, loaded.cards))

    previewing.serve(root, now, listening, tell, browse)
    click.echo("Ended.")


def _is_project(root: Path) -> None:
    if not (root / "cards").is_dir():
        where = "this folder" if root == Path() else str(root)
        raise click.UsageError(f"{where} holds no cards/: go to the project's folder, or name it with --project")


def _load(root: Path, form: str, bar: _Bar) -> loading.Loaded:
    _is_project(root)
    loaded = loading.load(root, _now(), bar.step)
    gc.freeze()  # it lives until we exit; walking it again and again took a sixth of a build of 30,000 cards
    bar.close()  # it comes back with the next step
    if form == "json":
        click.echo(as_json(loaded.problems))
        return loaded
    show = as_text if form == "text" else as_github
    for problem in loaded.problems:
        click.echo(show(problem))
    click.echo(summary(loaded.problems, loaded.cards), err=form == "github")
    return loaded


def _exit_code(loaded: loading.Loaded, strict: bool) -> int:
    return 1 if loaded.project is None or (strict and loaded.problems) else 0


def _now() -> int:
    """Read once a run. SOURCE_DATE_EPOCH makes a build of unreleased cards the same on every day."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if not value:
        return int(time.time())
    if not value.isdecimal() or int(value[:20]) not in EPOCHS:
        raise click.UsageError("SOURCE_DATE_EPOCH must be seconds since 1970, for a day between 1980 and 2100")
    return int(value)


def _show(outputs: list[Output]) -> None:
    lines = [
        (_relative(output.path), output.size, output.what, _counts(output)) for output in outputs if not output.of_print
    ]
    printed = [output for output in outputs if output.of_print]
    if printed:
        folder = _relative(printed[0].path.parent)
        lines.append((f"{folder}{os.sep}", sum(o.size for o in printed), f"{len(printed)} PDFs, A4 and Letter", ""))
    width = max(len(name) for name, *_ in lines)
    click.echo("\nWritten:")
    for name, size, what, counts in lines:
        click.echo(f"  {name:{width}}  {_size(size):>8}  {what}{counts}")
    packages = [name for name, *_ in lines if name.endswith(".apkg")]
    sheets = [name for name, *_ in lines if name.endswith("sheet.html")]
    if packages:
        click.echo(f"\nNext: open {packages[0]} with Anki (double-click, or File > Import) and study.")
    to_print = "To print" if packages else "\nNext: to print"
    if printed:
        click.echo(f"{to_print}, open a PDF in {folder}.")
    elif sheets:
        click.echo(f"{to_print}, open {sheets[0]} in a browser, or typeset PDFs: studydeck build --pdf.")


def _counts(output: Output) -> str:
    return f", {_count(output.cards, 'card')} = {_count(output.anki_cards, 'Anki card')}" if output.cards else ""


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _relative(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _size(size: int) -> str:
    return f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


class _Bar(AbstractContextManager["_Bar"]):
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
