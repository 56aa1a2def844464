"""The package: the same bytes every time, whatever the machine; and what genanki does by itself."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile

import pytest
from lab import NOW, REPO, good, write_project

from generator.build import build
from generator.write.pdf import PARTS

CARDS = """\
  - {id: origin, question: Where does it arise?, answer: Lumbar spine, level: core, sources: [gray1918#psoas, web]}
  - {id: roots, cloze: "The roots are {{c1::L2}} and {{c2::L4}}.", sources: gray1918}
"""


def digests(folder) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_input_gives_the_same_bytes_everywhere(tmp_path):
    found = []
    for i, (seed, zone, umask) in enumerate(
        (("1", "UTC", 0o022), ("2", "Asia/Kathmandu", 0o077), ("77", "America/Lima", 0o000))
    ):
        root = write_project(tmp_path / f"folder {i}", {"muscle": CARDS})
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": str(NOW)}
        code = (
            f"import os; os.umask({umask}); from generator.cli import main; main(['build', '--project', {str(root)!r}])"
        )
        subprocess.run([sys.executable, "-c", code], env=env, cwd=REPO, check=True, capture_output=True)
        found.append(digests(root / "decks" / "build"))
    printed = 2 * (len(PARTS) - 2)  # without summary page and worksheets, which need more than cards
    assert len(found[0]) == 6 + 5 + printed  # five files are the gallery
    assert found[0] == found[1] == found[2]


def test_nothing_of_the_day_is_in_what_is_released(tmp_path):
    from lab import release

    root = write_project(tmp_path, {"muscle": CARDS})
    release(root, "1.0.0", NOW)
    build(good(root, NOW + 1), tmp_path / "a")
    build(good(root, NOW + 86_400 * 400), tmp_path / "b")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_no_temporary_file_stays_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", None)
    build(good(write_project(tmp_path / "project", {"muscle": CARDS})), tmp_path / "out")
    assert list((tmp_path / "temporary").iterdir()) == []
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "gallery", "print", "trial-core-update.txt", "trial-core.apkg", "trial-study-sheet.html", "trial-study-sheet.md",
        "trial-update.txt", "trial.apkg",
    ]  # fmt: skip


def test_what_a_killed_build_left_is_cleared_away(tmp_path):
    project = good(write_project(tmp_path / "project", {"muscle": CARDS}))
    (tmp_path / "out" / ".building-x").mkdir(parents=True)
    (tmp_path / "out" / ".building-x" / "half").write_text("half", "utf-8")
    build(project, tmp_path / "out", ("apkg",))
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["trial-core.apkg", "trial.apkg"]


def test_line_ends_of_a_windows_checkout_are_not_in_the_package(tmp_path):
    found = []
    for name in ("linux", "windows"):
        root = write_project(tmp_path / name, {"muscle": CARDS})
        for file in [*root.rglob("*.html"), *root.rglob("*.css"), *root.rglob("*.yaml")]:
            text = file.read_text("utf-8")
            file.write_text(
                text if name == "linux" else "\ufeff" + text, "utf-8", newline="\n" if name == "linux" else "\r\n"
            )
        build(good(root), tmp_path / f"{name}-out")
        found.append(digests(tmp_path / f"{name}-out"))
    assert found[0] == found[1]


def test_the_package_is_deflated_with_fixed_dates_and_modes(tmp_path):
    build(good(write_project(tmp_path / "project", {"muscle": CARDS})), tmp_path / "out", ("apkg",))
    with zipfile.ZipFile(tmp_path / "out" / "trial.apkg") as file:
        assert [info.filename for info in file.infolist()] == ["collection.anki2", "media"]
        for info in file.infolist():
            assert info.compress_type == zipfile.ZIP_DEFLATED
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.external_attr >> 16 == 0o644
        assert json.loads(file.read("media")) == {}


def test_a_failed_build_leaves_the_last_good_output_whole(tmp_path, monkeypatch):
    project = good(write_project(tmp_path / "project", {"muscle": CARDS}))
    out = tmp_path / "out"
    build(project, out)
    before = digests(out)
    import generator.write.sheet_html as sheet_html

    def broken(sheet):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sheet_html, "sheet_html", broken)
    with pytest.raises(OSError, match="No space"):
        build(good(write_project(tmp_path / "project", {"muscle": CARDS.replace("Lumbar", "Sacral")})), out)
    assert digests(out) == before


def test_why_genanki_is_not_used_plain(tmp_path):
    """Were these to pass without our subclasses, the subclasses could go (genanki 0.13.1)."""
    import genanki

    model = genanki.Model(1, "M", fields=[{"name": "Text"}], templates=[{"name": "C", "qfmt": "{{cloze:Text}}", "afmt": ""}],
                          model_type=genanki.Model.CLOZE)  # fmt: skip
    packages = []
    for _ in range(2):
        deck = genanki.Deck(1, "D")
        deck.add_note(genanki.Note(model, ["{{c1,2::x}}"], guid="g"))
        assert deck.notes[0].cards == [], "no card for a cloze that Anki makes two of"
        out = io.BytesIO()
        genanki.Package(deck).write_to_file(out, timestamp=NOW + len(packages))
        packages.append(out.getvalue())
    assert packages[0] != packages[1], "every note has the build's time"
