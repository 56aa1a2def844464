"""What somebody would write instead of studydeck: PyYAML, Python-Markdown, genanki. The same cards, fields and tags, no checks.

    python benchmarks/genanki_script.py naive|tuned PROJECT OUT.apkg

naive: yaml.safe_load and markdown.markdown(). tuned: yaml.CSafeLoader and one Markdown instance.
"""

import html
import re
import sys
from pathlib import Path

import genanki
import markdown
import yaml


def read(path):
    return path.read_text(encoding="utf-8")


mode, project, out = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
if mode == "tuned":
    one = markdown.Markdown()

    def to_html(text):
        return one.reset().convert(text)

    def load(path):
        return yaml.load(read(path), Loader=yaml.CSafeLoader)
else:
    to_html = markdown.markdown

    def load(path):
        return yaml.safe_load(read(path))


FIELDS = {
    "Question": "question", "Answer": "answer", "Text": "cloze", "Vignette": "vignette", "Accept": "accept", "Caution": "caution",
    "Hook": "hook", "Why": "why", "Debate": "debate", "Type in": "type_in",
}  # fmt: skip


def model(folder):
    def part(name):
        return re.sub(
            "<!-- include (.+?) -->", lambda found: read(folder.parent / "shared" / found[1]), read(folder / name)
        )

    shape = load(folder / "note_type.yaml")
    return genanki.Model(
        shape["id"],
        shape["name"],
        fields=[{"name": field["name"]} for field in shape["fields"]],
        templates=[{"name": t["name"], "qfmt": part(t["front"]), "afmt": part(t["back"])} for t in shape["templates"]],
        css=read(folder.parent / "style.css"),
        model_type=genanki.Model.CLOZE if folder.name == "cloze" else genanki.Model.FRONT_BACK,
    )


def citations(path):
    """Each source, and each of its sections, as an item of a list."""
    items = {}
    for source in load(path)["sources"]:
        address = f"https://doi.org/{source['doi']}" if "doi" in source else source.get("url", "")
        title = html.escape(source["title"])
        title = f'<a href="{html.escape(address)}">{title}</a>' if address else title
        authors = source.get("authors", [])
        names = ", ".join([authors] if isinstance(authors, str) else authors[:3])
        where = " ".join(str(source[key]) for key in ("journal", "publisher", "year") if key in source)
        text = f"{html.escape(names)}. {title}. {html.escape(where)}"
        items[source["id"]] = f"<li>{text}</li>"
        for key, section in source.get("sections", {}).items():
            items[f"{source['id']}#{key}"] = f"<li>{text}, section {html.escape(section)}</li>"
    return items


definition = load(project / "decks" / "bench.yaml")
prefix = definition["namespace"]
question, cloze = (model(project / "decks" / "note_types" / kind) for kind in ("question", "cloze"))
cited = citations(project / "cards" / "sources.yaml")
deck = genanki.Deck(definition["id"], definition["name"], definition["description"])
for topic in definition["topics"]:
    file = load(project / "cards" / f"{topic}.yaml")
    for card in file["cards"]:
        reverse = card.get("reverse", {})
        sources = card["sources"]
        values = {name: to_html(card[key]) for name, key in FIELDS.items() if key in card}
        values["Reverse question"] = to_html(reverse["question"]) if reverse else ""
        values["Reverse answer"] = to_html(reverse["answer"]) if reverse else ""
        values["Certainty"] = card["certainty"]
        values["Red flag"] = "1" if "red_flag" in card else ""
        values["Topic"] = file["title"]
        values["Sources"] = f"<ol>{''.join(cited[source] for source in sources)}</ol>"
        values["Id"] = card["id"]
        tags = [f"topic::{topic}", f"level::{card['level']}", f"certainty::{card['certainty']}"]
        tags += [f"source::{source.replace('#', '::')}" for source in sources]
        note_type = cloze if "cloze" in card else question
        deck.add_note(
            genanki.Note(
                model=note_type,
                fields=[values.get(field["name"], "") for field in note_type.fields],
                tags=[f"{prefix}::{tag}" for tag in tags],
                guid=f"{prefix}/{card['id']}",
            )
        )
genanki.Package(deck).write_to_file(out)
