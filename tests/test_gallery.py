"""The gallery: every Anki card is in it, its files ask for nothing outside, and nothing that is written runs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from lab import REPO, good, write_project
from test_occlusion import CARDS as LABELS
from test_occlusion import FIGURE, png

from generator.gallery import empty, gallery
from generator.write.gallery import gallery_files

CARDS = """\
  - {id: origin, question: Where does the psoas arise?, answer: Lumbar spine, reverse: {question: What arises there?, answer: Psoas}, sources: [gray1918#psoas, web]}
  - {id: roots, cloze: "The roots are {{c1::L2::root}} and {{c3::L4}}.", level: core, sources: web}
  - {id: insertion, question: Where does it insert?, answer: Trochanter, type_in: Trochanter, red_flag: true, sources: web}
"""
GONE = """\
  - {id: old, question: What was taught?, answer: This, retired: Anatomists found it wrong., sources: web}
  - {id: older, cloze: "Of {{c2::this}}.", retired: Found wrong too., sources: web}
"""


@pytest.fixture(scope="module")
def deck():
    from generator.load import load

    project = load(REPO, 0).project
    assert project
    return project


def read(files: dict[str, bytes], name: str):
    """The value that a script of the gallery gives to the page."""
    text = files[name].decode()
    assert text.startswith("window.")
    return json.loads(text.partition(" = ")[2].rstrip(";\n"))


def shown(tmp_path, cards: str = CARDS, gone: str = GONE):
    project = good(write_project(tmp_path, {"muscle": cards, "gone": gone}))
    return gallery(project.deck, project.notes)


def test_every_anki_card_of_the_deck_is_there_once_with_both_sides(deck):
    cards = read(gallery_files(gallery(deck.deck, deck.notes)), "cards.js")["cards"]
    expected = {(note.card.id, ord_ + 1) for note in deck.notes for ord_ in note.ords}
    assert len(cards) == len(expected)
    assert {(card["id"], card["number"]) for card in cards} == expected
    for card in cards:
        assert card["title"], card["address"]
        assert '<main class="sheet' in card["front"], card["address"]
        assert '<main class="sheet' in card["back"], card["address"]
        assert card["front"] != card["back"]


def test_the_first_anki_card_has_the_address_of_its_card(tmp_path):
    assert [(card.address, card.title, card.part, card.traits) for card in shown(tmp_path).cards] == [
        ("origin", "Where does the psoas arise?", "", ("question",)),
        ("origin/2", "What arises there?", "the other way round", ("reverse",)),
        ("roots", "The roots are […] and L4.", "gap 1", ("cloze",)),
        ("roots/3", "The roots are L2 and […].", "gap 3", ("cloze",)),
        ("insertion", "Where does it insert?", "", ("typed", "red-flag")),
        ("old", "What was taught?", "", ("question", "retired")),
        ("older", "Of […].", "", ("cloze", "retired")),
    ]


def test_a_retired_card_says_so_on_its_front(tmp_path):
    found = {card.address: card for card in shown(tmp_path).cards}
    assert "This card is retired:</strong> Anatomists found it wrong." in found["old"].front
    assert "retired" not in found["origin"].front


def test_a_hidden_label_has_its_picture_and_is_found_by_its_name(tmp_path):
    root = write_project(tmp_path, {"hip": LABELS})
    (root / "cards" / "figures").mkdir()
    (root / "cards" / "figures" / "hip.yaml").write_text(FIGURE, "utf-8")
    (root / "cards" / "figures" / "hip.png").write_bytes(png(200))
    (root / "cards" / "figures" / "hip-blank.png").write_bytes(png(100))
    project = good(root)
    files = gallery_files(gallery(project.deck, project.notes))
    cards = {card["address"]: card for card in read(files, "cards.js")["cards"]}
    pictures = read(files, "figures.js")
    assert [address for address in cards if address.startswith("labels")] == ["labels", "labels/3"]
    assert "Bone" in cards["labels/3"]["searched"]
    assert 'class="cloze" data-ordinal="3" data-shape="rect"' in cards["labels/3"]["front"]
    for card in cards.values():
        for name in re.findall(r'src="([^"]+)"', card["front"] + card["back"]):
            assert pictures[name].startswith("data:image/png;base64,"), name
    assert len(pictures) == 2


def test_filters_offer_what_cards_have(tmp_path):
    found = shown(tmp_path)
    assert found.topics == (("muscle", "Muscle"), ("gone", "Gone"))
    assert found.sources == (("web", "A page"), ("gray1918", "Anatomy of the Human Body"))


class Page(HTMLParser):
    """Every attribute of a page, and what stands in its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open = tag

    def handle_endtag(self, tag):
        self.open = ""

    def handle_data(self, data):
        if self.open in ("script", "style"):
            self.inside.append(data)

    def one(self, tag: str) -> dict[str, str | None]:
        (found,) = [attrs for name, attrs in self.tags if name == tag]
        return found


def test_no_file_asks_for_anything_outside(deck):
    files = gallery_files(gallery(deck.deck, deck.notes))
    assert sorted(files) == ["cards.js", "figures.js", "gallery.css", "gallery.js", "index.html"]
    page = Page(files["index.html"].decode())
    loaded = [attrs[key] for tag, attrs in page.tags for key in ("src", "href") if key in attrs and tag != "a"]
    assert sorted(set(loaded) - {"data:,"}) == ["cards.js", "figures.js", "gallery.css", "gallery.js"]
    for name in ("gallery.css", "gallery.js"):
        assert not re.search(rb"https?:|//[a-z]|url\(|@import|import\(|fetch\(|XMLHttp", files[name]), name


def test_cards_stand_in_a_sandbox_without_an_origin(deck):
    frame = Page(gallery_files(gallery(deck.deck, deck.notes))["index.html"].decode()).one("iframe")
    assert frame["sandbox"] == "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    assert "src" not in frame


def test_the_policy_lets_only_our_files_and_the_scripts_of_the_templates_run(deck):
    page = Page(gallery_files(gallery(deck.deck, deck.notes))["index.html"].decode())
    (policy,) = [attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    hashes = re.findall(r"'sha256-[A-Za-z0-9+/=]+'", rules["script-src"])
    assert len(hashes) == 2  # the frame's own, and the call that sets up image occlusion
    assert rules == {
        "default-src": "'none'", "script-src": f"'self' file: {' '.join(hashes)}", "style-src": "'self' file:",
        "img-src": "data:", "connect-src": "'none'", "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip
    assert page.inside == []
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"]


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'\u2028"


def test_what_is_hostile_stays_text(deck):
    value = gallery(deck.deck, deck.notes)
    card = replace(value.cards[0], title=HOSTILE, searched=HOSTILE)
    bad = replace(value, title=HOSTILE, description=HOSTILE, safety=HOSTILE, topics=((card.topic, HOSTILE),),
                  sources=((card.sources[0], HOSTILE),), cards=(card,))  # fmt: skip
    files = gallery_files(bad)
    good_page, bad_page = (Page(gallery_files(x)["index.html"].decode()) for x in (replace(value, cards=(card,)), bad))
    assert [tag for tag, _ in bad_page.tags] == [tag for tag, _ in good_page.tags]
    assert read(files, "cards.js")["cards"][0]["title"] == HOSTILE


def test_a_hint_brings_no_handler_and_no_style(tmp_path):
    root = write_project(tmp_path, {"muscle": CARDS})
    front = root / "decks" / "note_types" / "question" / "front.html"
    front.write_text(front.read_text("utf-8") + "{{hint:Topic}}", "utf-8")
    project = good(root)
    card = read(gallery_files(gallery(project.deck, project.notes)), "cards.js")["cards"][0]
    assert re.search(
        r'<a class=hint href="#" draggable=false>\nTopic</a>\n<div id="\w+" class=hint hidden>Muscle</div>',
        card["front"],
    )
    assert "onclick" not in card["front"]
    assert "style=" not in card["front"]


def test_a_gallery_of_nothing_can_be_shown():
    assert read(gallery_files(empty()), "cards.js")["cards"] == []
