"""Profiles: all that a store knows of an entity, put together for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg import iris
from kg.entities.facts import Fact, FactGroup, facts_of, groups
from kg.entities.offices import Office, offices_of
from kg.entities.reading import Named, Reading, type_of
from kg.statements import FACTS
from kg.vocabulary import DCTERMS, GOV, SCHEMA, SKOS

_LONGEST_CHAIN = 8
_HELD_ON = "heldOn"
_PRACTISES = "practises"


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of an entity beside its facts; "" and () where nothing is.

    `places` is the place around it, then the one around that; dates are ISO.
    """

    code: str = ""
    level: str = ""
    places: tuple[Named, ...] = ()
    valid_from: str = ""
    valid_until: str = ""
    successors: tuple[Named, ...] = ()
    predecessors: tuple[Named, ...] = ()
    broader: tuple[Named, ...] = ()
    narrower: tuple[Named, ...] = ()
    first_attested: str = ""
    first_attested_in: Named | None = None
    last_attested: str = ""
    is_public: bool = True


@dataclass(slots=True)
class Tie:
    """Another entity that facts tie this one to: by which relations, from which day on, by how many facts.

    A relation stands with whether this entity is its object. `days` are those of an event.
    """

    entity: Named
    relations: list[tuple[str, bool]] = field(default_factory=list)
    facts: int = 0
    first: str = ""
    last: str = ""
    days: tuple[str, ...] = ()
    is_planned: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is known of an entity; `former` are IRIs that lead to it now.

    `adopters` are those who practise it, the first first; `statements` and `articles` say how often it is
    spoken of.
    """

    entity: Named
    pinyin: str
    aliases: tuple[str, ...]
    former: tuple[str, ...]
    details: Details
    offices: tuple[Office, ...]
    facts: tuple[Fact, ...]
    groups: tuple[FactGroup, ...]
    events: tuple[Tie, ...]
    practices: tuple[Tie, ...]
    adopters: tuple[Tie, ...]
    neighbours: tuple[Tie, ...]
    statements: int
    articles: int


def profile(reading: Reading, iri: str) -> Profile:
    """Return the profile of a canonical entity or a post; it is empty for one the store does not know."""
    facts = facts_of(reading, iri)
    ties = _ties(reading, iri, facts)
    return Profile(
        entity=reading.named(iri),
        pinyin=reading.pinyin(iri),
        aliases=tuple(reading.aliases(iri)),
        former=tuple(sorted(reading.subjects(DCTERMS.isReplacedBy, NamedNode(iri), iris.IDENTITY))),
        details=_details(reading, iri),
        offices=tuple(offices_of(reading, iri)),
        facts=tuple(facts),
        groups=tuple(groups(facts, iri)),
        events=tuple(sorted((t for t in ties if t.entity.type == "Event"), key=_by_day)),
        practices=tuple(sorted((t for t in ties if t.entity.type == "Practice"), key=_by_first)),
        adopters=tuple(sorted((t for t in ties if (_PRACTISES, True) in t.relations), key=_by_first)),
        neighbours=tuple(sorted(ties, key=lambda t: (-t.facts, t.entity.label))),
        statements=sum(len(fact.stated) for fact in facts),
        articles=len({s.article.iri for fact in facts for s in fact.stated}),
    )


def successors_of(reading: Reading, iri: str) -> list[str]:
    """Return the IRIs that a former IRI leads to, several if what it meant has been told apart."""
    return sorted(term.value for term in reading.objects(NamedNode(iri), DCTERMS.isReplacedBy, iris.IDENTITY))


def _details(reading: Reading, iri: str) -> Details:
    node = NamedNode(iri)

    def linked(predicate: NamedNode, *, back: bool = False) -> tuple[Named, ...]:
        found: set[str] = set()
        for graph in (iris.NAMES, iris.REGISTER):
            if back:
                found.update(reading.subjects(predicate, node, graph))
            else:
                found.update(term.value for term in reading.objects(node, predicate, graph))
        return tuple(sorted(map(reading.named, found), key=lambda named: named.label))

    in_article = reading.one(node, GOV.firstAttestedIn)
    return Details(
        code=reading.one(node, SKOS.notation, iris.REGISTER),
        level=reading.one(node, GOV.level, iris.REGISTER),
        places=tuple(map(reading.named, places_around(reading, iri))),
        valid_from=reading.one(node, GOV.validFrom, iris.REGISTER),
        valid_until=reading.one(node, GOV.validUntil, iris.REGISTER),
        successors=linked(GOV.successor),
        predecessors=linked(GOV.successor, back=True),
        broader=linked(SKOS.broader),
        narrower=linked(SKOS.broader, back=True),
        first_attested=reading.one(node, GOV.firstAttested),
        first_attested_in=reading.named(in_article) if in_article else None,
        last_attested=reading.one(node, GOV.lastAttested),
        is_public=reading.one(node, GOV.publicFigure) != "false",
    )


def places_around(reading: Reading, iri: str) -> list[str]:
    """Return the place that an entity lies in or belongs to by its name or post, and those around that."""
    chain: list[str] = []
    here = iri
    while len(chain) < _LONGEST_CHAIN:
        node = NamedNode(here)
        here = (
            reading.one(node, SCHEMA.containedInPlace, iris.REGISTER)
            or reading.one(node, SCHEMA.containedInPlace, iris.NAMES)
            or reading.one(node, GOV.jurisdiction, iris.NAMES)
            or reading.one(node, GOV.jurisdiction, FACTS)
        )
        if not here or here in chain:
            break
        chain.append(here)
    return chain


def _ties(reading: Reading, iri: str, facts: Iterable[Fact]) -> list[Tie]:
    found: dict[str, Tie] = {}
    for fact in facts:
        other = fact.other(iri)
        if not other.iri or other.iri == iri:
            continue
        tie = found.setdefault(other.iri, Tie(other))
        relation = (fact.relation, fact.subject.iri != iri)
        if relation not in tie.relations:
            tie.relations.append(relation)
        tie.facts += 1
        tie.first = min(filter(None, (tie.first, fact.first)), default="")
        tie.last = max(tie.last, fact.last)
        tie.is_planned = tie.is_planned and fact.is_planned
    for tie in found.values():
        if type_of(tie.entity.iri) == "Event":
            days = reading.objects(NamedNode(tie.entity.iri), GOV[_HELD_ON])
            tie.days = tuple(sorted(day.value for day in days))
    return list(found.values())


def _by_day(tie: Tie) -> tuple[str, str]:
    return (tie.days[0] if tie.days else tie.first or "9999", tie.entity.label)


def _by_first(tie: Tie) -> tuple[str, str]:
    return tie.first or "9999", tie.entity.label
