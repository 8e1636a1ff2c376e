from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from typing import Any

import msgspec
import networkx as nx
import pytest

import kg
from kg.errors import ViewError
from kg.filters import Filters
from kg.periods import periods_of
from kg.projection import network
from kg.store import Store
from kg.view_files import read_view, read_views, view_named
from tests.kg.invented_articles import MEETING, PLAN, REPRINT, article

Graph = nx.MultiDiGraph

NODE_ATTRIBUTES = {
    "label": str, "type": str, "pinyin": str, "aliases": str, "code": str, "level": str,
    "mentions": int, "articles": int, "first": str, "last": str, "place": str, "province": str,
    "periods": list,
}  # fmt: skip
EDGE_ATTRIBUTES = {
    "relation": str, "label": str, "label_en": str, "weight": float, "direction": str, "first": str,
    "last": str, "articles": int, "confidence": float, "statements": list, "periods": list,
}  # fmt: skip
YEARS = {"first_year": int, "last_year": int}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as store:
        store.add([MEETING, REPRINT, PLAN])
        yield store


def named(graph: nx.MultiDiGraph[str]) -> set[tuple[str, str, str]]:
    """Return the edges as (source, relation, target) by label."""
    label = nx.get_node_attributes(graph, "label")
    return {(label[a], key, label[b]) for a, b, key in graph.edges(keys=True)}


def kinds(row: dict[str, Any]) -> dict[str, type]:
    return {name: type(value) for name, value in row.items()}


def edge(graph: nx.MultiDiGraph[str], source: str, relation: str, target: str) -> dict[str, Any]:
    label = nx.get_node_attributes(graph, "label")
    (row,) = (
        row
        for a, b, key, row in graph.edges(keys=True, data=True)
        if (label[a], key, label[b]) == (source, relation, target)
    )
    return dict(row)


def node(graph: nx.MultiDiGraph[str], label: str) -> dict[str, Any]:
    (row,) = (row for _, row in graph.nodes(data=True) if row["label"] == label)
    return dict(row)


@pytest.mark.parametrize("view", read_views())
def test_every_view_keeps_the_contract(store: Store, view: str) -> None:
    graph = network(store, view)
    assert graph.number_of_edges() > 0
    assert graph.graph["view"] == view and graph.graph["title"] and graph.graph["title_en"]
    for iri, row in graph.nodes(data=True):
        assert iri.startswith("https://")
        assert kinds(row) == NODE_ATTRIBUTES | (YEARS if row["periods"] else {})
        assert row["label"] and row["pinyin"]
    for source, target, key, row in graph.edges(keys=True, data=True):
        assert kinds(row) == EDGE_ATTRIBUTES | (YEARS if row["periods"] else {})
        assert row["relation"] == key and row["weight"] > 0 and source != target
        assert row["statements"] == sorted(set(row["statements"]))
        assert row["direction"] == "directed" or source < target
    assert list(graph) == sorted(graph)
    assert all(a <= b for a, b in pairwise(graph.edges(keys=True)))


def test_all_holds_every_relation_but_plans_and_dates(store: Store) -> None:
    found = named(network(store, "all"))
    assert ("万俟青禾", "holdsPost", "酒泉市委政法委") in found
    assert ("酒泉市基层治理经验座谈会", "heldIn", "酒泉市") in found
    assert ("枫桥经验", "originatedIn", "诸暨市") in found and ("诸暨市", "practises", "枫桥经验") in found
    assert not {relation for _, relation, _ in found} & {"heldOn"}
    assert "澹台长风" not in {end for a, _, b in found for end in (a, b)}


def test_all_has_nodes_without_an_edge_and_other_views_have_none(store: Store) -> None:
    isolated = {graph.nodes[n]["label"] for graph in [network(store)] for n in nx.isolates(graph)}
    assert isolated == {"澹台长风", "明年拟办的治理创新论坛", "平安示范奖"}
    assert list(nx.isolates(network(store, "events"))) == []


def test_what_a_node_carries(store: Store) -> None:
    graph = network(store)
    person, place = node(graph, "万俟青禾"), node(graph, "酒泉市")
    # 1 + 1 offices, chaired and addressed in the first article; two offices and chaired in the second
    assert (person["mentions"], person["articles"]) == (7, 2)
    assert (person["first"], person["last"]) == ("2023-06-28", "2023-07-30")
    assert (place["type"], place["code"], place["level"]) == ("Place", "620900", "prefecture")
    # an institution has code and level of the place it belongs to
    assert node(graph, "酒泉市委政法委")["code"] == "620900"
    assert node(graph, "西北师范大学")["code"] == ""
    assert (node(graph, "平安示范奖")["mentions"], node(graph, "平安示范奖")["first"]) == (0, "")
    assert place["pinyin"] == "jiǔ quán shì"


