"""`studydeck preview`"""

from __future__ import annotations

from pathlib import Path

import click

from .. import load as loading
from ..problem import as_text, summary
from ..terminal import is_project, no_files, now, project_option


@click.command()
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
    is_project(root)
    started = now()
    from .. import preview as previewing  # late: only this command needs a server

    try:
        listening = previewing.listen(port)
    except OSError as e:
        raise click.ClickException(
            f"cannot listen on port {port} or one of the next: {(e.strerror or str(e)).lower()}"
        ) from None
    click.echo(f"Preview: {previewing.address(listening)} (Ctrl-C ends it)")
    previewing.serve(root, started, listening, _tell, browse)
    click.echo("Ended.")


def _tell(loaded: loading.Loaded) -> None:
    for problem in loaded.problems:
        click.echo(as_text(problem))
    click.echo(summary(loaded.problems, loaded.cards))
