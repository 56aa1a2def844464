"""The gallery in a real Chromium, opened as a file: what people do with it, and what it must not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anki_page import NIGHT, PAGE, AnkiCard, anki_cards
from chromium import chromium, screen
from gallery_page import PHONE, Shown, as_file, faults, opened
from lab import NOW, REPO, good, write_project

from generator.build import build
from generator.load import Project, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.gate

TYPED = """\
  - {id: insertion, question: Where does it insert?, answer: The trochanter, type_in: trochanter, sources: web}
  - {id: old, question: What was taught?, answer: This, retired: Anatomists found it wrong., sources: web}
"""


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
def home(project: Project, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("gallery")
    build(project, folder, ("gallery",))
    return as_file(folder / "gallery")


@pytest.fixture
def shown(browser: Browser, home: str) -> Iterator[Shown]:
    """The gallery at a desk. Whatever a test does, nothing complains and nothing is fetched."""
    with opened(browser, home) as found:
        yield found
        assert found.complaints == []
        assert found.requests == []


def test_it_lists_every_anki_card(shown: Shown, project: Project) -> None:
    count = sum(len(note.ords) for note in project.notes)
    assert len(set(shown.listed())) == count
    assert shown.count() == f"{count} Anki cards"


def test_search_narrows_as_one_types_and_says_how_many(shown: Shown) -> None:
    shown.page.locator("#query").press_sequentially("TROCHANTER lesser")
    found = shown.listed()
    assert "psoas-major-insertion" in found
    assert 0 < len(found) < 100
    assert shown.count().startswith(f"{len(found)} of ")
    assert shown.page.get_attribute("#count", "role") == "status"
    shown.page.press("#query", "Enter")
    assert shown.page.url.endswith(f"#{found[0]}")


def test_what_finds_nothing_says_so_and_can_be_taken_back(shown: Shown) -> None:
    shown.page.fill("#query", "xyzzy")
    assert shown.listed() == []
    assert shown.page.is_visible("text=No card has all of this.")
    shown.page.click("#all")
    assert shown.count() == f"{len(shown.listed())} Anki cards"
    assert shown.page.is_hidden("#nothing")


def test_filters_hold_together(shown: Shown, project: Project) -> None:
    shown.page.click("#filters summary")
    for name, value in (("level", "core"), ("certainty", "debated"), ("topic", "psoas-paradox")):
        shown.page.select_option(f"select[name={name}]", value)
    wanted = {
        note.card.id
        for note in project.notes
        if (note.card.level, note.card.certainty, note.topic.key) == ("core", "debated", "psoas-paradox")
    }
    assert wanted
    assert {address.partition("/")[0] for address in shown.listed()} == wanted
    shown.page.click("#clear")
    shown.page.select_option("select[name=source]", "gray1918")
    cited = {
        note.card.id for note in project.notes if "gray1918" in {ref.partition("#")[0] for ref in note.card.sources}
    }
    assert {address.partition("/")[0] for address in shown.listed()} == cited
    shown.page.select_option("select[name=trait]", "occlusion")
    assert all(address.startswith("plate-") for address in shown.listed())


def test_a_card_turns_by_click_and_by_key(browser: Browser, home: str) -> None:
    with opened(browser, home, "#psoas-major-insertion") as shown:
        shown.shows("Where does the psoas major insert?")
        assert "lesser trochanter" not in shown.card
        turns: list[Any] = [
            lambda: shown.page.click("#flip"),
            lambda: shown.page.keyboard.press("Escape") or shown.page.locator("body").press("Space"),
            lambda: shown.page.locator("body").press("Enter"),
            lambda: shown.frame.locator(".question").click(),
            lambda: shown.page.keyboard.press("Space"),  # now the focus is in the card
        ]
        for i, turn in enumerate(turns):
            turn()
            shown.page.get_by_role("button", name="Show question" if i % 2 == 0 else "Show answer").wait_for()
            assert ("lesser trochanter" in shown.card) == (i % 2 == 0), i
        assert shown.page.get_attribute("#frame", "title") == "psoas-major-insertion, answer"
        shown.frame.locator("summary").click()
        assert "answer" in (shown.page.get_attribute("#frame", "title") or "")  # it unfolds, and does not turn
        assert shown.complaints == []


def test_keys_go_to_the_next_card_and_back(shown: Shown) -> None:
    order = shown.listed()
    for key, place in (("j", 1), ("ArrowRight", 2), ("k", 1), ("ArrowLeft", 0)):
        shown.page.locator("body").press(key)
        assert shown.page.url.endswith(f"#{order[place]}"), key
    assert shown.page.is_disabled("#previous")
    shown.page.locator("#query").press_sequentially("jk")
    assert shown.page.url.endswith(f"#{order[0]}")


def test_an_address_opens_its_card_and_the_way_back_leads_back(browser: Browser, home: str) -> None:
    with opened(browser, home, "#plate-anterior/3") as shown:
        shown.shows("The iliopsoas from the front")
        assert shown.page.inner_text("#name") == "plate-anterior/3"
        shown.page.fill("#query", "psoas-paradox-definition")
        shown.page.click(".list li:not([hidden]) a")
        shown.shows("psoas paradox")
        shown.page.go_back()
        shown.shows("The iliopsoas from the front")
        assert shown.page.inner_text("#name") == "plate-anterior/3"
        shown.page.go_forward()
        shown.shows("What does the name")
        assert shown.complaints == []


def test_an_address_of_no_card_says_so(browser: Browser, home: str) -> None:
    with opened(browser, home) as shown:
        shown.page.evaluate("location.hash = '#no-such-card'")
        shown.page.get_by_text("There is no card “no-such-card” here.").wait_for()
        shown.page.evaluate("location.hash = '#%<b>'")
        shown.page.get_by_text("There is no card “%%3Cb%3E” here.").wait_for()
        assert shown.complaints == []
        assert shown.page.is_hidden("#frame")


def test_a_reload_keeps_the_card_its_side_and_the_filters(shown: Shown) -> None:
    shown.page.fill("#query", "trochanter")
    before = shown.listed()
    shown.page.locator("#name").press("j")
    shown.page.locator("#name").press("Space")
    name = shown.page.inner_text("#name")
    shown.page.reload()
    shown.page.get_by_role("button", name="Show question").wait_for()
    assert shown.page.inner_text("#name") == name
    assert shown.listed() == before


COLORS = "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"


def test_night_follows_the_system_until_one_chooses(browser: Browser, home: str) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        with opened(browser, home, "#psoas-major-insertion", color_scheme=scheme) as shown:
            seen[scheme] = shown.page.evaluate(COLORS) + shown.frame.evaluate(COLORS)
            shown.page.click("#night")
            shown.frame.locator("body.night_mode" if scheme == "light" else "body:not(.night_mode)").wait_for()
            seen[f"{scheme}, then chosen"] = shown.page.evaluate(COLORS) + shown.frame.evaluate(COLORS)
            shown.page.reload()
            shown.frame.locator("body.night_mode" if scheme == "light" else "body:not(.night_mode)").wait_for()
    assert seen["light"] == seen["dark, then chosen"]
    assert seen["dark"] == seen["light, then chosen"]
    assert not set(seen["light"]) & set(seen["dark"])


def test_on_a_phone_list_and_card_are_views_of_their_own(browser: Browser, home: str) -> None:
    with opened(browser, home, **PHONE) as shown:
        assert shown.page.is_visible("#query")
        assert shown.page.is_hidden("#flip")
        assert shown.page.evaluate("document.documentElement.scrollWidth") == 360
        shown.page.tap(".list li:nth-child(3) a")
        shown.page.locator("#flip").wait_for()
        assert shown.page.is_hidden("#query")
        assert shown.page.evaluate(
            "[document.documentElement.scrollWidth, document.getElementById('frame').clientWidth]"
        ) == [360, 360]
        shown.page.tap("#flip")
        shown.page.get_by_role("button", name="Show question").wait_for()
        shown.page.get_by_role("link", name="Cards").tap()
        shown.page.locator("#query").wait_for()
        assert shown.page.is_hidden("#flip")
        assert shown.complaints == []


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, home: str, size: str, scheme: Any) -> None:
    with opened(browser, home, **(PHONE if size == "phone" else {}), color_scheme=scheme) as shown:
        assert faults(shown) == []
        shown.page.click("#filters summary")
        shown.page.fill("#query", "xyzzy")
        assert faults(shown) == []
        for address in ("psoas-paradox-definition", "plate-anterior/2", "psoas-upper-lower-lumbar"):
            shown.page.evaluate("address => { location.hash = address }", address)
            shown.page.locator("#name", has_text=address).wait_for()
            for _ in range(2):
                assert faults(shown) == [], address
                shown.page.locator("#flip").click()
                shown.page.evaluate("() => new Promise(requestAnimationFrame)")


FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  return [at.id || at.name || at.tagName.toLowerCase(), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
}"""


