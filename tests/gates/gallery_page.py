"""A gallery in a real Chromium, as a file or from a preview, with what it complains about and asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chromium import NotInstalledError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
AT_REST = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Shown:
    """An open gallery. `complaints` are console messages and script errors, `requests` what went neither to `home` nor
    to a data URI."""

    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        found = self.page.query_selector("#frame")
        assert found
        frame = found.content_frame()
        assert frame
        return frame

    @property
    def card(self) -> str:
        """The words on the card, once it has its place on the page."""
        self.page.evaluate(AT_REST)
        return self.frame.evaluate(
            "async () => { await new Promise(requestAnimationFrame); return document.body.innerText }"
        )

    def shows(self, text: str) -> None:
        """Wait until the card shows this."""
        self.frame.get_by_text(text).first.wait_for()

    def listed(self) -> list[str]:
        """The addresses in the list, as far as search and filters let them."""
        return self.page.evaluate(
            "() => [...document.querySelectorAll('.list li:not([hidden]) a')].map(a => decodeURIComponent(a.hash.slice(1)))"
        )

    def count(self) -> str:
        return self.page.inner_text("#count")


@contextmanager
def opened(browser: Browser, home: str, address: str = "", card: bool = True, **context: Any) -> Iterator[Shown]:
    """The gallery at `home`, which ends with a slash, in a new window; waits for a card unless there is none."""
    window = browser.new_context(service_workers="block", **(DESK | context))
    shown = Shown(window.new_page(), home)
    window.on("request", lambda r: None if r.url.startswith((home, "data:")) else shown.requests.append(r.url))
    window.on("console", lambda message: shown.complaints.append(f"{message.type}: {message.text}"))
    shown.page.on("pageerror", lambda error: shown.complaints.append(f"script error: {error}"))
    try:
        shown.page.goto(f"{home}index.html{address}")
        if card:
            shown.frame.locator("main").first.wait_for(state="attached")
        yield shown
    finally:
        window.close()


def faults(shown: Shown) -> list[str]:
    """What axe-core finds in the page and in the card's frame, each by itself: the first heading is the page's."""
    try:
        from axe_playwright_python.base import AXE_SCRIPT
    except ImportError as e:
        raise NotInstalledError('there is no axe-core: pip install -e ".[browser]"') from e
    found = []
    for name, frame in (("page", shown.page.main_frame), ("card", shown.frame)):
        frame.evaluate(f"() => {{ {AXE_SCRIPT} }}")
        rules = {"page-has-heading-one": {"enabled": name == "page"}}
        result = frame.evaluate("rules => axe.run(document, { iframes: false, rules })", rules)
        found += [
            f"{name}: {fault['id']}: {node['html'][:150]} {' '.join(node['failureSummary'].split())}"
            for fault in result["violations"]
            for node in fault["nodes"]
        ]
    return found


def as_file(folder: Path) -> str:
    return f"{folder.resolve().as_uri()}/"
