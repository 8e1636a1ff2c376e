"""How the explorer page opens and pans, beside plain pyvis `from_nx` of the same graph, in one run.

python -m benchmarks.explorer STORE.kg [STORE.kg ...]

For each store: bytes of the page and seconds to write it; in a headless Chromium, milliseconds from
navigation to the first picture, and frames a second while panning: of the working set, of all entities
drawn with WebGL (in software, where there is no graphics card), and of pyvis's page of the whole graph,
its physics off. What takes longer than PATIENCE is given as that. Trust the ratios.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
from pyvis.network import Network
from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from kg.pipeline import explore
from kg.projection import network
from kg.store import Store

PATIENCE = 120
"""Seconds after which a page, or the writing of one, is given up."""

LARGEST_FOR_PYVIS = 40_000
"""Edges beyond which `from_nx`, whose every edge looks at all before, is not even tried."""

LARGEST_WHOLE = 10_000
"""Nodes beyond which pyvis is given those with an edge only, as our drawing of all shows them."""

_PAN_SECONDS = 4
_ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader")
_FRAMES = """
const [pan, done] = [%s, arguments[0]];
let frames = 0;
const start = performance.now();
function step(now) {
  if (now - start > %d) { done(frames / ((now - start) / 1000)); return; }
  pan(frames %% 40 < 20 ? 8 : -8);
  frames += 1;
  requestAnimationFrame(step);
}
requestAnimationFrame(step);
"""
_PAN_VIS = """((dx) => {
  const at = %s.getViewPosition();
  %s.moveTo({ position: { x: at.x + dx / %s.getScale(), y: at.y }, animation: false });
})"""
_DRAWN = """
const done = arguments[0];
function wait() {
  if (typeof network === "undefined" || !network) { setTimeout(wait, 20); return; }
  network.once("afterDrawing", () => done(performance.now()));
  network.redraw();
}
wait();
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: its name, bytes, seconds to write, milliseconds to the first picture, frames a second."""

    name: str
    nodes: int
    edges: int
    size: float | None = None
    written: float | None = None
    first: float | None = None
    frames: float | None = None

    def row(self) -> str:
        """Return the line of the table; what could not be had in time is a dash."""

        def text(value: float | None, form: str) -> str:
            return "–" if value is None else format(value, form)

        return (
            f"{self.name:<34}{self.nodes:>8,}{self.edges:>8,}{text(self.size and self.size / 1e6, '.2f'):>8}"
            f"{text(self.written, '.1f'):>9}{text(self.first, ',.0f'):>10}{text(self.frames, '.1f'):>8}"
        )


HEADER = f"{'page':<34}{'nodes':>8}{'edges':>8}{'MB':>8}{'write s':>9}{'first ms':>10}{'frames':>8}"


def browser() -> webdriver.Chrome:
    """Return a running headless Chromium; ends the program where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    driver_path = shutil.which("chromedriver")
    if found is None or driver_path is None:
        raise SystemExit("no Chromium with chromedriver on the path")
    options = Options()
    options.binary_location = found
    for argument in _ARGUMENTS:
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    driver.set_page_load_timeout(PATIENCE)
    driver.set_script_timeout(PATIENCE)
    size = {"width": 1400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return driver


def frames(driver: webdriver.Chrome, pan: str) -> float:
    """Return the frames a second while `pan`, a function of pixels, is called for each."""
    found: float = driver.execute_async_script(_FRAMES % (pan, _PAN_SECONDS * 1000))
    return found


def of_explorer(driver: webdriver.Chrome, store_path: Path, folder: Path) -> list[Measured]:
    """Return the figures of our page: its working set, and all entities."""
    target = folder / "ours.html"
    started = time.perf_counter()
    with Store.open(store_path) as store:
        page = explore(store, target)
    written = time.perf_counter() - started
    driver.get(target.as_uri())
    first: float = driver.execute_async_script("explorer.firstPicture.then(arguments[0])")
    driver.execute_async_script("explorer.ready.then(arguments[0])")
    about: dict[str, Any] = {"size": target.stat().st_size, "written": written, "first": first}
    inside = len(driver.execute_script("return explorer.shown()"))
    vis = "explorer.network"
    set_frames = frames(driver, _PAN_VIS % (vis, vis, vis))
    found = [
        Measured(
            f"explorer, working set of {inside}", page.entities, page.relations, **about, frames=set_frames
        )
    ]
    driver.execute_script("document.getElementById('all-button').click()")
    if driver.execute_script("return !document.getElementById('all').hidden"):
        drawn = len(driver.execute_script("return explorer.shown()"))
        all_frames = frames(driver, "((dx) => explorer.panAll(dx, 0))")
        found.append(Measured("explorer, all with WebGL", drawn, page.relations, frames=all_frames))
    return found


def of_pyvis(driver: webdriver.Chrome, graph: nx.MultiDiGraph[str], folder: Path) -> Measured:
    """Return the figures of pyvis's own page of the graph."""
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    name = "pyvis from_nx"
    if edges > LARGEST_FOR_PYVIS:
        return Measured(f"{name} (not tried)", nodes, edges)
    target = folder / "pyvis.html"
    started = time.perf_counter()
    plain = Network(directed=True, cdn_resources="in_line")
    plain.from_nx(graph)
    plain.toggle_physics(False)
    target.write_text(plain.generate_html(), encoding="utf-8")
    written, size = time.perf_counter() - started, target.stat().st_size
    try:
        driver.get(target.as_uri())
        first: float = driver.execute_async_script(_DRAWN)
        panned = frames(driver, _PAN_VIS % ("network", "network", "network"))
    except (TimeoutException, WebDriverException):
        return Measured(f"{name} (given up)", nodes, edges, size, written)
    return Measured(name, nodes, edges, size, written, first, panned)


def main(arguments: list[str]) -> int:
    """Measure the stores that are named; return the exit status."""
    if not arguments:
        print("usage: python -m benchmarks.explorer STORE.kg [STORE.kg ...]", file=sys.stderr)
        return 2
    print(HEADER)
    for argument in arguments:
        store_path = Path(argument)
        with Store.open(store_path) as store:
            graph = network(store, "all")
        print(f"{store_path.name}")
        with tempfile.TemporaryDirectory() as folder:
            driver = browser()
            try:
                for measured in of_explorer(driver, store_path, Path(folder)):
                    print(measured.row(), flush=True)
                tied = graph.subgraph([node for node in graph if graph.degree(node)])
                for part in (graph, tied) if len(tied) < len(graph) <= LARGEST_WHOLE else (tied,):
                    print(of_pyvis(driver, nx.MultiDiGraph(part), Path(folder)).row(), flush=True)
            finally:
                driver.quit()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
