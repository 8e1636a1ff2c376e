"""Articles: what a store knows of one, whom it names and what it states."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg import iris
from kg.entities.facts import Fact, facts_in
from kg.entities.reading import ArticleAbout, Named, Reading, value
from kg.vocabulary import GOV, RDFS


@dataclass(frozen=True, slots=True)
class NamedHere:
    """An entity as the article calls it, with the IRI it has there and who it is."""

    iri: str
    name: str
    entity: Named
    times: int


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """An article with its people, its other printings, the entities it names and its facts."""

    about: ArticleAbout
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    first_printing: Named | None
    reprints: tuple[Named, ...]
    named: tuple[NamedHere, ...]
    facts: tuple[Fact, ...]


def article_reading(reading: Reading, iri: str) -> ArticleReading:
    """Return what the store knows of the article of that IRI."""
    node = NamedNode(iri)
    about = reading.article(iri)
    said = reading.described(node, node)
    first = about.reprint_of or iri
    printings = sorted(reading.subjects(GOV.reprintOf, NamedNode(first), iris.REPRINTS))
    locals_ = [value(q.subject) for q in reading.db.quads_for_pattern(None, GOV.entityType, None, node)]
    named = [_named_here(reading, local, node) for local in locals_]
    return ArticleReading(
        about=about,
        authors=tuple(sorted(said.get(GOV.author, []))),
        editors=tuple(sorted(said.get(GOV.editor, []))),
        first_printing=reading.named(about.reprint_of) if about.reprint_of else None,
        reprints=tuple(reading.named(each) for each in printings if each != iri),
        named=tuple(sorted(named, key=lambda n: (n.entity.type, -n.times, n.name))),
        facts=tuple(facts_in(reading, iri)),
    )


def _named_here(reading: Reading, local: str, graph: NamedNode) -> NamedHere:
    node = NamedNode(local)
    return NamedHere(
        iri=local,
        name=reading.one(node, RDFS.label, graph),
        entity=reading.named(reading.refers_to(local)),
        times=len(reading.one(node, GOV.mentions, graph).split()),
    )
