"""The data inside the page: every entity, edge, fact and sentence of the view, as plain JSON.

Tables refer to each other by position: an edge names its ends and its facts by their row, a fact
its sentences, a sentence its article. So a sentence that states three facts is written once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from extract.language.relations import Relation, read_relations
from kg.appearance import colour, group_colours, radii
from kg.columns import is_undirected
from kg.explore.appearance import TYPE_LOOKS, canvas_label, look_of
from kg.explore.search_keys import search_keys

Row = dict[str, Any]

_OF_PLACES = ("Place", "Institution")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of an article and the part of it that states a fact.

    `start` and `end` count characters of `sentence`, end exclusive. `date` is ISO 8601.
    """

    sentence: str
    start: int
    end: int
    article_title: str | None = None
    source: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class FactReading:
    """A statement as a reader sees it.

    `relation` is the relation's name; `subject` and `object` are IRIs of canonical entities, or an
    ISO date for `object` where the relation's range is Date; the labels are what to print where the
    entity is not in the page.
    """

    relation: str
    subject: str
    subject_label: str
    object: str
    object_label: str
    confidence: float
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    quotations: Sequence[Quotation] = ()


class _Table:
    """Rows without repeats; a row's place in it is its number."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._places: dict[str, int] = {}

    def place(self, row: Row) -> int:
        key = json.dumps(row, sort_keys=True)
        if key not in self._places:
            self._places[key] = len(self.rows)
            self.rows.append(row)
        return self._places[key]


class _Facts:
    """The facts of the page; statements that say the same are one fact with several sentences."""

    def __init__(self, entities: Mapping[str, int]) -> None:
        self.rows: list[Row] = []
        self.sentences = _Table()
        self.articles = _Table()
        self._entities = entities
        self._places: dict[tuple[object, ...], int] = {}
        self._of_statement: dict[str, int] = {}

    def add(self, statement: str, reading: FactReading) -> None:
        """Take in a statement's reading."""
        qualifiers = tuple(sorted(reading.qualifiers.items()))
        key = (reading.relation, reading.subject, reading.object, qualifiers)
        if key not in self._places:
            self._places[key] = len(self.rows)
            self.rows.append(self._row(reading, dict(qualifiers)))
        place = self._places[key]
        self._of_statement[statement] = place
        evidence = self.rows[place]["evidence"]
        for quotation in reading.quotations:
            entry = {"sentence": self._sentence(quotation), "confidence": round(reading.confidence, 3)}
            if entry not in evidence:
                evidence.append(entry)

    def of(self, statements: Sequence[str]) -> list[int]:
        """Return the rows of the statements that have a reading, in order, without repeats."""
        found = (self._of_statement.get(statement) for statement in statements)
        return list(dict.fromkeys(place for place in found if place is not None))

    def _row(self, reading: FactReading, qualifiers: dict[str, str]) -> Row:
        return {
            "relation": reading.relation,
            "subject": self._end(reading.subject, reading.subject_label),
            "object": self._end(reading.object, reading.object_label),
            "qualifiers": qualifiers,
            "evidence": [],
        }

    def _end(self, iri: str, label: str) -> int | str:
        place = self._entities.get(iri)
        return label if place is None else place

    def _sentence(self, quotation: Quotation) -> int:
        article = self.articles.place(
            _filled(
                title=quotation.article_title,
                source=quotation.source,
                date=quotation.date,
                url=quotation.url,
            )
        )
        length = len(quotation.sentence)
        start = min(max(0, quotation.start), length)
        end = min(max(start, quotation.end), length)
        # the page counts UTF-16 units, we count characters: hand over the three parts instead
        text = quotation.sentence
        return self.sentences.place(
            {"article": article, "before": text[:start], "quote": text[start:end], "after": text[end:]}
        )