def test_offices_are_labelled_with_their_titles(store: Store) -> None:
    graph = network(store, "offices")
    assert named(graph) == {
        ("万俟青禾", "holdsPost", "酒泉市委政法委"),
        ("万俟青禾", "holdsPost", "西北师范大学"),
        ("呼延若水", "holdsPost", "西北师范大学"),
    }
    office = edge(graph, "万俟青禾", "holdsPost", "酒泉市委政法委")
    assert office["label"] == "书记、原副书记"
    assert (office["weight"], office["articles"], office["confidence"]) == (2.0, 2, 0.9)
    assert (office["first"], office["last"]) == ("2023-06-28", "2023-07-30")
    assert len(office["statements"]) == 3
    assert edge(graph, "呼延若水", "holdsPost", "西北师范大学")["label"] == "原院长"


def test_events_weigh_the_manner_of_taking_part(store: Store) -> None:
    graph = network(store, "events")
    event = "酒泉市基层治理经验座谈会"
    assert named(graph) == {
        ("万俟青禾", "chaired", event),
        ("万俟青禾", "addressed", event),
        ("呼延若水", "attended", event),
        ("司徒望舒", "attended", event),
        ("酒泉市委政法委", "hosted", event),
    }
    chaired, attended = (
        edge(graph, p, r, event) for p, r in (("万俟青禾", "chaired"), ("呼延若水", "attended"))
    )
    assert (chaired["label"], chaired["label_en"]) == ("主持", "chaired")
    assert chaired["weight"] > attended["weight"]


def test_coattendance_ties_people_once(store: Store) -> None:
    graph = network(store, "coattendance")
    people = {row["label"] for _, row in graph.nodes(data=True)}
    assert people == {"万俟青禾", "呼延若水", "司徒望舒"}
    assert graph.number_of_edges() == 3
    for *_, row in graph.edges(data=True):
        assert (row["weight"], row["direction"], row["label"]) == (1.0, "undirected", "共同出席")
    (tie,) = (
        row
        for a, b, row in graph.edges(data=True)
        if {graph.nodes[a]["label"], graph.nodes[b]["label"]} == {"呼延若水", "司徒望舒"}
    )
    assert len(tie["statements"]) == 2


def test_a_shared_event_can_count_less_the_more_share_it(store: Store) -> None:
    by_size = msgspec.structs.replace(view_named("coattendance"), weight="shared_by_size")
    # three people at the event: each tie counts one half
    assert {row["weight"] for *_, row in network(store, by_size).edges(data=True)} == {0.5}


def test_interlocks_tie_institutions_through_people(store: Store) -> None:
    graph = network(store, "interlocks")
    assert {row["label"] for _, row in graph.nodes(data=True)} == {"酒泉市委政法委", "西北师范大学"}
    assert [row["weight"] for *_, row in graph.edges(data=True)] == [1.0]


def test_cooperation_stands_once(store: Store) -> None:
    graph = network(store, "cooperation")
    assert [(row["direction"], row["articles"]) for *_, row in graph.edges(data=True)] == [("undirected", 1)]


def test_diffusion_leads_from_practice_to_place(store: Store) -> None:
    graph = network(store, "diffusion")
    assert named(graph) == {
        ("枫桥经验", "originatedIn", "诸暨市"),
        ("枫桥经验", "practises", "诸暨市"),
        # what the institution practises counts for its place
        ("主动创稳", "practises", "酒泉市"),
    }
    assert edge(graph, "枫桥经验", "practises", "诸暨市")["label"] == "实践者"
    assert edge(graph, "枫桥经验", "originatedIn", "诸暨市")["label"] == "发源于"


def test_a_place_only_the_register_names_is_a_node_like_any(tmp_path_factory: pytest.TempPathFactory) -> None:
    record = article("b1", "2024", {"i1": "敦煌市委", "w1": "主动创稳"}, ("i1", "practises", "w1"))
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as store:
        store.add([record])
        place = node(network(store, "diffusion"), "敦煌市")
        assert (place["type"], place["level"], place["mentions"]) == ("Place", "county", 0)
        assert "敦煌市" not in {row["label"] for _, row in network(store).nodes(data=True)}


