"""An add-on that studies like a learner: imports a package in the dialog, answers cards, and writes down what is shown."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aqt import gui_hooks, mw
from aqt.import_export.import_dialog import ImportDialog
from aqt.import_export.importing import import_file
from aqt.qt import QApplication, QTimer
from aqt.theme import Theme
from aqt.webview import AnkiWebPage, AnkiWebView

HERE = Path(__file__).parent
JOB = json.loads((HERE / "job.json").read_text("utf-8"))
PATIENCE = 20  # seconds for one thing to happen
PAUSE = 50  # ms between two looks
SILENCE = 2000  # ms after which a page is asked again: one that is being replaced never answers
SEEN: dict[str, Any] = {"cards": [], "complaints": [], "import": "", "failure": ""}
LOOK = """(() => {
  const qa = document.getElementById("qa"), folded = document.querySelector("details");
  return {
    text: qa ? qa.innerText : "", back: Boolean(document.getElementById("answer")), ready: document.readyState,
    background: getComputedStyle(document.body).backgroundColor, classes: document.body.className,
    folded: folded ? !folded.open : null, opacity: qa ? getComputedStyle(qa).opacity : "",
  };
})()"""

BUTTON = "[...document.querySelectorAll('button')].find(button => button.innerText.trim() === 'Import')"

Ask = Callable[[], bool] | tuple[AnkiWebView, str, Callable[[Any], bool]]
answered: dict[str, Any] = {}


def learner() -> Iterator[Ask]:
    """What the learner does; between the steps it waits for what it yields."""
    mw.resize(*JOB["size"])
    yield lambda: mw.state == "deckBrowser" and mw.isVisible()
    import_file(mw, JOB["package"])
    yield lambda: dialog() is not None
    web = dialog().web
    yield web, f"Boolean({BUTTON})", bool
    web.eval(f"{BUTTON}.click()")
    yield lambda: mw.col.note_count() == JOB["notes"]
    yield web, "document.body.innerText", lambda text: f"{JOB['notes']}" in (text or "")
    SEEN["import"] = answered["value"]
    dialog().reject()
    yield lambda: dialog() is None
    mw.col.decks.select(mw.col.decks.id_for_name(JOB["deck"]))
    if JOB["answers"]:
        mw.moveToState("review")
        yield from study(JOB["answers"])
    if JOB["then"]:
        mw.moveToState("overview")
        leave_only(JOB["then"])
        yield mw.web, "document.body.innerText", lambda text: "Study Now" in text
        yield from wait(10)  # the page may still be replaced by a second one
        mw.moveToState("review")
        yield from study(len(JOB["then"]))


def leave_only(names: list[str]) -> None:
    """Suspend all but these cards."""
    mw.col.sched.suspend_cards(mw.col.find_cards(""))
    for name in names:
        id_, _, number = name.partition(":")
        found = mw.col.find_cards(f'"Id:{id_}"')
        mw.col.sched.unsuspend_cards([c for c in found if mw.col.get_card(c).ord + 1 == int(number)])
    mw.reset()


def study(count: int) -> Iterator[Ask]:
    for _ in range(count):
        yield lambda: mw.state == "review" and mw.reviewer.card is not None
        card = mw.reviewer.card
        shown: dict[str, Any] = {"name": f"{card.note().guid.split('/')[1]}:{card.ord + 1}"}
        SEEN["cards"].append(shown)
        yield from look(shown, "front")
        mw.reviewer._showAnswer()
        yield from look(shown, "back")
        mw.reviewer._answerCard(4)
        yield lambda before=card.id: mw.reviewer.card is None or mw.reviewer.card.id != before


def look(shown: dict[str, Any], side: str) -> Iterator[Ask]:
    """Both modes of what is shown, with pictures."""
    for mode, theme, class_ in (("light", Theme.LIGHT, False), ("night", Theme.DARK, True)):
        mw.set_theme(theme)

        def settled(found: Any, night: bool = class_) -> bool:
            return (
                bool(found["text"]) and found["ready"] == "complete" and found["back"] == (side == "back")
                and found["opacity"] == "1" and ("nightMode" in found["classes"]) == night
            )  # fmt: skip

        yield mw.reviewer.web, LOOK, settled
        shown[f"{side} {mode}"] = answered["value"]
        yield from wait(4)  # the picture is drawn after the page has changed
        name = f"{len(SEEN['cards']):02}-{shown['name'].replace(':', '-')}-{side}-{mode}.png"
        mw.grab().save(str(Path(JOB["pictures"]) / name))
    mw.set_theme(Theme.LIGHT)


def wait(turns: int) -> Iterator[Ask]:
    left = iter(range(turns))
    yield lambda: next(left, None) is None


def dialog() -> ImportDialog | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, ImportDialog) and w.isVisible() and w.web]
    return found[0] if found else None


class Walk:
    """Takes the next step once what the last one waits for is true."""

    def __init__(self, steps: Iterator[Ask]) -> None:
        self.steps = steps
        self.ask: Ask | None = None
        self.since = 0.0
        self.turn = 0

    def go(self) -> None:
        self.turn += 1
        try:
            if self.ask is None:
                self.ask = next(self.steps, None)
                self.since = time.monotonic()
            if self.ask is None:
                finish()
            elif time.monotonic() - self.since > PATIENCE:
                raise TimeoutError(f"waited in vain; last seen: {answered}")
            elif callable(self.ask):
                self.later(self.ask())
            else:
                turn, (web, script, good) = self.turn, self.ask
                web.evalWithCallback(script, lambda value: self.hear(turn, value, good))
                QTimer.singleShot(SILENCE, lambda: self.turn == turn and self.go())
        except Exception:
            SEEN["failure"] = traceback.format_exc()
            finish()

    def hear(self, turn: int, value: Any, good: Callable[[Any], bool]) -> None:
        if turn == self.turn:
            answered["value"] = value
            self.later(value is not None and good(value))

    def later(self, done: bool) -> None:
        if done:
            self.ask = None
        QTimer.singleShot(0 if done else PAUSE, self.go)


def finish() -> None:
    (HERE / "seen.json").write_text(json.dumps(SEEN), "utf-8")
    mw.unloadProfileAndExit()


def complain(page: AnkiWebPage, level: Any, message: str, line: int, source: str) -> None:
    if level != AnkiWebPage.JavaScriptConsoleMessageLevel.InfoMessageLevel:
        SEEN["complaints"].append(f"{level.name} {source}:{line} {message}")


AnkiWebPage.javaScriptConsoleMessage = complain
walk = Walk(learner())  # kept here: Qt's timers do not keep it
gui_hooks.profile_did_open.append(lambda: QTimer.singleShot(500, walk.go))
