"""Our rendering of Anki templates is Anki's own: every case is rendered by the `anki` package too."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from anki.collection import Collection
from anki.errors import CardTypeError

from generator.anki_template import TemplateError, fill_type_boxes, makes_card, render

EXTRA = {"Deck": "(Deck)", "Subdeck": "(Deck)", "Card": "Card 1", "CardFlag": "flag0"}  # an unsaved note in Anki
ERROR_PAGE = "https://docs.ankiweb.net/templates/errors.html"

Sides = tuple[str, str]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    found = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    yield found
    found.close()


def in_anki(collection: Collection, front: str, back: str, fields: dict[str, str], *, cloze: bool, card: int) -> Sides:
    """Anki's own rendering. Templates that it refuses raise CardTypeError."""
    model = collection.models.new(f"type {len(collection.models.all_names_and_ids())}")
    model["type"] = 1 if cloze else 0
    for name in fields:
        collection.models.add_field(model, collection.models.new_field(name))
    template = collection.models.new_template("Card 1")
    template["qfmt"], template["afmt"] = front, back
    collection.models.add_template(model, template)
    collection.models.add(model)
    note = collection.new_note(model)
    for name, value in fields.items():
        note[name] = value
    output = note.ephemeral_card(card - 1).render_output()
    return output.question_text, output.answer_text


def here(front: str, back: str, fields: dict[str, str], *, cloze: bool, card: int) -> Sides:
    question = render(front, fields, card=card, cloze=cloze, extra=EXTRA)
    return question, render(back, fields, card=card, cloze=cloze, front=question, extra=EXTRA)


def assert_same(collection: Collection, front: str, back: str, fields: dict[str, str], *, cloze: bool = False) -> None:
    for card in (1, 2) if cloze else (1,):
        theirs = in_anki(collection, front, back, fields, cloze=cloze, card=card)
        assert here(front, back, fields, cloze=cloze, card=card) == theirs