def test_discourse(store: Store) -> None:
    assert named(network(store, "discourse")) == {("呼延若水", "discussed", "主动创稳")}


def test_min_confidence_counts_for_nodes_and_edges(store: Store) -> None:
    graph = network(store, "offices", filters=Filters(min_confidence=0.7))
    office = edge(graph, "万俟青禾", "holdsPost", "酒泉市委政法委")
    assert (office["label"], office["articles"]) == ("书记", 1)
    assert node(graph, "万俟青禾")["mentions"] == 4
    assert network(store, "offices", filters=Filters(min_confidence=0.95)).number_of_nodes() == 0


def test_the_same_graph_whatever_the_order_of_articles(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as other:
        other.add([PLAN, REPRINT, MEETING])
        for view in read_views():
            one, two = network(store, view), network(other, view)
            assert list(one.nodes(data=True)) == list(two.nodes(data=True))
            assert list(one.edges(keys=True, data=True)) == list(two.edges(keys=True, data=True))


def test_an_empty_store_gives_an_empty_network(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as empty:
        assert [len(network(empty, view)) for view in read_views()] == [0] * len(read_views())


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("office", "unknown view 'office'; did you mean offices? choose one of all, coattendance"),
        ("网络", "unknown view '网络'; choose one of all, coattendance, cooperation"),
        ("", "unknown view ''; choose one of all"),
    ],
)
def test_an_unknown_view_is_named_with_the_valid_ones(store: Store, name: str, message: str) -> None:
    with pytest.raises(ViewError) as error:
        network(store, name)
    assert str(error.value).startswith(message)


# Periods, filters, weights, one-mode projections.


@pytest.mark.parametrize(
    ("view", "source", "relation", "target", "periods"),
    [
        # an event's own day counts before the day of the report, in the reprint too
        ("events", "万俟青禾", "chaired", "酒泉市基层治理经验座谈会", ["2023-06-27/2023-06-27"]),
        (
            "offices",
            "万俟青禾",
            "holdsPost",
            "酒泉市委政法委",
            ["2023-06-28/2023-06-28", "2023-07-30/2023-07-30"],
        ),
        ("all", "酒泉市基层治理经验座谈会", "heldIn", "酒泉市", ["2023-06-27/2023-06-27"]),
    ],
)
def test_periods_follow_the_rule_of_the_view(
    store: Store, view: str, source: str, relation: str, target: str, periods: list[str]
) -> None:
    row = edge(network(store, view), source, relation, target)
    assert row["periods"] == periods
    assert (row["first_year"], row["last_year"]) == (2023, 2023)


@pytest.mark.parametrize("view", read_views())
def test_the_periods_of_a_node_hold_those_of_its_edges(store: Store, view: str) -> None:
    graph = network(store, view)
    for source, target, row in graph.edges(data=True):
        for end in (source, target):
            around = periods_of(graph.nodes[end]["periods"])
            for start, last in periods_of(row["periods"]):
                assert any(a <= start and last <= b for a, b in around)


def test_where_entities_stand(store: Store) -> None:
    graph = network(store)
    stands = {
        row["label"]: (row["place"], row["level"], row["province"]) for _, row in graph.nodes(data=True)
    }
    jiuquan = ("酒泉市", "prefecture", "甘肃省")
    assert stands["酒泉市"] == stands["酒泉市委政法委"] == stands["万俟青禾"] == jiuquan
    assert stands["酒泉市基层治理经验座谈会"] == jiuquan  # where it was held
    assert stands["呼延若水"] == stands["枫桥经验"] == ("", "", "")


@pytest.mark.parametrize(
    ("filters", "edges"),
    [
        (Filters(), 14),
        (Filters(places=("甘肃省",)), 10),
        (Filters(places=("620000",)), 10),
        (Filters(places=("浙江省",)), 2),
        (Filters(places=("甘肃省", "浙江省")), 12),
        (Filters(since="2023-07"), 3),
        (Filters(until="2023-06"), 12),
        (Filters(since="2024"), 0),
        (Filters(relations=("chaired", "addressed")), 2),
        (Filters(sources=("示例报",)), 14),
        (Filters(min_confidence=0.7), 12),
        (Filters(places=("甘肃省",), relations=("holdsPost",), since="2023-07"), 1),
    ],
)
def test_filters_choose_the_statements_that_count(store: Store, filters: Filters, edges: int) -> None:
    graph = network(store, filters=filters)
    assert graph.number_of_edges() == edges, named(graph)
    assert graph.graph["filters"] == str(filters)


