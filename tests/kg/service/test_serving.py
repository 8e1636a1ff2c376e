"""The command: starting, being told what cannot be, ending."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kg.service.running_service import COMMAND, serving


def serve(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", COMMAND, "serve", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_it_listens_on_this_computer_alone_and_says_where(store_path: Path) -> None:
    with serving(store_path) as service:
        assert service.address.startswith("http://127.0.0.1:")
        with serving(store_path) as second:
            assert second.address != service.address
            assert second.request("GET", "/sparql").status == service.request("GET", "/sparql").status == 200


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly(store_path: Path, how: signal.Signals) -> None:
    with serving(store_path) as service:
        assert service.get("ASK {}").status == 200
        service.process.send_signal(how)
        status = service.process.wait(timeout=30)
        assert service.process.stderr is not None
        assert service.process.stderr.read() == b""
    assert status in (0, -how)


def test_a_port_that_is_taken_is_told(store_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = serve("--store", store_path, "--port", taken.getsockname()[1])
    assert told.returncode == 1
    assert "cannot be listened on (Address already in use); " in told.stderr
    assert "--port" in told.stderr


def test_a_store_that_is_none_is_told(tmp_path: Path) -> None:
    told = serve("--store", tmp_path / "none.kg", "--port", 0)
    assert told.returncode == 1
    assert told.stderr.startswith(f"error: {tmp_path / 'none.kg'}: there is no such folder; ")


def test_an_address_beyond_this_computer_comes_with_a_word_of_warning(store_path: Path) -> None:
    with serving(store_path, "--host", "0.0.0.0", expected="anybody who can reach this computer") as service:
        port = service.netloc.rpartition(":")[2]
        assert service.request("GET", "/sparql", headers={"Host": f"localhost:{port}"}).status == 200
        assert service.request("GET", "/sparql", headers={"Host": "graph.example"}).status == 421


@pytest.mark.parametrize(
    "option", [("--timeout", "0"), ("--port", "70000"), ("--workers", "1"), ("--max-rows", "0")]
)
def test_what_cannot_be_set_is_wrong_usage(store_path: Path, option: tuple[str, str]) -> None:
    assert serve("--store", store_path, *option).returncode == 2
