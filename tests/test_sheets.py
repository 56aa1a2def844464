"""The study sheets of tests/golden, whose texts and names try to break them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.load import Project, load
from generator.sheet import Sheet, sheet
from generator.write.sheet_html import sheet_html
from generator.write.sheet_markdown import sheet_markdown

REPO = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
STYLE = REPO / "generator" / "write" / "templates" / "sheet.css"
VOID = {"meta", "link", "img", "br"}


class Page(HTMLParser):
    """What a browser would find: tags with their attributes, and tags left open or closed across others."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]


def golden(root: Path) -> Project:
    """The golden project, copied to `root`, with the real note types."""
    shutil.copytree(GOLDEN / "cards", root / "cards")
    shutil.copytree(GOLDEN / "decks", root / "decks")
    shutil.copytree(REPO / "decks" / "note_types", root / "decks" / "note_types")
    loaded = load(root, 1_750_000_000)
    assert loaded.project, loaded.problems
    return loaded.project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return golden(tmp_path_factory.mktemp("golden"))


@pytest.fixture(scope="module")
def value(project: Project) -> Sheet:
    return sheet(project.deck, project.notes)


def test_the_markdown_sheet_is_the_golden_text(value: Sheet, update_golden: bool) -> None:
    path = GOLDEN / "study-sheet.md"
    text = sheet_markdown(value)
    if update_golden:
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_the_html_sheet_is_the_golden_page(value: Sheet, update_golden: bool) -> None:
    path = GOLDEN / "study-sheet.html"
    text = re.sub(r"(?<=<style>\n).*?(?=@page \{\n  @top-left \{ content)", "…\n", sheet_html(value), flags=re.DOTALL)
    if update_golden:
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_html_elements_nest_and_ids_are_unique(value: Sheet) -> None:
    page = Page(sheet_html(value))
    assert page.crossed == []
    assert page.open == []
    assert [name for name, count in Counter(page.values("id")).items() if count > 1] == []


def test_every_link_inside_the_html_sheet_arrives(value: Sheet) -> None:
    page = Page(sheet_html(value))
    targets = [href[1:] for href in page.values("href") if href.startswith("#")]
    assert len(targets) > 30
    assert set(targets) - set(page.values("id")) == set()
    labels = " ".join(page.values("aria-labelledby")).split()
    assert set(labels) - set(page.values("id")) == set()


def test_every_link_inside_the_markdown_sheet_arrives(value: Sheet) -> None:
    text = sheet_markdown(value)
    anchors = Counter(re.findall(r'<a id="([^"]+)"></a>', text))
    assert [name for name, count in anchors.items() if count > 1] == []
    targets = {a or b for a, b in re.findall(r"\]\(#([^)]+)\)|^\[[^]]+\]: #(.+)$", text, re.MULTILINE)}
    assert targets - set(anchors) == set()
    defined = re.findall(r"^\[([^]]+)\]: #", text, re.MULTILINE)
    assert len(defined) == len(set(defined))
    assert set(re.findall(r"(?<!\\)\[([\d.]+[a-z]*)\](?![(:])", text)) - set(defined) == set()


