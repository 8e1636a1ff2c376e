"""Curated: what curators' rulings bear on in a store.

Every ruling stands in `…/graph/curation` as the line of the rulings file that says it:

    <ruling/…> gov:ruling "different	person/…	…" .

What a ruling states as missing stands in a graph of its own, as an article's statements do in theirs; its
source is what the curator names, and its rule says that it was asserted by hand:

    GRAPH <ruling/…> { <ruling/…#e-s> gov:entityType … . <ruling/…#f0> rdf:subject … ;
        gov:rule "curation/missing" ; gov:confidence 1 .
        <ruling/…> dcterms:creator "…" ; dcterms:source "…" ; gov:decidedOn "…"^^xsd:date }
    GRAPH …/graph/curation { <article#f3> gov:ruledWrong <ruling/…> }

A statement ruled wrong stays in its article's graph, and supports nothing any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from kg import iris
from kg.dates import PartialDate, read_date
from kg.identity.blocks import home_of
from kg.identity.decisions import Decision, Reason, Verdict
from kg.identity.evidence import Evidence
from kg.identity.keys import POST_RELATION, label_of
from kg.identity.places import digest
from kg.identity.verdicts import NO_VERDICTS, Verdicts
from kg.names import fold
from kg.resolve import LocalEntity, Statement
from kg.rulings import (
    DIFFERENT,
    MISSING,
    SAME,
    WRONG,
    FactRuling,
    Pair,
    Reference,
    Rename,
    Ruling,
    ruling_id,
    ruling_line,
)
from kg.statements import local_quads, stated_quads
from kg.terms import day_literal, decimal
from kg.vocabulary import DATA, DCTERMS, GOV

RULE = "curation/missing"

Locate = Callable[[str], Iterable[LocalEntity]]
"""Gives the local entities of an article by its IRI, none for one that is not there."""

Lookup = Callable[[str], LocalEntity]
"""Gives a local entity by its IRI."""


def ruling_iri(ruling: Ruling) -> str:
    """Return the IRI of a ruling, which is also the graph of what it states."""
    return f"{DATA}ruling/{ruling_id(ruling)}"


def line_quad(ruling: Ruling) -> Quad:
    """Return the quad that says a ruling."""
    return Quad(NamedNode(ruling_iri(ruling)), GOV.ruling, Literal(ruling_line(ruling)), iris.CURATION)


def means(reference: Reference, entity: LocalEntity) -> bool:
    """Return whether a reference speaks of a local entity."""
    if reference.type != entity.type:
        return False
    if reference.article is None:
        return entity.own == reference.iri
    if not entity.iri.startswith(f"{DATA}article/{reference.article}#"):
        return False
    if reference.offset is not None and not any(s <= reference.offset < e for s, e in entity.mentions):
        return False
    return any(iris.segment(fold(name)) == reference.name for name in (entity.name, *entity.aliases))


# What is missing: a fact by hand, in a graph of its own.


@dataclass(frozen=True, slots=True)
class CuratedFact:
    """A fact that a curator states, in the form of an article that states nothing else."""

    iri: str
    ruling: FactRuling
    entities: tuple[LocalEntity, ...]
    statements: tuple[Statement, ...]
    date: PartialDate | None = None

    def quads(self) -> Iterator[Quad]:
        """Yield the ruling's graph."""
        graph = NamedNode(self.iri)
        for entity in self.entities:
            yield from local_quads(entity, graph)
        for statement in self.statements:
            node = NamedNode(statement.iri)
            yield from stated_quads(statement, node, graph)
            yield Quad(node, GOV.rule, Literal(RULE), graph)
            yield Quad(node, GOV.confidence, decimal(1.0), graph)
        yield Quad(graph, DCTERMS.creator, Literal(self.ruling.signed.by), graph)
        yield Quad(graph, DCTERMS.source, Literal(self.ruling.source), graph)
        yield Quad(graph, GOV.decidedOn, day_literal(self.ruling.signed.date), graph)


def curated_fact(ruling: FactRuling) -> CuratedFact:
    """Return the fact that a ruling says is missing."""
    iri = ruling_iri(ruling)
    ends = [("s", ruling.subject)] + ([("o", ruling.object)] if ruling.object is not None else [])
    in_office = ruling.relation == POST_RELATION
    entities = tuple(_stated_entity(iri, end, reference, in_office) for end, reference in ends)
    date = read_date(ruling.date_object) if ruling.date_object is not None else None
    statement = Statement(
        iri=iris.statement(iri, 0),
        article=iri,
        subject=entities[0].iri,
        relation=ruling.relation,
        object=entities[1].iri if len(entities) > 1 else None,
        date=date,
        qualifiers=ruling.qualifiers,
    )
    return CuratedFact(iri, ruling, entities, (statement,))


