"""Every card and the study sheet in a real Chromium: nothing too wide, too small, too faint, given away or fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anki_page import NIGHT, PAGE, AnkiCard, anki_cards, words
from chromium import Screen, chromium, screen
from lab import NOW, REPO

from generator.load import Project, load
from generator.markup import plain
from generator.sheet import Sheet, sheet
from generator.write.sheet_html import sheet_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.gate

MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")
A4 = 680  # px: 210 mm less the margins of the sheet
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}
# One call for all sides: a call for each takes ten times as long.
SHOW_ALL = f"""async (sides) => {{
  const measure = {MEASURE.strip()};
  const qa = document.getElementById("qa"), found = [];
  for (const [html, classes] of sides) {{
    document.body.className = classes;
    qa.innerHTML = html;
    for (const script of qa.querySelectorAll("script")) {{  // as Anki does: those in innerHTML do not run
      const again = document.createElement("script");
      again.textContent = script.textContent;
      script.replaceWith(again);
    }}
    await Promise.all([...qa.querySelectorAll("img")].map((img) => img.decode()));
    const side = measure(), folded = qa.querySelector("details");
    side.folds = [];
    if (folded) {{
      const fold = () => side.folds.push([folded.open, folded.getBoundingClientRect().height]);
      fold();
      folded.querySelector("summary").click();
      fold();
      side.opened = measure();
      folded.querySelector("summary").click();
      fold();
    }}
    found.push(side);
  }}
  return found;
}}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def project() -> Project:
    found = load(REPO, NOW).project
    assert found
    return found


@pytest.fixture(scope="module")
def cards(project: Project) -> list[AnkiCard]:
    return list(anki_cards(project))


@pytest.fixture(scope="module")
def phone(project: Project, browser: Browser) -> Iterator[Screen]:
    files = dict(file for figure in project.deck.figures.values() for file in figure.files)
    with screen(browser, files, **PHONE) as shown:
        shown.show(PAGE)
        yield shown


Measured = dict[tuple[str, str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def measured(phone: Screen, cards: list[AnkiCard]) -> Measured:
    """What each side of each card looks like, by card, side and mode."""
    keys, sides = [], []
    for card in cards:
        for side, html in (("front", card.front), ("back", card.back)):
            for mode, night in (("light", ""), ("night", NIGHT)):
                keys.append((card.name, side, mode))
                sides.append([html, f"card card{card.ord + 1}{night}"])
    return dict(zip(keys, phone.page.evaluate(SHOW_ALL, sides), strict=True))


def test_every_card_fits_a_phone(measured: Measured) -> None:
    widths = {key: max(found["width"], found.get("opened", found)["width"]) for key, found in measured.items()}
    assert {key: width for key, width in widths.items() if width > PHONE["viewport"]["width"]} == {}


@pytest.mark.parametrize("fault", ["small", "faint", "low"])
def test_every_text_is_large_and_strong_and_what_is_tapped_high_enough(measured: Measured, fault: str) -> None:
    """16 px, a contrast of 4.5 : 1, and 44 px; also in what is folded away."""
    assert {key: found[fault] for key, found in measured.items() if found[fault]} == {}
    opened = {key: found["opened"] for key, found in measured.items() if "opened" in found}
    assert {key: found[fault] for key, found in opened.items() if found[fault]} == {}


def test_no_color_of_the_day_is_left_at_night(measured: Measured) -> None:
    for (name, side, mode), found in measured.items():
        if mode == "light":
            night = measured[name, side, "night"]
            assert found["colors"]
            assert not set(found["colors"]) & set(night["colors"]), (name, side)
            assert found["text"] == night["text"]


def test_sources_fold_and_open_on_every_back(measured: Measured) -> None:
    for key, found in measured.items():
        if key[1] == "front":
            assert found["folds"] == [], key
            continue
        (first, low), (second, high), (third, low_again) = found["folds"]
        assert (first, second, third) == (False, True, False), key
        assert high > low + 44, key
        assert low_again == low, key


def test_no_front_gives_the_answer_away(measured: Measured, cards: list[AnkiCard]) -> None:
    """Where the question holds a word of the answer, the front shows it as often and no more."""
    for card in cards:
        shown = words(measured[card.name, "front", "light"]["text"])
        assert shown, card.name
        for hidden in card.hidden:
            assert shown.count(hidden) <= card.asked.count(hidden), f"{card.name} shows {hidden!r}: {shown}"


def test_every_back_shows_the_answer(measured: Measured, cards: list[AnkiCard]) -> None:
    for card in cards:
        shown = words(measured[card.name, "back", "light"]["text"])
        assert [answer for answer in card.answer if answer not in shown] == [], card.name


def test_no_card_complains_or_asks_for_anything_outside(measured: Measured, phone: Screen) -> None:
    assert measured
    assert phone.complaints == []
    assert phone.requests == []


@pytest.fixture(scope="module")
def value(project: Project) -> Sheet:
    return sheet(project.deck, project.notes)


@pytest.fixture(params=["360-light", "360-dark", "800-light", "800-dark", "print"])
def opened(request: pytest.FixtureRequest, browser: Browser, value: Sheet) -> Iterator[Screen]:
    """The study sheet in a window; `print` is as wide as A4 paper between its margins."""
    width, _, scheme = request.param.partition("-")
    look = {"color_scheme": scheme} if scheme else {}
    with screen(browser, viewport={"width": A4 if width == "print" else int(width), "height": 800}, **look) as shown:
        if width == "print":
            shown.page.emulate_media(media="print")
        shown.show(sheet_html(value))
        yield shown


def test_the_sheet_fits_and_asks_for_nothing_outside(opened: Screen) -> None:
    found = opened.page.evaluate(MEASURE)
    assert found["width"] <= opened.page.evaluate("window.innerWidth")
    assert found["faint"] == []
    assert opened.complaints == []
    assert opened.requests == []


def test_every_card_has_its_place_on_the_sheet(opened: Screen, project: Project) -> None:
    ids = [note.card.id for note in project.notes if not note.card.retired]
    tops = opened.page.evaluate(
        "ids => ids.map(id => document.getElementById(id)?.getBoundingClientRect().height)", ids
    )
    assert [id_ for id_, height in zip(ids, tops, strict=True) if not height] == []


def test_the_sheet_is_dark_where_the_reader_wants_it(browser: Browser, value: Sheet) -> None:
    colors = []
    for scheme in ("light", "dark"):
        with screen(browser, color_scheme=scheme) as shown:
            shown.show(sheet_html(value))
            colors.append(set(shown.page.evaluate(MEASURE)["colors"]))
    assert all(colors)
    assert not colors[0] & colors[1]


def test_the_printed_sheet_has_the_first_and_the_last_question(browser: Browser, value: Sheet) -> None:
    try:
        from pypdf import PdfReader
    except ImportError:
        pytest.fail('there is no pypdf: pip install -e ".[browser]"')
    with screen(browser) as shown:
        shown.show(sheet_html(value))
        reader = PdfReader(io.BytesIO(shown.page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(reader.pages) > 1
    printed = words(*(page.extract_text() for page in reader.pages)).replace(" ", "")
    for entry in (value.entries[0], value.entries[-1]):
        assert words(plain(entry.question or entry.statement)).replace(" ", "") in printed
