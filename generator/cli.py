"""The command line: arguments, printing, exit code."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import click

from . import __version__
from . import load as loading
from .build import OUTPUTS, BuildError, Output
from .build import build as write
from .build import steps as writing
from .commands.changes import changes
from .commands.new import new
from .commands.preview import preview
from .commands.release import release
from .git import GitError
from .release import outside
from .terminal import (
    Bar,
    count,
    exit_code,
    format_option,
    load_project,
    no_files,
    project_option,
    read_project,
    relative,
    show_problems,
    size_in_words,
    strict_option,
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
@click.option(
    "--base",
    metavar="COMMIT",
    help="Also say where files that only a release writes differ from this commit or branch: for pull requests.",
)
@format_option
@strict_option
def check(root: Path, base: str | None, form: str, strict: bool) -> None:
    """Say what is wrong with the cards, and where. Writes nothing.

    An error stops a build; a review asks a human to look.
    """
    with Bar(loading.steps(root)) as bar:
        loaded = read_project(root, bar)
    if base is not None:
        try:
            loaded = loaded.with_errors(outside(root, base))
        except GitError as e:
            raise click.UsageError(str(e)) from None
    show_problems(loaded, form)
    sys.exit(exit_code(loaded, strict))


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
@format_option
@strict_option
def build(root: Path, out: Path | None, only: tuple[str, ...], form: str, strict: bool) -> None:
    """Check the cards and write what learners get.

    \b
    apkg        Anki packages, one for each edition
    update      the same cards as a text import, for learners who changed the note type
    sheet-md    the study sheet as Markdown
    sheet-html  the study sheet for browser and printer
    gallery     every card as Anki shows it, to look at in a browser
    pdf         what is printed, each part for A4 and Letter; takes longer than all the others

    Nothing is written where there is an error, and every file appears whole or not at all.
    """
    with Bar(loading.steps(root) + writing(only)) as bar:
        loaded = load_project(root, form, bar)
        outputs: list[Output] = []
        if loaded.project:
            folder = out or root / "decks" / "build"
            if out is None and not folder.resolve().is_relative_to(root.resolve()):
                raise click.ClickException(f"{folder} is a link to a folder outside the project")
            try:
                outputs = write(loaded.project, folder, only, bar.step)
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
    sys.exit(exit_code(loaded, strict))


def _show(outputs: list[Output]) -> None:
    lines = [
        (relative(output.path), output.size, output.what, _counts(output)) for output in outputs if not output.of_print
    ]
    printed = [output for output in outputs if output.of_print]
    if printed:
        folder = relative(printed[0].path.parent)
        lines.append((f"{folder}{os.sep}", sum(o.size for o in printed), f"{len(printed)} PDFs, A4 and Letter", ""))
    width = max(len(name) for name, *_ in lines)
    click.echo("\nWritten:")
    for name, size, what, counts in lines:
        click.echo(f"  {name:{width}}  {size_in_words(size):>8}  {what}{counts}")
    packages = [name for name, *_ in lines if name.endswith(".apkg")]
    sheets = [name for name, *_ in lines if name.endswith("sheet.html")]
    if packages:
        click.echo(f"\nNext: open {packages[0]} with Anki (double-click, or File > Import) and study.")
    to_print = "To print" if packages else "\nNext: to print"
    if printed:
        click.echo(f"{to_print}, open a PDF in {folder}.")
    elif sheets:
        click.echo(f"{to_print}, open {sheets[0]} in a browser.")


def _counts(output: Output) -> str:
    return f", {count(output.cards, 'card')} = {count(output.anki_cards, 'Anki card')}" if output.cards else ""


for command in (changes, new, preview, release):
    main.add_command(command)