def test_the_html_sheet_runs_nothing_and_fetches_nothing(value: Sheet) -> None:
    html = sheet_html(value)
    page = Page(html)
    assert {tag for tag, _ in page.tags} & {"script", "iframe", "object", "embed", "form", "base"} == set()
    assert [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"] == []
    assert all(src.startswith("data:image/png;base64,") for src in page.values("src"))
    assert [attrs["href"] for tag, attrs in page.tags if tag == "link"] == ["data:,"]
    assert re.findall(r"url\(|@import", html) == []
    assert "default-src 'none'" in page.values("content")[0]


def test_retired_cards_and_uncited_sources_are_left_out(value: Sheet) -> None:
    for text in (sheet_html(value), sheet_markdown(value)):
        assert "knee-gone" not in text
        assert "Nobody cites this" not in text
        assert "Never cited" not in text


def test_cards_come_by_topic_and_then_as_in_the_file_whatever_their_level(value: Sheet) -> None:
    order = ["sources", "knee-flexion-range", "knee-labels", "knee-swelling-case", "knee-weather-claim"]
    order.append("knee-settled-with-debate")
    assert [entry.id for entry in value.entries] == order
    assert [attrs["id"] for tag, attrs in Page(sheet_html(value)).tags if tag == "article"] == order
    assert re.findall(r'^<a id="([a-z][^"]*)"></a>$', sheet_markdown(value), re.MULTILINE) == order


def test_a_figure_stands_once_and_its_file_beside_the_markdown(value: Sheet) -> None:
    png = (GOLDEN / "cards" / "figures" / "knee.png").read_bytes()
    assert value.images == (("knee.png", png),)
    page = Page(sheet_html(value))
    assert page.values("alt") == ['Line drawing of a knee: "femur" above, tibia below.']
    assert sheet_markdown(value).count("![") == 1


def test_the_first_figure_of_the_summary_stands_at_the_head(project: Project, value: Sheet) -> None:
    """A sheet whose deck names none shows its figures with the cards."""
    at = sheet_markdown(value).index("](trial-study-sheet/knee.png)")
    assert at < sheet_markdown(value).index("## Contents")
    assert sheet_html(value).index('<img src="') < sheet_html(value).index('<div class="cards">')
    without = replace(value, summary_pictures=())
    assert sheet_markdown(without).index("![") > sheet_markdown(without).index('<a id="_topic-')
    assert sheet_html(without).index('<img src="') > sheet_html(without).index('id="_topic-knee">')


def test_the_numbers_of_a_blank_figure_are_named_under_it(value: Sheet) -> None:
    picture = replace(value.pictures[0], numbered=True)
    shown = replace(value, summary_pictures=(picture,))
    assert "Numbers: 1 femur, 2 tibia" in sheet_markdown(shown)
    assert "Numbers: 1 femur, 2 tibia" in sheet_html(shown)


def test_a_sheet_of_some_cards_leads_nowhere_else(project: Project) -> None:
    """Without glossary, summary, debates and most cards: parts that would be empty are left out."""
    shape = project.deck.shape.model_copy(update={"summary": None})
    glossary = project.deck.glossary.model_copy(update={"terms": (), "abbreviations": ()})
    small = replace(project.deck, shape=shape, glossary=glossary)
    value = sheet(small, [note for note in project.notes if note.card.id == "knee-labels"])
    assert value.counts == "1 card in 1 topic, from 1 source"
    page = Page(sheet_html(value))
    assert {"_summary", "_red-flags", "_debated", "_weak", "_glossary"} & set(page.values("id")) == set()
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(page.values("id"))
    headings = re.findall(r"^## (.*?) <a", sheet_markdown(value), re.MULTILINE)
    assert headings == ["1 The knee & its < parts", "Sources", "Licence and safety"]


def test_markdown_has_one_empty_line_between_blocks_and_no_spaces_at_line_ends(value: Sheet) -> None:
    text = sheet_markdown(value)
    assert re.findall(r"\n{3}|[ \t]\n|\t", text) == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_the_sheets_are_the_same_bytes_in_any_folder_hash_seed_and_time_zone(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys, test_sheets as t\n"
        "project = t.golden(pathlib.Path(sys.argv[1]))\n"
        "value = t.sheet(project.deck, project.notes)\n"
        "sys.stdout.buffer.write((t.sheet_html(value) + t.sheet_markdown(value)).encode())\n"
    )
    texts = [
        subprocess.run(
            [sys.executable, "-c", program, tmp_path / seed],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": f"{REPO}{os.pathsep}{REPO / 'tests'}"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert texts[0] == texts[1]
    assert len(texts[0]) > 10_000


def test_colors_can_be_read_in_light_and_dark() -> None:
    """WCAG AA, 4.5 : 1, for each color of text on each ground."""
    schemes = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))
        for block in re.findall(r":root \{(.*?)\}", STYLE.read_text(), re.DOTALL)
    ]
    assert len(schemes) == 3  # light, dark, paper
    for colors in schemes:
        texts = [color for name, color in colors.items() if name.startswith("text")]
        grounds = [color for name, color in colors.items() if name.startswith("ground")]
        assert len(texts) * len(grounds) == 12
        assert min(_contrast(text, ground) for text in texts for ground in grounds) >= 4.5


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(c * 2 for c in color[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.gate
@pytest.mark.parametrize("width", [320, 360, 800, 1280])
def test_a_browser_shows_the_sheet_without_sideways_scrolling_requests_or_complaints(
    value: Sheet, tmp_path: Path, width: int
) -> None:
    from playwright.sync_api import sync_playwright

    page_file = tmp_path / "sheet.html"
    page_file.write_text(sheet_html(value), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 800})
        complaints: list[str] = []
        requests: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(page_file.as_uri())
        scroll_width = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert scroll_width == width
    assert complaints == []
    assert [url for url in requests if not url.startswith("data:")] == [page_file.as_uri()]
