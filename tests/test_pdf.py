"""The printed parts: every letter arrives, in our type, the same on every day; paper and Anki name the same things."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import page as checker
import pytest
from click.testing import CliRunner
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from lab import NOW, REPO
from pypdf import PdfReader
from test_sheets import golden

from generator.cli import main
from generator.load import load
from generator.markup import plain, render
from generator.markup.tree import BLOCKS, tree
from generator.print_font import _USUAL, _characters, printable
from generator.sheet import Sheet, sheet
from generator.write.pdf import PARTS, pdfs
from generator.write.trim import PAPERS

# Straight quotes become what a printer sets; a font has one drawing for both forms of some Greek letters.
SAME = str.maketrans("“”‘’′″µ∆", "\"\"'''\"μΔ")
PART = {part.name: part for part in PARTS}
STUDY_SHEET = [PART["study-sheet"]]
MM = 72 / 25.4
PIECES = [
    "psoas", "L4", "2", "45°", "–", "é", "α", "ß", "L1′", "x″", "→", "≥", "\u00a0", " ", " ", " ", "\n\n", "*", "**", "_",
    "- ", "1. ", "= ", "== ", "+ ", "/ ", "# ", "#let x = 1", "#panic()", "#", "$", "$x$", "@", "@ref", "<", "<label>",
    ">", "~", "`", "\\", "\\n", "\\u{41}", "//", "/*", "*/", "[", "]", "(", ")", "{", "}", "|", '"', "'", "--", "---",
    "...", "&", "%", "^", ";", ":", "<sup>2</sup>", "<sub>4</sub>", "<br>", "[a](https://a.org/b)", "https://a.org",
    "\n| a | b |\n|-|-|\n| c | d |\n", "{{c1::", "}}", "漢", "😀", "ﬁ",
]  # fmt: skip
TYPED = st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join)
ANYTHING = st.one_of(TYPED, st.text(min_size=1, max_size=40))


@lru_cache(32)
def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in read(pdf).pages]


@lru_cache(None)
def pieces(pdf: bytes, number: int) -> list[tuple[float, float, str]]:
    """Left edge, height above the foot, and words of each piece of text on a page."""
    found: list[tuple[float, float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            x, y = tm[4], tm[5]
            found.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5], text.strip()))

    read(pdf).pages[number].extract_text(visitor_text=visit)
    return found


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


def test_every_letter_of_our_deck_has_one_in_our_type(ours: Sheet) -> None:
    texts = (REPO / "cards").glob("*.yaml"), (REPO / "decks").glob("*.yaml")
    for path in (path for paths in texts for path in paths):
        text = path.read_text("utf-8").replace("\n", " ")
        assert printable(text) == text


def test_the_usual_characters_are_in_the_fonts() -> None:
    usual = {code for code in range(0x10000) if code != 0x0A and _USUAL.fullmatch(chr(code))}
    assert usual - _characters() == set()


def test_the_fonts_are_ours_and_embedded(printed: dict[str, bytes]) -> None:
    assert len(printed) == len(PARTS) * len(PAPERS)
    for pdf in printed.values():
        names = set()
        for page in read(pdf).pages:
            for font in page["/Resources"].get("/Font", {}).values():
                (descendant,) = font.get_object()["/DescendantFonts"]
                descriptor = descendant.get_object()["/FontDescriptor"]
                assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
                names.add(descriptor["/FontName"].partition("+")[2].partition("-")[0])
        assert names == {"SourceSans3"}


def test_a_pdf_says_its_title_and_language_and_has_tags(ours: Sheet, printed: dict[str, bytes]) -> None:
    for pdf in printed.values():
        reader = read(pdf)
        root: Any = reader.trailer["/Root"]
        assert reader.metadata
        assert ours.title in reader.metadata.title
        assert root["/Lang"] == ours.language
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()


@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_is_cut_to_its_paper(printed: dict[str, bytes], paper: str) -> None:
    for name, pdf in printed.items():
        for page in read(pdf).pages if name.endswith(paper) else ():
            size = sorted(float(side) / MM for side in (page.mediabox.width, page.mediabox.height))
            assert size == pytest.approx(PAPERS[paper], abs=0.1)


def test_nothing_is_printed_where_one_of_the_papers_ends(printed: dict[str, bytes]) -> None:
    """Printers leave 4 mm and more of the border white."""
    for name, pdf in printed.items():
        for number, page in enumerate(read(pdf).pages if name.endswith("letter") else ()):
            box, upright = page.mediabox, page.mediabox.width < page.mediabox.height
            side, top = (5.95 / 2 if upright else 0) * MM, (0 if upright else 5.95 / 2) * MM
            for x, y, _ in pieces(pdf, number):
                assert float(box.left) + side + 4 * MM < x < float(box.right) - side - 4 * MM
                assert float(box.bottom) + top + 4 * MM < y < float(box.top) - top - 4 * MM


def test_a_checker_finds_every_part_accessible(printed: dict[str, bytes]) -> None:
    """PDF/UA-1 by page-validation, which is not by the makers of Typst."""
    for name, pdf in printed.items():
        report = checker.validate_pdf_bytes(pdf, profile="ua1")
        assert [(name, failure.rule_id, failure.message) for failure in report.failures] == []
        assert report.rules.passed > 50


@pytest.mark.parametrize(("old", "new"), [(b"/Alt(", b"/Alx("), (b"/Lang(", b"/Lanx("), (b"/StructTreeRoot", b"/StructTreeRoox"),
                                      (b"/DisplayDocTitle true", b"/DisplayDocTitlx true")])  # fmt: skip
def test_the_checker_would_find_what_is_missing(printed: dict[str, bytes], old: bytes, new: bytes) -> None:
    pdf = printed["worksheets-a4"]
    assert old in pdf
    assert not checker.validate_pdf_bytes(pdf.replace(old, new), profile="ua1").is_compliant


def tags(pdf: bytes, kind: str) -> list[Any]:
    """The elements of a kind in a PDF's tree of tags."""
    found = []

    def walk(element: Any) -> None:
        element = element.get_object()
        if isinstance(element, list):
            for part in element:
                walk(part)
        elif isinstance(element, dict):
            if element.get("/S") == kind:
                found.append(element)
            if "/K" in element:
                walk(element["/K"])

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_figures_are_described_and_tables_have_heads(value: Sheet, printed: dict[str, bytes]) -> None:
    parts = {name: pdf for name, pdf in printed.items() if name.endswith("-a4")}
    for pdf in parts.values():
        assert all(figure.get("/Alt") for figure in tags(pdf, "/Figure"))
    for name in ("study-sheet", "summary", "worksheets"):
        assert tags(parts[f"{name}-a4"], "/TH")


