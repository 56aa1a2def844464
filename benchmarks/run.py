"""The same work, us and the peers, in one run: whole processes, timed from outside.

`python benchmarks/run.py --cards 3000 30000 --runs 3 --peers` for made projects, `--real` for the cards of this repository.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import anki_yaml_tool

HERE = Path(__file__).parent
ROOT = HERE.parent
STUDYDECK = [sys.executable, "-m", "generator"]
MIB = 2**20 if sys.platform == "darwin" else 2**10  # what ru_maxrss counts in


@dataclass
class Work:
    """A command and what its runs took. `package` is what it writes."""

    name: str
    command: list[str]
    package: Path | None = None
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)

    def run(self, log: Path) -> None:
        """Once, in a process of its own. This process stays small: a child's peak begins with its parent's memory."""
        with log.open("wb") as out:
            begun = time.perf_counter()
            process = subprocess.Popen(self.command, stdout=out, stderr=out, env=os.environ | {"PYTHONPATH": str(ROOT)})
            _, status, usage = os.wait4(process.pid, 0)
            self.wall.append(time.perf_counter() - begun)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{self.name} ended with {process.returncode}:\n{log.read_text(errors='replace')[-2000:]}")
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.peak.append(usage.ru_maxrss / MIB)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time studydeck beside what else one could use, on the same cards.")
    parser.add_argument(
        "--cards", type=int, nargs="+", default=[30_000], metavar="N", help="sizes of the projects (30000)"
    )
    parser.add_argument("--runs", type=int, default=3, metavar="K", help="runs of each; the median is shown (3)")
    parser.add_argument("--peers", action="store_true", help="also anki-yaml-tool, which is installed for it")
    parser.add_argument("--real", action="store_true", help="time check and build of the real cards instead")
    options = parser.parse_args()
    if not hasattr(os, "wait4"):
        sys.exit("memory is measured with os.wait4, which this platform does not have")
    with tempfile.TemporaryDirectory(prefix="studydeck-benchmark-") as name:
        folder = Path(name)
        if options.real:
            real(folder, options.runs)
            return
        peer = anki_yaml_tool.install(folder / "venv") if options.peers else None
        if options.peers and peer is None:
            print("anki-yaml-tool: skipped, pip could not install it\n")
        ours = [made(folder / str(count), count, options.runs, peer) for count in options.cards]
        for few, many in pairwise(zip(options.cards, ours, strict=True)):
            growth = statistics.median(many[1].cpu) / statistics.median(few[1].cpu)
            print(f"studydeck build: {many[0]:,} cards take {growth:.1f} times the CPU seconds of {few[0]:,}")


def real(folder: Path, runs: int) -> None:
    """The cards of this repository: what a contributor waits for."""
    build = [*STUDYDECK, "build", "--project", str(ROOT), "--out", str(folder / "out")]
    works = [
        Work("studydeck check", [*STUDYDECK, "check", "--project", str(ROOT)]),
        Work("studydeck build --only apkg", [*build, "--only", "apkg"]),
        Work("studydeck build --only pdf", [*build, "--only", "pdf"]),
        Work("studydeck build", build),
    ]
    measure(works, runs, folder / "log")
    show("The real cards", works)


def made(folder: Path, count: int, runs: int, peer: Path | None) -> Work:
    """A made project of `count` cards; gives our build."""
    project = folder / "project"
    project.mkdir(parents=True)
    subprocess.run([sys.executable, HERE / "corpus.py", str(count), project], check=True)
    script = [sys.executable, str(HERE / "genanki_script.py")]
    out, tuned_out, naive_out, peer_out = (folder / name for name in ("ours", "tuned.apkg", "naive.apkg", "peer.apkg"))
    build = [*STUDYDECK, "build", "--only", "apkg", "--project", str(project), "--out", str(out)]
    ours = Work("studydeck build", build, out / "bench.apkg")
    check = Work("studydeck check", [*STUDYDECK, "check", "--project", str(project)])
    tuned = Work("tuned genanki script", [*script, "tuned", str(project), str(tuned_out)], tuned_out)
    naive = Work("naive genanki script", [*script, "naive", str(project), str(naive_out)], naive_out)
    works = [ours, check, tuned, naive]
    if peer:
        source = folder / "peer.yaml"
        subprocess.run([sys.executable, HERE / "anki_yaml_tool.py", project, source], check=True)
        works.append(
            Work("anki-yaml-tool", [str(peer), "build", "--file", str(source), "--output", str(peer_out)], peer_out)
        )
    measure(works, runs, folder / "log")
    show(f"{count:,} cards", works, tuned)
    return ours


def measure(works: list[Work], runs: int, log: Path) -> None:
    """In turn, so that a busy minute of the machine is shared by all."""
    for _ in range(runs):
        for work in works:
            work.run(log)


def show(title: str, works: list[Work], base: Work | None = None) -> None:
    more = ("", "") if base is None else (" ratio | notes | Anki cards |", " ---: | ---: | ---: |")
    print(f"| {title:20} | seconds | CPU s | peak MiB |{more[0]}")
    print(f"| {'-' * 20} | ---: | ---: | ---: |{more[1]}")
    for work in works:
        wall, cpu, peak = (statistics.median(figures) for figures in (work.wall, work.cpu, work.peak))
        row = f"| {work.name:20} | {wall:7.2f} | {cpu:5.2f} | {peak:8.0f} |"
        if base:
            ratio = statistics.median(ours / theirs for ours, theirs in zip(work.wall, base.wall, strict=True))
            row += f" {ratio:5.2f} | {contents(work.package)} |"
        print(row)
    print()


def contents(package: Path | None) -> str:
    """Notes and Anki cards in a package: the proof that the work was the same."""
    if package is None:
        return " | "
    with zipfile.ZipFile(package) as file:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(file.read("collection.anki2"))
        try:
            (notes,), (cards,) = connection.execute("SELECT count() FROM notes UNION ALL SELECT count() FROM cards")
        finally:
            connection.close()
    return f"{notes:,} | {cards:,}"


if __name__ == "__main__":
    main()
