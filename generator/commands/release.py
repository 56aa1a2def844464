"""`studydeck release`"""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from .. import changes as comparing
from .. import load as loading
from ..build import BuildError
from ..build import steps as writing
from ..history import history
from ..read import Files
from ..release import KINDS, Made, ReleaseError, make, needed, put, refusals
from ..terminal import Bar, count, project_option, read_project, show_problems, size_in_words

MAKING = ".releasing-"


@click.command()
@click.argument("version", metavar="X.Y.Z")
@project_option
@click.option("--yes", is_flag=True, help="Write the release. Without it everything is tried, and nothing is written.")
@click.option(
    "--accept-tool-change",
    is_flag=True,
    help="Release cards that nobody changed and the tool renders anew, though learners' edits of them are replaced.",
)
def release(version: str, root: Path, yes: bool, accept_tool_change: bool) -> None:
    """Make a release: the files that learners get, and what they are promised.

    It writes the ledger, the history, a draft of the changelog, and decks/published. Learners who update must not lose what they have: so there must be no errors, no broken promises and nothing that is
    not committed, and the version must say what happens to them. From 1.0.0 on the first number grows where learners
    lose progress (a card asks another fact), the second where new cards come, the third for all else; before 1.0.0 the
    second stands for both.

    All is written or nothing. What to commit and tag is shown, and left to you.
    """
    with ExitStack() as stack:
        bar = stack.enter_context(Bar(loading.steps(root) + writing(KINDS)))
        loaded = read_project(root, bar, accept_tool_change)
        show_problems(loaded)
        if loaded.project is None:
            raise click.ClickException("there is no release of cards with errors")
        project = loaded.project
        found = comparing.compare(project.deck, project.notes, project.ledger, history(Files(root)))
        if reasons := refusals(root, version, found):
            raise click.ClickException(
                f"{version} cannot be released\n" + "\n".join(f"  - {reason}" for reason in reasons)
            )
        try:
            inside = root / "decks" if yes else None
            for left in (root / "decks").glob(f"{MAKING}*") if yes else ():  # of a release that was killed
                shutil.rmtree(left, ignore_errors=True)
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=MAKING, dir=inside)))
            made = make(project, version, found, folder / "new", bar.step)
            bar.close()
            if yes:
                put(made.names, made.folder, root, folder / "old")
        except (BuildError, ReleaseError) as e:
            bar.close()
            raise click.ClickException(str(e)) from None
        except OSError as e:
            bar.close()
            where = e.filename or root / "decks"
            raise click.ClickException(f"cannot write to {where}: {(e.strerror or str(e)).lower()}") from None
        click.echo(f"\n{comparing.as_text(found)}\n")
        if found.since:
            click.echo("The least version is {}, for {}.\n".format(*needed(found)))
        _show(made, version, yes)
    sys.exit(0)


def _show(made: Made, version: str, yes: bool) -> None:
    sizes = [output.size for output in made.outputs]
    click.echo(f"{'Written' if yes else f'Release {version} would be written'}:")
    for name in made.names[:-1]:
        click.echo(f"  {name}")
    published = f"{count(len(sizes), 'file')}, {size_in_words(sum(sizes))}"
    click.echo(f"  {made.names[-1]}/: {published}, with images, checksums and the text for AnkiWeb")
    if not yes:
        click.echo(f"\nNothing is written yet. To write it: studydeck release {version} --yes")
        return
    click.echo("\nNext: read CHANGELOG.md and put it into your own words. Then, in the project's folder:\n")
    click.echo(f"  git add {' '.join(made.names)}")
    click.echo(f'  git commit -m "Release {version}"')
    click.echo(f'  git tag -a v{version} -m "Release {version}"')
    click.echo("  git push --follow-tags")