VALUES = [
    "", " ", "\n\t", "<br>", "<BR/>", "<br />", "<div></div>", "<div> <br></div>", "&nbsp;", "\u00a0", "\u3000",
    "<p></p>", "<b></b>", "<div class=a></div>", "<img src=x.png>", "0", "text",
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_a_field_is_empty_where_anki_says_so(collection: Collection, value: str) -> None:
    front = "{{B}}{{#A}}[{{A}}]{{/A}}{{^A}}none{{/A}}"
    assert_same(collection, front, "{{FrontSide}}{{#A}}x{{/A}}", {"A": value, "B": "b"})


@pytest.mark.parametrize("value", VALUES)
def test_a_card_is_made_where_anki_makes_one(collection: Collection, value: str) -> None:
    front = "<i>{{#A}}{{^B}}never{{/B}}{{B}}{{/A}}</i>"
    question, _ = in_anki(collection, front, "{{B}}", {"A": value, "B": "b"}, cloze=False, card=1)
    assert makes_card(front, {"A": value, "B": "b"}) == (ERROR_PAGE not in question)


QUESTIONS = {
    "sections inside sections": "{{#A}}a{{#B}}b{{^E}}{{A}}{{/E}}{{^C}}no{{/C}}{{/B}}{{/A}}{{^A}}no{{/A}}",
    "white space in tags": "{{ A }}{{# B }}x{{/B }}{{A\n}}",
    "comments": "a<!-- {{Nope}} {{#A}} -->{{A}}<!-- open {{B}}",
    "braces that are no tags": "{x} }} {{{A}}} {{A}}}",
    "tags in a field are text": "{{C}}",
    "special fields": "{{A}}|{{Tags}}|{{Deck}}|{{Subdeck}}|{{Card}}|{{CardFlag}}|{{FrontSide}}|",
    "conditions on special fields": "{{A}}{{#Tags}}t{{/Tags}}{{^Tags}}none{{/Tags}}{{#Card}}c{{/Card}}",
    "typing": "{{A}}{{type:A}}{{type:nc:B}}{{type:E}}",
    "plain text": "{{text:B}}|{{text:D}}|{{text:E}}",
    "a hint on an empty field": "{{A}}{{hint:E}}",
    "a condition in an attribute": '<p class="a{{#A}} b{{/A}}">{{A}}</p>',
}
FIELDS = {
    "A": "psoas",
    "B": 'x <b class="y">bold</b> &amp; &lt;i&gt;&nbsp;<br>é',
    "C": "{{A}} {{#B}} }}",
    "D": "<!-- c --><ul><li>a</li></ul><script>s</script><style>t</style>\n&eacute;&#39;&hellip;",
    "E": "",
}


@pytest.mark.parametrize("front", QUESTIONS.values(), ids=QUESTIONS)
def test_templates_render_as_in_anki(collection: Collection, front: str) -> None:
    assert_same(collection, front, "{{FrontSide}}<hr id=answer>" + front.replace("{{FrontSide}}", ""), FIELDS)


CLOZES = {
    "hints": "a {{c1::b::hint}} {{c2::z}} {{c1::q}} {{c1::a::h<i>i</i>::t}} {{c1::e::}}",
    "inside each other": "a {{c1::b {{c2::in}} x::h}} {{c2::z {{c1::y::k}}}}",
    "markup": '{{c1::<b>bold</b> "&quot;" it\'s `x` é ß – 一 \\ / = ; #}}\n<ul><li>{{c2::x}}</li></ul>',
    "not gaps": "{{c1::x}} {{c1:b}} {{d1::x}} {{c2::y}} }} {{c1::open {{c2::z}}",
    "several numbers": "{{c1,2::both}} {{c0::zero}} {{c12::twelve}} {{c1::}} {{c2::x}}",
    "numbers too high": "{{c70000::x}} {{c1::y {{c65536::a}} z}} {{c1,70000::q}} {{c2::w}} {{c007::v}}",
    "formulas": r"\(a {{c1::\frac{x<b>y</b>}{z} }}\) <b>\(p<i>q</i>\)</b> \[{{c2::a<br>b}}\]",
    "masks": r"{{c1::image-occlusion:rect:left=.5:top=.1:width=.2:height=.4:oi=1}}<br>"
    r"{{c2::image-occlusion:ellipse:left=.1:top=.1:rx=.1:ry=.2:oi=1}}<br>"
    r"{{c2::image-occlusion:polygon:left=.1:top=.7:points=.3,.7 .5,.9:angle=3:fill=#fff000}}<br>"
    r"{{c0::image-occlusion:text:left=.05:top=.02:text=note\: L1:scale=1.:fs=.05}}<br>",
}


@pytest.mark.parametrize("text", CLOZES.values(), ids=CLOZES)
def test_gaps_render_as_in_anki(collection: Collection, text: str) -> None:
    front = "{{cloze:T}}|{{text:cloze:T}}|{{#c1}}one{{/c1}}{{^c1}}not one{{/c1}}|{{#c2}}two{{/c2}}|{{cloze:E}}"
    assert_same(collection, front, "{{cloze:T}}|{{type:cloze:T}}|{{FrontSide}}", {"T": text, "E": "no gap"}, cloze=True)


def test_a_hint_renders_as_in_anki_but_for_its_id(collection: Collection) -> None:
    fields = {"A": "<b>x</b>", "B": "y"}
    pair = (
        here("{{hint:A}}", "{{B}}", fields, cloze=False, card=1)[0],
        in_anki(collection, "{{hint:A}}", "{{B}}", fields, cloze=False, card=1)[0],
    )
    ours, theirs = (re.sub(r"hint[0-9a-f]{16}", "hintID", side) for side in pair)
    assert ours == theirs


WRONG = [
    "{{A}}{{Nope}}", "{{A}}{{#Nope}}x{{/Nope}}", "{{A}}{{^Nope}}x{{/Nope}}", "{{A}}{{^A}}{{Nope}}{{/A}}", "{{#A}}{{B}}",
    "{{#A}}{{#B}}{{A}}{{/A}}{{/B}}", "{{A}}{{/A}}", "{{A", "{{A}}{{a}}", "{{A}}{{}}",
    "{{A}}{{#FrontSide}}x{{/FrontSide}}",
]  # fmt: skip


@pytest.mark.parametrize("front", WRONG)
def test_a_template_that_anki_refuses_is_an_error(collection: Collection, front: str) -> None:
    fields = {"A": "x", "B": "y"}
    with pytest.raises(TemplateError):
        render(front, fields)
    try:
        question, _ = in_anki(collection, front, "{{B}}", fields, cloze=False, card=1)
    except CardTypeError:
        return
    assert ERROR_PAGE in question


def test_an_unknown_filter_is_an_error() -> None:
    with pytest.raises(TemplateError, match="clos"):
        render("{{clos:A}}", {"A": "x"})


def test_a_type_box_is_empty_on_the_front_and_filled_on_the_back() -> None:
    fields = {"A": "psoas <b>major</b>", "B": ""}
    rendered = render("{{type:nc:A}}|{{type:B}}", fields)
    assert "psoas" not in fill_type_boxes(rendered, fields)
    assert ">psoas major<" in fill_type_boxes(rendered, fields, back=True)
    assert fill_type_boxes(rendered, fields).endswith("|")