def payload(
    graph: nx.MultiDiGraph[str], facts: Mapping[str, FactReading], overview: Sequence[str], title: str
) -> Row:
    """Return the page's data: entities, edges, facts, sentences, articles, and how types look.

    `overview` are the nodes the page opens on. In English the page bears the graph's `title_en`,
    where it has one. A node of an unknown type raises GovkgError.
    """
    places = {node: place for place, node in enumerate(sorted(graph))}
    readings = _Facts(places)
    for statement in sorted(facts):
        readings.add(statement, facts[statement])
    relations = read_relations()
    words = _relation_words(graph, facts, relations)
    return {
        "title": {"zh": title, "en": str(graph.graph.get("title_en") or title)},
        "view": str(graph.graph.get("view", "")),
        "types": _types(),
        "relations": words,
        "qualifiers": _qualifier_words(relations),
        "entities": _entities(graph, places),
        "edges": _edges(graph, places, readings, words),
        "facts": readings.rows,
        "sentences": readings.sentences.rows,
        "articles": readings.articles.rows,
        "overview": [places[node] for node in overview],
    }


def _filled(**values: object) -> Row:
    """Return the values that say something."""
    return {key: value for key, value in values.items() if value not in (None, "", [], ())}


def _types() -> list[Row]:
    return [
        {"name": name, "zh": look.zh, "en": look.en, "colour": colour(name), "shape": look.shape}
        for name, look in TYPE_LOOKS.items()
    ]


def _relation_words(
    graph: nx.MultiDiGraph[str], facts: Mapping[str, FactReading], relations: Mapping[str, Relation]
) -> Row:
    """Return what relations are called from either end, those that only the view has included."""
    words: Row = {reading.relation: _same(reading.relation) for reading in facts.values()}
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
            words[name] = {"zh": qualifier.zh, "en": qualifier.en, "type": qualifier.type}
    return dict(sorted(words.items()))


def _entities(graph: nx.MultiDiGraph[str], places: Mapping[str, int]) -> list[Row]:
    sizes = radii(graph)
    groups = {node: str(row["community"]) for node, row in graph.nodes(data=True) if row.get("community")}
    colours = group_colours(groups.values())
    rows = [_entity(node, graph.nodes[node], sizes[node]) for node in places]
    for node, row in zip(places, rows, strict=True):
        if node in groups:
            row |= {"community": groups[node], "colour": colours[groups[node]]}
    return rows


def _entity(node: str, data: Mapping[str, Any], radius: float) -> Row:
    look = look_of(node, data.get("type"))
    label = str(data.get("label") or node)
    aliases = [alias.strip() for alias in str(data.get("aliases") or "").split(";") if alias.strip()]
    pinyin = str(data.get("pinyin") or "")
    return _filled(
        iri=node,
        label=label,
        short=canvas_label(label),
        type=data["type"],
        size=round(radius * look.enlarged, 1),
        pinyin=pinyin,
        aliases=aliases,
        # A person's and an event's are those of the place where they stand, not their own.
        code=str(data.get("code") or "") if data["type"] in _OF_PLACES else "",
        level=str(data.get("level") or "") if data["type"] in _OF_PLACES else "",
        mentions=data.get("mentions"),
        articles=data.get("articles"),
        first=str(data.get("first") or ""),
        last=str(data.get("last") or ""),
        keys=search_keys([label, *aliases], pinyin),
    )


def _own_words(data: Mapping[str, Any], words: Row) -> Row | None:
    """Return what an edge is called where that is not its relation's name, as an office held."""
    own = {"zh": str(data.get("label") or ""), "en": str(data.get("label_en") or "")}
    common = words[str(data.get("relation", ""))]
    return None if not own["zh"] or own["zh"] == common["zh"] else own


def _edges(graph: nx.MultiDiGraph[str], places: Mapping[str, int], readings: _Facts, words: Row) -> list[Row]:
    """Return the edges by their ends and relation; `words` are those of the relations."""
    rows = []
    for source, target, data in graph.edges(data=True):
        rows.append(
            _filled(
                source=places[source],
                target=places[target],
                relation=str(data.get("relation", "")),
                says=_own_words(data, words),
                weight=data.get("weight", 1.0),
                mutual=is_undirected(data) or None,
                articles=data.get("articles"),
                first=str(data.get("first") or ""),
                last=str(data.get("last") or ""),
                facts=readings.of(data.get("statements") or ()),
            )
        )
    return sorted(rows, key=lambda row: (row["source"], row["target"], row["relation"]))


def script_json(value: object) -> str:
    """Return the value as JSON that can stand between script tags: no `<` opens or closes anything.

    Lone surrogates, which UTF-8 cannot hold, become question marks.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
