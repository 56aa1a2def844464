"""`studydeck preview` as a process of its own, and its stream of events."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab import REPO

PATIENCE = 60  # seconds, for a busy machine; nothing waits that long where all is well


@dataclass
class Running:
    """A preview that answers. `said` is what it has printed so far."""

    process: subprocess.Popen[str]
    port: int

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, host: str = "", method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        """Status, headers and content. The path is sent as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found

    @contextmanager
    def events(self) -> Iterator[Iterator[dict[str, Any]]]:
        """What the preview says, from now on."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/events")
        answer = connection.getresponse()
        try:
            yield (json.loads(line[6:]) for line in answer if line.startswith(b"data: "))
        finally:
            connection.close()

    def stop(self) -> tuple[int, str]:
        """Ctrl-C: the exit code, and what it said since it began to listen."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


@contextmanager
def running(root: Path, *options: str) -> Iterator[Running]:
    command = [
        sys.executable,
        "-m",
        "generator",
        "preview",
        "--project",
        str(root),
        "--no-open",
        *(options or ("--port", "0")),
    ]
    process = subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert line.startswith("Preview: http://127.0.0.1:"), line + process.stdout.read()
        yield Running(process, int(line.split("/")[2].rpartition(":")[2]))
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()
