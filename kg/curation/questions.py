"""Questions for curators: what the rules leave unsure in a store, the most consequential first.

A question's weight is the number of statements that are likely wrong as it stands: of an unsure pair, half
of those of the end that has fewer, as they would change hands; of a fact, what its confidence lacks of
certainty. Questions of equal weight go by how many statements there are of their ends: their prominence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg import iris
from kg.identity.decisions import Verdict
from kg.identity.keys import label_of
from kg.names import fold
from kg.resolve import PLANNED
from kg.vocabulary import DATA, DCTERMS, GOV, OA, RDF, RDFS, RELATIONS

LOW = 0.8
"""A fact whose best statement has less confidence than this is asked about."""

_QUOTATIONS = 3
_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence and the article it stands in: id, title, date as written."""

    sentence: str
    article: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class End:
    """An entity that a question is about: the reference a ruling can use, its name, where it is spoken of."""

    reference: str
    label: str
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class PairQuestion:
    """Are these two one? `reasons` are those of the rules, `score` their sum."""

    first: End
    second: End
    score: float
    reasons: str
    weight: float
    prominence: int


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """Is this so? `object` is an entity, or refers to a date by itself."""

    subject: End
    relation: str
    object: End
    qualifiers: Mapping[str, str]
    confidence: float
    rule: str
    quotations: tuple[Quotation, ...]
    weight: float
    prominence: int


Question = PairQuestion | FactQuestion


def questions(db: ox.Store, *, low: float = LOW) -> list[Question]:
    """Return what curators are asked about a dataset, the most consequential first."""
    reader = _Reader(db)
    found: list[Question] = [*reader.pairs(), *reader.facts(low)]
    return sorted(found, key=lambda each: (-each.weight, -each.prominence, str(each)))


