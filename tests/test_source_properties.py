"""Promises of reading that hold for everything a person can type, tried on what Hypothesis thinks of."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_problems import CASES, check, read_case

from generator import parse
from generator.source import events, read
from generator.source.scalar import quoted

HEAD = "topic: actions\ntitle: Actions\ncards:\n"
CARD = "  - id: flexion\n    question: Which?\n    {0}\n    sources: gray1918\n"

# Text as people write it; what must not be in a file has its own cases.
TEXT = st.text(
    st.one_of(
        st.sampled_from(list("abAB12 \n#:'\"*>|-[]{}&!%@`?,\\~=<.é–“”")),
        st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Cn")),
    ),
    max_size=60,
).map(lambda text: unicodedata.normalize("NFC", text))
LINE = TEXT.map(lambda text: " ".join(text.split())).filter(bool)


def answer(value: str, key: str = "answer") -> Any:
    document, _ = read("cards/actions.yaml", f"{HEAD}{CARD.format(f'{key}: {value}')}".encode())
    return document and document.data["cards"][0].get(key)


@pytest.fixture(params=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML comes with and without its C parser; both must do."""
    monkeypatch.setattr(events, "LOADER", yaml.CSafeLoader if request.param == "C" else yaml.SafeLoader)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=200), TEXT.map(str.encode), TEXT.map(lambda text: (HEAD + text).encode())))
@example(b"[" * 100_000)
@example(b"- " * 25_000)
@example(b"\xef\xbb\xbf\xff")
@example(b'a: "\\UFFFFFFFF"')
@example(b"%YAML 9.9\n---\na: b")
@example(b"? [a]\n: b")
@example(b"cards:\n  - &x {<<: *x}")
def test_any_bytes_give_problems_or_a_document(content: bytes) -> None:
    for path in ("cards/actions.yaml", "cards/sources.yaml"):
        document, problems = read(path, content)
        assert document is not None or problems
        assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in check(path, content))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([read_case(file).content for file in CASES]), st.data())
def test_a_case_with_any_line_damaged_gives_problems_or_a_document(content: bytes, data: st.DataObject) -> None:
    lines = content.split(b"\n")
    row = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[row])))
    put = data.draw(
        st.sampled_from([b"", b" ", b"- ", b"'", b'"', b": ", b"#", b"{", b"[", b"|", b"\t", b"&", b"*", b"\xff"])
    )
    lines[row] = lines[row][:column] + put + lines[row][column + data.draw(st.integers(0, 3)) :]
    check("cards/actions.yaml", b"\n".join(lines))


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_problems_are_the_same_with_both_parsers(file: Any) -> None:
    case = read_case(file)
    expected = [line.split(": error[")[0] for line in case.messages.splitlines() if ": error[" in line]
    found = [f"{problem.path}:{problem.line}:{problem.column}" for problem in check(case.path, case.content)]
    assert len(found) == len(expected)


@given(TEXT.map(lambda text: text.strip("\n")).filter(lambda text: text.strip() and not text.startswith(" ")))
def test_text_in_a_block_comes_back_unchanged(text: str) -> None:
    block = "|\n" + "\n".join(f"      {line}" for line in text.split("\n"))
    assert answer(block) == text + "\n"


@given(TEXT)
def test_text_in_double_quotes_comes_back_unchanged(text: str) -> None:
    assert answer(json.dumps(text, ensure_ascii=False)) == text
    assert answer('"' + "".join(f"\\U{ord(char):08X}" for char in text) + '"') == text


@given(LINE)
def test_unquoted_text_comes_back_unchanged_or_is_a_problem(text: str) -> None:
    content = f"{HEAD}{CARD.format(f'answer: {text}')}".encode()
    if not check("cards/actions.yaml", content):
        assert answer(text) == text


@given(LINE)
def test_quoted_is_what_yaml_reads_back(text: str) -> None:
    assert yaml.safe_load(quoted(text)) == text


MEANT = {
    "**Lesser trochanter** of the femur": None,
    "*x": None,
    "{{c1::Psoas minor}} is inconstant": None,
    "{{c1::Psoas minor}}": None,
    "Thomas test: which muscle?": None,
    "Three muscles:": None,
    ">60% MVIC": None,
    "> 60%": None,
    "'Ludloff's sign'": "Ludloff's sign",
    "'Ludloff's sign": "Ludloff's sign",
    '"Snapping hip" of the internal type': None,
    '"Snapping" or "clicking"': None,
    '"the "snapping" hip"': 'the "snapping" hip',
    "%40": None,
    "@home": None,
    "`flexion`": None,
    "- iliacus": None,
    "!Kung": None,
    "& iliacus": None,
    "[Right] hip": None,
    "? which": None,
    "|text": "text",
    "| text": "text",
    "| a | b |": None,
    '"Snapping hip': "Snapping hip",
    r'"\psoas"': r"\psoas",
    "Flexes the hip # main action": None,
    "#1 cause": None,
    "no": None,
    "12:30": None,
    "~": None,
}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("typed", MEANT)
def test_the_corrected_line_reads_as_the_text_that_was_meant(typed: str) -> None:
    key = "cloze" if "{{" in typed else "answer"
    card = CARD if key == "answer" else CARD.replace("    question: Which?\n", "")
    content = f"{HEAD}{card.format(f'{key}: {typed}')}".encode()
    problems = check("cards/actions.yaml", content)
    assert len(problems) == 1
    first, _, corrected = problems[0].help.partition("\n")
    assert first == "write it as"
    lines = content.decode().split("\n")
    lines[problems[0].line - 1] = corrected
    assert check("cards/actions.yaml", "\n".join(lines).encode()) == []
    document, _ = read("cards/actions.yaml", "\n".join(lines).encode())
    topic, _ = parse.topic(document) if document else (None, [])
    assert topic
    assert getattr(topic.cards[0], key) == (MEANT[typed] or typed)


@settings(max_examples=300)
@given(LINE)
def test_every_corrected_line_can_be_read(text: str) -> None:
    content = f"{HEAD}{CARD.format(f'answer: {text}')}".encode()
    for problem in read("cards/actions.yaml", content)[1]:
        first, _, corrected = problem.help.partition("\n")
        if first == "write it as":
            document, problems = read(
                "cards/actions.yaml", content.replace(f"    answer: {text}".encode(), corrected.encode())
            )
            assert (document is None, problems) == (False, [])
