from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.errors import ExportError
from kg.gexf import GEXF, VIZ, write_gexf
from kg.layout import Positions, layout
from tests.kg.hand_made_graphs import (
    HOSTILE_CLEAN,
    HOSTILE_LINE,
    MEETING,
    OFFICE,
    PERSON,
    PLACE,
    hostile_network,
    meeting_network,
)

EMPTY: nx.MultiDiGraph[str] = nx.MultiDiGraph()
NETWORKS = {"meeting": meeting_network(), "hostile": hostile_network(), "empty": EMPTY}


def written(graph: nx.MultiDiGraph[str], positions: Positions | None = None) -> bytes:
    out = io.BytesIO()
    write_gexf(graph, out, positions)
    return out.getvalue()


def parsed(graph: nx.MultiDiGraph[str], positions: Positions | None = None) -> Any:
    return etree.fromstring(written(graph, positions))


def find(root: Any, path: str) -> list[Any]:
    return list(root.iterfind(path, {"g": GEXF, "viz": VIZ}))


def values(root: Any, class_: str, element: Any) -> dict[str, str]:
    """Return the texts of an element's attributes by their titles."""
    titles = {
        a.get("id"): a.get("title") for a in find(root, f".//g:attributes[@class='{class_}']/g:attribute")
    }
    return {titles[v.get("for")]: v.get("value") for v in find(element, "g:attvalues/g:attvalue")}


def node(root: Any, id_: str) -> Any:
    return next(n for n in find(root, ".//g:node") if n.get("id") == id_)


def edge(root: Any, kind: str) -> Any:
    return next(e for e in find(root, ".//g:edge") if e.get("kind") == kind)


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    folder = os.environ.get("GOVKG_REFERENCE")
    if not folder:
        pytest.skip("GOVKG_REFERENCE is not set: the official GEXF 1.3 schema is not at hand")
    return etree.RelaxNG(etree.parse(str(Path(folder) / "schemas" / "gexf-1.3" / "gexf.rng")))


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("placed", [False, True])
def test_valid_under_the_official_schema(schema: etree.RelaxNG, name: str, placed: bool) -> None:
    graph = NETWORKS[name]
    document = etree.fromstring(written(graph, layout(graph) if placed else None))
    assert schema.validate(document), schema.error_log


def test_the_schema_can_refuse(schema: etree.RelaxNG) -> None:
    document = parsed(meeting_network())
    node(document, PERSON).set("colour", "red")
    assert not schema.validate(document)


def test_one_block_of_typed_numbered_attributes_per_class() -> None:
    root = parsed(meeting_network())
    assert [block.get("class") for block in find(root, ".//g:attributes")] == ["node", "edge"]
    for class_, expected in {
        "node": {"type": "string", "mentions": "integer", "pinyin": "string"},
        "edge": {"relation": "string", "confidence": "double", "last_year": "integer"},
    }.items():
        attributes = find(root, f".//g:attributes[@class='{class_}']/g:attribute")
        assert [a.get("id") for a in attributes] == [str(n) for n in range(len(attributes))]
        types = {a.get("title"): a.get("type") for a in attributes}
        assert types.items() >= expected.items()


def test_node_carries_label_values_and_looks() -> None:
    root = parsed(meeting_network(), {PERSON: (1.5, -2.25)})
    person = node(root, PERSON)
    assert person.get("label") == "万俟青禾"
    assert (
        values(root, "node", person).items() >= {"pinyin": "Mòqí Qīnghé", "articles": "1", "code": ""}.items()
    )
    (position,) = find(person, "viz:position")
    assert (position.get("x"), position.get("y")) == ("1.5", "-2.25")
    assert find(node(root, OFFICE), "viz:position") == []
    colours = {tuple(find(node(root, n), "viz:color")[0].attrib.values()) for n in (PERSON, OFFICE, MEETING)}
    assert len(colours) == 3
    sizes = [float(find(node(root, n), "viz:size")[0].get("value")) for n in (PERSON, PLACE)]
    assert sizes[0] > sizes[1] > 0


def test_edge_carries_kind_weight_and_direction() -> None:
    root = parsed(meeting_network())
    post = edge(root, "holdsPost")
    assert dict(post.attrib) == {
        "id": "0", "source": PERSON, "target": OFFICE, "type": "directed",
        "kind": "holdsPost", "label": "书记", "weight": "3.0",
    }  # fmt: skip
    assert edge(root, "cooperatesWith").get("type") == "undirected"
    assert values(root, "edge", edge(root, "chaired"))["statements"] == "s:1; s:2"


