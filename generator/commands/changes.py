"""`studydeck changes`"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .. import changes as comparing
from .. import load as loading
from ..commit import at_commit
from ..git import GitError
from ..history import History, earlier, history, releases
from ..problem import as_json, as_text
from ..read import Files
from ..terminal import Bar, no_files, project_option, read_project, show_problems


@click.command()
@no_files
@project_option
@click.option("--since", metavar="RELEASE", help="Compare with this release. Default: the last one.")
@click.option(
    "--base",
    metavar="COMMIT",
    help="Compare with this commit or branch instead, where the present one left it: for pull requests.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="For people, for a pull request or changelog, or for programs.",
)
def changes(root: Path, since: str | None, base: str | None, form: str) -> None:
    """Say what learners would see change since a release, or by the work on a branch.

    Cards are compared word by word; then come counts, and whose progress or edits are at risk. Words that are gone stand in [-brackets-], words that have come in {+braces+}. Writes nothing.
    """
    if since is not None and base is not None:
        raise click.UsageError("changes are counted from a release or from a commit: --since or --base, not both")
    with Bar(loading.steps(root)) as bar:
        loaded = read_project(root, bar, accept_tool_change=True)
    if loaded.project is None:
        if form == "json":
            click.echo(json.dumps({"problems": json.loads(as_json(loaded.problems))}, ensure_ascii=False, indent=2))
        else:
            fence = form == "markdown"
            click.echo("~~~~~~~~text\n" if fence else "", nl=False)
            show_problems(loaded)
            click.echo("~~~~~~~~\n\n" if fence else "", nl=False)
            click.echo("What learners would see cannot be said before the errors are mended.")
        sys.exit(1)
    now = loaded.project
    then = _release(root, since) if base is None else _commit(now, base)
    found = comparing.compare(now.deck, now.notes, now.ledger, then, base or "")
    if form == "json":
        click.echo(comparing.as_json(found))
    else:
        click.echo(comparing.as_text(found, comparing.MARKDOWN if form == "markdown" else comparing.TEXT))


def _commit(project: loading.Project, base: str) -> History:
    try:
        return at_commit(project.root, base, project.now)
    except GitError as e:
        raise click.UsageError(str(e)) from None


def _release(root: Path, since: str | None) -> History:
    files = Files(root)
    known = releases(files)
    if since and since not in known:
        there = f"released are {', '.join(known)}" if known else "nothing is released yet"
        raise click.UsageError(f"there is no release {since}; {there}")
    then = history(files) if since in (None, known[-1] if known else None) else earlier(files, since)
    if files.problems:
        raise click.ClickException("\n".join(map(as_text, files.located({}))))
    return then
