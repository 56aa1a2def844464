"""The study sheet as Markdown, pleasant as plain text and on a code host.

Links are references, `[1.3]` to a card and `[7b]` to a source; their targets stand at the end, so the text stays text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from textwrap import indent

from ..markup import plain, to_markdown
from ..sheet import Cell, CitedSource, Entry, Picture, Reference, Sheet


def sheet_markdown(sheet: Sheet) -> str:
    """Blocks with one empty line between them. The only HTML is `<a id>` and what card text may hold."""
    return "\n\n".join(_blocks(sheet)) + "\n"


def _blocks(sheet: Sheet) -> Iterator[str]:
    yield f"# {_text(sheet.title)}"
    yield f"Study sheet, version {_text(sheet.version)}: {sheet.counts}."
    yield _text(sheet.description)
    if sheet.head_picture:
        yield from _figure(sheet.head_picture, sheet.folder)
    yield f"> {_safety(sheet)}"
    sections = list(_sections(sheet))
    yield "## Contents"
    yield "\n".join(f"- [{title}](#{anchor})" for anchor, title, _ in sections)
    for anchor, title, blocks in sections:
        yield f'## {title} <a id="{anchor}"></a>'
        yield from blocks
    yield "\n".join(_targets(sheet))


def _sections(sheet: Sheet) -> Iterator[tuple[str, str, list[str]]]:
    """Anchor, title and blocks. Card ids hold no underscore, so no card has the anchor of a section."""
    if sheet.rows:
        rows = [[_cell(cell) for cell in row] for row in sheet.rows]
        table = _table([_text(column) for column in sheet.columns], [[f"**{row[0]}**", *row[1:]] for row in rows])
        yield "_summary", "Summary", ["The numbers lead to the cards that teach a cell.", table]
    if sheet.red_flags:
        yield "_red-flags", "Red flags", ["\n".join(_red_flag(entry) for entry in sheet.red_flags)]
    for topic in sheet.topics:
        blocks = [block for entry in topic.entries for block in _card(entry, sheet)]
        yield f"_topic-{topic.key}", f"{topic.number} {_text(topic.title)}", blocks
    if sheet.debated:
        blocks = [block for entry in sheet.debated for block in _debated(entry)]
        yield "_debated", "Debated points", ["What the cards give as the answer, and who sees it otherwise.", *blocks]
    if sheet.weak:
        header = "Often repeated, poorly supported, or known from a single report."
        table = _table(["Claim", "What is known", "Sources"], [_weak(entry) for entry in sheet.weak])
        yield "_weak", "Claims with weak evidence", [header, table]
    if sheet.terms or sheet.abbreviations:
        yield "_glossary", "Glossary", list(_glossary(sheet))
    yield "_sources", "Sources", ["\n".join(_source(source) for source in sheet.sources)]
    licence = sheet.licence
    terms = f"[{_text(licence.name)}]({licence.url}). {_text(licence.text)}"
    yield "_licence", "Licence and safety", [terms, _safety(sheet)]


def _safety(sheet: Sheet) -> str:
    return f"**Safety.** {_text(sheet.safety)}"


def _figure(picture: Picture, folder: str) -> Iterator[str]:
    yield f"![{_text(picture.alt)}]({folder}/{picture.name})"
    key = f"Numbers: {_text(picture.key)}. " if picture.key else ""
    yield f"{_title(picture)}. {key}{_text(picture.credit)} {_references(picture.references)}"


def _title(picture: Picture) -> str:
    return f"Figure {picture.number}: {_text(picture.title)}"


def _card(entry: Entry, sheet: Sheet) -> Iterator[str]:
    first, *rest = _asked(entry)
    yield f'<a id="{entry.id}"></a>\n{first}'
    yield from rest
    if answer := to_markdown(entry.answer) or ", ".join(map(_text, entry.labels)):
        yield _quote(answer)
    if entry.picture:
        if entry.picture_here and entry.picture != sheet.head_picture:
            yield from _figure(entry.picture, sheet.folder)
        else:
            yield f"[{_title(entry.picture)}]({sheet.folder}/{entry.picture.name})"
    parts = (("Also right", entry.accept), ("Caution", entry.caution), ("Memory aid", entry.hook), ("Why", entry.why))
    lines = [_part(label, text) for label, text in parts if text]
    if marks := list(_marks(entry)):
        lines.insert(0, f"- {', '.join(marks)}")
    core = " (core)" if entry.core else ""
    foot = f"- Card `{entry.id}`{core}, sources {_references(entry.references)}"
    if entry.reverse_question:
        if lines:
            yield "\n".join(lines)
        yield f"The other way round: {_bold(to_markdown(entry.reverse_question))}"
        yield _quote(to_markdown(entry.reverse_answer))
        yield foot
    else:
        yield "\n".join([*lines, foot])


def _asked(entry: Entry) -> list[str]:
    """What is asked, with the card's number before it."""
    question = to_markdown(entry.question)
    blocks = [to_markdown(entry.vignette), _bold(question), to_markdown(entry.statement)]
    blocks = [block for block in blocks if block]
    if not blocks or _is_structured(blocks[0]):
        return [f"**{entry.number}**", *blocks]
    if not entry.vignette and blocks[0] != question and question:
        return [_bold(f"{entry.number} {question}"), *blocks[1:]]
    return [f"**{entry.number}** {blocks[0]}", *blocks[1:]]


