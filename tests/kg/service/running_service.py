"""A real `govkg serve` in a process of its own, and requests to it as they go over the wire."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

COMMAND = "from kg.cli import main; main()"
_SECONDS = 60


@dataclass(frozen=True)
class Reply:
    """What came back: status, headers by lower-case name, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media_type(self) -> str:
        return self.headers["content-type"].partition(";")[0]

    def rows(self) -> list[dict[str, str]]:
        """The rows of SPARQL JSON, as texts by variable."""
        bindings = json.loads(self.body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]


@dataclass(frozen=True)
class RunningService:
    """Where a service listens, and its process."""

    address: str
    process: subprocess.Popen[bytes]

    @property
    def netloc(self) -> str:
        return urlsplit(self.address).netloc

    def request(
        self, method: str, target: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send one request, its target as it is given."""
        connection = http.client.HTTPConnection(self.netloc, timeout=_SECONDS)
        try:
            connection.putrequest(method, target, skip_host="Host" in (headers or {}))
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, named, response.read())
        finally:
            connection.close()

    def get(self, sparql: str, headers: Mapping[str, str] | None = None, **parameters: Any) -> Reply:
        """Ask a query by GET; the names of parameters may have `_` for `-`."""
        return self.request("GET", f"/sparql?{_encoded(parameters, query=sparql)}", headers=headers)

    def form(self, headers: Mapping[str, str] | None = None, **parameters: Any) -> Reply:
        """Send a form by POST."""
        sent = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.request("POST", "/sparql", _encoded(parameters).encode(), sent)

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are and return what comes back until the service closes."""
        host, _, port = self.netloc.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=_SECONDS) as connection:
            pieces = []
            with contextlib.suppress(ConnectionError, OSError):  # it may close before it has heard all
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionError):
                while piece := connection.recv(1 << 16):
                    pieces.append(piece)
        return b"".join(pieces)

    def worker_memory(self) -> dict[int, int]:
        """Return the resident bytes of each worker by its process id (Linux)."""
        return {
            pid: int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for pid in self.worker_ids()
        }

    def worker_ids(self) -> list[int]:
        """Return the process ids of the workers (Linux)."""
        threads = Path(f"/proc/{self.process.pid}/task")
        return [int(pid) for children in threads.glob("*/children") for pid in children.read_text().split()]


def _encoded(parameters: Mapping[str, Any], **more: str) -> str:
    named = {name.replace("_", "-"): value for name, value in {**more, **parameters}.items()}
    return urlencode(named, doseq=True)


@contextmanager
def serving(store: Path, *options: object, expected: str = "") -> Iterator[RunningService]:
    """Give a service over a store, and end it as Ctrl-C does; `expected` is a line it prints before."""
    arguments = ["serve", "--store", store, "--port", 0, *options]
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *map(str, arguments)], stderr=subprocess.PIPE, bufsize=0
    )
    assert process.stderr is not None
    try:
        if expected:
            assert expected in process.stderr.readline().decode()
        line = process.stderr.readline().decode()
        assert line.startswith("http://"), line + process.stderr.read().decode()
        yield RunningService(line.split()[0], process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=_SECONDS)
        finally:
            process.kill()
            process.stderr.close()
