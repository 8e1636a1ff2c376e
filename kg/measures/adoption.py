"""Adoption: which places took up a practice, and when that was first reported.

Read from a network whose edges lead from practices to places, such as the view diffusion. A place
adopts a practice on the first day of the periods of its edges, whatever they state; one that a
practice is said to come from is its origin. These are days of reports: a place that took up a
practice early and was reported late stands late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.periods import periods_of
from kg.whereabouts import LEVELS

ORIGIN = "originatedIn"


@dataclass(frozen=True)
class Adoption:
    """A place takes up a practice, or the practice comes from it; both by IRI and label.

    `day` is "" where no report is dated. `rank` counts the places before it in time, from 1; places
    of one day share it; 0 for an undated one. `statements` are IRIs, the earliest first as far as
    their edges tell.
    """

    practice: str
    practice_label: str
    place: str
    place_label: str
    level: str
    province: str
    day: str
    rank: int
    is_origin: bool
    articles: int
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Spread:
    """How far a practice has come in a province, or at a level: its places there, and the first."""

    practice: str
    practice_label: str
    group: str
    places: int
    first_day: str
    first_place: str


def follows_practices(graph: nx.MultiDiGraph[str]) -> bool:
    """Return whether the graph has edges, and all of them lead from practices to places."""
    kinds = {node: row.get("type") for node, row in graph.nodes(data=True)}
    return graph.size() > 0 and all(
        (kinds[source], kinds[target]) == ("Practice", "Place") for source, target in graph.edges()
    )


def adoptions(graph: nx.MultiDiGraph[str], practices: Iterable[str] | None = None) -> list[Adoption]:
    """Return who adopted what: practices with most places first, then by day, the undated last.

    `practices` are labels or IRIs to be told of; by default all.
    """
    wanted = None if practices is None else set(practices)
    found: dict[str, dict[str, list[Mapping[str, object]]]] = {}
    for source, target, row in graph.edges(data=True):
        kinds = graph.nodes[source].get("type"), graph.nodes[target].get("type")
        told = wanted is None or source in wanted or graph.nodes[source].get("label") in wanted
        if kinds == ("Practice", "Place") and told:
            found.setdefault(source, {}).setdefault(target, []).append(row)
    in_order = sorted(found, key=lambda practice: (-len(found[practice]), practice))
    return [adoption for practice in in_order for adoption in _of_practice(graph, practice, found[practice])]


def _of_practice(
    graph: nx.MultiDiGraph[str], practice: str, places: Mapping[str, Sequence[Mapping[str, object]]]
) -> list[Adoption]:
    days = {place: _first_day(rows) for place, rows in places.items()}
    earlier = Counter(day for day in days.values() if day)
    found = []
    for place in sorted(places, key=lambda place: (days[place] or "9999-99-99", place)):
        row, day = graph.nodes[place], days[place]
        found.append(
            Adoption(
                practice=practice,
                practice_label=str(graph.nodes[practice].get("label") or practice),
                place=place,
                place_label=str(row.get("label") or place),
                level=str(row.get("level") or ""),
                province=str(row.get("province") or ""),
                day=day,
                rank=1 + sum(count for other, count in earlier.items() if other < day) if day else 0,
                is_origin=any(edge.get("relation") == ORIGIN for edge in places[place]),
                articles=sum(int(str(edge.get("articles") or 0)) for edge in places[place]),
                statements=_statements(places[place]),
            )
        )
    return found


def _first_day(rows: Iterable[Mapping[str, object]]) -> str:
    starts = [start for row in rows for start, _ in periods_of(row.get("periods")) if start]
    return min(starts, default="")


def _statements(rows: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    ordered = sorted(rows, key=lambda row: _first_day((row,)) or "9999-99-99")
    given = [row.get("statements") for row in ordered]
    return tuple(iri for each in given if isinstance(each, (list, tuple)) for iri in each)


def curve(adopted: Sequence[Adoption]) -> list[tuple[str, int, int]]:
    """Return day, new places and places so far, for each day on which one practice gained a place."""
    new = Counter(each.day for each in adopted if each.day)
    so_far, found = 0, []
    for day in sorted(new):
        so_far += new[day]
        found.append((day, new[day], so_far))
    return found


def by_practice(adopted: Iterable[Adoption]) -> dict[str, list[Adoption]]:
    """Return the adoptions of each practice, in the order in which the practices are met."""
    found: dict[str, list[Adoption]] = {}
    for each in adopted:
        found.setdefault(each.practice, []).append(each)
    return found


def spread_by_province(adopted: Iterable[Adoption]) -> list[Spread]:
    """Return how far each practice has come in each province, those with most places first."""
    return _spread(adopted, "province")


def spread_by_level(adopted: Iterable[Adoption]) -> list[Spread]:
    """Return how far each practice has come at each level, the highest first."""
    ranks = {level: rank for rank, level in enumerate(LEVELS)}
    found = _spread(adopted, "level")
    order = {practice: place for place, practice in enumerate(dict.fromkeys(each.practice for each in found))}
    return sorted(found, key=lambda each: (order[each.practice], ranks.get(each.group, len(ranks))))


def _spread(adopted: Iterable[Adoption], by: str) -> list[Spread]:
    found = []
    for practice, places in by_practice(adopted).items():
        groups: dict[str, list[Adoption]] = {}
        for each in places:
            groups.setdefault(getattr(each, by), []).append(each)
        for group in sorted(groups, key=lambda name: (-len(groups[name]), name)):
            first = min(groups[group], key=lambda each: (each.day or "9999-99-99", each.place))
            label = first.practice_label
            found.append(Spread(practice, label, group, len(groups[group]), first.day, first.place_label))
    return found
