from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

from extract.errors import GovkgError
from kg.explorer.facts import FactReading, Quotation, Row, payload, script_json

TOWN, METHOD, EVENT = "urn:town", "urn:method", "urn:event"
SAID = Quotation(
    "𠮷地早已推行积分制，成效可见。", 2, 9, "积分制见闻", "乡音日报", "2023-05-01", "https://example.org/1"
)
PRACTISES = FactReading("practises", TOWN, "𠮷地", METHOD, "积分制", 0.9, {}, (SAID,))
HELD = FactReading("heldOn", EVENT, "现场会", "2023-06", "2023-06", 0.8, {"end": "2023-07"}, ())


def small_graph() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="小图", title_en="Small")
    graph.add_node(TOWN, label="𠮷地", type="Place", code="330681", aliases="吉地; 吉; ", mentions=3)
    graph.add_node(METHOD, label="积分制", type="Practice")
    graph.add_node(EVENT, label="现场会", type="Event")
    graph.add_edge(
        TOWN,
        METHOD,
        "practises",
        relation="practises",
        label="实践",
        weight=2.0,
        statements=["s1", "s2", "gone"],
    )
    graph.add_edge(TOWN, EVENT, "met", relation="met", label="同会", label_en="met", direction="undirected")
    return graph


def built(facts: dict[str, FactReading], **changes: Any) -> Row:
    return payload(small_graph(), facts, [METHOD, TOWN], "小图", **changes)


def test_entities_hold_what_search_and_panel_need() -> None:
    data = built({})
    places = {entity["iri"]: entity for entity in data["entities"]}
    town = places[TOWN]
    assert town["aliases"] == ["吉地", "吉"]
    assert "jidi" in town["keys"] and "jd" in town["keys"]
    assert (town["code"], town["mentions"]) == ("330681", 3)
    assert [data["entities"][place]["iri"] for place in data["overview"]] == [METHOD, TOWN]
    assert data["title"] == {"zh": "小图", "en": "Small"}


def test_statements_that_say_the_same_are_one_fact_with_several_sentences() -> None:
    again = Quotation("积分制在𠮷地推行。", 0, 8, "又一篇", "城乡时报", "2024-01-01")
    data = built({"s1": PRACTISES, "s2": replace(PRACTISES, confidence=0.7, quotations=(again,))})
    (fact,) = data["facts"]
    assert [entry["confidence"] for entry in fact["evidence"]] == [0.9, 0.7]
    assert len(data["sentences"]) == len(data["articles"]) == 2
    (edge,) = [edge for edge in data["edges"] if edge["relation"] == "practises"]
    assert edge["facts"] == [0]


def test_facts_with_other_qualifiers_stay_apart() -> None:
    data = built({"s1": PRACTISES, "s2": replace(PRACTISES, qualifiers={"stage": "pilot"})})
    assert [fact["qualifiers"] for fact in data["facts"]] == [{}, {"stage": "pilot"}]
    assert len(data["sentences"]) == 1, "one sentence that states two facts is written once"


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        (2, 9, ("𠮷地", "早已推行积分制", "，成效可见。")),
        (0, 1, ("", "𠮷", "地早已推行积分制，成效可见。")),
        (-5, 999, ("", SAID.sentence, "")),
        (9, 2, (SAID.sentence[:9], "", SAID.sentence[9:])),
    ],
)
def test_quote_is_cut_by_characters(start: int, end: int, parts: tuple[str, str, str]) -> None:
    data = built({"s1": replace(PRACTISES, quotations=(replace(SAID, start=start, end=end),))})
    (sentence,) = data["sentences"]
    assert (sentence["before"], sentence["quote"], sentence["after"]) == parts


def test_ends_outside_the_page_are_given_by_name() -> None:
    data = built({"s1": HELD, "s2": replace(PRACTISES, object="urn:elsewhere", object_label="别处的做法")})
    assert [fact["object"] for fact in data["facts"]] == ["2023-06", "别处的做法"]
    assert data["qualifiers"].keys() >= {"title", "former"}


def test_relations_of_the_view_and_of_the_facts_are_all_named() -> None:
    strange = replace(PRACTISES, relation="unheardOf")
    data = built({"s1": strange, "s2": PRACTISES})
    assert data["relations"]["met"] == {"zh": "同会", "en": "met"}
    assert data["relations"]["unheardOf"] == {"zh": "unheardOf", "en": "unheardOf"}
    assert data["relations"]["practises"]["inverse"]["zh"] == "实践者"
    assert data["relations"]["holdsPost"]["office"] is True


def test_mutual_edges_say_so() -> None:
    mutual = {edge["relation"]: edge.get("mutual", False) for edge in built({})["edges"]}
    assert mutual == {"practises": False, "met": True}


def test_unknown_type_is_refused() -> None:
    graph = small_graph()
    graph.nodes[TOWN]["type"] = "Planet"
    with pytest.raises(GovkgError, match="Planet"):
        payload(graph, {}, [], "小图")


@pytest.mark.parametrize(
    "text", ["</script><script>x()</script>", "<!-- <script>", "a\u2028b\u2029c", "]]>", "\x00\x1b"]
)
def test_script_json_cannot_leave_its_block(text: str) -> None:
    written = script_json({text: [text]})
    assert "<" not in written
    assert json.loads(written) == {text: [text]}


def test_script_json_survives_half_a_character() -> None:
    assert json.loads(script_json("a\ud800b")) == "a?b"
