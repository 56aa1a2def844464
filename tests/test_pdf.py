"""The printed parts: every letter arrives, in our type, the same on every day; paper and Anki name the same things."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from lab import NOW, REPO
from pypdf import PdfReader
from test_sheets import golden

from generator.load import load
from generator.markup import render
from generator.markup.tree import BLOCKS, tree
from generator.sheet import Sheet, sheet
from generator.write.pdf import PAPERS, PARTS, pdfs
from generator.write.print_font import printable

# Straight quotes become what a printer sets; a font has one drawing for both forms of some Greek letters.
SAME = str.maketrans("“”‘’′″µ∆", "\"\"'''\"μΔ")
PIECES = [
    "psoas", "L4", "2", "45°", "–", "é", "α", "ß", "L1′", "x″", "→", "≥", "\u00a0", " ", " ", " ", "\n\n", "*", "**", "_",
    "- ", "1. ", "= ", "== ", "+ ", "/ ", "# ", "#let x = 1", "#panic()", "#", "$", "$x$", "@", "@ref", "<", "<label>",
    ">", "~", "`", "\\", "\\n", "\\u{41}", "//", "/*", "*/", "[", "]", "(", ")", "{", "}", "|", '"', "'", "--", "---",
    "...", "&", "%", "^", ";", ":", "<sup>2</sup>", "<sub>4</sub>", "<br>", "[a](https://a.org/b)", "https://a.org",
    "\n| a | b |\n|-|-|\n| c | d |\n", "{{c1::", "}}", "漢", "😀", "ﬁ",
]  # fmt: skip
TYPED = st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join)
ANYTHING = st.one_of(TYPED, st.text(min_size=1, max_size=40))


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def letters(text: str) -> str:
    """What a reader sees but for blanks and what looks the same."""
    return "".join(text.translate(SAME).split())


def paragraphs(element: Element) -> list[str]:
    """The words of each block."""
    found = [""]

    def walk(element: Element) -> None:
        found[-1] += element.text or ""
        for child in element:
            apart = child.tag in (*BLOCKS, "br", "td", "th")
            if apart:
                found.append("")
            walk(child)
            if apart:
                found.append("")
            found[-1] += child.tail or ""

    walk(element)
    return [text for text in map(letters, map(printable, found)) if text]


@pytest.fixture(scope="module")
def value(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    project = golden(tmp_path_factory.mktemp("golden"))
    return sheet(project.deck, project.notes)


@pytest.fixture(scope="module")
def ours() -> Sheet:
    project = load(REPO, NOW).project
    assert project
    return sheet(project.deck, project.notes)


@pytest.fixture(scope="module")
def printed(ours: Sheet) -> dict[str, bytes]:
    """Our own deck."""
    return {name: pdf for name, _, pdf in pdfs(ours)}


def only(value: Sheet, **texts: str) -> Sheet:
    """A sheet of one card with these texts."""
    entry = next(entry for entry in value.entries if entry.id == "knee-settled-with-debate")
    topic = replace(value.topics[0], entries=(replace(entry, **texts),))
    return replace(value, topics=(topic,), rows=())


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
@example("#panic() $x$ @ref <label> *a* _b_ \\ \\u{41} \"q\" 'r' = h // no /* no */ [x] `raw`")
@example("αβγ 5′ 3″ CO<sub>2</sub> x<sup>2</sup> T₁ m² ½ → − ≥ 40–60%")
@example("- one #1\n- two 'quoted'")
@example("漢 and 😀")
def test_card_text_is_printed_as_typed(value: Sheet, text: str) -> None:
    html, complaints = render(text)
    assume(not complaints and html)
    study_sheet = {name: pdf for name, _, pdf in pdfs(only(value, question=html), STUDY_SHEET, ("a4",))}
    seen = letters("".join(pages(study_sheet["study-sheet-a4"])))
    for paragraph in paragraphs(tree(html)):
        assert paragraph in seen


STUDY_SHEET = PARTS[:1]


def test_every_letter_of_our_deck_has_one_in_our_type(ours: Sheet) -> None:
    texts = (REPO / "cards").glob("*.yaml"), (REPO / "decks").glob("*.yaml")
    for path in (path for paths in texts for path in paths):
        text = path.read_text("utf-8").replace("\n", " ")
        assert printable(text) == text


def test_the_fonts_are_ours_and_embedded(printed: dict[str, bytes]) -> None:
    assert len(printed) == len(PARTS) * len(PAPERS)
    for pdf in printed.values():
        names = set()
        for page in PdfReader(io.BytesIO(pdf)).pages:
            for font in page["/Resources"].get("/Font", {}).values():
                (descendant,) = font.get_object()["/DescendantFonts"]
                descriptor = descendant.get_object()["/FontDescriptor"]
                assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
                names.add(descriptor["/FontName"].partition("+")[2].partition("-")[0])
        assert names == {"SourceSans3"}


def test_a_pdf_says_its_title_and_language_and_has_tags(ours: Sheet, printed: dict[str, bytes]) -> None:
    for pdf in printed.values():
        reader = PdfReader(io.BytesIO(pdf))
        root: Any = reader.trailer["/Root"]
        assert reader.metadata
        assert ours.title in reader.metadata.title
        assert root["/Lang"] == ours.language
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()


def test_nothing_of_the_day_or_the_folder_is_in_a_pdf(printed: dict[str, bytes]) -> None:
    for pdf in printed.values():
        reader = PdfReader(io.BytesIO(pdf))
        root: Any = reader.trailer["/Root"]
        about = str(reader.metadata) + root["/Metadata"].get_object().get_data().decode()
        assert "Date" not in about
        assert b"/tmp" not in pdf
        assert str(REPO).encode() not in pdf


def test_the_study_sheet_leads_to_every_topic(ours: Sheet, printed: dict[str, bytes]) -> None:
    outline = PdfReader(io.BytesIO(printed["study-sheet-a4"])).outline
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    assert [title for title in titles if title[0].isdigit()] == [f"{t.number} {t.title}" for t in ours.topics]


def test_the_study_sheet_says_all_that_the_deck_says(value: Sheet) -> None:
    """Each kind of card, with each of its fields."""
    (seen,) = (letters("".join(pages(pdf))) for _, _, pdf in pdfs(value, STUDY_SHEET, ("letter",)))
    for entry in value.entries:
        texts = (entry.vignette, entry.question, entry.answer, entry.statement, entry.reverse_question, entry.reverse_answer,
                 entry.accept, entry.caution, entry.hook, entry.why, entry.debate, entry.id, ", ".join(entry.labels))  # fmt: skip
        for text in texts:
            for paragraph in paragraphs(tree(text)):
                assert paragraph in seen
