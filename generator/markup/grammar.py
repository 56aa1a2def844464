"""Python-Markdown, stripped to the grammar of cards: bold, italic, lists, tables, links, line breaks, sup and sub.

What is switched off stays what it is: "#1 cause", "> 45 degrees", "1918. Gray", "2*3*4". Where Python-Markdown
would lose or change text without a word (numbers of a list, cells of a table), there is a complaint.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, OListProcessor, ParagraphProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import DelimiterProcessor, InlineProcessor
from markdown.util import Registry

from .forbidden import Complaint, is_link

_AMPERSAND = "\ue000"  # private use is refused in texts; so the serializer sees no entities
_BREAK = re.compile(r" {2,}\n *| *<br ?/?> *", re.IGNORECASE)
_MARKER = re.compile(r"(?:-|1\.) ")
_RULE = re.compile(r"[|:-]*-[|:-]*\|[ |:-]*|[ |:-]*\|[ |:-]*-[ |:-]*")
_KEEP = {"normalize_whitespace", "empty", "indent", "inline"}


def flow(text: str) -> str:
    """A paragraph on one line: a single newline is a space, two spaces before it a line break."""
    return re.sub(r"[ \n]+", " ", _BREAK.sub("<br>", text.strip())).strip(" ")


class Grammar(Markdown):
    """A Markdown instance that notes complaints while it reads."""

    complaints: list[Complaint]


def _complain(block: BlockProcessor, code: str, line: str, message: str, help: str) -> None:
    line = line.strip().replace(_AMPERSAND, "&")
    cast(Grammar, block.parser.md).complaints.append(Complaint(code, message.format(line[:40]), help, line))


class _Paragraph(ParagraphProcessor):
    """Text on one line; says so where that would swallow a list or a table."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        for line in block.split("\n")[1:]:
            if _MARKER.match(line.lstrip(" ")):
                _complain(self, "list-apart", line, '"{}" would run on in the line before it',
                          "leave an empty line before the list, and begin items at the start of a line")  # fmt: skip
                break
            elif _RULE.fullmatch(line.strip()):
                _complain(self, "table-apart", line, "this is not read as a table",
                          "leave an empty line before it, and give every row as many cells as the first")  # fmt: skip
        text = flow(block)
        if not text:
            return
        if not self.parser.state.isstate("list"):
            SubElement(parent, "p").text = text
        elif len(parent):
            parent[-1].tail = f"{parent[-1].tail or ''} {text}"
        else:
            parent.text = f"{parent.text} {text}" if parent.text else text


class _List(OListProcessor):
    """`- ` or `1. `, and no list straight inside a list item's first line, so `- - -` stays text."""

    def __init__(self, md: Markdown, tag: str) -> None:
        super().__init__(md.parser)
        self.TAG, self.SIBLING_TAGS = tag, [tag]  # type: ignore[misc]  # the stubs say class variables
        self.marker = r"(-)(?=.*[^ \n-])" if tag == "ul" else r"(\d{1,4})\."
        self.RE = re.compile(rf"^[ ]{{0,3}}{self.marker}[ ]+(.*)")
        self.INDENT_RE = re.compile(r"^[ ]{4,7}(?:-|\d{1,4}\.)[ ]+.*")

    def test(self, parent: Element, block: str) -> bool:
        match = self.RE.match(block)
        if not match or (parent.tag == "li" and not parent.text and not len(parent)):
            return False
        return self.TAG == "ul" or int(match[1]) in (1, self._next(parent))

    def run(self, parent: Element, blocks: list[str]) -> None:
        self.number = self._next(parent)
        super().run(parent, blocks)

    def _next(self, parent: Element) -> int:
        sibling = self.lastChild(parent)
        return len(sibling) + 1 if sibling is not None and sibling.tag == self.TAG else 1

    def get_items(self, block: str) -> list[str]:
        items: list[str] = []
        for line in block.split("\n"):
            match = self.RE.match(line)
            if match and line.startswith(" "):
                _complain(self, "list-indent", line, '"{}" is indented by less than four spaces',
                          "four spaces make it part of the item above, none a new item")  # fmt: skip
            if match and self.TAG == "ol" and int(match[1]) not in (1, self.number):
                _complain(self, "list-number", line, f'"{{}}": the next item of this list is {self.number}.',
                          "number the items in order; if it is no item, join it to the line above")  # fmt: skip
            if match:
                items.append(match[2])
                self.number += 1
            elif self.INDENT_RE.match(line) and not items[-1].startswith("    "):
                items.append(line)
            else:
                items[-1] += "\n" + line
        return items


