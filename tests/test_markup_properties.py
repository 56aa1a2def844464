"""Markup under generated text: safe whatever is typed, the fast path exact, the words kept in every form."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nh3
import pytest
from anki.collection import Collection
from anki.decks import DeckId
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.markup import check_html, cloze_numbers, fill_cloze, plain, render, to_markdown
from generator.markup.forbidden import forbidden_text
from generator.markup.grammar import convert
from generator.markup.render import _fast

PIECES = [
    "psoas", "L4", "2", "°", "–", "é", "α", "\u00a0", " ", " ", " ", "  ", "\n", "\n\n", "    ", "\t", "*", "**", "***",
    "_", "- ",
    "1. ", "2. ", "1918. ", "+ ", "# ", "> ", "---", "===", "|", "\n|-|-|\n", "a | b\n", "\\", "`", "~", "$", "!", "[",
    "]", "(", ")",
    "[a](https://a.org/b)", "](", "https://a.org", "<", ">", "&", "&amp;", "&lt;", "&#42;", '"', "'", "<sup>", "</sup>",
    "<sub>",
    "</sub>", "<br>", "<b>", "</b>", "<script>", "{", "}", "::", "{{c1::", "{{c2::", "}}", "{{", ":", ";", "=", ".",
    ",",
]  # fmt: skip
TYPED = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
QUIET = st.lists(
    st.sampled_from([piece for piece in PIECES if not re.search(r"[<{\\]|::|\]\(", piece)]), max_size=25
).map("".join)  # fmt: skip
ANYTHING = st.one_of(TYPED, st.text(max_size=60))
WORDS = st.text(alphabet="abcXYZ 0123456789,;?%°–—’éßµαθ\u00a0/'\"", max_size=60)
VOID = ("br", "img")
ALLOWED = {
    "a": {"href"}, "img": {"src", "alt", "width", "height"}, **{tag: set() for tag in (
        "p", "br", "strong", "em", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "sub", "sup")},
}  # fmt: skip


class Checker(HTMLParser):
    """Knows the closed list by heart, and no code of ours."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        for name, value in attrs:
            assert name in ALLOWED[tag]
            assert name != "href" or re.match(r"https://[a-z0-9.-]+\.[a-z]+", value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert "<" not in data

    def handle_entityref(self, name: str) -> None:
        assert name in ("amp", "lt", "gt")

    def handle_charref(self, name: str) -> None:
        raise AssertionError(name)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def note_type(anki: Collection, name: str) -> dict[str, Any]:
    found = anki.models.by_name(name)
    assert found
    return found


def squeezed(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()


@settings(max_examples=600, deadline=None)
@given(ANYTHING, st.booleans())
@example("[la**t**ex]", False)
@example("\x02klzzwxh:0000\x03", False)
def test_whatever_is_typed_the_html_is_safe(text: str, cloze: bool) -> None:
    html, complaints = render(text, cloze=cloze)
    Checker(html)
    assert nh3.clean(html, link_rel=None).replace("&nbsp;", "\u00a0") == html
    assert not forbidden_text(html, cloze=cloze)
    if not complaints:
        assert not check_html(html, cloze=cloze)


@settings(max_examples=300, deadline=None)
@given(ANYTHING, st.booleans())
def test_a_text_renders_alike_whatever_was_rendered_before(text: str, cloze: bool) -> None:
    first = render(text, cloze=cloze)
    render("- a\n\n1. b **c\n\n|a|b|\n|-|-|\n[x](y)")
    assert render(text, cloze=cloze) == first


@settings(max_examples=600, deadline=None)
@given(QUIET)
@example("*a*,*b* **c**")
@example("a\n- b")
@example("1. a")
def test_the_fast_path_gives_what_python_markdown_gives(text: str) -> None:
    text = text.strip()
    fast = _fast(text)
    assume(fast is not None and not forbidden_text(text))
    assert (fast, []) == convert(text)
    html, complaints = render(text)
    assert complaints or html == fast  # what people paste is complained about after either path


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_words_without_markup_come_out_as_they_went_in(text: str) -> None:
    html, complaints = render(text)
    assert not complaints
    assert squeezed(plain(html)) == squeezed(text)


@settings(max_examples=300, deadline=None)
@given(TYPED)
def test_no_word_is_lost(text: str) -> None:
    html, complaints = render(text)
    assume(not complaints)
    kept = re.compile(r"[^\W12_]|[°–]")  # 1 and 2 may number a list
    bare = re.sub(r"<br>|</?su[bp]>|(?<=a\])\(https://a.org/b\)", "", text)
    assert kept.findall(plain(html)) == kept.findall(bare)


@settings(max_examples=400, deadline=None)
@given(TYPED, st.booleans())
@example("{{c1::a}}{{c2::b}}", True)
@example("{{c1::(a)}}b *c*,**d**", True)
def test_markdown_for_a_code_host_shows_the_same_words(text: str, cloze: bool) -> None:
    html, complaints = render(text, cloze=cloze)
    assume(not complaints)
    host = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    assert plain(host.render(to_markdown(html))) == plain(html)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["{{c1::", "{{c2::", "{{c10::", "}}", "}", "::", ":", "a", "**b**", " ", "L4<L5"]), max_size=14
    ).map("".join)
)
def test_gaps_are_read_as_anki_reads_them(anki: Collection, text: str) -> None:
    html, complaints = render(text, cloze=True)
    assume(not complaints)
    note = anki.new_note(note_type(anki, "Cloze"))
    note["Text"] = html
    assert tuple(sorted(anki._backend.cloze_numbers_in_note(note._to_backend_note()))) == cloze_numbers(html)
    for number in cloze_numbers(html):
        card = note.ephemeral_card(number - 1)
        answer = re.sub(r"<style>.*?</style>", "", card.answer(), flags=re.DOTALL)
        shown = unescape(re.sub(r"<[^>]*>", "", answer))
        assert squeezed(shown) == squeezed(unescape(re.sub(r"<[^>]*>", "", fill_cloze(html, ("", "")))))


@settings(max_examples=60, deadline=None)
@given(TYPED)
def test_anki_keeps_a_field_as_it_is(anki: Collection, text: str) -> None:
    html, complaints = render(text)
    assume(not complaints and html)
    note = anki.new_note(note_type(anki, "Basic"))
    note["Front"] = html
    anki.add_note(note, DeckId(1))
    assert anki.get_note(note.id)["Front"] == html
    assert note.fields_check() in (0, 2)  # normal, or a text that an earlier example had


@pytest.fixture(scope="module")
def anki() -> Iterator[Collection]:
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        yield collection
        collection.close()
