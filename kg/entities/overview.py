"""The overview: what a store holds, what it covers by source and time, and how far it can be trusted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import NamedNode

from extract.records import ENTITY_TYPES
from kg import iris
from kg.entities.reading import value
from kg.resolve import PLANNED
from kg.vocabulary import DATA, DCTERMS, GOV, PREFIXES, RELATIONS

BANDS = (0.95, 0.9, 0.8, 0.7, 0.0)
"""Lower bounds of the bands that confidence is counted in, the surest first."""

NO_SOURCE = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Articles by source and time: months (`2023-06`) of all, years of each source.

    A date that is no more than a year counts in no month. `sources` has NO_SOURCE for articles without.
    """

    sources: Counter[str]
    months: Counter[str]
    years: Counter[str]
    source_years: Mapping[str, Counter[str]]
    undated: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Trust:
    """What speaks for the data's quality and against it.

    `bands` counts statements by confidence, `verdicts` decisions of the ledger, `private` people without a
    public office, `ruled_wrong` statements that curators deny.
    """

    bands: Counter[float]
    planned: int
    reprints: int
    verdicts: Counter[str]
    private: int
    ruled_wrong: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of all there is: entities by type, statements by relation, with coverage and trust."""

    articles: int
    entities: Mapping[str, int]
    statements: Counter[str]
    triples: int
    quads: int
    coverage: Coverage
    trust: Trust

    @property
    def facts(self) -> int:
        """How many statements there are."""
        return self.statements.total()


def overview(db: ox.Store) -> Overview:
    """Return the overview of a dataset; counting is the engine's, only articles are looked at one by one."""
    relations = _counted(db, "?relation", "GRAPH ?article { ?statement rdf:predicate ?relation }")
    kinds = _counted(db, "?kind", "?entity a ?kind")
    return Overview(
        articles=_count(db, "GRAPH ?article { ?article gov:recordDigest ?digest }"),
        entities={kind: kinds[GOV[kind].value] for kind in ENTITY_TYPES},
        statements=Counter(
            {
                name: count
                for iri, count in relations.items()
                if (name := GOV.local_name(iri)) is not None and name in RELATIONS
            }
        ),
        triples=_count(db, "?subject ?predicate ?object"),
        quads=len(db),
        coverage=coverage(db),
        trust=_trust(db),
    )


def coverage(db: ox.Store) -> Coverage:
    """Return how a dataset's articles spread over sources and time."""
    articles = {value(quad.subject) for quad in db.quads_for_pattern(None, GOV.recordDigest, None, None)}
    dates = _of_articles(db, DCTERMS.issued)
    sources = _of_articles(db, GOV.source)
    named: Counter[str] = Counter()
    months: Counter[str] = Counter()
    years: Counter[str] = Counter()
    by_source: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        source, date = sources.get(article, NO_SOURCE), dates.get(article, "")
        named[source] += 1
        if date:
            years[date[:4]] += 1
            by_source[source][date[:4]] += 1
        if len(date) >= len("2023-06"):
            months[date[:7]] += 1
    known = sorted(date for article, date in dates.items() if article in articles)
    return Coverage(
        sources=named,
        months=months,
        years=years,
        source_years=by_source,
        undated=len(articles) - len(known),
        first=known[0] if known else "",
        last=known[-1] if known else "",
    )


def _of_articles(db: ox.Store, predicate: NamedNode) -> dict[str, str]:
    """Return what articles say of themselves by a predicate; of several values the first in order."""
    found: dict[str, str] = {}
    for quad in db.quads_for_pattern(None, predicate, None, None):
        iri, said = value(quad.subject), value(quad.object)
        if iri.startswith(f"{DATA}article/"):
            found[iri] = min(said, found.get(iri, said))
    return found


def _trust(db: ox.Store) -> Trust:
    bands: Counter[float] = Counter()
    stated = "GRAPH ?article { ?statement gov:confidence ?confidence }"
    for confidence, count in _counted(db, "?confidence", stated).items():
        bands[next(bound for bound in BANDS if float(confidence) >= bound)] += count
    return Trust(
        bands=bands,
        planned=_count(db, f'GRAPH ?article {{ ?statement gov:modality "{PLANNED}" }}'),
        reprints=_count(db, f"GRAPH {iris.REPRINTS} {{ ?article gov:reprintOf ?first }}"),
        verdicts=_counted(db, "?verdict", f"GRAPH {iris.LEDGER} {{ ?decision gov:verdict ?verdict }}"),
        private=_count(db, "?person gov:publicFigure false"),
        ruled_wrong=_count(db, f"GRAPH {iris.CURATION} {{ ?statement gov:ruledWrong ?ruling }}"),
    )


def _count(db: ox.Store, pattern: str) -> int:
    return _counted(db, "", pattern)[""]


def _counted(db: ox.Store, variable: str, pattern: str) -> Counter[str]:
    """Return how many solutions a pattern has by the value of a variable, in all under "" without one."""
    grouped = f"GROUP BY {variable}" if variable else ""
    query = f"SELECT {variable} (COUNT(*) AS ?n) WHERE {{ {pattern} }} {grouped}"
    rows = db.query(query, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    name = variable.removeprefix("?")
    return Counter({value(row[name]) if name else "": int(value(row["n"])) for row in rows})
