"""A small valid dataset, and single changes that break it, each in one way."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import iris
from kg.store import Store
from kg.terms import day_literal, decimal
from kg.vocabulary import DATA, DCTERMS, GOV, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS
from tests.kg.sample_facts import samples

ARTICLE = NamedNode(DATA + "article/one")
STATEMENT = NamedNode(DATA + "article/one#f4")
LOCAL = NamedNode(DATA + "article/one#e-p4")
PLACE = NamedNode(DATA + "place/620900-酒泉市")
MEETING = NamedNode(DATA + "event/酒泉市市域社会治理推进会议@2023")
ORGAN = NamedNode(DATA + "institution/酒泉市委政法委")
PRACTICE = NamedNode(DATA + "practice/主动创稳")
POST = NamedNode(DATA + "post/酒泉市委政法委/书记")
FACTS = DefaultGraph()


def sample_store(folder: Path) -> Store:
    store = Store.create(folder / "sample.kg")
    store.add(samples())
    return store


def _person_and_spell() -> tuple[NamedNode, NamedNode]:
    """Whom the article means, and the spell in office; their IRIs are for the rules of identity to choose."""
    with TemporaryDirectory() as folder, sample_store(Path(folder)) as store:
        (quad,) = store.database.quads_for_pattern(LOCAL, GOV.refersTo, None, iris.IDENTITY)
        (spell,) = store.database.quads_for_pattern(None, GOV.post, POST, None)
        assert isinstance(quad.object, NamedNode) and isinstance(spell.subject, NamedNode)
        return quad.object, spell.subject


PERSON, SPELL = _person_and_spell()

Change = tuple[str, list[tuple[NamedNode, NamedNode | None, NamedNode | Literal | None]], list[Quad]]
"""What it is called, patterns of quads that go, quads that come."""

Term = NamedNode | Literal


def direct(subject: NamedNode, predicate: NamedNode, obj: Term) -> list[Quad]:
    return [Quad(subject, predicate, obj, FACTS)]


def given(subject: NamedNode, predicate: NamedNode, obj: Term) -> list[Quad]:
    return [Quad(subject, predicate, obj, ARTICLE)]


CHANGES: list[Change] = [
    ("a place chairs", [], direct(PLACE, GOV.chaired, MEETING)),
    ("a person chairs a place", [], direct(PERSON, GOV.chaired, PLACE)),
    ("an office that is none", [], direct(PERSON, GOV.holdsPost, ORGAN)),
    ("affiliated with a place", [], direct(PERSON, GOV.affiliatedWith, PLACE)),
    ("a meeting practises", [], direct(MEETING, GOV.practises, PRACTICE)),
    ("a day that is none", [], direct(MEETING, GOV.heldOn, Literal("昨日"))),
    ("a second confidence", [], given(STATEMENT, GOV.confidence, decimal(0.5))),
    ("too much confidence", [(STATEMENT, GOV.confidence, None)],
     given(STATEMENT, GOV.confidence, decimal(1.7))),
    ("no rule", [(STATEMENT, GOV.rule, None)], []),
    ("no evidence", [(STATEMENT, GOV.evidence, None)], []),
    ("no object", [(STATEMENT, RDF.object, None)], []),
    ("a relation that is none", [(STATEMENT, RDF.predicate, None)],
     given(STATEMENT, RDF.predicate, GOV.level)),
    ("planned and done", [], given(STATEMENT, GOV.modality, Literal("done"))),
    ("another's qualifier", [], given(STATEMENT, GOV.title, Literal("书记"))),
    (
        "a statement whose subject is no person",
        [(STATEMENT, RDF.subject, None)],
        given(STATEMENT, RDF.subject, NamedNode(DATA + "article/one#e-p3")),
    ),
    (
        "a statement whose object is no event",
        [(STATEMENT, RDF.object, None)],
        given(STATEMENT, RDF.object, NamedNode(DATA + "article/one#e-p3")),
    ),
    ("a subject of nothing", [(STATEMENT, RDF.subject, None)], given(STATEMENT, RDF.subject, PERSON)),
    ("a name twice", [], direct(PLACE, RDFS.label, Literal("另名", language="zh-Hans"))),
    ("a person without a name", [(PERSON, RDFS.label, None)], []),
    ("a person and a place", [], direct(PERSON, RDF.type, GOV.Place)),
    ("a person among the places", [], [
        *direct(NamedNode(DATA + "place/无名"), RDF.type, GOV.Person),
        *direct(NamedNode(DATA + "place/无名"), RDFS.label, Literal("无名", language="zh-Hans")),
    ]),
    ("an entity of no type", [(LOCAL, GOV.entityType, None)], []),
    ("evidence nowhere", [(STATEMENT, GOV.evidence, None)], given(STATEMENT, GOV.evidence, ARTICLE)),
    ("an entity that refers to another type", [(LOCAL, GOV.refersTo, None)],
     [Quad(LOCAL, GOV.refersTo, PLACE, iris.IDENTITY)]),
    ("an entity that is two", [], [Quad(LOCAL, GOV.refersTo, NamedNode(DATA + "person/乙"), iris.IDENTITY)]),
    ("a mention of nothing", [], given(LOCAL, GOV.mentions, Literal("3"))),
    ("a name in English", [(LOCAL, RDFS.label, None)],
     given(LOCAL, RDFS.label, Literal("Tao", language="en"))),
    ("an article without a digest", [(ARTICLE, GOV.recordDigest, None)], []),
    ("an article of two dates", [], given(ARTICLE, DCTERMS.issued, Literal("2023"))),
    ("an article's last day before its first", [(ARTICLE, GOV.latest, None)],
     given(ARTICLE, GOV.latest, day_literal("2020-01-01"))),
    ("an office nowhere", [(POST, ORG.postIn, None)], []),
    ("a spell without an office", [(SPELL, GOV.post, None)], []),
    ("a spell out of nothing", [(SPELL, PROV.wasDerivedFrom, None)], []),
    ("a code of letters", [(PLACE, SKOS.notation, None)],
     [Quad(PLACE, SKOS.notation, Literal("酒泉"), iris.REGISTER)]),
    ("a level there is not", [(PLACE, GOV.level, None)],
     [Quad(PLACE, GOV.level, Literal("town"), iris.REGISTER)]),
    ("a place in an organ", [], [Quad(PLACE, SCHEMA.containedInPlace, ORGAN, iris.REGISTER)]),
    ("a practice wider than an organ", [], [Quad(ORGAN, SKOS.broader, PRACTICE, iris.NAMES)]),
    ("a private place", [], direct(PLACE, GOV.publicFigure, Literal(False))),
    ("a public person, said so", [], direct(PERSON, GOV.publicFigure, Literal(True))),
]  # fmt: skip


def evidence_changes(db: ox.Store) -> list[Change]:
    """What breaks the evidence of the statement, whose offsets are the sample's."""
    (span,) = (quad.object for quad in db.quads_for_pattern(STATEMENT, GOV.evidence, None, None))
    assert isinstance(span, NamedNode)
    return [
        ("evidence without words", [(span, OA.exact, None)], given(span, OA.exact, Literal(""))),
        ("evidence that quotes nothing", [(span, OA.exact, None)], []),
        ("evidence that quotes twice", [], given(span, OA.exact, Literal("甲"))),
    ]


def quads_matching(
    db: ox.Store, patterns: Iterable[tuple[NamedNode, NamedNode | None, NamedNode | Literal | None]]
) -> set[Quad]:
    return {quad for pattern in patterns for quad in db.quads_for_pattern(*pattern, None)}
