"""A view year by year: each year's network is that of the statements that held in the year."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.dates import read_date
from kg.filters import NO_FILTERS, Filters, passing
from kg.measures.engines import Engine, numbered
from kg.measures.ties import ties_of
from kg.measures.whole import Whole, whole
from kg.periods import years
from kg.projection import ViewFacts, project
from kg.view_files import Weight


@dataclass(frozen=True)
class Year:
    """A year's network; `new_nodes` were in none of the years before."""

    year: int
    new_nodes: int
    whole: Whole


def by_year(
    facts: ViewFacts,
    engine: Engine,
    filters: Filters = NO_FILTERS,
    *,
    weight: Weight | None = None,
    one_mode: str | None = None,
) -> list[Year]:
    """Return the years from the first to the last that has a node, those between without one too.

    Statements without a date are in no year. Nodes without an edge in the year are left out.
    """
    seen: set[str] = set()
    found = []
    for year in _years(facts, filters):
        asked = replace(
            filters,
            since=_later(filters.since, f"{year}-01-01"),
            until=_earlier(filters.until, f"{year}-12-31"),
        )
        graph = project(facts, asked, weight=weight, one_mode=one_mode)
        graph.remove_nodes_from([node for node, degree in graph.degree() if not degree])
        ties = ties_of(graph)
        components = numbered(engine.components(ties), len(ties.nodes))
        found.append(Year(year, len(set(graph) - seen), whole(ties, graph.number_of_edges(), components)))
        seen.update(graph)
    alive = [place for place, each in enumerate(found) if each.whole.nodes]
    return found[alive[0] : alive[-1] + 1] if alive else []


def _years(facts: ViewFacts, filters: Filters) -> range:
    statements = passing(facts.statements, facts.periods, filters, facts.entities, facts.whereabouts)
    wanted = {row[-1] for row in facts.rows}
    spans = [years(facts.periods[iri]) for iri in statements if iri in wanted]
    named = [span for span in spans if span]
    if not named:
        return range(0)
    first, last = min(span[0] for span in named), max(span[1] for span in named)
    since, until = read_date(filters.since), read_date(filters.until)
    first = max(first, int(since.earliest[:4])) if since else first
    last = min(last, int(until.latest[:4])) if until else last
    return range(first, last + 1)


def _later(since: str, first: str) -> str:
    date = read_date(since)
    return max(date.earliest, first) if date else first


def _earlier(until: str, last: str) -> str:
    date = read_date(until)
    return min(date.latest, last) if date else last
