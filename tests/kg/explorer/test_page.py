from __future__ import annotations

import base64
import hashlib
import html as html_text
import re
from pathlib import Path

import networkx as nx
import pytest

from extract.errors import GovkgError
from kg.explorer.page import write_page
from tests.kg.explorer.invented_graph import invented_graph
from tests.kg.explorer.page_blocks import block

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def page() -> str:
    graph, facts = invented_graph(size=120)
    return write_page(graph, facts, title="基层治理网络", limit=40)


def policy_of(page: str) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return html_text.unescape(found[1])


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_every_script_and_style_is_named_by_the_policy_and_nothing_else_may_run(page: str) -> None:
    scripts = [match["body"] for match in _SCRIPT.finditer(page) if not match["attributes"]]
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    directives = dict(part.strip().split(" ", 1) for part in policy_of(page).split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"].split() == [digest(script) for script in scripts]
    assert directives["style-src"].split() == [digest(style) for style in styles]
    assert "connect-src" not in directives
    assert len(scripts) == 2


def test_page_asks_nobody_for_anything(page: str) -> None:
    markup = _SCRIPT.sub("", page)
    assert re.findall(r"""(?:src|href)=["'](?!data:)""", markup) == []
    assert "jsdelivr" not in page
    assert "cdnjs" not in page
    assert "sourceMappingURL" not in page


def test_all_entities_are_in_the_page_and_only_the_overview_is_drawn(page: str) -> None:
    graph, _ = invented_graph(size=120)
    drawn = re.search(r'id="drawn-nodes">(.*?)</script>', page)
    assert drawn
    assert drawn[1].count('"id":') == 40
    assert len(block(page, "graph")["entities"]["iri"]) == len(graph) > 40


def test_same_input_same_bytes(page: str, tmp_path: Path) -> None:
    graph, facts = invented_graph(size=120)
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for source, target, key, data in reversed(list(graph.edges(keys=True, data=True))):
        turned.add_edge(source, target, key, **data)
    shuffled = dict(reversed(facts.items()))
    file = tmp_path / "page.html"
    assert write_page(turned, shuffled, file, title="基层治理网络", limit=40) == page
    assert file.read_bytes() == page.encode("utf-8")


def test_empty_graph_gives_a_page() -> None:
    assert "drawn-nodes" in write_page(nx.MultiDiGraph(), {}, title="空")


@pytest.mark.parametrize("limit", [0, -3])
def test_limit_below_one_is_refused(limit: int) -> None:
    with pytest.raises(GovkgError, match="limit of 1 or more"):
        write_page(nx.MultiDiGraph(), {}, title="空", limit=limit)


def test_arrangement_from_elsewhere_decides_what_is_opened_on_and_how_it_stands() -> None:
    graph, facts = invented_graph(size=60)
    nodes = sorted(graph)[:9]
    arranged = {node: (float(place % 3), float(place // 3)) for place, node in enumerate(nodes)}
    page = write_page(graph, facts, title="排好", arranged=arranged)
    data = block(page, "graph")
    assert {data["entities"]["iri"][place] for place in data["overview"]} == set(nodes)
    x = dict(zip(data["entities"]["iri"], data["entities"]["x"], strict=True))
    assert x[nodes[0]] == x[nodes[3]] < x[nodes[1]] < x[nodes[2]]
    assert sum(data["entities"]["drawn"]) == 9


def test_communities_that_the_nodes_bear_are_kept() -> None:
    graph, facts = invented_graph(size=60)
    for number, node in enumerate(sorted(graph)):
        graph.nodes[node]["community"] = f"第{number % 2}群"
    data = block(write_page(graph, facts, title="群"), "graph")
    assert set(data["entities"]["community"]) == set(data["communities"]) == {"第0群", "第1群"}


def test_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(GovkgError, match=str(tmp_path)):
        write_page(nx.MultiDiGraph(), {}, tmp_path, title="空")