@pytest.mark.parametrize(
    ("kind", "spells"),
    [
        # one a period, the open one without an end
        ("holdsPost", [{"start": "2021-03-01", "end": "2022-12-31"}, {"start": "2024-02-05"}]),
        # without periods what lies between first and last
        ("addressed", [{"start": "2023-06-27"}]),
        ("chaired", []),
    ],
)
def test_periods_are_spells(kind: str, spells: list[dict[str, str]]) -> None:
    root = parsed(meeting_network())
    assert [dict(s.attrib) for s in find(edge(root, kind), "g:spells/g:spell")] == spells


def test_years_are_plain_numbers_beside_the_spells() -> None:
    root = parsed(meeting_network())
    texts = values(root, "edge", edge(root, "holdsPost"))
    assert (texts["first_year"], texts["last_year"]) == ("2021", "2024")
    assert "first_year" not in values(root, "edge", edge(root, "chaired"))


def test_a_column_that_gephi_has_already_gets_another_title() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", Label="x", label="y", ID=1, Weight=2, weight=3)
    root = parsed(graph)
    assert values(root, "node", node(root, "a")) == {"Label_": "x", "ID_": "1", "Weight": "2", "weight_": "3"}


@pytest.mark.parametrize(("graph", "mode"), [(meeting_network(), "dynamic"), (EMPTY, "static")])
def test_the_graph_is_dynamic_where_there_are_dates(graph: nx.MultiDiGraph[str], mode: str) -> None:
    (found,) = find(parsed(graph), "g:graph")
    assert (found.get("mode"), found.get("timeformat")) == (mode, "date" if mode == "dynamic" else None)


def test_no_date_stamp_and_the_same_bytes_each_time() -> None:
    assert written(meeting_network()) == written(meeting_network())
    assert b"lastmodifieddate" not in written(meeting_network())


def test_hostile_text_loses_only_control_characters() -> None:
    root = parsed(hostile_network())
    assert node(root, "=1+1").get("label") == HOSTILE_LINE
    assert edge(root, "+r").get("label") == HOSTILE_LINE
    assert values(root, "node", node(root, "@x <&>"))["type"] == HOSTILE_CLEAN
    assert values(root, "edge", edge(root, "+r"))["source_"] == HOSTILE_CLEAN


def test_missing_and_mixed_values() -> None:
    root = parsed(hostile_network())
    types = {a.get("title"): a.get("type") for a in find(root, ".//g:attributes[@class='node']/g:attribute")}
    assert (types["mixed"], types["number"], types["big"]) == ("string", "double", "string")
    first = values(root, "node", node(root, "=1+1"))
    assert "aliases" not in first and "number" not in first  # None and NaN
    assert (first["mixed"], first["big"]) == ("1", str(2**40))
    assert node(root, "plain").get("label") == "plain"
    assert [e.get("weight") for e in find(root, ".//g:edge")] == [None, None, None]  # None, infinite, text
    assert find(root, ".//g:spell") == []  # no date among them is one, or ends after it begins


def test_two_nodes_of_one_identifier_are_refused() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(["a", "a\x00"])
    with pytest.raises(ExportError, match="no identifier of its own"):
        write_gexf(graph, io.BytesIO())


def test_networkx_reads_what_we_wrote() -> None:
    graph = meeting_network()
    # networkx knows 1.2 only, which differs in the namespace.
    text = written(graph).replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
    directed = text.replace(b'type="undirected"', b'type="directed"')
    read = nx.read_gexf(io.BytesIO(directed), version="1.2draft")
    assert set(read) == set(graph) and read.number_of_edges() == graph.number_of_edges()
    for name, row in graph.nodes(data=True):
        shared = row.keys() & read.nodes[name].keys()
        assert shared >= row.keys()
        assert {key: read.nodes[name][key] for key in shared} == {key: row[key] for key in shared}


texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


@given(label=texts, key=texts, title=texts, value=st.one_of(texts, st.integers(), st.floats(), st.none()))
def test_any_text_gives_xml_that_parses(label: str, key: str, title: str, value: object) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=title)
    graph.add_node("a", label=label, type=title, value=value)
    graph.add_edge("a", "b", key, label=label, value=value, first=title)
    root = parsed(graph)
    assert [n.get("id") for n in find(root, ".//g:node")] == ["a", "b"]
