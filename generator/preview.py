"""The gallery on this machine, as new as the files: what `studydeck preview` serves. It writes nothing.

Only 127.0.0.1 is listened on, only requests for that host are answered (a page elsewhere may point a name of its own here),
and only what is in `Preview.files` is given: no request leads to a file.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path, PurePath
from textwrap import dedent

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from watchfiles import Change, awatch

from .gallery import empty, gallery
from .load import Loaded, load
from .problem import Problem, excerpt, summary
from .write.gallery import REVISIONS, gallery_files

HOST = "127.0.0.1"
PORTS = 20  # tried one after the other
WATCHED = ("cards", "decks")
KINDS = (".yaml", ".yml", ".html", ".css", ".png", ".svg", ".json", ".txt", "")  # folders have no ending
QUIET = 25  # milliseconds without a further change: an editor saves in several steps
LOOK = 500  # milliseconds after which to see whether the folders are still the same ones
MOST = 50  # problems shown
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json"}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Preview:
    """The last good gallery, and what is wrong with the files of now."""

    def __init__(self, root: Path, now: int, tell: Callable[[Loaded], None]) -> None:
        self.root, self.now, self.tell = root.resolve(), now, tell
        self.files = gallery_files(empty(), live=True)
        self.ever_good = False
        self.news = ""
        self.changed = asyncio.Event()
        self.closed = False

    async def renew(self) -> None:
        """Read the project again, and say what is new where something is."""
        news = await asyncio.to_thread(self._read)
        if news != self.news:
            self.news = news
            self._wake()

    def _read(self) -> str:
        loaded = self._loaded()
        said = {
            "revisions": json.loads(self.files[REVISIONS]),
            "stale": loaded.project is None,
            "ever_good": self.ever_good,
            "summary": summary(loaded.problems, loaded.cards),
            "more": max(0, len(loaded.problems) - MOST),
            "problems": [_shown(problem) for problem in loaded.problems[:MOST]],
        }
        news = json.dumps(said, ensure_ascii=False)
        if news != self.news:
            with suppress(OSError):  # nobody reads what it prints
                self.tell(loaded)
        return news

    def _loaded(self) -> Loaded:
        """The project; where it is good, its gallery is the one to serve."""
        if not (self.root / "cards").is_dir():
            message = "this folder is gone" if self.root.is_dir() else "the project's folder is gone"
            return Loaded(None, [Problem("cards", "no-cards", message, line=1, column=1)], 0)
        try:
            loaded = load(self.root, self.now)
            if loaded.project:
                self.files = gallery_files(gallery(loaded.project.deck, loaded.project.notes), live=True)
                self.ever_good = True
            return loaded
        except Exception as e:  # whatever it is, the next save may mend it, and a preview that has died shows nothing
            message = f"studydeck itself failed ({type(e).__name__}: {e}): please report this"
            return Loaded(None, [Problem("cards", "preview-failed", message, line=1, column=1)], 0)

    def close(self) -> None:
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    async def events(self) -> AsyncIterator[str]:
        """What is new, as server-sent events: at once, and whenever it changes."""
        said = ""
        while not self.closed:
            changed = self.changed
            if self.news != said:
                said = self.news
                yield f"data: {said}\n\n"
            else:
                await changed.wait()

    async def watch(self) -> None:
        """Renew whenever a file changes. Folders may go and come back, as when a branch is changed."""
        while not self.closed:
            before = self._folders()
            watched = [folder for folder in before if folder != self.root]
            first = True
            try:
                if not watched:
                    await asyncio.sleep(LOOK / 1000)
                    continue
                async for changes in awatch(
                    *watched, watch_filter=self.matters, step=QUIET, rust_timeout=LOOK, yield_on_timeout=True
                ):
                    if changes or first:  # something may have changed before anybody watched
                        await self.renew()
                    first = False
                    if self.closed or self._folders() != before:
                        break
            except OSError:  # a folder went in between
                await asyncio.sleep(LOOK / 1000)
            await self.renew()

    def _folders(self) -> dict[Path, int]:
        found = {}
        for folder in (self.root, *(self.root / name for name in WATCHED)):
            try:
                found[folder] = folder.stat().st_ino
            except OSError:
                continue
        return found

    def matters(self, _: Change, path: str) -> bool:
        """Whether a file is one that `load` reads; not the outputs, nor what editors keep beside a file."""
        try:
            parts = PurePath(path).relative_to(self.root).parts
        except ValueError:
            return False
        hidden = any(part.startswith(".") or part.endswith("~") for part in parts)
        return (
            parts[:1] in [(name,) for name in WATCHED]
            and parts[:2] != ("decks", "build")
            and not hidden
            and PurePath(path).suffix in KINDS
        )


def _shown(problem: Problem) -> dict[str, str]:
    return {
        "place": f"{problem.path}:{problem.line}:{problem.column}",
        "severity": problem.severity,
        "message": problem.message,
        "excerpt": dedent("\n".join(excerpt(problem))),
        "help": problem.help,
    }


def application(preview: Preview) -> Starlette:
    """GET and HEAD for the gallery's files and for `events`."""

    async def file(request: Request) -> Response:
        name = request.path_params["name"] or "index.html"
        content = preview.files.get(name)
        if content is None:
            return Response("There is no such page.\n", 404, HEADERS, "text/plain")
        return Response(content, 200, HEADERS, TYPES[PurePath(name).suffix])

    async def events(_: Request) -> Response:
        return StreamingResponse(preview.events(), 200, HEADERS, "text/event-stream")

    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"], www_redirect=False)
    return Starlette(routes=[Route("/events", events), Route("/{name:path}", file)], middleware=[hosts])


class _Server(uvicorn.Server):
    """Ends the streams of events first: uvicorn would wait for them."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(uvicorn.Config(application(preview), log_level="error", server_header=False, ws="none"))
        self.preview = preview

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.preview.close()
        await super().shutdown(sockets)


def listen(port: int) -> socket.socket:
    """A socket on this port, or on one of the next if it is taken; raises OSError if all are."""
    for further in range(PORTS):
        try:
            return socket.create_server((HOST, port + further if port else 0))
        except OSError:
            if further == PORTS - 1 or port + further == 65_535:
                raise
    raise AssertionError


def serve(root: Path, now: int, listening: socket.socket, tell: Callable[[Loaded], None], browse: bool) -> None:
    """Serve until Ctrl-C, on which it returns."""

    async def run() -> None:
        preview = Preview(root, now, tell)
        await preview.renew()
        if browse:
            page = address(listening)  # it may be asked for at once: the socket listens already
            threading.Thread(target=webbrowser.open, args=(page,), daemon=True).start()  # a browser may take its time
        watching = asyncio.create_task(preview.watch())
        await _Server(preview).serve(sockets=[listening])
        watching.cancel()

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        return


def address(listening: socket.socket) -> str:
    return f"http://{HOST}:{listening.getsockname()[1]}/"