def test_the_summary_shows_the_figures_that_it_names(value: Sheet) -> None:
    ((_, _, pdf),) = pdfs(value, [PART["summary"]], ["a4"])
    assert [figure["/Alt"] for figure in tags(pdf, "/Figure")] == [value.pictures[0].alt]


def test_a_picture_that_asks_is_described_without_its_answers(value: Sheet) -> None:
    for name in ("worksheets", "self-test"):
        ((_, _, pdf),) = pdfs(value, [PART[name]], ["a4"])
        (figure,) = tags(pdf, "/Figure")
        assert figure["/Alt"] == value.pictures[0].alt_blank


@pytest.mark.parametrize("name", ["self-test", "self-test-large-print", "cards"])
def test_a_figure_that_asks_stands_with_its_question_and_not_with_its_answer(ours: Sheet, name: str) -> None:
    for entry in (entry for entry in ours.entries if entry.picture_asks):
        assert entry.picture
        one = replace(ours, topics=(replace(ours.topics[0], entries=(entry,)),), rows=())
        ((_, _, pdf),) = pdfs(one, [PART[name]], ["a4"])
        (figure,) = tags(pdf, "/Figure")
        assert figure["/Alt"] == (entry.picture.alt_blank if entry.picture_blank else entry.picture.alt)


