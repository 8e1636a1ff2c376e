"""Statistics: all measures of a view, as results, in the order in which they are told.

- overview: the whole network, communities and assortativity; nodes: the measures of each;
- communities, with their foremost members;
- brokerage-province and brokerage-level: mediation between provinces and between levels;
- mixing-type, mixing-level, mixing-province: how many ties run between the groups;
- years: the network year by year;
- for a view whose edges lead from practices to places: adoptions, curves, practice-years,
  spread-province, spread-level and paths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import networkx as nx
import numpy as np

from kg.filters import NO_FILTERS, Filters
from kg.measures.adoption import (
    Adoption,
    Spread,
    adoptions,
    by_practice,
    curve,
    follows_practices,
    spread_by_level,
    spread_by_province,
)
from kg.measures.brokerage import ROLES, brokerage
from kg.measures.by_year import Year, by_year
from kg.measures.engines import EngineName, Method, engine_named
from kg.measures.mixing import assortativity, mixing, ranked_assortativity
from kg.measures.paths import Path, paths
from kg.measures.positions import Positions, modularity, positions
from kg.measures.results import Cell, Result, result
from kg.measures.ties import Numbers, ties_of
from kg.measures.whole import Whole, whole
from kg.network_facts import read_sentences
from kg.projection import ViewFacts, project, read_view_facts
from kg.store import Store
from kg.view_files import View, Weight
from kg.whereabouts import LEVELS

_FOREMOST = 5
_BETWEEN = "、"
_GROUPS = ("type", "level", "province")


@dataclass(frozen=True)
class Ask:
    """What is measured how: the filters, the weight, the projection to one type, the method.

    `engine` is igraph where it is installed unless one is named; `pivots` estimates betweenness from
    so many nodes; `practices` are the labels or IRIs of those to follow, by default all.
    """

    filters: Filters = NO_FILTERS
    weight: Weight | None = None
    one_mode: str | None = None
    engine: EngineName | None = None
    method: Method = "louvain"
    seed: int = 1
    pivots: int | None = None
    practices: tuple[str, ...] | None = None


class Statistics:
    """The measures of a view of a store; each is computed when it is first asked for.

    Raises ViewError for a view, filter or weight that is not known, MeasureError for an engine or a
    method that is not installed.
    """

    def __init__(self, store: Store, view: str | View = "all", ask: Ask | None = None) -> None:
        """Read the view."""
        self.ask = ask or Ask()
        self._store = store
        self._facts: ViewFacts = read_view_facts(store, view)
        self.engine = engine_named(self.ask.engine)
        self.graph: nx.MultiDiGraph[str] = project(
            self._facts, self.ask.filters, weight=self.ask.weight, one_mode=self.ask.one_mode
        )
        self.ties = ties_of(self.graph)
        self._mixed: dict[str, tuple[list[str], Numbers]] = {}
        self._brokered: dict[str, Numbers] = {}

    @cached_property
    def positions(self) -> Positions:
        """The measures of each node, in the order of `ties.nodes`."""
        ask = self.ask
        return positions(self.ties, self.engine, method=ask.method, seed=ask.seed, pivots=ask.pivots)

    @cached_property
    def whole(self) -> Whole:
        """The measures of the whole network."""
        return whole(self.ties, self.graph.number_of_edges(), self.positions.component)

    @cached_property
    def years(self) -> list[Year]:
        """The network year by year."""
        ask = self.ask
        return by_year(self._facts, self.engine, ask.filters, weight=ask.weight, one_mode=ask.one_mode)

    @cached_property
    def adoptions(self) -> list[Adoption]:
        """Which places adopted which practices; none in a view without practices and places."""
        if not follows_practices(self.graph):
            return []
        return adoptions(self.graph, self.ask.practices)

    @cached_property
    def paths(self) -> list[Path]:
        """How the practices may have spread."""
        return paths(self._facts, self.adoptions)

    def groups(self, by: str) -> list[str]:
        """Return the type, level or province of each node, "" where it is not known."""
        return [str(self.graph.nodes[node].get(by) or "") for node in self.ties.nodes]

    def mixing(self, by: str) -> tuple[list[str], Numbers]:
        """Return the groups, levels from the highest down and others by their ties, and the ties between."""
        if by not in self._mixed:
            names, counts = mixing(self.ties, self.groups(by))
            order = sorted(range(len(names)), key=lambda at: _place_of(names[at], by, counts[at].sum()))
            self._mixed[by] = [names[at] for at in order], counts[np.ix_(order, order)]
        return self._mixed[by]

    def brokerage(self, by: str) -> Numbers:
        """Return how often each node mediates between the groups, a row a node, a column a role."""
        if by not in self._brokered:
            self._brokered[by] = brokerage(self.ties, self.groups(by))
        return self._brokered[by]

    @cached_property
    def measured_nodes(self) -> list[dict[str, int | float]]:
        """The measures of each node by name, in the order of `ties.nodes`."""
        arrays = {
            field.name: getattr(self.positions, field.name).tolist()
            for field in fields(Positions)
            if field.name not in ("method", "pivots")
        }
        return [dict(zip(arrays, row, strict=True)) for row in zip(*arrays.values(), strict=True)]

    def results(self, names: Iterable[str] | None = None) -> list[Result]:
        """Return the results of those names, by default all that the view has."""
        makers = self._makers()
        chosen = [name for name in makers if names is None or name in names]
        return [makers[name]() for name in chosen]

    def names(self) -> list[str]:
        """Return the names of the results that the view has, in their order."""
        return list(self._makers())

    def _makers(self) -> dict[str, Callable[[], Result]]:
        makers: dict[str, Callable[[], Result]] = {
            "overview": self._overview,
            "nodes": self._nodes,
            "communities": self._communities,
            "brokerage-province": lambda: self._brokerage(
                "province", "省际中介", "Brokerage between provinces"
            ),
            "brokerage-level": lambda: self._brokerage("level", "层级间中介", "Brokerage between levels"),
            "mixing-type": lambda: self._mixing("type", "类型间联系", "Ties between types"),
            "mixing-level": lambda: self._mixing("level", "层级间联系", "Ties between levels"),
            "mixing-province": lambda: self._mixing("province", "省际联系", "Ties between provinces"),
            "years": self._years,
        }
        if follows_practices(self.graph) or self._facts.view.name == "diffusion":
            makers |= {
                "adoptions": self._adoptions,
                "curves": self._curves,
                "practice-years": self._practice_years,
                "spread-province": lambda: _spread_result(
                    "spread-province", "省际扩散", "Spread by province", spread_by_province(self.adoptions)
                ),
                "spread-level": lambda: _spread_result(
                    "spread-level", "层级扩散", "Spread by level", spread_by_level(self.adoptions)
                ),
                "paths": self._paths,
            }
        return makers

    def _overview(self) -> Result:
        measured, found = self.whole, self.positions
        rows: list[tuple[str, Cell]] = [("nodes", measured.nodes), ("edges", measured.edges)]
        if measured.two_mode:
            rows += [
                ("nodes edges lead from", measured.two_mode[0]),
                ("nodes edges lead to", measured.two_mode[1]),
            ]
        rows += [
            ("ties (pairs of nodes)", measured.ties),
            ("two-mode density" if measured.two_mode else "density", measured.density),
            ("isolates", measured.isolates),
            ("components", measured.components),
            ("nodes in the largest", measured.largest_component),
            ("mean degree", measured.mean_degree),
            ("largest degree", measured.largest_degree),
            ("mean strength", measured.mean_strength),
            ("degree centralization", measured.centralization),
            ("transitivity", measured.transitivity),
            ("highest core", int(found.core.max()) if len(found.core) else 0),
            (f"communities ({found.method})", int(found.community.max()) if len(found.community) else 0),
            ("modularity", modularity(self.ties, found.community)),
            ("assortativity by type", assortativity(self.ties, self.groups("type"))),
            ("assortativity by level", assortativity(self.ties, self.groups("level"))),
            ("assortativity by rank of level", ranked_assortativity(self.ties, self._ranks())),
            ("assortativity by province", assortativity(self.ties, self.groups("province"))),
            ("assortativity by degree", ranked_assortativity(self.ties, self.ties.degrees.astype(float))),
        ]
        exact = "exact" if found.pivots is None else f"estimated from {found.pivots} nodes"
        asked = f"; {self.graph.graph['filters']}" if self.graph.graph.get("filters") else ""
        weighed = f"weighed by {self.graph.graph.get('weight')}"
        about = f"{weighed}; betweenness {exact}; computed by {self.engine.name}{asked}"
        return result("overview", "网络概况", "The network", "measure value", rows, about)

    def _ranks(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        places = {level: float(place) for place, level in enumerate(LEVELS)}
        return np.array([places.get(level, np.nan) for level in self.groups("level")], dtype=np.float64)

    def _nodes(self) -> Result:
        described = ("label", "pinyin", "type", "level", "province")
        rows = [
            (*(self._said(node, name) for name in described), *measured.values(), node)
            for node, measured in zip(self.ties.nodes, self.measured_nodes, strict=True)
        ]
        measures = " ".join(self.measured_nodes[0]) if rows else " ".join(_MEASURES)
        degree = len(described)
        rows.sort(key=lambda row: (-float(row[degree]), -float(row[degree + 3]), row[-1]))
        columns = f"{' '.join(described)} {measures} iri"
        return result("nodes", "节点指标", "Nodes", columns, rows, "those with most neighbours first")

    def _said(self, node: str, name: str) -> str:
        return str(self.graph.nodes[node].get(name) or "")

    def _communities(self) -> Result:
        found = self.positions
        rows: list[tuple[Cell, ...]] = []
        strengths = self.ties.strengths
        for number in range(1, int(found.community.max()) + 1 if len(found.community) else 1):
            members = np.flatnonzero(found.community == number).tolist()
            if len(members) == 1:
                break  # and so are all that follow
            foremost = sorted(members, key=lambda place: (-strengths[place], place))[:_FOREMOST]
            nodes = [self.ties.nodes[place] for place in members]
            rows.append(
                (
                    number,
                    len(members),
                    _most(self._said(node, "type") for node in nodes),
                    _most(self._said(node, "province") for node in nodes),
                    _BETWEEN.join(self._said(self.ties.nodes[place], "label") for place in foremost),
                )
            )
        columns = "community nodes commonest_type commonest_province foremost"
        return result(
            "communities", "社群", "Communities", columns, rows, "of two nodes and more; foremost by strength"
        )

    def _brokerage(self, by: str, zh: str, en: str) -> Result:
        groups, counts = self.groups(by), self.brokerage(by)
        rows = [
            (
                self._said(node, "label"),
                groups[place],
                *counts[place].tolist(),
                int(counts[place].sum()),
                node,
            )
            for place, node in enumerate(self.ties.nodes)
            if counts[place].any()
        ]
        rows.sort(key=lambda row: (-int(str(row[-2])), row[-1]))
        about = "Gould and Fernandez (1989); undirected ties count both ways"
        return result(f"brokerage-{by}", zh, en, f"label {by} {' '.join(ROLES)} total iri", rows, about)

    def _mixing(self, by: str, zh: str, en: str) -> Result:
        names, counts = self.mixing(by)
        rows = [
            (names[one], names[other], int(counts[one, other]))
            for one in range(len(names))
            for other in range(one, len(names))
            if counts[one, other]
        ]
        return result(
            f"mixing-{by}",
            zh,
            en,
            f"{by} other_{by} ties",
            rows,
            "ties between nodes of which both are known",
        )

    def _years(self) -> Result:
        rows = [
            (
                each.year, each.whole.nodes, each.new_nodes, each.whole.edges, each.whole.ties,
                each.whole.density, each.whole.components, each.whole.largest_component,
                each.whole.mean_degree, each.whole.mean_strength,
            )
            for each in self.years
        ]  # fmt: skip
        columns = (
            "year nodes new_nodes edges ties density components largest_component mean_degree mean_strength"
        )
        return result(
            "years", "逐年网络", "Year by year", columns, rows, "what held in the year; the undated in none"
        )

    def _adoptions(self) -> Result:
        cited = [each.statements[0] for each in self.adoptions if each.statements]
        said = read_sentences(self._store, cited)
        rows = [
            (
                each.practice_label, each.rank or None, each.day, each.place_label, each.level, each.province,
                "yes" if each.is_origin else "", each.articles,
                said.get(each.statements[0], "") if each.statements else "",
            )
            for each in self.adoptions
        ]  # fmt: skip
        columns = "practice rank day place level province origin articles sentence"
        about = "first report of each practice in each place; rank 1 are the first adopters"
        return result("adoptions", "首次采纳", "First adoption", columns, rows, about)

    def _curves(self) -> Result:
        rows = [
            (places[0].practice_label, *point)
            for places in by_practice(self.adoptions).values()
            for point in curve(places)
        ]
        return result("curves", "采纳曲线", "Adoption curves", "practice day new_places places", rows)

    def _practice_years(self) -> Result:
        rows: list[tuple[Cell, ...]] = []
        for places in by_practice(self.adoptions).values():
            new = Counter(int(each.day[:4]) for each in places if each.day)
            so_far = 0
            for year in range(min(new), max(new) + 1) if new else ():
                so_far += new[year]
                rows.append((places[0].practice_label, year, new[year], so_far))
        columns = "practice year new_places places"
        return result("practice-years", "逐年扩散", "Practices by year", columns, rows)

    def _paths(self) -> Result:
        cited = {iri for each in self.paths for iri in each.statements}
        said = read_sentences(self._store, cited)
        rows = [
            (
                each.practice_label, each.source.place_label, each.source.day, each.target.place_label,
                each.target.day, each.days, each.channel, each.through, _yes(each.open_before),
                " / ".join(said[iri] for iri in each.statements if iri in said),
                "; ".join(each.statements),
            )
            for each in self.paths
        ]  # fmt: skip
        columns = "practice from from_day to to_day days channel through open_before sentences statements"
        about = "ways by which a practice may have come: plausible, not proven"
        return result("paths", "可能的扩散路径", "Plausible paths", columns, rows, about)


_MEASURES = tuple(field.name for field in fields(Positions) if field.name not in ("method", "pivots"))


def annotate(graph: nx.MultiDiGraph[str], found: Statistics) -> None:
    """Give the nodes of a graph the measures of the same nodes as attributes, degree to community."""
    for node, measured in zip(found.ties.nodes, found.measured_nodes, strict=True):
        if node in graph:
            graph.nodes[node].update(measured)


def _spread_result(name: str, zh: str, en: str, found: Sequence[Spread]) -> Result:
    group = name.removeprefix("spread-")
    rows = [
        (each.practice_label, each.group, each.places, each.first_day, each.first_place) for each in found
    ]
    return result(name, zh, en, f"practice {group} places first_day first_place", rows)


def _most(values: Iterable[str]) -> str:
    """Return the commonest value, the first in order of equals, "" if all are empty."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _place_of(name: str, by: str, ties: int) -> tuple[int, str]:
    """Return where a group stands: levels from the highest down, others by their ties."""
    if by == "level" and name in LEVELS:
        return LEVELS.index(name), name
    return -int(ties), name


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "unknown"}[value]
