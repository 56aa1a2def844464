"""A preview in a real Chromium: a card changes while one looks at it, and what is wrong stands at the top."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import chromium
from gallery_page import PHONE, faults, opened
from lab import write_project
from previewing import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.gate

CARDS = """\
  - {id: origin, question: Where does the psoas arise?, answer: Lumbar spine, sources: gray1918}
  - {id: roots, cloze: "The roots are {{c1::L2}} and {{c2::L4}}.", sources: gray1918}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", {"muscle": CARDS})


def save(root: Path, cards: str) -> None:
    (root / "cards" / "muscle.yaml").write_text(f"topic: muscle\ntitle: Muscle\ncards:\n{cards}", "utf-8")


def test_a_card_changes_in_its_place(browser: Browser, root: Path) -> None:
    with running(root) as preview, opened(browser, preview.home, "#roots/2") as shown:
        shown.page.evaluate("window.loadedOnce = true")
        shown.page.fill("#query", "roots")
        shown.page.click("#flip")
        shown.shows("L4")
        save(root, CARDS.replace("L4", "L3"))
        shown.shows("L3")
        assert shown.page.inner_text("#name") == "roots/2"
        assert shown.page.inner_text("#flip") == "Show question"
        assert shown.listed() == ["roots", "roots/2"]
        assert shown.page.input_value("#query") == "roots"
        assert shown.page.evaluate("document.activeElement.id") == "flip"
        assert shown.page.evaluate("window.loadedOnce")  # it is the same page
        assert shown.complaints == []
        assert shown.requests == []


def test_what_is_wrong_stands_at_the_top_until_it_is_mended(browser: Browser, root: Path) -> None:
    with running(root) as preview, opened(browser, preview.home, "#origin") as shown:
        shown.shows("Where does the psoas arise?")
        assert shown.page.is_hidden("#problems")
        save(root, CARDS.replace("answer:", "<b onclick=alert(1)>anwser:"))
        box = shown.page.locator("#problems:visible")
        box.wait_for()
        said = box.inner_text()
        assert "1 error in 1 card. The cards below are those of before." in said
        assert "cards/muscle.yaml:4:57" in said
        assert "<b onclick=alert(1)>anwser" in said
        assert shown.page.get_by_text("Help: ").is_visible()
        assert shown.page.locator("body.stale #frame").is_visible()
        assert "Where does the psoas arise?" in shown.card
        assert faults(shown) == []
        save(root, CARDS.replace("arise", "begin"))
        shown.shows("Where does the psoas begin?")
        shown.page.locator("body:not(.stale) #problems").wait_for(state="hidden")
        assert shown.complaints == []


def test_a_project_that_was_never_good_shows_why_and_then_its_cards(browser: Browser, root: Path) -> None:
    save(root, CARDS.replace("answer:", "anwser:"))
    with running(root) as preview, opened(browser, preview.home, **PHONE, card=False) as shown:
        shown.page.get_by_text("There are no cards to show yet.").wait_for()
        assert [fault for fault in faults(shown) if fault.startswith("page")] == []
        save(root, CARDS)
        shown.page.get_by_role("link", name="Where does the psoas arise?").tap()
        shown.shows("Where does the psoas arise?")
        assert shown.complaints == []


def test_a_card_that_goes_while_one_looks_at_it_says_so(browser: Browser, root: Path) -> None:
    with running(root) as preview, opened(browser, preview.home, "#roots") as shown:
        save(root, CARDS.splitlines()[0] + "\n")
        shown.page.get_by_text("There is no card “roots” here.").wait_for()
        save(root, CARDS)
        shown.shows("The roots are")
        assert shown.complaints == []


def test_a_preview_that_ends_is_missed(browser: Browser, root: Path) -> None:
    with running(root) as preview, opened(browser, preview.home, "#origin") as shown:
        preview.stop()
        shown.page.get_by_text("The preview is not running any more.").wait_for()
        assert "Where does the psoas arise?" in shown.card
