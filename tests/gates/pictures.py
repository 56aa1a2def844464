"""Makes the README's pictures from the real deck: python tests/gates/pictures.py. Look at them before you keep them."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from anki_page import NIGHT, PAGE, AnkiCard, anki_cards
from chromium import Screen, chromium, screen
from desktop import study
from environments import REPO
from gallery_page import as_file, opened
from PIL import Image, ImageColor, ImageDraw

from generator.build import build
from generator.load import Project, load
from generator.sheet import sheet
from generator.write.pdf import PARTS, pdfs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OUT = REPO / "decks" / "pictures"
LIMIT = 150_000  # bytes
SCALE = 2
MARGIN = 24 * SCALE
CORNER = 14 * SCALE
GROUND = "#e4e2dc"  # behind the screens; stands out from a white page and from a dark one
UNFOLD = """() => {
    const folded = document.querySelector("details");
    folded.open = true;
    document.body.style.paddingBottom = "100vh";
    window.scrollTo(0, folded.getBoundingClientRect().top - 20);
}"""
QUESTION = "psoas-major-insertion:1"
DEBATED = "psoas-paradox-definition:1"
CLOZE = "psoas-upper-lower-lumbar:1"
PAGES = (("study-sheet", 2), ("worksheets", 0), ("self-test", 1), ("cards", 22))
SPOTTER = "spotter-section-psoas"
PLATE_ADDRESS = "#plate-anterior/3"
CASE = "hematoma-anticoagulant-groin-pain:1"
PLATE = "plate-anterior:1"


def main() -> None:
    project = load(REPO, int(time.time())).project
    if project is None:
        sys.exit("the cards have errors: studydeck check")
    cards = {card.name: card for card in anki_cards(project)}
    OUT.mkdir(exist_ok=True)
    with chromium() as browser:
        files = dict(file for figure in project.deck.figures.values() for file in figure.files)
        keep("question", question_and_answer(browser, files, cards[QUESTION], height=950))
        keep("cloze", question_and_answer(browser, files, cards[CLOZE]))
        keep("night", debate_at_night(browser, files, cards[DEBATED]))
        with tempfile.TemporaryDirectory() as name:
            build(project, Path(name), ("gallery",))
            keep("gallery", framed([in_the_gallery(browser, Path(name))], corner=CORNER // 2), Image.Quantize.MEDIANCUT)
            keep("plate", framed(plate_and_name(browser, Path(name))))
        keep("preview", framed([a_mistake_in_the_preview(browser)], corner=CORNER // 2), Image.Quantize.MEDIANCUT)
    keep("summary", framed([printed(project, "summary", 0)], corner=0))
    keep("worksheet", framed([printed(project, "worksheets", 0)], corner=0))
    keep("print", framed([printed(project, *page, scale=0.8) for page in PAGES], corner=0))
    keep("desktop", framed(on_the_desktop(project, CASE, "back-light"), corner=CORNER // 2))
    keep("desktop-night", framed(on_the_desktop(project, DEBATED, "back-night"), corner=CORNER // 2))
    keep("desktop-occlusion", framed(on_the_desktop(project, PLATE, "front-light", "back-night"), corner=CORNER // 2))


def question_and_answer(browser: Browser, files: dict[str, bytes], card: AnkiCard, height: int = 584) -> Image.Image:
    with phone(browser, files, height) as shown:
        return framed([photo(shown, card.front), photo(shown, card.back)])


def debate_at_night(browser: Browser, files: dict[str, bytes], card: AnkiCard) -> Image.Image:
    """The back, and what is folded away under it."""
    with phone(browser, files) as shown:
        back = photo(shown, card.back, NIGHT)
        shown.page.evaluate(UNFOLD)
        return framed([back, Image.open(io.BytesIO(shown.page.screenshot()))])


def phone(browser: Browser, files: dict[str, bytes], height: int = 584) -> AbstractContextManager[Screen]:
    return screen(browser, files, viewport={"width": 360, "height": height}, device_scale_factor=SCALE)


def photo(shown: Screen, side: str, night: str = "") -> Image.Image:
    shown.show(PAGE)
    shown.page.evaluate("html => { document.getElementById('qa').innerHTML = html }", side)
    shown.page.evaluate("classes => { document.body.className = classes }", "card card1" + night)
    return Image.open(io.BytesIO(shown.page.screenshot()))


def in_the_gallery(browser: Browser, folder: Path) -> Image.Image:
    """A search, and the blank plate that one of its cards asks about."""
    size = {"width": 1200, "height": 860}
    with opened(browser, as_file(folder / "gallery"), f"#{SPOTTER}", viewport=size) as shown:
        shown.page.fill("#query", "section")
        shown.page.evaluate("document.activeElement.blur()")
        shown.frame.evaluate("async () => { for (const image of document.images) await image.decode() }")
        return Image.open(io.BytesIO(shown.page.screenshot()))


def plate_and_name(browser: Browser, folder: Path) -> list[Image.Image]:
    """A plate with its labels hidden and one of them asked; and the answer."""
    size = {"width": 360, "height": 740}
    with opened(browser, as_file(folder / "gallery"), PLATE_ADDRESS, viewport=size, device_scale_factor=SCALE) as shown:
        shown.frame.evaluate("async () => { for (const image of document.images) await image.decode() }")
        front = shown.page.screenshot()
        shown.page.click("#flip")
        shown.frame.get_by_text("Toggle masks").wait_for()
        shown.page.evaluate("document.activeElement.blur()")
        return [Image.open(io.BytesIO(seen)) for seen in (front, shown.page.screenshot())]


def a_mistake_in_the_preview(browser: Browser) -> Image.Image:
    """A card's answer, after the next save misspelled a key."""
    sys.path.append(str(REPO / "tests"))
    from previewing import running

    with tempfile.TemporaryDirectory() as name:
        for folder in ("cards", "decks"):
            shutil.copytree(REPO / folder, Path(name) / folder, ignore=shutil.ignore_patterns("build"))
        path = Path(name) / "cards" / "origin-insertion.yaml"
        address = f"#{QUESTION.partition(':')[0]}"
        size = {"width": 1200, "height": 860}
        with running(Path(name)) as preview, opened(browser, preview.home, address, viewport=size) as shown:
            shown.page.click("#flip")
            shown.shows("Memory aid")
            path.write_text(path.read_text("utf-8").replace("    answer:", "    anwser:", 1), "utf-8")
            shown.page.locator("body.stale").wait_for()
            shown.page.evaluate("document.activeElement.blur()")
            return Image.open(io.BytesIO(shown.page.screenshot()))