@dataclass(slots=True)
class _Stated:
    """A statement as it is read."""

    subject: str = ""
    relation: str = ""
    object: str = ""
    confidence: float = 1.0
    title: str = ""
    spans: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, db: ox.Store) -> None:
        self._db = db
        self._refers = self._iris_of(GOV.refersTo, iris.IDENTITY)
        self._keys = {**self._refers, **self._iris_of(GOV.key, iris.IDENTITY)}
        self._of_key: dict[str, list[str]] = {}
        for local, key in self._keys.items():
            self._of_key.setdefault(key, []).append(local)
        self._statements = self._read_statements()
        self._of_local: dict[str, list[str]] = {}
        for iri, stated in self._statements.items():
            for end in {stated.subject, stated.object}:
                self._of_local.setdefault(end, []).append(iri)
        self._counts = Counter(
            self._refers[end]
            for stated in self._statements.values()
            for end in {stated.subject, stated.object}
            if end in self._refers
        )

    # Pairs.

    def pairs(self) -> Iterator[PairQuestion]:
        unsure = Literal(Verdict.UNSURE.value)
        for quad in self._db.quads_for_pattern(None, GOV.verdict, unsure, iris.LEDGER):
            assert isinstance(quad.subject, NamedNode)
            keys = sorted(_value(each) for each in self._objects(quad.subject, GOV.pair, iris.LEDGER))
            if len(keys) == 2 and all(key in self._of_key for key in keys):
                question = self._pair(quad.subject, keys[0], keys[1])
                if question is not None:
                    yield question

    def _pair(self, decision: NamedNode, one: str, other: str) -> PairQuestion | None:
        """The question a decision gives; none where the two have come to be one by way of others."""
        clusters = [self._refers[self._of_key[key][0]] for key in (one, other)]
        if clusters[0] == clusters[1]:
            return None
        score, because = (
            next(map(_value, self._objects(decision, predicate, iris.LEDGER)), "")
            for predicate in (GOV.score, GOV.because)
        )
        ends = [self._end(key) for key in (one, other)]
        counts = [self._counts[cluster] for cluster in clusters]
        return PairQuestion(ends[0], ends[1], float(score or 0), because, min(counts) / 2, sum(counts))

    def _end(self, key: str) -> End:
        locals_ = sorted(self._of_key[key])
        label = next((self._label(local) for local in locals_), label_of(key))
        return End(key.removeprefix(DATA), label, self._quotations(locals_))

    def _quotations(self, locals_: Iterable[str]) -> tuple[Quotation, ...]:
        """Sentences that speak of an end, of as many articles as may be shown."""
        found = []
        for local in locals_:
            article = local.partition("#")[0]
            spans = [s for iri in sorted(self._of_local.get(local, ())) for s in self._statements[iri].spans]
            found.append(self._quotation(article, spans[0] if spans else None))
            if len(found) == _QUOTATIONS:
                break
        return tuple(found)

    # Facts.

    def facts(self, low: float) -> Iterator[FactQuestion]:
        best: dict[tuple[str, str, str, str], str] = {}
        for iri, stated in sorted(self._statements.items()):
            subject = self._refers.get(stated.subject, stated.subject)
            obj = self._refers.get(stated.object, stated.object)
            fact = (subject, obj, stated.relation, stated.title)
            known = best.get(fact)
            if known is None or self._statements[known].confidence < stated.confidence:
                best[fact] = iri
        for iri in best.values():
            if self._statements[iri].confidence < low:
                yield self._fact(iri)

    def _fact(self, iri: str) -> FactQuestion:
        stated = self._statements[iri]
        article = iri.partition("#")[0]
        rule = next(map(_value, self._objects(NamedNode(iri), GOV.rule, NamedNode(article))), "")
        return FactQuestion(
            subject=self._local_end(stated.subject),
            relation=stated.relation,
            object=self._local_end(stated.object),
            qualifiers={"title": stated.title} if stated.title else {},
            confidence=stated.confidence,
            rule=rule,
            quotations=tuple(self._quotation(article, span) for span in stated.spans[:1]),
            weight=round(1 - stated.confidence, _DECIMALS),
            prominence=sum(self._counts[self._refers.get(e, e)] for e in (stated.subject, stated.object)),
        )

    def _local_end(self, end: str) -> End:
        """An entity as its article names it; a date stands for itself."""
        if end not in self._refers:
            return End(end, end)
        article, _, _ = end.partition("#")
        kind = self._refers[end].removeprefix(DATA).partition("/")[0]
        label = self._label(end)
        reference = f"{article.removeprefix(DATA)}#{kind}/{iris.segment(fold(label))}"
        mentions = next(map(_value, self._objects(NamedNode(end), GOV.mentions, NamedNode(article))), "")
        first = mentions.partition(",")[0]
        return End(f"{reference},{first}" if first else reference, label)

    # What is read.

    def _read_statements(self) -> dict[str, _Stated]:
        """The articles' statements that hold: not planned, not ruled wrong, not a curator's own."""
        found: dict[str, _Stated] = {}
        for quad in self._db.quads_for_pattern(None, RDF.predicate, None, None):
            relation = GOV.local_name(_value(quad.object))
            if relation in RELATIONS:
                found[_value(quad.subject)] = _Stated(relation=relation)
        for predicate in (RDF.subject, RDF.object, GOV.confidence, GOV.title, GOV.evidence):
            for quad in self._db.quads_for_pattern(None, predicate, None, None):
                stated = found.get(_value(quad.subject))
                if stated is not None:
                    _note(stated, predicate, _value(quad.object))
        gone = [
            *self._db.quads_for_pattern(None, GOV.modality, Literal(PLANNED), None),
            *self._db.quads_for_pattern(None, GOV.ruledWrong, None, iris.CURATION),
        ]
        for quad in gone:
            found.pop(_value(quad.subject), None)
        return found

    def _quotation(self, article: str, span: str | None) -> Quotation:
        graph = NamedNode(article)
        sentence = ""
        if span is not None:
            parts = (
                self._objects(NamedNode(span), term, graph) for term in (OA["prefix"], OA.exact, OA.suffix)
            )
            sentence = "".join(_value(value) for values in parts for value in values)
        identifier, title, date = (
            next(map(_value, self._objects(graph, term, graph)), "")
            for term in (DCTERMS.identifier, DCTERMS.title, DCTERMS.issued)
        )
        return Quotation(sentence, identifier, title, date)

    def _label(self, local: str) -> str:
        graph = NamedNode(local.partition("#")[0])
        return next(map(_value, self._objects(NamedNode(local), RDFS.label, graph)), "")

    def _objects(self, node: NamedNode, predicate: NamedNode, graph: NamedNode) -> Iterator[object]:
        return (quad.object for quad in self._db.quads_for_pattern(node, predicate, None, graph))

    def _iris_of(self, predicate: NamedNode, graph: NamedNode) -> dict[str, str]:
        quads = self._db.quads_for_pattern(None, predicate, None, graph)
        return {_value(quad.subject): _value(quad.object) for quad in quads}


def _note(stated: _Stated, predicate: NamedNode, value: str) -> None:
    if predicate == RDF.subject:
        stated.subject = value
    elif predicate == RDF.object:
        stated.object = value
    elif predicate == GOV.confidence:
        stated.confidence = float(value)
    elif predicate == GOV.title:
        stated.title = value
    else:
        stated.spans.append(value)


def _value(term: object) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else ""