def test_everything_can_be_reached_and_seen_with_the_keyboard_alone(shown: Shown) -> None:
    reached = []
    shown.page.fill("#query", "psoas-major-insertion")
    shown.page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
    shown.page.evaluate(
        "document.querySelector('.kind').tabIndex = -1; document.querySelector('.kind').focus(); document.querySelector('.kind').removeAttribute('tabindex')"
    )
    for _ in range(40):
        shown.page.keyboard.press("Tab")
        name, visible = shown.page.evaluate(FOCUS)
        reached.append(name)
        if name == "summary" and reached.count("summary") == 1:
            shown.page.keyboard.press("Enter")
        if name == "frame":
            mark = shown.frame.evaluate("getComputedStyle(document.body, '::after').borderTopWidth")
            visible = visible or mark == "3px"
        assert visible, name
        if name == "next":
            break
    wanted = [
        "query",
        "summary",
        "topic",
        "level",
        "certainty",
        "trait",
        "source",
        "clear",
        "a",
        "phone",
        "night",
        "frame",
    ]
    assert list(dict.fromkeys(reached)) == [*wanted, "previous", "flip", "next"]


def test_one_can_type_search_open_turn_and_leave_without_a_mouse(shown: Shown) -> None:
    shown.page.locator("body").press("/")
    shown.page.keyboard.type("psoas-paradox-definition")
    shown.page.keyboard.press("Enter")
    shown.shows("What does the name")
    shown.page.evaluate("document.activeElement.blur()")
    shown.page.keyboard.press("Space")
    shown.shows("The claim that psoas major")


