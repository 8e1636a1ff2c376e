"""The data inside the page: every entity, edge, fact and sentence of the view, as tables by column.

Tables refer to each other by position: an edge names its ends and its facts by their row, an
attestation its fact and its sentence, a sentence its article. So a sentence that states three facts is
written once. What the first picture needs stands apart from the names that search reads and from the
texts that the panel shows, so that the picture need not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from extract.language.relations import Relation, read_relations
from kg.appearance import LARGEST_RADIUS, SMALLEST_RADIUS, colour, group_colours
from kg.columns import is_undirected
from kg.explorer.appearance import TYPE_LOOKS, canvas_label, look_of
from kg.explorer.blocks import columns
from kg.explorer.fact_tables import FactTables
from kg.explorer.facts import FactReading
from kg.explorer.place_tree import place_tree, places_of
from kg.explorer.search_keys import search_keys

Row = dict[str, Any]
Positions = Mapping[str, tuple[float, float]]

_ENTITY = (
    "iri", "label", "short", "type", "code", "level", "places", "mentions", "articles", "first", "last",
    "community", "drawn", "x", "y",
)  # fmt: skip
_EDGE = (
    "source", "target", "relation", "says", "weight", "mutual", "articles", "first", "last", "confidence",
    "facts",
)  # fmt: skip
_NAMES = ("pinyin", "aliases", "keys")
_OF_PLACES = ("Place", "Institution")


@dataclass(frozen=True, slots=True)
class Payload:
    """The three tables of a page: what is drawn and filtered, what search reads, what the panel quotes."""

    graph: Row
    names: Row
    texts: Row


def payload(
    graph: nx.MultiDiGraph[str],
    facts: Mapping[str, FactReading],
    overview: Sequence[str],
    title: str,
    *,
    positions: Positions | None = None,
    communities: Mapping[str, str] | None = None,
    snapshot: Mapping[str, object] | None = None,
) -> Payload:
    """Return the page's data.

    `overview` are the nodes the page opens on, `positions` where nodes stand in the drawing of all, in
    pixels; `communities` name the group of each node. In English the page bears the graph's `title_en`,
    where it has one. A node of an unknown type raises GovkgError.
    """
    places = {node: place for place, node in enumerate(sorted(graph))}
    tables = FactTables(places)
    for statement in sorted(facts):
        tables.add(statement, facts[statement])
    relations = read_relations()
    words = _relation_words(graph, facts, relations)
    names = {name: number for number, name in enumerate(words)}
    codes = places_of(graph)
    tree = place_tree(codes, graph)
    groups = dict(communities or {})
    edges = _edges(graph, places, tables, words)
    entities = _entities(
        graph, places, codes, {row["code"]: n for n, row in enumerate(tree)}, positions, groups
    )
    return Payload(
        graph={
            "title": {"zh": title, "en": str(graph.graph.get("title_en") or title)},
            "view": str(graph.graph.get("view", "")),
            "asked": str(graph.graph.get("filters", "")),
            "snapshot": dict(snapshot or {}),
            "radii": [SMALLEST_RADIUS, LARGEST_RADIUS],
            "types": _types(),
            "relationNames": list(words),
            "relations": words,
            "qualifiers": _qualifier_words(relations),
            "places": tree,
            "communities": group_colours(groups.values()),
            "entities": columns(entities, _ENTITY),
            "edges": columns(({**edge, "relation": names[edge["relation"]]} for edge in edges), _EDGE),
            "overview": [places[node] for node in overview],
            **tables.numbers(names),
        },
        names=columns((_names(graph.nodes[node]) for node in places), _NAMES),
        texts=tables.texts(),
    )


def _types() -> list[Row]:
    return [
        {
            "name": name,
            "zh": look.zh,
            "en": look.en,
            "colour": colour(name),
            "shape": look.shape,
            "enlarged": look.enlarged,
        }
        for name, look in TYPE_LOOKS.items()
    ]


def _relation_words(
    graph: nx.MultiDiGraph[str], facts: Mapping[str, FactReading], relations: Mapping[str, Relation]
) -> dict[str, Row]:
    """Return what relations are called from either end, those that only the view has included."""
    words: dict[str, Row] = {reading.relation: _same(reading.relation) for reading in facts.values()}
    for _, _, data in graph.edges(data=True):
        name = str(data.get("relation", ""))
        words[name] = {"zh": str(data.get("label") or name), "en": str(data.get("label_en") or name)}
    for relation in relations.values():
        words[relation.name] = {"zh": relation.label.zh, "en": relation.label.en}
        if relation.inverse is not None:
            words[relation.name]["inverse"] = {"zh": relation.inverse.zh, "en": relation.inverse.en}
        if "title" in relation.qualifiers:
            words[relation.name]["office"] = True
    return dict(sorted(words.items()))


def _same(name: str) -> Row:
    return {"zh": name, "en": name}


def _qualifier_words(relations: Mapping[str, Relation]) -> Row:
    words: Row = {"planned": {"zh": "计划", "en": "planned", "type": "boolean"}}
    for relation in relations.values():
        for name, qualifier in relation.qualifiers.items():
            values = {value: {"zh": text.zh, "en": text.en} for value, text in qualifier.values.items()}
            words[name] = {"zh": qualifier.zh, "en": qualifier.en, "type": qualifier.type, "values": values}
    return dict(sorted(words.items()))


def _entities(
    graph: nx.MultiDiGraph[str],
    places: Mapping[str, int],
    codes: Mapping[str, list[str]],
    numbers: Mapping[str, int],
    positions: Positions | None,
    communities: Mapping[str, str],
) -> list[Row]:
    types = {name: number for number, name in enumerate(TYPE_LOOKS)}
    rows = []
    for node in places:
        data = graph.nodes[node]
        look_of(node, data.get("type"))
        row = _entity(node, data)
        row["type"] = types[str(data["type"])]
        row["places"] = [numbers[code] for code in codes[node]]
        row["community"] = communities.get(node)
        if positions and node in positions:
            row["drawn"] = 1
            row["x"], row["y"] = (round(value, 1) for value in positions[node])
        rows.append(row)
    return rows


def _entity(node: str, data: Mapping[str, Any]) -> Row:
    label = str(data.get("label") or node)
    short = canvas_label(label)
    # A person's and an event's are those of the place where they stand, not their own.
    own = data.get("type") in _OF_PLACES
    return {
        "iri": node,
        "label": label,
        "short": short if short != label else None,
        "code": str(data.get("code") or "") if own else "",
        "level": str(data.get("level") or "") if own else "",
        "mentions": data.get("mentions"),
        "articles": data.get("articles"),
        "first": str(data.get("first") or ""),
        "last": str(data.get("last") or ""),
    }


def _names(data: Mapping[str, Any]) -> Row:
    """Return what an entity is found by besides its label; keys are joined by a space, for none holds one."""
    aliases = [alias.strip() for alias in str(data.get("aliases") or "").split(";") if alias.strip()]
    pinyin = str(data.get("pinyin") or "")
    label = str(data.get("label") or "")
    return {"pinyin": pinyin, "aliases": aliases, "keys": " ".join(search_keys([label, *aliases], pinyin))}


def _own_words(data: Mapping[str, Any], words: Mapping[str, Row]) -> Row | None:
    """Return what an edge is called where that is not its relation's name, as an office held."""
    own = {"zh": str(data.get("label") or ""), "en": str(data.get("label_en") or "")}
    common = words[str(data.get("relation", ""))]
    return None if not own["zh"] or own["zh"] == common["zh"] else own


def _edges(
    graph: nx.MultiDiGraph[str], places: Mapping[str, int], tables: FactTables, words: Mapping[str, Row]
) -> list[Row]:
    """Return the edges by their ends and relation; `words` are those of the relations."""
    rows = [
        {
            "source": places[source],
            "target": places[target],
            "relation": str(data.get("relation", "")),
            "says": _own_words(data, words),
            "weight": data.get("weight", 1.0),
            "mutual": 1 if is_undirected(data) else 0,
            "articles": data.get("articles"),
            "first": str(data.get("first") or ""),
            "last": str(data.get("last") or ""),
            "confidence": data.get("confidence"),
            "facts": tables.of(data.get("statements") or ()),
        }
        for source, target, data in graph.edges(data=True)
    ]
    return sorted(rows, key=lambda row: (row["source"], row["target"], row["relation"]))
