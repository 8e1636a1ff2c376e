"""Facts: what statements say of an entity, each distinct fact once, with all that attests it.

Finding an entity's facts reads a line a statement; sentences are read only for facts that are shown,
since the most prominent entities have thousands.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg import iris
from kg.entities.reading import ArticleAbout, Named, Reading, value
from kg.resolve import PLANNED
from kg.vocabulary import GOV, OA, RDF, RELATIONS

_UNDATED = "9999"


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement as its article gives it, its ends as canonical entities."""

    iri: str
    article: ArticleAbout
    confidence: float
    rule: str
    is_planned: bool
    spans: tuple[str, ...]
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of an article's text within its sentence, and where it begins."""

    before: str
    quote: str
    after: str
    start: int


@dataclass(frozen=True, slots=True)
class Attestation:
    """A statement with its sentences; `context` are stretches elsewhere that it inherits from.

    `ruled_wrong` is the IRI of the ruling that denies it, "" if none does.
    """

    stated: Stated
    quotations: tuple[Quotation, ...]
    context: tuple[Quotation, ...]
    ruled_wrong: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A distinct fact: the ends, the relation, the qualifiers, and what states it, the earliest first.

    `object` has no IRI where it is a date.
    """

    subject: Named
    relation: str
    object: Named
    qualifiers: Mapping[str, str]
    is_planned: bool
    stated: tuple[Stated, ...]

    @property
    def first(self) -> str:
        """The first day of a dated article that states it, "" if none is dated."""
        return min((s.article.day for s in self.stated if s.article.day), default="")

    @property
    def last(self) -> str:
        """The last day of a dated article that states it, "" if none is dated."""
        return max((s.article.day for s in self.stated), default="")

    @property
    def texts(self) -> int:
        """How many independent texts state it, reprints counted once."""
        return len({s.article.reprint_of or s.article.iri for s in self.stated})

    @property
    def confidence(self) -> float:
        """The confidence of the statement that is surest."""
        return max(s.confidence for s in self.stated)

    def other(self, iri: str) -> Named:
        """Return the end that is not the entity."""
        return self.object if self.subject.iri == iri else self.subject


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The facts of an entity by one relation, of which it is the subject, or (`is_inverse`) the object."""

    relation: str
    is_inverse: bool
    facts: tuple[Fact, ...]


def facts_of(reading: Reading, iri: str) -> list[Fact]:
    """Return the distinct facts of which the entity is subject or object, the earliest first."""
    statements: set[str] = set()
    for local in reading.locals_of(iri):
        graph = NamedNode(local.partition("#")[0])
        for predicate in (RDF.subject, RDF.object):
            statements.update(reading.subjects(predicate, NamedNode(local), graph))
    return distinct_facts(reading, statements)


def facts_in(reading: Reading, article: str) -> list[Fact]:
    """Return the facts that an article states, in the order of their statements."""
    node = NamedNode(article)
    found = {value(quad.subject) for quad in reading.db.quads_for_pattern(None, RDF.predicate, None, node)}
    facts = distinct_facts(reading, found)
    return sorted(facts, key=lambda fact: min(_number(s.iri) for s in fact.stated))


def distinct_facts(reading: Reading, statements: Iterable[str]) -> list[Fact]:
    """Return the facts that the statements say, the earliest first."""
    found: dict[tuple[Hashable, ...], tuple[_Said, list[Stated]]] = {}
    for iri in statements:
        said, stated = _read(reading, iri)
        if said.relation not in RELATIONS:
            continue
        found.setdefault(said.key, (said, []))[1].append(stated)
    facts = [
        Fact(
            subject=reading.named(said.subject),
            relation=said.relation,
            object=Named("", said.object) if said.is_date else reading.named(said.object),
            qualifiers=dict(said.qualifiers),
            is_planned=said.is_planned,
            stated=tuple(sorted(stated, key=lambda s: (s.article.day or _UNDATED, s.iri))),
        )
        for said, stated in found.values()
    ]
    return sorted(
        facts, key=lambda f: (f.first or _UNDATED, f.subject.label, f.object.label, f.stated[0].iri)
    )