def test_motion_is_only_for_those_who_want_it(browser: Browser, home: str) -> None:
    with opened(browser, home, reduced_motion="reduce") as shown:
        times = shown.page.evaluate(
            "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration + getComputedStyle(e).animationName)"
        )
        assert set(times) == {"0snone"}


LOADED = "() => Promise.all([...document.images].map(image => image.decode()))"
LOOK = """() => [...document.querySelectorAll('main, main *')].map(e => {
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return [e.tagName, e.className, style.color, style.backgroundColor, style.fontSize, style.fontWeight, Math.round(box.width), Math.round(box.height)];
})"""


@pytest.mark.parametrize("night", [False, True])
def test_a_card_looks_as_it_does_in_a_page_like_ankis(
    browser: Browser, home: str, project: Project, night: bool
) -> None:
    """But for masks, which Anki's own script lays out."""
    chosen = (
        "psoas-major-insertion",
        "psoas-paradox-definition",
        "psoas-upper-lower-lumbar",
        "hematoma-anticoagulant-groin-pain",
    )
    cards: dict[str, AnkiCard] = {
        card.note.card.id: card for card in anki_cards(project) if card.ord == card.note.ords[0]
    }
    files = dict(file for figure in project.deck.figures.values() for file in figure.files)
    for name in chosen:
        with opened(browser, home, f"#{name}", color_scheme="dark" if night else "light") as shown:
            size = shown.page.evaluate(
                "[document.getElementById('frame').clientWidth, document.getElementById('frame').clientHeight]"
            )
            shown.page.click("#flip")
            shown.page.get_by_role("button", name="Show question").wait_for()
            assert shown.card
            shown.frame.evaluate(LOADED)
            found = shown.frame.evaluate(LOOK)
        with screen(browser, files, viewport={"width": size[0], "height": size[1]}) as anki:
            anki.show(PAGE)
            anki.page.evaluate(
                "([html, classes]) => { document.body.className = classes; document.getElementById('qa').innerHTML = html }",
                [cards[name].back, "card card1" + (NIGHT if night else "")],
            )
            anki.page.evaluate(LOADED)
            expected = anki.page.evaluate(LOOK)
        assert found == expected, name


