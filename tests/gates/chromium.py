"""A real Chromium that reaches this machine alone: it gets the pages a test gives it, and keeps what they ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

HOST = "http://page.test/"  # .test never exists; the requests for it are answered here
ARGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
TYPES = {"html": "text/html; charset=utf-8", "png": "image/png", "svg": "image/svg+xml", "jpg": "image/jpeg"}


class NotInstalledError(Exception):
    """Something a gate needs is missing; the message says what to install."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    program = shutil.which("chromium")
    if program is None:
        raise NotInstalledError("there is no chromium: run .ci/install-desktop, or apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as e:
        raise NotInstalledError('there is no playwright: pip install -e ".[browser]"') from e
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Screen:
    """A window of the browser. `complaints` are console messages and script errors, `requests` what went to no file."""

    context: BrowserContext
    page: Page
    files: dict[str, bytes]
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def show(self, html: str) -> None:
        self.files["index.html"] = html.encode()
        self.page.goto(HOST + "index.html")

    def _answer(self, route: Route) -> None:
        url = route.request.url
        name = url.removeprefix(HOST)
        if name in self.files:
            kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
            route.fulfill(body=self.files[name], content_type=kind)
        else:
            self.requests.append(url)
            route.abort()


@contextmanager
def screen(browser: Browser, files: dict[str, bytes] | None = None, **context: Any) -> Iterator[Screen]:
    """A new window; `files` are what its pages may load by name, `context` is Playwright's."""
    opened = browser.new_context(service_workers="block", **context)
    shown = Screen(opened, opened.new_page(), dict(files or {}))
    opened.route("**/*", shown._answer)
    shown.page.route_web_socket("**", lambda socket: shown.requests.append(socket.url))
    shown.page.on("console", lambda message: shown.complaints.append(f"{message.type}: {message.text}"))
    shown.page.on("pageerror", lambda error: shown.complaints.append(f"script error: {error}"))
    try:
        yield shown
    finally:
        opened.close()
