"""`studydeck new`"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import click

from .. import load as loading
from ..model import CERTAINTIES, LEVELS, Source
from ..new import Draft, InsertError, card_id, cited, form, insert, taken, topic_key, trial, write
from ..problem import as_text
from ..read import Files, good_items
from ..references import SOURCES
from ..terminal import Bar, project_option, read_project

ASKED = (  # on a terminal: field, what is asked, whether it may stay empty
    ("question", "Question", False),
    ("answer", "Answer", False),
    ("why", "Why is it so? (empty: leave out)", True),
    ("sources", "Sources, the best first (a key of sources.yaml, or a DOI)", False),
)
MAX_FORM = 100_000  # bytes


@click.command()
@click.argument("topic", required=False, metavar="TOPIC")
@project_option
@click.option("--question", help="What the card asks.")
@click.option("--answer", help="A word or a phrase.")
@click.option("--cloze", help="Instead of question and answer: a sentence with {{c1::gaps}}.")
@click.option("--why", help="The reason, in one to three short sentences.")
@click.option("--debate", help="Who says what, where the card is debated.")
@click.option("--source", "sources", multiple=True, help="A key of sources.yaml, or a DOI; may be given again.")
@click.option("--level", type=click.Choice(LEVELS), help="For whom it is. Default: standard.")
@click.option("--certainty", type=click.Choice(CERTAINTIES), help="How sure it is. Default: settled.")
@click.option("--id", "own_id", metavar="ID", help="Its id, for ever. Default: made of the question's words.")
@click.option("--after", metavar="ID", help="Put it behind this card. Default: at the end of the topic.")
@click.option(
    "--from", "file", type=click.File("rb"), help='Read the text of a "new card" issue; - reads what is piped in.'
)
def new(
    topic: str | None, root: Path, own_id: str | None, after: str | None, file: BinaryIO | None, **given: object
) -> None:
    """Add a card to a topic, with an id of its own.

    TOPIC is the name of a file in cards/. On a terminal, what is not given is asked for. Comments and all that stands
    around the card stay as they are, and nothing is written that `check` would call an error.
    """
    values = form(_text(file.read(MAX_FORM + 1))) if file else {}
    values |= {name: str(value) for name, value in given.items() if value and name != "sources"}
    if isinstance(given["sources"], tuple) and given["sources"]:
        values["sources"] = ", ".join(map(str, given["sources"]))
    with Bar(loading.steps(root)) as bar:
        before = read_project(root, bar)
    files = Files(root)
    name = _topic(files, topic or values.pop("topic", ""))
    values.pop("topic", None)
    document = files.document(SOURCES)
    known = good_items(document.data if document else None, "sources", Source)
    sources = {source.id: source for source in known}
    draft = _draft(sources, _asked(values, sources))
    id_ = own_id or card_id(draft, name, taken(files))
    path = f"cards/{name}.yaml"
    try:
        content, line = insert(path, files.content(path) or b"", draft, id_, after or "")
    except InsertError as e:
        raise click.ClickException(str(e)) from None
    found = trial(root, path, content, before.problems)
    for problem in found:
        click.echo(as_text(problem))
    text = "\n".join(draft.lines(id_, 2))
    if any(problem.severity == "error" for problem in found):
        click.echo(f"\n{_printable(text)}\n")
        raise click.ClickException(f"{path} stays as it is: say it another way, or mend this and put it there yourself")
    write(root / path, content)
    click.echo(f"{path}:{line}: a new card\n\n{_printable(text)}\n")
    click.echo(f'Next: read it there. Its id, "{id_}", is for ever once it is released: make it a better one now.')
    sys.exit(0)


def _text(content: bytes) -> str:
    if len(content) > MAX_FORM:
        raise click.UsageError("the file of --from is longer than any card")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError("the file of --from is not UTF-8 text") from None


def _topic(files: Files, name: str) -> str:
    if not name:
        raise click.UsageError(f"name a topic, which is a file of cards/ without its ending: {topic_key(files, '')[1]}")
    key, help_ = topic_key(files, name)
    if not key:
        raise click.UsageError(f'there is no topic "{_printable(name[:60])}"; {help_}')
    return key


def _asked(values: dict[str, str], sources: Mapping[str, Source]) -> dict[str, str]:
    """With what a person at the terminal answers; without one, what is missing is wrong usage."""
    if values.get("cloze") and (values.get("question") or values.get("answer")):
        raise click.UsageError("a card has a question and an answer, or it has a cloze: not both")
    missing = [(name, label) for name, label, _ in ASKED if not values.get(name)]
    if values.get("cloze"):
        missing = [one for one in missing if one[0] not in ("question", "answer")]
    if sys.stdin.isatty():
        for name, label in missing:
            default = "" if name == "why" else None
            known = _known(sources) if name == "sources" else str.strip
            values[name] = click.prompt(label, default=default, show_default=False, value_proc=known)
        return values
    needed = [f"--{name.removesuffix('s')}" for name, _ in missing if name != "why"]
    if needed:
        raise click.UsageError(f"a card needs {' and '.join(needed)} (or --cloze for a sentence with gaps)")
    return values


def _known(sources: Mapping[str, Source]) -> Callable[[str], str]:
    """Asks again where a source is not known: what was typed before is not lost."""

    def known(text: str) -> str:
        if unknown := cited(text, sources).unknown:
            raise click.UsageError("\n".join(map(_printable, unknown)) + "\n(Ctrl-C ends it)")
        return text

    return known


def _draft(sources: Mapping[str, Source], values: dict[str, str]) -> Draft:
    found = cited(values.pop("sources"), sources)
    draft = replace(Draft(), sources=found.keys, **{name: text for name, text in values.items() if text})
    if found.unknown or not found.keys:
        reasons = found.unknown or ("no source is named",)
        click.echo("The card so far:\n\n" + _printable("\n".join(draft.lines("its-id", 2))) + "\n", err=True)
        raise click.ClickException(
            "nothing is written yet, for its sources; name known ones with --source\n"
            + "\n".join(f"- {_printable(r)}" for r in reasons)
        )
    if draft.level not in LEVELS or draft.certainty not in CERTAINTIES:
        raise click.UsageError(f"level is one of {', '.join(LEVELS)}; certainty is one of {', '.join(CERTAINTIES)}")
    return draft


def _printable(text: str) -> str:
    """What a stranger wrote may hold signs that a terminal obeys."""
    return "".join(char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text)