def test_with_a_filter_no_entity_stands_that_nothing_is_said_of(store: Store) -> None:
    labels = {row["label"] for _, row in network(store, filters=Filters(since="2023-07")).nodes(data=True)}
    assert "平安示范奖" not in labels and "万俟青禾" in labels


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(places=("酒泉",)), ""),
        (Filters(places=("酒全市",)), "the store knows no place '酒全市'; did you mean 酒泉市"),
        (Filters(relations=("chair",)), "unknown relation 'chair'; did you mean chaired?"),
        (Filters(sources=("示范报",)), "no article is from '示范报'; did you mean 示例报?"),
        (Filters(since="June"), "since is no date: 'June'; write 2023, 2023-06 or 2023-06-27"),
        (Filters(since="2024", until="2023"), "the period ends before it begins: 2024 to 2023"),
    ],
)
def test_a_filter_that_names_nothing_is_told(store: Store, filters: Filters, message: str) -> None:
    if not message:
        assert network(store, filters=filters).number_of_edges() > 0  # a short form of a name
        return
    with pytest.raises(ViewError) as error:
        network(store, filters=filters)
    assert str(error.value).startswith(message)


def test_a_name_of_several_places_is_told_with_their_codes(tmp_path_factory: pytest.TempPathFactory) -> None:
    records = [
        article(
            f"d{code}",
            "2024",
            {"l1": "鼓楼区", "w1": "主动创稳"},
            ("l1", "practises", "w1"),
            codes={"l1": code},
        )
        for code in ("320106", "350102")
    ]
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as store:
        store.add(records)
        with pytest.raises(
            ViewError, match=r"called 鼓楼区: 320106 .*南京市.*350102 .*福州市.*give the code"
        ):
            network(store, filters=Filters(places=("鼓楼区",)))
        assert network(store, filters=Filters(places=("350102",))).number_of_edges() == 1


def test_one_mode_ties_a_type_through_the_others(store: Store) -> None:
    tied = network(store, "events", one_mode="Person")
    known = network(store, "coattendance")
    assert set(tied) == set(known)
    assert [(a, b, row["weight"]) for a, b, row in tied.edges(data=True)] == [
        (a, b, row["weight"]) for a, b, row in known.edges(data=True)
    ]
    assert {row["direction"] for *_, row in tied.edges(data=True)} == {"undirected"}
    assert {
        row["weight"]
        for *_, row in network(store, "events", one_mode="Person", weight="shared_by_size").edges(data=True)
    } == {1 / 2}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"weight": "shared"},
            "the view offices is not weighed by 'shared'; choose one of relation, articles",
        ),
        ({"one_mode": "Honour"}, "the view offices has no Honour to tie; choose one of Institution, Person"),
        ({"one_mode": "People"}, "unknown type 'People'; choose one of Person"),
    ],
)
def test_a_projection_that_cannot_be_is_told(store: Store, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ViewError) as error:
        network(store, "offices", **arguments)
    assert str(error.value).startswith(message)


def test_a_view_that_is_one_mode_already_is_not_projected(store: Store) -> None:
    with pytest.raises(ViewError, match="ties nodes of one type already"):
        network(store, "coattendance", one_mode="Person")


def test_kg_network_takes_a_store_or_its_folder(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert kg.network(store, "offices", min_confidence=0.7, places=["甘肃省"]).number_of_edges() == 2
    folder = tmp_path_factory.mktemp("kg") / "store"
    with Store.create(folder) as other:
        other.add([MEETING])
    assert len(kg.network(folder, "coattendance")) == 3


def test_a_view_of_one_s_own_is_one_file(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("views") / "chairs.toml"
    events = resources.files("kg") / "views" / "events.toml"
    text = events.read_text(encoding="utf-8").replace('name = "events"', 'name = "chairs"')
    file.write_text(
        text.replace("?statement rdf:object", "?statement rdf:predicate gov:chaired ; rdf:object"),
        encoding="utf-8",
    )
    graph = kg.network(store, read_view(file))
    assert {relation for _, relation, _ in named(graph)} == {"chaired"}
