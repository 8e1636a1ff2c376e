"""A page of another site in a real browser: it reaches nothing of a service on the reader's own computer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from tests.kg.explorer.conftest import chromium  # noqa: F401
from tests.kg.service.running_service import RunningService, serving

_TRY = """
const [address, done] = arguments;
const query = address + 'sparql?query=' + encodeURIComponent('ASK { ?s ?p ?o }');
const read = (url, options) => fetch(url, options).then((r) => r.text()).catch((e) => 'refused');
const form = {method: 'POST', body: new URLSearchParams({query: 'ASK { ?s ?p ?o }'})};
const script = () => new Promise((end) => {
  const element = document.createElement('script');
  element.src = query;
  element.onload = () => end('loaded');
  element.onerror = () => end('refused');
  document.head.append(element);
});
const frame = () => new Promise((end) => {
  const element = document.createElement('iframe');
  element.src = query;
  element.onload = () => {
    try { end(element.contentDocument ? 'readable' : 'refused'); } catch { end('refused'); }
  };
  document.body.append(element);
});
(async () => done({
  get: await read(query),
  form: await read(address + 'sparql', form),
  opaque: (await fetch(query, {mode: 'no-cors'}).then((r) => r.type).catch(() => 'refused')),
  script: await script(),
  frame: await frame(),
}))();
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """The address of a site of somebody else, by another name and port."""
    (tmp_path / "index.html").write_text("<!doctype html><title>elsewhere</title><body>", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def tried(chromium: webdriver.Chrome, site: str, address: str) -> dict[str, Any]:  # noqa: F811
    chromium.set_script_timeout(30)
    chromium.get(site)
    return dict(chromium.execute_async_script(_TRY, address))


def test_a_page_elsewhere_reads_nothing(
    chromium: webdriver.Chrome,  # noqa: F811
    elsewhere: str,
    service: RunningService,
) -> None:
    assert set(tried(chromium, elsewhere, service.address).values()) == {"refused"}


def test_a_page_that_is_allowed_reads(
    chromium: webdriver.Chrome,  # noqa: F811
    elsewhere: str,
    store_path: Path,
) -> None:
    with serving(store_path, "--allow-origin", elsewhere) as service:
        found = tried(chromium, elsewhere, service.address)
    assert '"boolean":true' in found["get"]
    assert '"boolean":true' in found["form"]
    assert found["frame"] == "refused"


def test_the_service_s_own_page_reads(
    chromium: webdriver.Chrome,  # noqa: F811
    service: RunningService,
) -> None:
    found = tried(chromium, service.address + "none", service.address)
    assert '"boolean":true' in found["get"]
