"""The real deck in Anki's real desktop: imported in its dialog, studied by day and by night."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from anki_page import AnkiCard, anki_cards, words
from desktop import study
from lab import NOW, REPO

from generator.build import build
from generator.load import Project, load

pytestmark = pytest.mark.gate

ANSWERS = 4  # the first cards as a learner gets them


KINDS: tuple[Callable[[AnkiCard], object], ...] = (
    lambda card: card.note.note_type == "cloze",
    lambda card: card.note.note_type == "occlusion",
    lambda card: card.note.note_type == "question" and card.ord == 1,
    lambda card: getattr(card.note.card, "type_in", None),
    lambda card: card.note.card.vignette,
    lambda card: card.note.card.debate,
    lambda card: getattr(card.note.card, "figure", None),
)


def samples(project: Project) -> list[str]:
    """The first card of each kind that the deck has, of notes that are not answered before: those come again another day."""
    answered = project.notes[:ANSWERS]
    cards = [card for card in anki_cards(project) if card.note not in answered]
    found = [next((card.name for card in cards if kind(card)), "") for kind in KINDS]
    return [name for name in dict.fromkeys(found) if name]


@pytest.fixture(scope="module")
def project() -> Project:
    found = load(REPO, NOW).project
    assert found
    return found


@pytest.fixture(scope="module")
def pictures() -> Path:
    """Outside pytest's own folder, which the next runs clear."""
    return Path(tempfile.mkdtemp(prefix="studydeck-desktop-"))


@pytest.fixture(scope="module")
def seen(project: Project, pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("desktop")
    build(project, folder, ("apkg",))
    found = study(
        folder / "iliopsoas.apkg",
        folder / "anki",
        pictures,
        deck=project.deck.shape.name,
        notes=len(project.notes),
        answers=ANSWERS,
        then=samples(project),
        size=[900, 760],
    )
    assert not found["failure"], found["failure"]
    return found


def test_the_dialog_imports_every_card(seen: dict[str, Any], project: Project) -> None:
    said = seen["import"].replace("\u2068", "").replace("\u2069", "")  # Anki isolates numbers from the text's direction
    assert f"{len(project.notes)} new notes imported" in said


def test_cards_come_in_study_order_and_show_question_and_answer(seen: dict[str, Any], project: Project) -> None:
    expected = {card.name: card for card in anki_cards(project)}
    order = [note.card.id for note in project.notes]
    assert [shown["name"].partition(":")[0] for shown in seen["cards"][:ANSWERS]] == order[:ANSWERS]
    assert sorted(shown["name"] for shown in seen["cards"][ANSWERS:]) == sorted(samples(project))
    for shown in seen["cards"]:
        card = expected[shown["name"]]
        for mode in ("light", "night"):
            front, back = words(shown[f"front {mode}"]["text"]), words(shown[f"back {mode}"]["text"])
            if card.note.note_type == "question":
                assert card.asked in front
            assert [text for text in card.answer if text not in back] == []
            for hidden in card.hidden:
                assert front.count(hidden) <= card.asked.count(hidden), (shown["name"], hidden)
            assert shown[f"back {mode}"]["folded"] is True


def test_the_cards_are_dark_at_night(seen: dict[str, Any]) -> None:
    by_day = {shown[f"{side} light"]["background"] for shown in seen["cards"] for side in ("front", "back")}
    by_night = {shown[f"{side} night"]["background"] for shown in seen["cards"] for side in ("front", "back")}
    assert len(by_day) == len(by_night) == 1
    assert by_day != by_night


def test_no_script_complains(seen: dict[str, Any]) -> None:
    assert seen["complaints"] == []


def test_screenshots_are_kept(seen: dict[str, Any], pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nscreenshots of Anki's desktop: {pictures}")
    kept = list(pictures.glob("*.png"))
    assert len(kept) == 4 * len(seen["cards"])
    assert min(picture.stat().st_size for picture in kept) > 5000, "an empty window"