def _stated_entity(ruling: str, end: str, reference: Reference, in_office: bool) -> LocalEntity:
    """What stands at one end of the fact; only an office makes somebody public whom no article calls so."""
    local = iris.local_entity(ruling, end)
    own = _stated_key(local, reference)
    label = label_of(own)
    public = in_office or reference.type != "Person"
    return LocalEntity(local, reference.type, label, own, label, public=public)


def _stated_key(local: str, reference: Reference) -> str:
    """The key that a reference gives; who an article means has one of its own, and is said to be the same."""
    if reference.iri is not None:
        return reference.iri
    return f"{DATA}{reference.type.lower()}/{reference.name}@{digest(local)}"


def _implied(ruling: FactRuling) -> Iterator[Pair]:
    """Yield that who or what a missing fact names in an article is the one that the article means."""
    iri = ruling_iri(ruling)
    for end, reference in (("s", ruling.subject), ("o", ruling.object)):
        if reference is not None and reference.article is not None:
            key = _stated_key(iris.local_entity(iri, end), reference)
            stated = Reference(reference.type, key.removeprefix(DATA).split("/", 1)[1])
            yield Pair(SAME, stated, reference, ruling.signed)


# What is wrong: statements that support nothing.


class WrongFacts:
    """Which statements curators rule wrong."""

    def __init__(self, rulings: Iterable[Ruling], lookup: Lookup) -> None:
        """Take the rulings that call facts wrong; `lookup` gives the entities at a statement's ends."""
        self._rulings: dict[str, list[FactRuling]] = {}
        self._lookup = lookup
        for ruling in rulings:
            if isinstance(ruling, FactRuling) and ruling.kind == WRONG:
                self._rulings.setdefault(ruling.relation, []).append(ruling)

    def covers(self, statement: Statement) -> bool:
        """Return whether a ruling calls the statement wrong."""
        return any(True for _ in self.of(statement))

    def of(self, statement: Statement) -> Iterator[FactRuling]:
        """Yield the rulings that call the statement wrong."""
        for ruling in self._rulings.get(statement.relation, ()):
            if self._is_meant(ruling, statement):
                yield ruling

    def _is_meant(self, ruling: FactRuling, statement: Statement) -> bool:
        if statement.article.startswith(f"{DATA}ruling/"):
            return False
        if any(statement.qualifiers.get(name) != value for name, value in ruling.qualifiers.items()):
            return False
        if not means(ruling.subject, self._lookup(statement.subject)):
            return False
        if ruling.object is None or statement.object is None:
            return statement.date is not None and statement.date.text == ruling.date_object
        return means(ruling.object, self._lookup(statement.object))

    def quads(self, statement: Statement) -> Iterator[Quad]:
        """Yield that the statement is ruled wrong, if it is."""
        for ruling in self.of(statement):
            node = NamedNode(statement.iri)
            yield Quad(node, GOV.ruledWrong, NamedNode(ruling_iri(ruling)), iris.CURATION)

    def differing(self, other: WrongFacts) -> list[FactRuling]:
        """Return the rulings that only one of the two has."""
        mine, others = self._by_line(), other._by_line()
        lines = sorted(mine.keys() ^ others.keys())
        return [mine[line] if line in mine else others[line] for line in lines]

    def _by_line(self) -> dict[str, FactRuling]:
        return {ruling_line(r): r for rulings in self._rulings.values() for r in rulings}


# Who is the same, who is not, what it is called.