def test_the_study_sheet_names_the_numbers_that_a_card_asks_for(ours: Sheet, printed: dict[str, bytes]) -> None:
    seen = letters("".join(pages(printed["study-sheet-a4"])))
    asked = {entry.picture for entry in ours.entries if entry.picture_blank and entry.picture}
    assert asked
    for picture in asked:
        assert letters("Numbers: " + ", ".join(f"{number} {text}" for number, text, _ in picture.labels)) in seen


def test_nothing_of_the_day_or_the_folder_is_in_a_pdf(printed: dict[str, bytes]) -> None:
    for pdf in printed.values():
        reader = read(pdf)
        root: Any = reader.trailer["/Root"]
        about = str(reader.metadata) + root["/Metadata"].get_object().get_data().decode()
        assert "Date" not in about
        assert b"/tmp" not in pdf
        assert str(REPO).encode() not in pdf


def test_the_study_sheet_leads_to_every_topic(ours: Sheet, printed: dict[str, bytes]) -> None:
    outline = read(printed["study-sheet-a4"]).outline
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


def names(pdf: bytes, number: int, ids: set[str]) -> dict[str, tuple[float, float]]:
    """Where the cards' names stand on a page."""
    return {text: (x, y) for x, y, text in pieces(pdf, number) if text.split(" ")[0] in ids}


@pytest.mark.parametrize("paper", PAPERS)
def test_each_back_lies_behind_its_front(ours: Sheet, printed: dict[str, bytes], paper: str) -> None:
    """Flipped on the long edge, left and right change places. A name stands 5 mm into its card of 94 mm."""
    pdf, ids = printed[f"cards-{paper}"], {entry.id for entry in ours.entries}
    count = len(read(pdf).pages)
    assert count % 2 == 0
    for number in range(0, count, 2):
        fronts, backs = names(pdf, number, ids), names(pdf, number + 1, ids)
        box = read(pdf).pages[number].mediabox
        across = float(box.left + box.right)  # where the left border is once the sheet is turned over
        assert len(fronts) == 8 or number == count - 2
        assert fronts.keys() == backs.keys()
        for name, (x, y) in fronts.items():
            behind_x, behind_y = across - (backs[name][0] + (94 - 5 - 5) * MM), backs[name][1]
            assert (x, y) == pytest.approx((behind_x, behind_y), abs=0.1)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_words_of_a_card_stay_clear_of_its_foot(ours: Sheet, printed: dict[str, bytes], paper: str) -> None:
    """Between the last line and the card's name is room for a line."""
    pdf, ids = printed[f"cards-{paper}"], {entry.id for entry in ours.entries}
    for number in range(len(read(pdf).pages)):
        page = pieces(pdf, number)
        for x, y in names(pdf, number, ids).values():
            above = [v for u, v, _ in page if x - 1 <= u < x + 84 * MM and y + 1 < v < y + 55 * MM]
            assert above
            assert min(above) - y > 3.5 * MM


def test_paper_has_the_cards_that_anki_has(printed: dict[str, bytes]) -> None:
    project = load(REPO, NOW).project
    assert project
    expected = []
    for note in project.notes:
        of = len(note.ords)
        expected += [note.card.id + (f" {i}/{of}" if of > 1 else "") for i in range(1, of + 1)]
    pdf, ids = printed["cards-a4"], {note.card.id for note in project.notes}
    pages = range(0, len(read(pdf).pages), 2)
    assert sorted(name for number in pages for name in names(pdf, number, ids)) == sorted(expected)


def test_the_core_parts_hold_the_essential_cards_alone(ours: Sheet, printed: dict[str, bytes]) -> None:
    pdf = printed["cards-core-a4"]
    pages = range(0, len(read(pdf).pages), 2)
    found = {name.split(" ")[0] for n in pages for name in names(pdf, n, {entry.id for entry in ours.entries})}
    assert found == {entry.id for entry in ours.entries if entry.core}