PIXELS = """() => {
  const canvas = document.getElementById('image-occlusion-canvas'), pen = canvas.getContext('2d');
  return [...document.querySelectorAll('[data-shape]')].map(({dataset: at}) => {
    const x = (Number(at.left) + at.width / 2) * canvas.width, y = (Number(at.top) + at.height / 2) * canvas.height;
    return [at.ordinal, [...pen.getImageData(x, y, 1, 1).data].join()];
  });
}"""
ACTIVE, INACTIVE, CLEAR = "31,122,138,255", "213,208,196,255", "0,0,0,0"


def test_masks_hide_all_on_the_front_and_show_one_on_the_back(browser: Browser, home: str) -> None:
    with opened(browser, home, "#plate-anterior/3") as shown:
        shown.frame.wait_for_function(f"() => ({PIXELS})().some(([, color]) => color === '{ACTIVE}')")
        assert dict(shown.frame.evaluate(PIXELS)) == {str(i): ACTIVE if i == 3 else INACTIVE for i in range(1, 9)}
        shown.page.click("#flip")
        shown.frame.locator("#toggle").wait_for()
        shown.frame.wait_for_function(f"() => ({PIXELS})().some(([, color]) => color === '{INACTIVE}')")
        assert dict(shown.frame.evaluate(PIXELS)) == {str(i): CLEAR if i == 3 else INACTIVE for i in range(1, 9)}
        box = shown.frame.evaluate(
            "(() => { const [a, b] = ['img', 'canvas'].map(x => document.querySelector('#image-occlusion-container ' + x).getBoundingClientRect()); return [a.width - b.width, a.height - b.height, a.left - b.left, a.top - b.top] })()"
        )
        assert box == [0, 0, 0, 0]
        shown.frame.locator("#toggle").click()
        assert {color for _, color in shown.frame.evaluate(PIXELS)} == {CLEAR}
        assert [complaint for complaint in shown.complaints if "readback" not in complaint] == []  # that is ours


def test_what_is_typed_is_compared_with_what_is_right(browser: Browser, tmp_path: Path) -> None:
    build(good(write_project(tmp_path, {"muscle": TYPED})), tmp_path / "out", ("gallery",))
    with opened(browser, as_file(tmp_path / "out" / "gallery"), "#insertion") as shown:
        shown.frame.locator("#typeans").fill("trokanter")
        shown.frame.locator("#typeans").press("Enter")
        shown.frame.locator("code#typeans").wait_for()
        parts = shown.frame.evaluate(
            "[...document.querySelectorAll('code#typeans span')].map(e => [e.className || e.id, e.textContent])"
        )
        assert parts == [
            ["typeGood", "tro"], ["typeBad", "k"], ["typeGood", "anter"], ["typearrow", "↓"],
            ["typeGood", "tro"], ["typeMissed", "ch"], ["typeGood", "anter"],
        ]  # fmt: skip
        shown.page.evaluate("location.hash = '#old'")
        shown.shows("This card is retired")
        assert shown.complaints == []


def test_a_card_can_run_nothing_and_reach_nothing(browser: Browser, home: str) -> None:
    with opened(browser, home, "#psoas-major-insertion") as shown:
        assert (
            shown.frame.evaluate("() => { try { return parent.document.title } catch { return 'refused' } }")
            == "refused"
        )
        assert shown.frame.evaluate("() => origin") == "null"
        shown.frame.evaluate("""() => {
          document.getElementById("qa").innerHTML = '<img src="x" onerror="window.ran = 1"><b style="color: red" onclick="window.ran = 1">x</b>';
          const script = document.createElement("script");
          script.textContent = "window.ran = 1";
          document.body.append(script);
          document.querySelector("b").click();
        }""")
        shown.page.evaluate("() => new Promise(requestAnimationFrame)")
        assert shown.frame.evaluate("() => window.ran") is None
        assert shown.requests == []
