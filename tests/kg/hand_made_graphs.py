"""Networks made by hand for the tests of writers and layout; the people are invented."""

from __future__ import annotations

import networkx as nx

Network = nx.MultiDiGraph

PERSON = "https://example.org/person/1"
OFFICE = "https://example.org/institution/2"
MEETING = "https://example.org/event/3"
PLACE = "https://example.org/place/4"
OFFICE_PERIODS = ["2021-03-01/2022-12-31", "2024-02-05/.."]

# All that XML forbids, that HTML and spreadsheets obey, and that breaks naive quoting.
HOSTILE = "=cmd|'/c'!A1 <b>\"&amp;\x00\x01\x0b\x1b[31m\ud800\uffff\r\n\t]]> 某某 𠀀"
HOSTILE_CLEAN = "=cmd|'/c'!A1 <b>\"&amp;[31m\r\n\t]]> 某某 𠀀"
HOSTILE_LINE = "=cmd|'/c'!A1 <b>\"&amp;[31m ]]> 某某 𠀀"


def node(label: str, type_: str, **more: object) -> dict[str, object]:
    """Return a node's attributes as the graph contract has them."""
    return {
        "label": label, "type": type_, "pinyin": "", "aliases": "", "code": "", "level": "",
        "mentions": 1, "first": "", "last": "", "articles": 1,
    } | more  # fmt: skip


def edge(relation: str, label: str, **more: object) -> dict[str, object]:
    """Return an edge's attributes as the graph contract has them."""
    return {
        "relation": relation, "label": label, "label_en": relation, "weight": 1.0, "direction": "directed",
        "first": "", "last": "", "articles": 1, "confidence": 0.9, "statements": [],
    } | more  # fmt: skip


def meeting_network() -> nx.MultiDiGraph[str]:
    """Return a small network with parallel edges, an undirected edge, dates and gaps."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(view="all", title="全部关系", title_en="All relations")
    graph.add_node(PERSON, **node("万俟青禾", "Person", pinyin="Mòqí Qīnghé", first="2021-03", last="2023"))
    graph.add_node(OFFICE, **node("酒泉市委政法委", "Institution", aliases="市委政法委; 政法委"))
    graph.add_node(MEETING, **node("座谈会", "Event", first="2023-06-27", last="2023-06-27"))
    graph.add_node(PLACE, **node("酒泉市", "Place", code="620900", level="prefecture"))
    graph.add_edge(
        PERSON,
        OFFICE,
        "holdsPost",
        **edge("holdsPost", "书记", weight=3.0, periods=OFFICE_PERIODS, first_year=2021, last_year=2024),
    )
    graph.add_edge(PERSON, MEETING, "chaired", **edge("chaired", "主持", statements=["s:1", "s:2"]))
    graph.add_edge(PERSON, MEETING, "addressed", **edge("addressed", "致辞", first="2023-06-27"))
    graph.add_edge(OFFICE, PLACE, "cooperatesWith", **edge("cooperatesWith", "合作", direction="undirected"))
    return graph


def hostile_network() -> nx.MultiDiGraph[str]:
    """Return a network whose texts attack every reader, with values of mixed and missing kinds."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=HOSTILE)
    graph.add_node("=1+1", **node(HOSTILE, "Person", aliases=None, mixed=1, number=float("nan"), big=2**40))
    graph.add_node(
        "@x <&>", **node("", HOSTILE, first="yesterday", last=None, mixed="one", number=2.5, big=1)
    )
    graph.add_node("plain", label=None, big=2**80, number=1)
    graph.add_edge("=1+1", "@x <&>", "+r", **edge("+r", HOSTILE, weight=None, source=HOSTILE))
    graph.add_edge("@x <&>", "=1+1", "", relation="", weight=float("inf"), first="2023-13", last="2023-02-30")
    graph.add_edge("plain", "plain", 0, weight="heavy", first="2023-05-01", last="2022-05-01")
    return graph