class _Table(TableProcessor):
    """Pipe tables without alignment. Backticks mean nothing; `\\|` is a pipe in a cell."""

    RE_CODE_PIPES = re.compile(r"(\\\\)|((?!))|((?!))|(\\\|)|(\|)")

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser, {"use_align_attribute": False})

    def _build_row(self, row: str, parent: Element, align: Any) -> None:
        cells = len(self._split_row(row))  # type: ignore[attr-defined]  # not in the stubs
        if cells != len(align):
            _complain(self, "table-cells", row, f"{cells} cells in a table of {len(align)} columns: {{}}",
                      "give every row as many cells as the first; a pipe inside a cell is written \\|")  # fmt: skip
        super()._build_row(row, parent, [None] * len(align))  # type: ignore[misc]
        for cell in parent[-1]:
            cell.text = flow((cell.text or "").replace("\\|", "|"))


class _Link(InlineProcessor):
    """`[text](https://…)`, with at most one pair of brackets in the address."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int, int]:  # type: ignore[override]  # noqa: N802
        url = m[3].replace(_AMPERSAND, "&")
        if m[1]:
            code, message, help = "image", f"a picture in the text: {m[0][:60]}", "name a figure in the field figure"
        elif not is_link(url):
            code, message = "link", f'"{url[:60]}" is not a plain https address'
            help = 'a link is [text](https://…); for anything else put a space between "]" and "("'
        else:
            link = Element("a", href=m[3])
            link.text = m[2]
            return link, m.start(), m.end()
        cast(Grammar, self.md).complaints.append(Complaint(code, message, help, m[0].replace(_AMPERSAND, "&")))
        return None, m.start(), m.end()


class _Tag(InlineProcessor):
    """`<sup>` and `<sub>` with what they enclose, and `<br>`."""

    def __init__(self, pattern: str, tag: str) -> None:
        super().__init__(pattern)
        self.compiled_re = re.compile(pattern, re.DOTALL | re.IGNORECASE)
        self.tag = tag

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        element = Element(self.tag)
        if m.re.groups:
            element.text = m[1]
        return element, m.start(), m.end()


@lru_cache(1)
def _markdown() -> Grammar:
    md = Grammar(output_format="html")
    registries: tuple[Registry[Any], ...] = (
        md.preprocessors, md.parser.blockprocessors, md.treeprocessors, md.inlinePatterns, md.postprocessors,
    )  # fmt: skip
    for registry in registries:
        for name in [item.name for item in registry._priority]:  # type: ignore[attr-defined]
            if name not in _KEEP:
                registry.deregister(name)
    blocks, inline = md.parser.blockprocessors, md.inlinePatterns
    blocks.register(_Table(md), "table", 75)
    blocks.register(_List(md, "ol"), "olist", 40)
    blocks.register(_List(md, "ul"), "ulist", 30)
    blocks.register(_Paragraph(md.parser), "paragraph", 10)
    inline.register(_Link(r"(!?)\[([^\[\]]+)\]\(([^()]*(?:\([^()]*\)[^()]*)?)\)", md), "link", 60)
    for priority, tag in ((50, "sup"), (49, "sub")):
        inline.register(_Tag(rf"<{tag}>((?:(?!</?{tag}>).)*)</{tag}>", tag), tag, priority)
    inline.register(_Tag(r"<br ?/?>", "br"), "linebreak", 40)
    inline.register(DelimiterProcessor("*", "strong,em", md, smart=True), "em_strong", 30)  # smart: not inside words
    return md


def convert(text: str) -> tuple[str, list[Complaint]]:
    """HTML of a text without forbidden characters, and what is wrong with its markup."""
    md = _markdown()
    md.complaints = []
    try:
        html = md.reset().convert(text.expandtabs(4).replace("&", _AMPERSAND))
    except Exception:
        _markdown.cache_clear()  # its state is of no use any more
        raise
    html = html.replace(_AMPERSAND, "&amp;")
    if html.startswith("<p>") and html.find("</p>") == len(html) - 4:
        html = html[3:-4]
    if match := re.search(r"&lt;(/?su[bp])&gt;", html, re.IGNORECASE):
        tag = f"<{match[1]}>"
        md.complaints.append(Complaint("html-tag", f"{tag} has no partner", "write both: x<sup>2</sup>", tag))
    return html, [*dict.fromkeys(md.complaints)]