class Bearing:
    """What rulings bear on among the entities there are: before a change, or after it."""

    def __init__(self, rulings: Iterable[Ruling], locate: Locate, lookup: Lookup) -> None:
        """Bring the rulings to what they speak of; `locate` and `lookup` give the entities there are."""
        self.rulings = {ruling_line(ruling): ruling for ruling in rulings}
        self.wrong = WrongFacts(self.rulings.values(), lookup)
        self._locate = locate

    @cached_property
    def _pairs(self) -> list[tuple[str, Pair]]:
        """The pairs that rulings give, with the lines that give them."""
        found = []
        for line, ruling in sorted(self.rulings.items()):
            if isinstance(ruling, Pair):
                found.append((line, ruling))
            elif isinstance(ruling, FactRuling) and ruling.kind == MISSING:
                found += [(line, pair) for pair in _implied(ruling)]
        return found

    @cached_property
    def _renames(self) -> list[tuple[str, Rename]]:
        return [(line, r) for line, r in sorted(self.rulings.items()) if isinstance(r, Rename)]

    @cached_property
    def _located(self) -> Mapping[Reference, tuple[LocalEntity, ...]]:
        """The entities that references to articles speak of."""
        references = {r for _, pair in self._pairs for r in (pair.first, pair.second)}
        references |= {rename.entity for _, rename in self._renames}
        return {
            reference: tuple(
                e for e in self._locate(f"{DATA}article/{reference.article}") if means(reference, e)
            )
            for reference in sorted(references, key=str)
            if reference.article is not None
        }

    def _homes(self, reference: Reference) -> set[str]:
        if reference.iri is not None:
            return {home_of(reference.iri)}
        return {home_of(entity.own) for entity in self._located[reference]}

    @cached_property
    def _homes_by_line(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for line, pair in self._pairs:
            found.setdefault(line, set()).update(self._homes(pair.first) | self._homes(pair.second))
        for line, rename in self._renames:
            found.setdefault(line, set()).update(self._homes(rename.entity))
        return found

    @cached_property
    def homes(self) -> frozenset[str]:
        """The blocks that any ruling on identity speaks of."""
        return frozenset().union(*self._homes_by_line.values())

    def homes_of(self, lines: Iterable[str]) -> set[str]:
        """Return the blocks that the rulings of some lines speak of."""
        return set().union(*(self._homes_by_line.get(line, set()) for line in lines))

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        """The blocks that rulings tie together, by each of them."""
        groups: dict[str, frozenset[str]] = {}
        for _, pair in self._pairs:
            if pair.kind == SAME:
                homes = self._homes(pair.first) | self._homes(pair.second)
                joined = frozenset().union(homes, *(groups.get(home, ()) for home in homes))
                groups.update(dict.fromkeys(joined, joined))
        return groups

    def group_of(self, home: str) -> frozenset[str]:
        """Return the blocks that must be looked at together with one, itself among them."""
        if not self.rulings:
            return frozenset((home,))
        return self._groups.get(home) or frozenset((home,))

    def tied_to(self, homes: Iterable[str]) -> set[str]:
        """Return the blocks that rulings tie to some."""
        if not self.rulings:
            return set()
        return set().union(*(self._groups.get(home, ()) for home in homes))

    def verdicts(self, group: frozenset[str], members: Mapping[str, Evidence]) -> Verdicts:
        """Return what rulings say of the mentions of blocks that belong together."""
        if not self.rulings or group.isdisjoint(self.homes):
            return NO_VERDICTS
        same: list[tuple[str, str]] = []
        different: list[tuple[str, str]] = []
        single: set[str] = set()
        names: dict[str, tuple[str, str]] = {}
        decisions: list[Decision] = []
        for _, pair in self._pairs:
            first, second = self._meant(pair.first, members), self._meant(pair.second, members)
            if not first or not second:
                continue
            if pair.kind == SAME:
                together = first + second
                same += [(together[0], other) for other in together[1:]]
            else:
                different += [(one, other) for one in first for other in second if one != other]
                for reference, meant in ((pair.first, first), (pair.second, second)):
                    if reference.article is not None:
                        single.update(meant)
            decisions.append(_decision(pair, members[first[0]], members[second[0]]))
        for _, rename in self._renames:
            for local in self._meant(rename.entity, members):
                signed = rename.signed
                names[local] = max(names.get(local, ("", "")), (signed.date, rename.name))
        return Verdicts(tuple(same), tuple(different), frozenset(single), names, tuple(decisions))

    def _meant(self, reference: Reference, members: Mapping[str, Evidence]) -> list[str]:
        if reference.iri is not None:
            return [local for local in sorted(members) if members[local].local.own == reference.iri]
        return sorted(entity.iri for entity in self._located[reference] if entity.iri in members)


def _decision(pair: Pair, first: Evidence, second: Evidence) -> Decision:
    """The ledger's entry for a ruling; two of one key stand there with a digest behind it."""
    keys = sorted((first.local.own, second.local.own))
    if keys[0] == keys[1]:
        keys = sorted(f"{each.local.own}~{digest(each.local.iri)}" for each in (first, second))
    verdict = Verdict.NEGATIVE if pair.kind == DIFFERENT else Verdict.POSITIVE
    reasons = (Reason("ruling", 0.0, pair.signed.note),)
    return Decision((keys[0], keys[1]), verdict, 0.0, reasons, pair.signed.by, pair.signed.date)
