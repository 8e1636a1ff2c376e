"""Real SPARQL servers for the tests, each in a folder of its own and on ports of its own."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

SECONDS_TO_START = 60

_VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
ThreadsPerQuery = 1
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 5
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {most_rows}
[Plugins]
"""

VIRTUOSO_USER = VIRTUOSO_PASSWORD = "dba"
"""As a new database has them."""


@dataclass(frozen=True, slots=True)
class Server:
    """The addresses of a running server."""

    name: str
    query: str
    writing: str
    graph_store: str


def ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextlib.contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Run Oxigraph's own server; skip by name where it is not installed."""
    beside = Path(sysconfig.get_path("scripts")) / "oxigraph"
    binary = str(beside) if beside.exists() else shutil.which("oxigraph")
    if binary is None:
        pytest.skip("Oxigraph's server is not installed here; the extra `test` has it")
    (port,) = ports(1)
    base = f"http://127.0.0.1:{port}"
    command = [binary, "serve", "--location", str(folder / "oxigraph"), "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, base):
        yield Server("Oxigraph", f"{base}/query", f"{base}/query", f"{base}/store")


@contextlib.contextmanager
def virtuoso(folder: Path, most_rows: int = 10_000) -> Iterator[Server]:
    """Run Virtuoso with a new database; skip by name where it is not installed."""
    binary = shutil.which("virtuoso-t")
    if binary is None:
        pytest.skip("Virtuoso is not installed here (Debian's virtuoso-opensource)")
    port, sql_port = ports(2)
    settings = folder / "virtuoso.ini"
    settings.write_text(
        _VIRTUOSO_INI.format(folder=folder, port=port, sql_port=sql_port, most_rows=most_rows)
    )
    base = f"http://127.0.0.1:{port}"
    with _running([binary, "-f", "-c", str(settings)], folder, f"{base}/sparql"):
        yield Server("Virtuoso", f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth")


@contextlib.contextmanager
def _running(command: Sequence[str], folder: Path, address: str) -> Iterator[None]:
    with (folder / "server.out").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder)
        try:
            _wait_for(address, process)
            yield
        finally:
            process.kill()
            process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(SECONDS_TO_START * 10):
        assert process.poll() is None, "the server ended at once"
        with contextlib.suppress(OSError):
            try:
                urllib.request.urlopen(address, timeout=5).close()
            except urllib.error.HTTPError as error:
                error.close()
            return
        time.sleep(0.1)
    raise AssertionError(f"no answer from {address} in {SECONDS_TO_START} seconds")