@pytest.mark.parametrize("name", [name for name in PART if name.startswith("self-test")])
@pytest.mark.parametrize("paper", PAPERS)
def test_answers_stand_right_of_the_fold(value: Sheet, name: str, paper: str) -> None:
    entry = replace(value.entries[0], question="Whose " * 30, answer="Theirs " * 30, core=True, accept="Others " * 30)
    one = replace(value, topics=(replace(value.topics[0], entries=(entry,)),), rows=())
    ((_, _, pdf),) = pdfs(one, [PART[name]], [paper])
    side, share = (14, 0.56) if "large" in name else (16, 0.6)
    box = read(pdf).pages[0].mediabox
    fold = float(box.left + box.right) / 2 + (share - 0.5) * (210 - 2 * side) * MM
    found = [piece for number in range(len(pages(pdf))) for piece in pieces(pdf, number)]
    questions = [x for x, _, text in found if text.startswith("Whose")]
    answers = [x for x, _, text in found if text.startswith(("Theirs", "Others"))]
    assert questions
    assert answers
    assert max(questions) < fold < min(answers)


def test_the_summary_is_one_page_with_the_table_and_the_red_flags(ours: Sheet, printed: dict[str, bytes]) -> None:
    for paper in PAPERS:
        (page,) = pages(printed[f"summary-{paper}"])
        seen = letters(page)
        for cell in (cell for row in ours.rows for cell in row):
            assert letters(cell.text) in seen
        for entry in ours.red_flags:
            assert not entry.core or letters(plain(entry.answer or entry.statement)) in seen


@pytest.mark.parametrize("name", ["self-test", "self-test-large-print", "cards"])
def test_each_kind_of_card_is_asked_on_paper(value: Sheet, name: str) -> None:
    ((_, _, pdf),) = pdfs(value, [PART[name]], ["a4"])
    seen = letters("".join(pages(pdf)))
    for entry in value.entries:
        texts = (entry.vignette, entry.question, entry.answer, entry.reverse_question, entry.reverse_answer,
                 entry.accept, entry.caution, *entry.labels)  # fmt: skip
        for text in texts:
            for paragraph in paragraphs(tree(text)):
                assert paragraph in seen
    assert "(angle)" in seen
    assert "140°" in seen
    assert "{{" not in seen


def test_a_worksheet_asks_what_its_key_says(value: Sheet) -> None:
    """One page for each plate with labels and one for the table; then the key."""
    ((_, _, pdf),) = pdfs(value, [PART["worksheets"]], ["a4"])
    plates = [picture for picture in value.pictures if picture.labels]
    asked, key = pages(pdf)[: len(plates) + 1], letters("".join(pages(pdf)[len(plates) + 1 :]))
    assert all("Name" in page and "Date" in page for page in asked)
    for page, picture in zip(asked, plates, strict=False):
        assert picture.title in " ".join(page.split())
        for number, text, _ in picture.labels:
            assert str(number) in page.split()
            assert letters(text) not in letters(page).replace(letters(picture.title), "")
            assert f"{number}{letters(text)}" in key
    table = letters(asked[-1])
    assert all(letters(column) in table for column in value.columns)
    for name, *cells in value.rows:
        assert letters(name.text) in table
        for cell in cells:
            assert letters(cell.text) not in table
            assert letters(cell.text) in key


def test_a_broken_picture_is_said_and_not_raised(tmp_path: Path) -> None:
    golden(tmp_path)
    picture = tmp_path / "cards" / "figures" / "knee.png"
    picture.write_bytes(picture.read_bytes()[:40])
    result = CliRunner().invoke(main, ["build", "--project", str(tmp_path)])
    assert result.exit_code == 1
    assert "knee.png:1:1: error[cut-picture]: this picture is cut off" in result.output
    assert not (tmp_path / "decks" / "build").exists()