def printed(project: Project, name: str, number: int, scale: float = 1.5) -> Image.Image:
    """A page of a part, on A4."""
    from pypdfium2 import PdfDocument

    part = next(part for part in PARTS if part.name == name)
    ((_, _, pdf),) = pdfs(sheet(project.deck, project.notes), [part], ["a4"])
    page: Image.Image = PdfDocument(pdf)[number].render(scale=scale).to_pil()
    return page


def on_the_desktop(project: Project, card: str, *sides: str) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(project, folder, ("apkg",))
        seen = study(
            folder / f"{project.deck.key}.apkg",
            folder / "anki",
            folder,
            deck=project.deck.shape.name,
            notes=len(project.notes),
            answers=0,
            then=[card],
            size=[900, 780],
        )
        if seen["failure"]:
            sys.exit(seen["failure"])
        files = [file for side in sides for file in folder.glob(f"*-{side}.png")]
        return [Image.open(file).convert("RGB") for file in files]


def framed(pictures: list[Image.Image], corner: int = CORNER) -> Image.Image:
    """Side by side with equal margins and round corners."""
    width = MARGIN + sum(picture.width + MARGIN for picture in pictures)
    whole = Image.new("RGB", (width, max(picture.height for picture in pictures) + 2 * MARGIN), GROUND)
    left = MARGIN
    for picture in pictures:
        mask = Image.new("L", (picture.width * 4, picture.height * 4))
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), corner * 4, fill=255)
        whole.paste(picture, (left, MARGIN), mask.resize(picture.size, Image.Resampling.LANCZOS))
        left += picture.width + MARGIN
    return whole


def keep(name: str, picture: Image.Image, method: Image.Quantize = Image.Quantize.MAXCOVERAGE) -> None:
    """As a PNG of few colors, as many as fit. MAXCOVERAGE keeps rare ones, such as that of a small muscle; MEDIANCUT those of
    large grounds; k-means then draws either back to what is in the picture."""
    path = OUT / f"{name}.png"
    for colors in (256, 128, 64, 32, 16):
        reduced = picture.quantize(colors, method, kmeans=3, dither=Image.Dither.NONE)
        palette, ground = reduced.getpalette() or [], reduced.getpixel((0, 0))
        assert isinstance(ground, int)
        palette[3 * ground : 3 * ground + 3] = ImageColor.getrgb(GROUND)[:3]  # the largest area, and it drifts most
        reduced.putpalette(palette)
        reduced.save(path, optimize=True)
        if path.stat().st_size < LIMIT:
            break
    else:
        sys.exit(f"{path.name} is {path.stat().st_size} bytes even with {colors} colors")
    print(
        f"{path.relative_to(REPO)}  {picture.width} x {picture.height}, {path.stat().st_size // 1000} kB, {colors} colors"
    )


if __name__ == "__main__":
    main()
