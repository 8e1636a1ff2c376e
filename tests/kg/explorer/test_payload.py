from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

from extract.errors import GovkgError
from kg.explorer.facts import FactReading, Quotation
from kg.explorer.payload import Payload, payload
from tests.kg.explorer.page_blocks import rows

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


def built(facts: dict[str, FactReading], **changes: Any) -> Payload:
    return payload(small_graph(), facts, [METHOD, TOWN], "小图", **changes)


def test_entities_hold_what_the_panel_needs_and_names_what_search_needs() -> None:
    data = built({}, communities={TOWN: "1"}, positions={TOWN: (1.25, -3.0)})
    entities = rows(data.graph["entities"])
    place = [entity["iri"] for entity in entities].index(TOWN)
    town, names = entities[place], rows(data.names)[place]
    assert names["aliases"] == ["吉地", "吉"]
    assert {"jidi", "jd"} <= set(names["keys"].split(" "))
    assert (town["code"], town["mentions"], town["community"]) == ("330681", 3, "1")
    assert (town["drawn"], town["x"], town["y"]) == (1, 1.2, -3.0)
    assert [entities[place]["iri"] for place in data.graph["overview"]] == [METHOD, TOWN]
    assert data.graph["title"] == {"zh": "小图", "en": "Small"}


def test_a_person_stands_where_the_offices_are_and_a_practice_nowhere() -> None:
    graph = small_graph()
    graph.add_node("urn:who", label="田小满", type="Person")
    graph.add_edge("urn:who", TOWN, "holdsPost", relation="holdsPost", label="市长", weight=1.0)
    data = payload(graph, {}, [], "小图")
    places = data.graph["places"]
    assert [place["zh"] for place in places] == ["浙江省", "绍兴市", "诸暨市"]
    assert [place["parent"] for place in places] == ["", "330000", "330600"]
    stands = {
        row["iri"]: [places[n]["code"] for n in row["places"] or []] for row in rows(data.graph["entities"])
    }
    assert stands == {TOWN: ["330681"], "urn:who": ["330681"], METHOD: [], EVENT: []}


def test_statements_that_say_the_same_are_one_fact_with_several_sentences() -> None:
    again = Quotation("积分制在𠮷地推行。", 0, 8, "又一篇", "城乡时报", "2024-01-01")
    data = built({"s1": PRACTISES, "s2": replace(PRACTISES, confidence=0.7, quotations=(again,))})
    assert len(rows(data.graph["facts"])) == 1
    attestations = rows(data.graph["attestations"])
    assert [(one["fact"], one["confidence"]) for one in attestations] == [(0, 0.9), (0, 0.7)]
    assert len(rows(data.texts["sentences"])) == len(rows(data.texts["articles"])) == 2
    assert data.graph["sources"] == ["乡音日报", "城乡时报"]
    practises = data.graph["relationNames"].index("practises")
    (edge,) = [edge for edge in rows(data.graph["edges"]) if edge["relation"] == practises]
    assert edge["facts"] == [0]


def test_facts_with_other_qualifiers_stay_apart() -> None:
    data = built({"s1": PRACTISES, "s2": replace(PRACTISES, qualifiers={"stage": "pilot"})})
    assert [fact["qualifiers"] or {} for fact in rows(data.graph["facts"])] == [{}, {"stage": "pilot"}]
    assert len(rows(data.texts["sentences"])) == 1, "one sentence that states two facts is written once"


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
    (sentence,) = rows(data.texts["sentences"])
    assert (sentence["before"] or "", sentence["quote"] or "", sentence["after"] or "") == parts


def test_a_fact_without_a_sentence_is_attested_all_the_same() -> None:
    data = built({"s1": HELD})
    assert rows(data.graph["attestations"]) == [{"fact": 0, "sentence": -1, "confidence": 0.8}]


def test_ends_outside_the_page_are_given_by_name() -> None:
    data = built({"s1": HELD, "s2": replace(PRACTISES, object="urn:elsewhere", object_label="别处的做法")})
    assert [fact["object"] for fact in rows(data.graph["facts"])] == ["2023-06", "别处的做法"]
    assert data.graph["qualifiers"].keys() >= {"title", "former"}


def test_relations_of_the_view_and_of_the_facts_are_all_named() -> None:
    strange = replace(PRACTISES, relation="unheardOf")
    words = built({"s1": strange, "s2": PRACTISES}).graph["relations"]
    assert words["met"] == {"zh": "同会", "en": "met"}
    assert words["unheardOf"] == {"zh": "unheardOf", "en": "unheardOf"}
    assert words["practises"]["inverse"]["zh"] == "实践者"
    assert words["holdsPost"]["office"] is True


def test_mutual_edges_say_so() -> None:
    data = built({}).graph
    mutual = {data["relationNames"][edge["relation"]]: edge["mutual"] for edge in rows(data["edges"])}
    assert mutual == {"practises": 0, "met": 1}


def test_unknown_type_is_refused() -> None:
    graph = small_graph()
    graph.nodes[TOWN]["type"] = "Planet"
    with pytest.raises(GovkgError, match="Planet"):
        payload(graph, {}, [], "小图")
