"""Whole projects: what only several files together can get wrong, and the deck's own cards."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lab import NOW, REPO, loaded, release, write_project

from generator import lint
from generator.load import load
from generator.parse.schema import schema
from generator.problem import as_text

GOOD = "  - {id: origin, question: Whence arises psoas?, answer: Lumbar spine, sources: gray1918}\n"
SCHEMA = REPO / "cards" / "card.schema.json"


def card(id_: str, rest: str) -> str:
    return f"  - {{id: {id_}, question: {id_[:2][-1]}?, answer: A, {rest}}}\n"


def heads(root: Path) -> list[str]:
    """The first lines of the messages, with help behind a bar."""
    return [as_text(p).split("\n")[0] + (f" | {p.help}" if p.help else "") for p in loaded(root).problems]


def test_an_id_is_used_once_in_the_whole_project(tmp_path):
    root = write_project(tmp_path, {"a": GOOD + GOOD, "b": GOOD})
    help_ = " | the newer of the two cards needs an id of its own; learners' progress hangs on the older one's"
    assert heads(root) == [
        f'cards/a.yaml:5:10: error[duplicate-id]: the id "origin" stands also in line 4{help_}',
        f'cards/b.yaml:4:10: error[duplicate-id]: the id "origin" stands also in cards/a.yaml:4{help_}',
    ]


def test_an_id_that_learners_have_stays_with_its_card_wherever_the_other_stands(tmp_path):
    root = write_project(tmp_path, {"b": GOOD})
    release(root, "1.0.0", NOW)
    new = GOOD.replace("Whence arises psoas?", "Where ends psoas?").replace("Lumbar spine", "Femur")
    write_project(root, {"a": new, "b": GOOD.replace("Lumbar spine", "The lumbar spine")})
    assert heads(root) == [
        'cards/a.yaml:4:10: error[duplicate-id]: the id "origin" belongs to the card in cards/b.yaml:4, which learners have'
        " | give this card an id of its own"
    ]


def test_a_copied_file_is_one_problem(tmp_path):
    cards = "".join(card(id_, "sources: gray1918") for id_ in ("one", "two", "three"))
    root = write_project(tmp_path, {"a": cards})
    (root / "cards" / "a copy.yaml").write_text((root / "cards" / "a.yaml").read_text("utf-8"), "utf-8")
    assert [line.partition(" |")[0] for line in heads(root)] == [
        "cards/a copy.yaml:1:8: error[copied-file]: this looks like a copy of cards/a.yaml: 3 of its cards stand there too",
    ]


def test_sources_and_sections_must_exist(tmp_path):
    cards = (
        card("one", "sources: [gray1981]")
        + card("two", "sources: [gray1918#psaos, web#top]")
        + card("three", "sources: [zzz]")
    )
    assert heads(write_project(tmp_path, {"a": cards})) == [
        'cards/a.yaml:4:50: error[unknown-source]: there is no source "gray1981" | did you mean "gray1918"?',
        'cards/a.yaml:5:50: error[unknown-section]: source "gray1918" has no section "psaos" | did you mean "psoas"?',
        'cards/a.yaml:5:66: error[unknown-section]: source "web" has no section "top"'
        " | cite it as web, or add the section to cards/sources.yaml",
        'cards/a.yaml:6:52: error[unknown-source]: there is no source "zzz" | add it to cards/sources.yaml',
    ]


@pytest.mark.parametrize(
    ("typed", "help_"),
    [
        ("Gray 1918", "write gray1918"),
        ("[gray-1918#Psoas major]", "write gray1918#psoas"),
        ("gray", 'did you mean "gray1918"?'),
        ("gray1918 and web", "write [gray1918, web]"),
        ("[Gray 1918; web]", "write gray1918, web"),
        ("https://www.example.org/page/", "write web"),
        ("'10.1000/X.y'", "write gray1918"),
        ("'doi:10.1000/x.y'", "write gray1918"),
        ("10.1000/other", "describe the work in cards/sources.yaml and write its id here"),
        ("none", "add it to cards/sources.yaml"),
        ("[web, web]", "delete one of them"),
    ],
)
def test_what_is_no_source_gets_the_id_that_was_meant(tmp_path, typed, help_):
    root = write_project(tmp_path, {"a": f"  - id: one\n    question: Q?\n    answer: A\n    sources: {typed}\n"})
    path = root / "cards" / "sources.yaml"
    path.write_text(path.read_text("utf-8").replace('year: "1918"', 'year: "1918", doi: 10.1000/x.y'), "utf-8")
    assert [p.help for p in loaded(root).problems if p.severity == "error"] == [help_]


def test_figures_must_exist(tmp_path):
    cards = (
        card("one", "sources: gray1918, figure: front")
        + "  - {id: two, occlude: {figure: front, labels: [x]}, sources: gray1918}\n"
    )
    help_ = " | figures are described in cards/figures/; there is no front.yaml"
    assert heads(write_project(tmp_path, {"a": cards})) == [
        f'cards/a.yaml:4:67: error[unknown-figure]: there is no figure "front"{help_}',
        f'cards/a.yaml:5:33: error[unknown-figure]: there is no figure "front"{help_}',
    ]


def test_the_summary_names_figures_that_cards_show(tmp_path):
    root = write_project(tmp_path, {"a": GOOD})
    deck = root / "decks" / "trial.yaml"
    summary = (
        "summary:\n  figures: front\n  columns: [Muscle, Origin]\n  rows:\n    - - text: Psoas\n      - text: T12\n"
    )
    deck.write_text(deck.read_text("utf-8") + summary, "utf-8")
    (message,) = heads(root)
    assert message.endswith('error[unknown-figure]: there is no figure "front"')
    golden_figures = REPO / "tests" / "golden" / "cards" / "figures"
    for file in golden_figures.iterdir():
        target = root / "cards" / "figures" / file.name.replace("knee", "front")
        target.parent.mkdir(exist_ok=True)
        content = file.read_bytes()
        target.write_bytes(content)
    messages = heads(root)
    assert any('error[figure-not-shown]: no card shows the figure "front"' in message for message in messages)


def test_topics_are_listed_in_the_deck(tmp_path):
    root = write_project(tmp_path, {"actions": GOOD})
    (root / "cards" / "extra.yaml").write_text(
        f"topic: extra\ntitle: Extra\ncards:\n{card('x', 'sources: web')}", "utf-8"
    )
    deck = root / "decks" / "trial.yaml"
    deck.write_text(deck.read_text("utf-8").replace("[actions]", "[action, actions, actions]"), "utf-8")
    assert heads(root) == [
        'cards/extra.yaml:1:8: error[unlisted-topic]: topic "extra" is not in the deck, so nobody would get its cards'
        ' | add "extra" to topics in decks/trial.yaml, where it belongs in study order',
        'decks/trial.yaml:8:10: error[unknown-topic]: there is no cards/action.yaml | did you mean "actions"?',
        'decks/trial.yaml:8:27: error[duplicate-topic]: topic "actions" is listed twice',
    ]


def test_the_summary_cites_cards_that_exist(tmp_path):
    root = write_project(tmp_path, {"a": GOOD})
    deck = root / "decks" / "trial.yaml"
    summary = "summary:\n  columns: [Muscle, Origin]\n  rows:\n    - - text: Psoas\n      - {text: T12, cards: orgin}\n    - - text: One\n"
    deck.write_text(deck.read_text("utf-8") + summary, "utf-8")
    assert heads(root) == [
        'decks/trial.yaml:18:28: error[unknown-card]: there is no card "orgin" | did you mean "origin"?',
        "decks/trial.yaml:19:7: error[summary-row]: this row has 1 cell and the table 2 columns",
    ]


def test_markup_is_complained_about_in_its_place(tmp_path):
    cards = "  - id: one\n    question: |\n      An <b>odd</b> muscle?\n    answer: |\n      [sound:x.mp3]\n    sources: gray1918\n"
    found = heads(write_project(tmp_path, {"a": cards}))
    assert [line.split("]")[0] + "]" for line in found] == [
        "cards/a.yaml:6:10: error[html-tag]",
        "cards/a.yaml:8:7: error[sound]",
    ]


def test_all_problems_come_at_once(tmp_path):
    cards = card("one", "sources: nowhere") + card("two", "sources: gray1918, levle: core")
    root = write_project(
        tmp_path, {"a": cards, "b": '  - {id: one, cloze: "Psoas is {{c1::<b>x</b>}} here.", sources: gray1918}\n'}
    )
    assert [line.partition("]")[0].partition("[")[2] for line in heads(root)] == [
        "unknown-source", "unknown-key", "duplicate-id", "html-tag",
    ]  # fmt: skip


def test_allow_answers_a_rule_and_must_answer_one(tmp_path):
    weak = card("one", "sources: web, level: core, certainty: weak")
    allowed = card(
        "two", "sources: web, level: core, certainty: weak, allow: {weak-in-core: Learners will meet the claim.}"
    )
    unused = card("three", "sources: gray1918, allow: {weak-in-core: Why not.}")
    unknown = card("four", "sources: gray1918, allow: {weak-in-cor: Why not.}")
    far = card("five", "sources: gray1918, allow: {xyz: Why not.}")
    rules = ", ".join(lint.CODES)
    assert heads(write_project(tmp_path, {"a": weak + allowed + unused + unknown + far})) == [
        'cards/a.yaml:4:61: review[weak-in-core]: card "one" is core and its claim is weakly supported'
        " | make its level standard or detail",
        'cards/a.yaml:6:69: error[unused-allow]: the rule "weak-in-core" has nothing against this card | take the allow out',
        'cards/a.yaml:7:68: error[unused-allow]: there is no rule "weak-in-cor" | did you mean "weak-in-core"?',
        f'cards/a.yaml:8:68: error[unused-allow]: there is no rule "xyz" | the rules are {rules}',
    ]


def test_a_deck_does_without_the_rules_that_it_names(tmp_path):
    weak = card("one", "sources: web, level: core, certainty: weak")
    allowed = card("two", "sources: web, level: core, certainty: weak, allow: {weak-in-core: Why not.}")
    root = write_project(tmp_path, {"a": weak})
    deck = root / "decks" / "trial.yaml"
    deck.write_text(deck.read_text("utf-8") + "lint: {without: weak-in-core}\n", "utf-8")
    assert heads(root) == []
    write_project(tmp_path, {"a": weak + allowed})
    deck.write_text(deck.read_text("utf-8") + "lint: {without: [weak-in-core, weakincore]}\n", "utf-8")
    assert heads(root) == [
        'cards/a.yaml:5:92: error[unused-allow]: the rule "weak-in-core" is off in this deck | take the allow out',
        'decks/trial.yaml:14:32: error[unknown-rule]: there is no rule "weakincore" | did you mean "weak-in-core"?',
    ]


def test_a_card_with_a_mistake_still_exists(tmp_path):
    root = write_project(tmp_path, {"a": GOOD.replace("answer:", "anwser:"), "b": card("two", "sources: gray1918")})
    deck = root / "decks" / "trial.yaml"
    summary = (
        "summary:\n  columns: [Muscle, Origin]\n  rows:\n    - - text: Psoas\n      - {text: T12, cards: origin}\n"
    )
    deck.write_text(deck.read_text("utf-8") + summary, "utf-8")
    assert [line.split(":")[0] for line in heads(root)] == ["cards/a.yaml"]
    (root / "cards" / "a.yaml").write_bytes(b"\xff\xfe")
    assert [line.split(":")[0] for line in heads(root)] == ["cards/a.yaml"]


def test_a_gap_in_the_wrong_field_is_one_problem(tmp_path):
    root = write_project(
        tmp_path,
        {"a": card("one", "accept: {{c1::x}}, sources: gray1918").replace("{{c1", '"{{c1').replace("}}", '}}"')},
    )
    assert [p.code for p in loaded(root).problems] == ["cloze-elsewhere"]


def test_one_bad_source_does_not_hide_other_mistakes(tmp_path):
    root = write_project(tmp_path, {"a": card("one", "sources: web") + card("two", "sources: nowhere")})
    path = root / "cards" / "sources.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: blog", "kind: bolg"), "utf-8")
    assert [line.split("]")[0] for line in heads(root)] == [
        "cards/a.yaml:5:49: error[unknown-source",
        "cards/sources.yaml:3:21: error[bad-value",
    ]


def test_a_bad_text_of_a_source_is_found_behind_a_bad_source(tmp_path):
    root = write_project(tmp_path, {"a": GOOD})
    path = root / "cards" / "sources.yaml"
    text = path.read_text("utf-8").replace("kind: textbook", "kind: book").replace("title: A page", "title: '[latex]'")
    path.write_text(text, "utf-8")
    assert [line.partition("]")[0] for line in heads(root)] == [
        "cards/sources.yaml:2:26: error[bad-value",
        "cards/sources.yaml:3:34: error[latex",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("cards/a.yaml", "title: A", "title: '[sound:x.mp3]'", "sound"),
        ("cards/sources.yaml", "title: A page", "title: '[latex]'", "latex"),
        ("cards/sources.yaml", "https://example.org/page", "https://x/)![p](https://evil.example/t.png", "bad-link"),
        ("cards/sources.yaml", "https://example.org/page", "https://trusted.org@evil.example/", "bad-link"),
        ("decks/trial.yaml", "A deck for tests.", "'[anki:tts]'", "anki-tag"),
        ("cards/a.yaml", "sources: gray1918", "type_in: '[[type:Answer]]', sources: gray1918", "type-tag"),
        ("cards/a.yaml", "sources: gray1918", "type_in: '**Lumbar** spine', sources: gray1918", "type-in-markup"),
        ("cards/a.yaml", "sources: gray1918", f"type_in: {'a' * 61}, sources: gray1918", "type-in-too-long"),
        ("cards/a.yaml", "sources: gray1918", "tags: [level::detail], sources: gray1918", "reserved-tag"),
        ("decks/trial.yaml", "name: Trial", "name: 'Trial::'", "bad-deck-name"),
        ("decks/trial.yaml", "name: Trial", "name: Default", "bad-deck-name"),
        ("decks/trial.yaml", "id: 1704067200", "id: 1", "bad-deck-id"),
        ("decks/trial.yaml", "full: {title: all cards}", "full: {title: all cards, levels: core}", "no-full-edition"),
    ],
)
def test_what_would_break_or_deceive_outside_card_text_is_found(tmp_path, file, old, new, code):
    root = write_project(tmp_path, {"a": GOOD})
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")
    assert code in [p.code for p in loaded(root).problems]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("question/back.html", "{{Answer}}", "{{Anwser}}", 'there is no field "Anwser"'),
        ("question/front.html", "{{/Type in}}", "", "Anki cannot read this template"),
        ("question/back.html", "<!-- include marks.html -->", "<!-- include Marks.html -->", "an include is not written as"),
        ("question/back.html", "<!-- include marks.html -->", "<!-- include mark.html -->", "there is no decks/note_types/shared/mark.html"),
        ("question/back.html", "{{Answer}}", "{{Answer}}<img/onerror=alert(1) src=x>", "<img> is not for templates"),
        ("question/back.html", "{{Answer}}", "{{Answer}}<SCRIPT>fetch('x')</SCRIPT>", "<script> is not for templates"),
        ("question/back.html", "{{Answer}}", '<div onclick="x">{{Answer}}</div>', 'onclick="x" is not for templates'),
        ("cloze/back.html", "<main", '<a href="JavaScript:x">y</a><main', 'href="JavaScript:x" is not for templates'),
        ("shared/masked.html", "anki.imageOcclusion.setup();", "anki.imageOcclusion.setup(); pycmd('ans');", "the only script is"),
        ("cloze/note_type.yaml", "name: Iliopsoas Cloze", "name: Iliopsoas Question", 'another note type is named "Iliopsoas Question"'),
        ("question/note_type.yaml", "name: Hook", "name: Why", "Why is used twice in fields"),
        ("style.css", ".card {", "@import 'https://x';\n.card {", "the style sheet loads something"),
    ],
)  # fmt: skip
def test_a_template_that_anki_would_stumble_over_is_found(tmp_path, file, old, new, message):
    root = write_project(tmp_path, {"a": GOOD})
    path = root / "decks" / "note_types" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [p.message for p in loaded(root).problems]
    assert [text for text in found if text.startswith(message)], found


def test_a_review_does_not_stop_a_build(tmp_path):
    found = loaded(write_project(tmp_path, {"a": card("one", "sources: web")}))
    assert [p.code for p in found.problems] == ["settled-on-weak-sources"]
    assert found.project


@pytest.mark.parametrize(
    ("missing", "path"),
    [
        ("cards/sources.yaml", "cards/sources.yaml"),
        ("decks/trial.yaml", "decks"),
        ("decks/note_types/style.css", "decks/note_types/style.css"),
    ],
)
def test_a_missing_file_is_named(tmp_path, missing, path):
    root = write_project(tmp_path, {"a": GOOD})
    (root / missing).unlink()
    assert path in [p.path for p in loaded(root).problems]
    assert loaded(root).project is None


def test_two_deck_definitions_are_one_too_many(tmp_path):
    root = write_project(tmp_path, {"a": GOOD})
    (root / "decks" / "other.yaml").write_text("name: Other\n", "utf-8")
    assert heads(root) == [
        "decks:1:1: error[many-decks]: a project has one deck definition in decks/, not other.yaml, trial.yaml"
    ]


@pytest.mark.skipif(os.name == "nt", reason="making a link needs a right on Windows")
def test_no_link_is_followed(tmp_path):
    root = write_project(tmp_path / "project", {"a": GOOD})
    (tmp_path / "secret.yaml").write_text("topic: secret\n", "utf-8")
    (root / "cards" / "loop.yaml").symlink_to("loop.yaml")
    (root / "cards" / "secret.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "decks" / "note_types" / "shared" / "marks.html").unlink()
    (root / "decks" / "note_types" / "shared" / "marks.html").symlink_to("../../../cards/a.yaml")
    help_ = "this is a link, and links are not followed | put the file itself here"
    assert [line for line in heads(root) if "[link]" in line] == [
        f"cards/loop.yaml:1:1: error[link]: {help_}",
        f"cards/secret.yaml:1:1: error[link]: {help_}",
        f"decks/note_types/shared/marks.html:1:1: error[link]: {help_}",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names on Windows")
def test_what_is_no_file_is_not_read(tmp_path):
    root = write_project(tmp_path, {"a": GOOD})
    os.mkfifo(root / "cards" / "pipe.yaml")
    (root / "cards" / "folder.yaml").mkdir()
    assert heads(root) == [
        "cards/folder.yaml:1:1: error[not-a-file]: this is not a file",
        "cards/pipe.yaml:1:1: error[not-a-file]: this is not a file",
    ]


@pytest.mark.parametrize(
    "name",
    ["cards/b.yml", "cards/b.YAML", "cards/b.yaml.txt", "cards/sub/b.yaml", "cards/figures/b.yml", "decks/b.yml"],
)
def test_a_file_that_nobody_would_read_is_a_problem(tmp_path, name):
    root = write_project(tmp_path, {"a": GOOD})
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(f"topic: b\ntitle: B\ncards:\n{GOOD}", "utf-8")
    path = "cards/sub" if "sub" in name else name
    assert [line.partition("]")[0] for line in heads(root)] == [f"{path}:1:1: error[unread-file"]


def test_the_names_of_our_own_files_are_small_letters(tmp_path):
    root = write_project(tmp_path, {"a": GOOD})
    (root / "cards" / "Glossary.yaml").write_text("terms: []\n", "utf-8")
    message = (
        "cards/Glossary.yaml:1:1: error[unread-file]: nobody reads a file of this name | rename it to glossary.yaml"
    )
    assert heads(root) == [message]


@pytest.mark.parametrize("name", ["a.yml", "a.yaml.txt", "A.yaml"])
def test_a_topic_whose_file_has_a_wrong_name_is_no_unknown_topic(tmp_path, name):
    root = write_project(tmp_path, {"a": GOOD, "b": card("two", "sources: gray1918")})
    deck = root / "decks" / "trial.yaml"
    summary = "summary:\n  columns: [A, B]\n  rows:\n    - - text: A\n      - {text: B, cards: origin}\n"
    deck.write_text(deck.read_text("utf-8") + summary, "utf-8")
    (root / "cards" / "a.yaml").rename(root / "cards" / name)
    assert [line.split(":")[0] for line in heads(root)] == [f"cards/{name}"]


@pytest.mark.parametrize("name", [".#a.yaml", "._a.yaml", ".a.yaml.swp", "a.yaml~", "notes.txt"])
def test_files_of_editors_and_systems_are_left_alone(tmp_path, name):
    root = write_project(tmp_path, {"a": GOOD})
    (root / "cards" / name).write_bytes(b"\x00\x05\x16")
    assert heads(root) == []


def test_an_empty_folder_is_no_project(tmp_path):
    assert {p.code for p in load(tmp_path, NOW).problems} == {"missing-file", "no-deck"}


@pytest.mark.parametrize(
    ("report", "link"),
    [
        ("https://example.org/new?card={id}&x=1", "https://example.org/new?card={{Id}}&amp;x=1"),
        ("https://example.org/new", "https://example.org/new"),
        ("mailto:cards@example.org", "mailto:cards@example.org?subject={{Id}}"),
        (
            "mailto:cards@example.org?subject=Card {id}".replace(" ", "%20"),
            "mailto:cards@example.org?subject=Card%20{{Id}}",
        ),
    ],
)
def test_a_report_address_becomes_a_link_on_every_back(tmp_path, report, link):
    root = write_project(tmp_path, {"a": GOOD})
    deck = root / "decks" / "trial.yaml"
    deck.write_text(deck.read_text("utf-8") + f"report: {report}\n", "utf-8")
    templates = [t for note_type in loaded(root).project.deck.note_types.values() for t in note_type.templates]
    assert len(templates) == 4
    assert [f'<a href="{link}">Report a mistake</a>' in t.back for t in templates] == [True] * 4
    assert not [t.name for t in templates if "Report a mistake" in t.front]


@pytest.mark.parametrize(
    "report", ["http://example.org", "javascript:alert(1)", "ftp://x", "example.org", 'https://x/"onclick=']
)
def test_a_report_address_is_https_or_mailto(tmp_path, report):
    root = write_project(tmp_path, {"a": GOOD})
    deck = root / "decks" / "trial.yaml"
    deck.write_text(deck.read_text("utf-8") + f"report: '{report}'\n", "utf-8")
    assert [line.split(" ")[0] for line in heads(root)] == ["decks/trial.yaml:14:9:"]


def test_without_a_report_address_no_link_is_shown(tmp_path):
    note_types = loaded(write_project(tmp_path, {"a": GOOD})).project.deck.note_types
    assert not [t for n in note_types.values() for t in n.templates if "report" in t.back.lower()]


# The real deck


@pytest.fixture(scope="module")
def real():
    return load(REPO, NOW)


def test_our_cards_have_no_problems(real):
    assert [as_text(p) for p in real.problems] == []


def test_our_six_main_topics_have_ten_cards_each(real):
    count = Counter(note.topic.key for note in real.project.notes)
    main = ("origin-insertion", "actions", "psoas-paradox", "variations", "symptoms", "differentials")
    assert {topic for topic in main if count[topic] < 10} == set()
    assert sum(count.values()) >= 280


def test_the_committed_schema_is_what_the_models_say(update_golden):
    text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    if update_golden:
        SCHEMA.write_text(text, "utf-8")
    assert SCHEMA.read_text("utf-8") == text


@pytest.mark.parametrize("path", sorted((REPO / "cards").glob("*.yaml")), ids=lambda path: path.stem)
def test_an_editor_accepts_our_card_files(path):
    import yaml

    first, _, rest = path.read_text("utf-8").partition("\n")
    if path.stem not in ("sources", "glossary"):
        assert first == "# yaml-language-server: $schema=./card.schema.json"
        assert [e.message for e in Draft202012Validator(schema()).iter_errors(yaml.safe_load(rest))] == []
