"""An invented network of local governance, as large as asked, the same for the same seed."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import networkx as nx

from kg.explorer.facts import FactReading, Quotation

Graph = nx.MultiDiGraph
_BASE = "https://example.org/kg/"
_WORDS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "invented_words.toml").read_text(encoding="utf-8")
)


class _Builder:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.graph: Graph[str] = nx.MultiDiGraph(
            view="all", title="基层治理网络", title_en="Local governance"
        )
        self.facts: dict[str, FactReading] = {}

    def node(self, type_: str, label: str, **attributes: object) -> str:
        iri = f"{_BASE}{type_.lower()}/{label}"
        self.graph.add_node(iri, label=label, type=type_, pinyin="", aliases="", **attributes)
        return iri

    def fact(self, subject: str, relation: str, zh: str, object_: str, **qualifiers: str) -> None:
        number = len(self.facts)
        statement = f"{_BASE}statement/{number}"
        one, other = (self.graph.nodes[end]["label"] for end in (subject, object_))
        said = f"{one}{zh}{qualifiers.get('title', '')}{other}"
        sentence = f"据介绍，{said}，各方对此反响良好。"
        month = 1 + number % 12
        quotation = Quotation(
            sentence=sentence,
            start=4,
            end=4 + len(said),
            article_title=f"{other}纪事之{number % 40}",
            source=_WORDS["sources"][number % 3],
            date=f"2023-{month:02}-15",
            url=f"https://example.org/news/{number % 40}.html",
        )
        self.facts[statement] = FactReading(
            relation, subject, one, object_, other, 0.5 + (number % 50) / 100, qualifiers, (quotation,)
        )
        if self.graph.has_edge(subject, object_, relation):
            edge = self.graph.edges[subject, object_, relation]
            edge["weight"] += 1.0
            edge["articles"] += 1
            edge["statements"].append(statement)
            return
        self.graph.add_edge(
            subject,
            object_,
            relation,
            relation=relation,
            label=zh,
            label_en=relation,
            weight=1.0,
            direction="undirected" if relation == "cooperatesWith" else "directed",
            first=quotation.date,
            last=quotation.date,
            articles=1,
            confidence=0.9,
            statements=[statement],
        )

    def skewed(self, items: list[str]) -> str:
        """Return an item, the first ones much more often: real networks have hubs."""
        return items[int(len(items) * self.random.random() ** 2.2)]


def invented_graph(seed: int = 7, size: int = 300) -> tuple[Graph[str], dict[str, FactReading]]:
    """Return a network of about `size` nodes and the readings of its statements."""
    build = _Builder(seed)
    pick = build.random
    places = [
        build.node("Place", name, code=f"33{n:04}")
        for n, name in enumerate(_WORDS["places"][: max(6, size // 6)])
    ]
    towns = [name for name in _WORDS["places"] if not name.endswith("省")]
    organs = [
        build.node(
            "Institution",
            f"{pick.choice(towns)[:-1]}市{pick.choice(_WORDS['organs'])}"
            if pick.random() < 0.8
            else f"{pick.choice(towns)}乡村振兴与社会治理联合研究院",
        )
        for _ in range(size // 4)
    ]
    people = [
        build.node("Person", pick.choice(_WORDS["surnames"]) + pick.choice(_WORDS["given"]))
        for _ in range(size // 3)
    ]
    practices = [build.node("Practice", name) for name in _WORDS["practices"][: max(4, size // 12)]]
    events = [
        build.node("Event", f"{2019 + n % 6}年{pick.choice(towns)[:2]}{pick.choice(_WORDS['meetings'])}")
        for n in range(size // 8)
    ]
    documents = [
        build.node("Document", f"《{pick.choice(towns)}社会治理条例（{n}年修订）》")
        for n in range(2015, 2015 + size // 30)
    ]
    honours = [build.node("Honour", name) for name in ("长安杯", "全国社会治理百强区", "年度治理创新案例")]
    _join(
        build,
        places,
        sorted(set(organs)),
        sorted(set(people)),
        practices,
        sorted(set(events)),
        documents,
        honours,
    )
    for node in build.graph:
        build.graph.nodes[node].update(
            {
                "mentions": 1 + build.graph.degree(node) * 2,
                "articles": 1 + build.graph.degree(node),
            }
        )
    return build.graph, build.facts


def _join(
    build: _Builder,
    places: list[str],
    organs: list[str],
    people: list[str],
    practices: list[str],
    events: list[str],
    documents: list[str],
    honours: list[str],
) -> None:
    pick = build.random
    for person in people:
        build.fact(person, "holdsPost", "任", build.skewed(organs), title=pick.choice(_WORDS["titles"]))
        if pick.random() < 0.5:
            build.fact(person, "attended", "出席", build.skewed(events))
        if pick.random() < 0.4:
            build.fact(person, "discussed", "谈到", build.skewed(practices))
    for organ in organs:
        if pick.random() < 0.6:
            build.fact(organ, "practises", "推行", build.skewed(practices))
    for event in events:
        build.fact(build.skewed(organs), "hosted", "主办", event)
        build.fact(event, "heldIn", "在", build.skewed(places))
    for place in places:
        build.fact(place, "practises", "推行", build.skewed(practices))
    for document in documents:
        build.fact(build.skewed(organs), "issued", "印发", document)
    for honour in honours:
        build.fact(build.skewed(places), "received", "获得", honour)
    for _ in range(len(organs) // 3):
        one, other = pick.sample(organs, 2)
        build.fact(one, "cooperatesWith", "合作", other)