def groups(facts: Iterable[Fact], iri: str) -> list[FactGroup]:
    """Return the facts by relation and side in the order of the relation files, offices first."""
    found: dict[tuple[str, bool], list[Fact]] = {}
    for fact in facts:
        is_inverse = fact.subject.iri != iri and not RELATIONS[fact.relation].symmetric
        found.setdefault((fact.relation, is_inverse), []).append(fact)
    ordered = sorted(found, key=lambda key: (key[0] != "holdsPost", -len(found[key]), key))
    return [FactGroup(*key, tuple(found[key])) for key in ordered]


def attestations(reading: Reading, fact: Fact, limit: int | None = None) -> list[Attestation]:
    """Return the statements of a fact with their sentences, at most so many; reprints come last."""
    ordered = sorted(fact.stated, key=lambda s: bool(s.article.reprint_of))
    return [_attestation(reading, stated) for stated in ordered[:limit]]


@dataclass(frozen=True, slots=True)
class _Said:
    """What makes a statement one with others."""

    subject: str
    relation: str
    object: str
    is_date: bool
    is_planned: bool
    qualifiers: tuple[tuple[str, str], ...]

    @property
    def key(self) -> tuple[Hashable, ...]:
        ends = (self.subject, self.object)
        if RELATIONS[self.relation].symmetric:
            ends = (min(ends), max(ends))
        return (*ends, self.relation, self.is_planned, self.qualifiers)


_QUALIFIERS = {GOV[name]: name for relation in RELATIONS.values() for name in relation.qualifiers}


def _read(reading: Reading, iri: str) -> tuple[_Said, Stated]:
    article = iri.partition("#")[0]
    quads = list(reading.db.quads_for_pattern(NamedNode(iri), None, None, NamedNode(article)))
    said: dict[NamedNode, str] = {}
    spans: dict[NamedNode, list[str]] = {GOV.evidence: [], GOV.context: []}
    for quad in quads:
        if quad.predicate in spans:
            spans[quad.predicate].append(value(quad.object))
        else:
            said[quad.predicate] = value(quad.object)
    is_date = _leads_to_date(quads)
    planned = said.get(GOV.modality) == PLANNED
    ends = _Said(
        subject=reading.refers_to(said.get(RDF.subject, "")) or said.get(RDF.subject, ""),
        relation=GOV.local_name(said.get(RDF.predicate, "")) or "",
        object=said[RDF.object] if is_date else reading.refers_to(said.get(RDF.object, "")),
        is_date=is_date,
        is_planned=planned,
        qualifiers=tuple(sorted(_qualifiers(said))),
    )
    stated = Stated(
        iri=iri,
        article=reading.article(article),
        confidence=float(said.get(GOV.confidence, 1)),
        rule=said.get(GOV.rule, ""),
        is_planned=planned,
        spans=tuple(sorted(spans[GOV.evidence], key=iris.offsets)),
        contexts=tuple(sorted(spans[GOV.context], key=iris.offsets)),
    )
    return ends, stated


def _qualifiers(said: Mapping[NamedNode, str]) -> Iterable[tuple[str, str]]:
    for predicate, text in said.items():
        name = _QUALIFIERS.get(predicate)
        if name is not None and (name, text) != ("former", "false"):
            yield name, text


def _leads_to_date(quads: Iterable[Quad]) -> bool:
    return any(quad.predicate == RDF.object and isinstance(quad.object, Literal) for quad in quads)


def _attestation(reading: Reading, stated: Stated) -> Attestation:
    node = NamedNode(stated.iri)
    return Attestation(
        stated=stated,
        quotations=tuple(quotation(reading, span) for span in stated.spans),
        context=tuple(quotation(reading, span) for span in stated.contexts),
        ruled_wrong=reading.one(node, GOV.ruledWrong, iris.CURATION),
    )


def quotation(reading: Reading, span: str) -> Quotation:
    """Return the stretch of text of an IRI made by `iris.span`, with the rest of its sentence."""
    node, graph = NamedNode(span), NamedNode(span.partition("#")[0])
    before, quote, after = (reading.one(node, term, graph) for term in (OA["prefix"], OA.exact, OA.suffix))
    return Quotation(before, quote, after, iris.offsets(span)[0])


def _number(statement: str) -> int:
    tail = statement.rpartition("#f")[2]
    return int(tail) if tail.isdecimal() else 0
