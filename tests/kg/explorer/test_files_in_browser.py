"""What a reader takes away: pictures, tables, the citation."""

from __future__ import annotations

import csv
import io
import json
import os
import struct
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from kg.explorer.page import write_page
from tests.kg.explorer.hostile_graph import hostile_graph
from tests.kg.explorer.invented_graph import invented_graph
from tests.kg.explorer.reader import Opened, assert_quiet, press, search_and_take, shown, strike

LIMIT = 40
SNAPSHOT = {
    "articles": 12,
    "first": "2023-01-15",
    "last": "2023-12-15",
    "digest": "ab" * 32,
    "version": "9.9",
}
SVG = "{http://www.w3.org/2000/svg}"
GEXF = "{http://gexf.net/1.3}"
Taken = Callable[[Chrome, str], bytes]


@pytest.fixture(scope="module")
def page() -> str:
    graph, facts = invented_graph(size=120)
    return write_page(graph, facts, title="基层治理网络", limit=LIMIT, snapshot=SNAPSHOT)


@pytest.fixture
def taken(tmp_path: Path) -> Taken:
    """Return a function that presses an entry of the menu and gives the file that is handed over."""
    folder = tmp_path / "taken"
    folder.mkdir()

    def take(driver: Chrome, entry: str) -> bytes:
        driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
        )
        before = set(folder.iterdir())
        press(driver, "save-menu")
        press(driver, f"save-{entry}")
        for _ in range(100):
            new = [file for file in set(folder.iterdir()) - before if file.suffix != ".crdownload"]
            if new:
                return new[0].read_bytes()
            time.sleep(0.1)
        raise AssertionError(f"no file came for {entry}")

    return take


def rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


def test_tables_hold_the_visible_subgraph(opened: Opened, page: str, taken: Taken) -> None:
    driver = opened(page)
    driver.find_element(By.CSS_SELECTOR, '#legend [data-type="Person"]').click()
    graph, _ = invented_graph(size=120)
    seen = graph.subgraph(shown(driver))
    nodes, edges = rows(taken(driver, "nodes-csv")), rows(taken(driver, "edges-csv"))
    assert {row["id"] for row in nodes} == set(seen)
    assert {row["label"] for row in nodes} == {graph.nodes[node]["label"] for node in seen}
    assert {(row["source"], row["target"], row["relation"]) for row in edges} == set(seen.edges(keys=True))
    assert_quiet(driver)


def test_json_holds_sentences_and_what_to_cite(opened: Opened, page: str, taken: Taken) -> None:
    driver = opened(page)
    data = json.loads(taken(driver, "json"))
    assert {node["id"] for node in data["nodes"]} == set(shown(driver))
    fact = next(link["facts"][0] for link in data["links"] if link["relation"] == "practises")
    (attestation, *_) = fact["attestations"]
    assert attestation["quote"] in attestation["sentence"]
    assert data["graph"]["snapshot"]["digest"] == SNAPSHOT["digest"]


def test_gexf_is_gexf(opened: Opened, page: str, taken: Taken) -> None:
    driver = opened(page)
    root = etree.fromstring(taken(driver, "gexf"))
    assert {node.get("id") for node in root.iter(f"{GEXF}node")} == set(shown(driver))
    reference = os.environ.get("GOVKG_REFERENCE")
    schema = Path(reference or "") / "schemas" / "gexf-1.3" / "gexf.rng"
    if not reference or not schema.is_file():
        pytest.skip("GOVKG_REFERENCE names no folder with the schema of GEXF 1.3")
    etree.RelaxNG(etree.parse(schema)).assertValid(root)


def test_pictures_show_what_is_seen_and_say_where_it_comes_from(
    opened: Opened, page: str, taken: Taken
) -> None:
    driver = opened(page)
    svg = etree.fromstring(taken(driver, "svg"))
    words = "".join(map(str, svg.itertext()))
    assert "枫桥经验" in words and "基层治理网络" in words
    assert "abababab" in words and "12 篇报道" in words and "9.9" in words
    marks = [*svg.iter(f"{SVG}circle"), *svg.iter(f"{SVG}polygon")]
    assert len(marks) >= LIMIT
    png = taken(driver, "png")
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (2 * int(svg.get("width", "0")), 2 * int(svg.get("height", "0")))
    assert len(png) > 20_000, "the picture is not blank"
    assert_quiet(driver)


def test_citation_says_snapshot_filters_and_link(opened: Opened, page: str) -> None:
    driver = opened(page)
    driver.find_element(By.CSS_SELECTOR, '#legend [data-type="Person"]').click()
    press(driver, "save-menu")
    press(driver, "save-cite")
    text = str(driver.find_element(By.ID, "citation").get_property("value"))
    for part in (
        "基层治理网络",
        "12 篇报道",
        "2023-01-15 至 2023-12-15",
        "abababababababab",
        "不含人物",
        "#",
    ):
        assert part in text


def test_diffusion_is_taken_away_as_seen(opened: Opened, page: str, taken: Taken) -> None:
    driver = opened(page)
    search_and_take(driver, "枫桥经验")
    strike(driver, "d")
    svg = etree.fromstring(taken(driver, "svg"))
    assert "“枫桥经验”的扩散" in "".join(map(str, svg.itertext()))
    assert len(list(svg.iter(f"{SVG}g"))) == len(shown(driver)) - 1


def test_hostile_names_give_files_that_can_be_read(opened: Opened, taken: Taken) -> None:
    graph, facts = hostile_graph()
    graph.add_node("urn:formula", label="=HYPERLINK(1)", type="Practice")
    driver = opened(write_page(graph, facts, title="</title>\x01", limit=50))
    etree.fromstring(taken(driver, "gexf"))
    etree.fromstring(taken(driver, "svg"))
    assert taken(driver, "png").startswith(b"\x89PNG")
    labels = {row["id"]: row["label"] for row in rows(taken(driver, "nodes-csv"))}
    assert labels["urn:formula"] == "'=HYPERLINK(1)"
    assert labels["urn:hostile:0"] == "</title><script>window.__hacked=1</script>"
    json.loads(taken(driver, "json"))
    assert driver.execute_script("return window.__hacked") is None
    assert_quiet(driver)