def _marks(entry: Entry) -> Iterator[str]:
    if entry.red_flag:
        yield "**Red flag**"
    if entry.certainty == "weak":
        yield "[Weak evidence](#_weak)"
    elif entry.debate:
        yield f"[Debated](#_debated-{entry.id})"


def _part(label: str, html: str) -> str:
    text = to_markdown(html)
    return f"- {label}:\n\n{indent(text, '  ')}" if _is_structured(text) else f"- {label}: {text}"


def _is_structured(text: str) -> bool:
    """Whether Markdown holds more than one paragraph: paragraphs that look like lists or tables come escaped."""
    return "\n" in text or text.startswith(("- ", "1. ", "|"))


def _red_flag(entry: Entry) -> str:
    caution = f" Caution: {_line(entry.caution)}" if entry.caution else ""
    return f"- [{entry.number}] {_asked_and_answered(entry)}{caution}"


def _asked_and_answered(entry: Entry) -> str:
    asked = " ".join(_line(html) for html in (entry.vignette, entry.question, entry.statement) if html)
    answer = _line(entry.answer) or ", ".join(map(_text, entry.labels))
    return f"{asked} → {answer}".strip() if answer else asked


def _debated(entry: Entry) -> Iterator[str]:
    asked = [_line(entry.vignette), _bold(_line(entry.question)), _line(entry.statement), _line(entry.answer)]
    yield f'<a id="_debated-{entry.id}"></a>\n[{entry.number}] ' + " ".join(filter(None, asked))
    yield to_markdown(entry.debate)
    yield f"Sources {_references(entry.references)}"


def _weak(entry: Entry) -> list[str]:
    known = "<br>".join(_line(html) for html in (entry.why, entry.debate) if html)
    return [f"[{entry.number}] {_asked_and_answered(entry)}", known, _references(entry.references)]


def _glossary(sheet: Sheet) -> Iterator[str]:
    lines = []
    for term in sheet.terms:
        forms = [f"*{_text(term.latin)}*"] if term.latin else []
        forms += [f"say {_text(term.say)}"] if term.say else []
        also = f" Also: {', '.join(map(_text, term.synonyms))}." if term.synonyms else ""
        meaning = f": {_text(term.means)}" if term.means else ""
        lines.append(f"- **{_text(term.term)}**" + (f" ({', '.join(forms)})" if forms else "") + meaning + also)
    if lines:
        yield "\n".join(lines)
    if sheet.abbreviations:
        yield "### Abbreviations"
        yield "\n".join(f"- **{_text(a.short)}**: {_text(a.long)}" for a in sheet.abbreviations)


def _source(source: CitedSource) -> str:
    sections = "; ".join(f"**{letter}** {_text(title)}" for letter, title in source.sections)
    below = f"<br>\n    {sections}" if sections else ""
    return f'{source.number}. <a id="_source-{source.number}"></a>{to_markdown(source.html)}{below}'


def _targets(sheet: Sheet) -> Iterator[str]:
    for entry in sheet.entries:
        yield f"[{entry.number}]: #{entry.id}"
    for source in sheet.sources:
        for label in (source.number, *(f"{source.number}{letter}" for letter, _ in source.sections)):
            yield f"[{label}]: #_source-{source.number}"


def _cell(cell: Cell) -> str:
    return " ".join([_text(cell.text), ", ".join(f"[{entry.number}]" for entry in cell.entries)]).strip()


def _references(references: Iterable[Reference]) -> str:
    return ", ".join(f"[{reference}]" for reference in references)


def _table(columns: list[str], rows: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _quote(text: str) -> str:
    return indent(text, "> ", lambda line: bool(line.strip())).replace("\n\n", "\n>\n")


def _bold(text: str) -> str:
    """Bold, where there is one line without bold of its own."""
    return text if not text or _is_structured(text) or "**" in text or "<strong>" in text else f"**{text}**"


def _line(html: str) -> str:
    """Card text on one line: for table cells and list items."""
    text = to_markdown(html)
    return text if not _is_structured(text) else "<br>".join(_text(line) for line in plain(html).splitlines())


def _text(text: str) -> str:
    """Plain text, escaped."""
    return to_markdown(escape(" ".join(text.split()), quote=False))
