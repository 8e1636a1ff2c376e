from __future__ import annotations

from pathlib import Path

import networkx as nx

import kg
from kg.explorer.snapshot import snapshot
from kg.explorer.store_page import write_store_page
from kg.pipeline import build
from kg.projection import network
from kg.store import Store
from tests.kg.explorer.page_blocks import block
from tests.kg.sample_facts import samples


def store(tmp_path: Path) -> Path:
    build(tmp_path / "my.kg", samples())
    return tmp_path / "my.kg"


def test_snapshot_names_the_content_not_the_order(tmp_path: Path) -> None:
    given = samples()
    build(tmp_path / "one.kg", given)
    build(tmp_path / "other.kg", list(reversed(given)))
    build(tmp_path / "less.kg", given[:-1])
    found = []
    for name in ("one.kg", "other.kg", "less.kg"):
        with Store.open(tmp_path / name) as opened:
            found.append(snapshot(opened))
    assert found[0] == found[1]
    assert found[0]["articles"] == len(given)
    assert found[0]["digest"] != found[2]["digest"]
    assert found[0]["first"] and str(found[0]["first"]) <= str(found[0]["last"])


def test_page_of_a_focus_holds_its_neighbourhood_and_opens_on_it(tmp_path: Path) -> None:
    with Store.open(store(tmp_path)) as opened:
        graph = network(opened, "all")
        name = max(graph, key=lambda node: (graph.degree(node), node))
        part = write_store_page(
            opened,
            graph,
            tmp_path / "page.html",
            focus=[name],
            depth=1,
            everything=lambda: graph,
        )
    assert set(part) == {name, *nx.all_neighbors(graph, name)}
    data = block((tmp_path / "page.html").read_text(encoding="utf-8"), "graph")
    assert data["entities"]["iri"][data["first"]] == name
    assert len(data["snapshot"]["digest"]) == 64


def test_kg_explore_shows_a_graph_in_a_notebook_and_saves_it(tmp_path: Path) -> None:
    folder = store(tmp_path)
    with Store.open(folder) as opened:
        graph = network(opened, "offices")
    plain = kg.explore(graph, title="任职")
    quoting = kg.explore(graph, store=folder)
    assert block(plain.html, "texts")["sentences"]["quote"] == []
    assert block(quoting.html, "texts")["sentences"]["quote"]
    frame = quoting._repr_html_()
    assert frame.startswith("<iframe srcdoc=") and "allow-same-origin" not in frame
    assert frame.count('"') == 10, "five attributes, and no quotation mark of the page ends one"
    plain.save(tmp_path / "offices.html")
    assert (tmp_path / "offices.html").read_text(encoding="utf-8") == plain.html
