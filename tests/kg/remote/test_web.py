"""Servers that do not do as asked: each is told of in plain words, and nothing is sent elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.endpoint import Endpoint
from kg.errors import EndpointError
from tests.kg.remote.commands import govkg

ROWS = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}]}}'
ASK = "SELECT ?x { ?x ?y ?z }"


class Odd(BaseHTTPRequestHandler):
    asked: list[tuple[str, str | None]]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.path.strip("/")
        self.asked.append((kind, self.headers.get("Authorization")))
        if kind == "redirect":
            self._answer(302, b"", ("Location", "/elsewhere"))
        elif kind == "page":
            self._answer(200, b"<html>welcome</html>", ("Content-Type", "text/html"))
        elif kind == "broken":
            self._answer(200, ROWS[:30], ("Content-Type", "application/sparql-results+json"))
        elif kind == "partial":
            self._answer(200, ROWS, ("X-SQL-State", "S1TAT"))
        elif kind == "slow":
            threading.Event().wait(3)
        elif kind == "basic" and self.headers.get("Authorization") is None:
            self._answer(401, b"who?", ("WWW-Authenticate", 'Basic realm="x"'))
        elif kind == "angry":
            self._answer(
                500, b"<html><title>t</title><h1>\x1b[31mno</h1></html>", ("Content-Type", "text/html")
            )
        else:
            self._answer(200, b'{"head": {}, "boolean": false}' if kind == "ask" else ROWS)

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def odd() -> Iterator[str]:
    Odd.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("redirect", "redirects to"),
        ("page", "not answer as a SPARQL service does, but with text/html"),
        ("broken", "not answer as a SPARQL service"),
        ("partial", "a part of the answer only"),
        ("angry", "the server answers 500: "),
    ],
)
def test_told_in_plain_words(odd: str, kind: str, told: str) -> None:
    result = govkg("query", ASK, "--endpoint", f"{odd}/{kind}")
    assert result.exit_code == 1
    assert told in result.stderr
    assert "\x1b" not in result.stderr
    assert {asked for asked, _ in Odd.asked} == {kind}


def test_too_slow(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVKG_ENDPOINT_SECONDS", "0.5")
    result = govkg("query", ASK, "--endpoint", f"{odd}/slow")
    assert result.exit_code == 1
    assert "in 0.5 seconds" in result.stderr


def test_a_password_is_sent_only_when_asked_for(odd: str) -> None:
    with Endpoint(f"{odd}/basic") as endpoint:
        endpoint._results(ASK)
    assert [given is not None for _, given in Odd.asked] == [False, True]


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "http://u:p@example.org/",
        "http://a b/",
        "sparql",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(EndpointError):
        Endpoint(address)


def test_nobody_there() -> None:
    result = govkg("info", "--endpoint", "http://127.0.0.1:1/sparql")
    assert result.exit_code == 1
    assert "Connection refused" in result.stderr


def test_store_and_endpoint_are_one_too_many(odd: str) -> None:
    result = govkg("info", "--endpoint", odd, "--store", "x")
    assert result.exit_code == 2
    assert "give one" in result.stderr
    result = govkg("info")
    assert result.exit_code == 2
    assert "--endpoint" in result.stderr
