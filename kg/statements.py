"""Statements: a resolved article as RDF. This is the shape of the dataset.

Prefix gov is `https://w3id.org/governance-kg/ontology#`; all data IRIs begin with
`https://w3id.org/governance-kg/`. Chinese labels are `@zh-Hans`, pinyin ones `@zh-Latn-pinyin`
(Oxigraph writes tags in lower case: compare them with LANGMATCHES).

Default graph: every distinct triple once, over canonical entities only. Count and walk here.

    ?e rdf:type gov:Person|Institution|Place|Event|Practice|Document|Honour ;
       rdfs:label "酒泉市委"@zh-Hans, "jiǔ quán shì wěi"@zh-Latn-pinyin ;
       skos:altLabel "中共酒泉市委"@zh-Hans .
    ?person gov:publicFigure false .                       # residents and others without an office
    ?s gov:chaired|attended|hosted|practises|… ?o .        # one a relation file; symmetric: both ways
    ?event gov:heldOn "2023-06"^^xsd:gYearMonth ;          # as written: xsd:date, xsd:gYearMonth or xsd:gYear
           gov:earliest "2023-06-01"^^xsd:date ; gov:latest "2023-06-30"^^xsd:date .
    ?person gov:holdsPost ?post ; gov:affiliatedWith ?institution ;      # says nothing about now
            gov:formerlyHeldPost ?formerPost .             # stated as held before; gives no affiliatedWith
    ?post a org:Post ; rdfs:label "酒泉市委副书记"@zh-Hans ; gov:title "副书记" ;
          org:postIn ?institution | gov:jurisdiction ?place .
    ?spell a org:Membership ; org:member ?person ; gov:post ?post ; gov:former true|false ;
           org:organization ?institution ;                 # where the post is in one
           gov:firstAttested, gov:lastAttested ?day ;          # xsd:date, of the articles that say so
           gov:firstAttestedIn, gov:lastAttestedIn ?article ;  # of practices too (kg/attestations.py)
           gov:gapFrom, gov:gapUntil ?day ;                    # the longest gap of over a year
           gov:from, gov:until, gov:manner ;               # where an article states them
           prov:wasDerivedFrom ?statement .

What is only planned (`gov:modality "planned"`) is stated, and gives no direct triple and no spell.

Article graph `…/article/<id>`, named by the article's own IRI:

    <article> a schema:NewsArticle ; dcterms:identifier, dcterms:title, dcterms:issued, dcterms:language ;
        gov:earliest, gov:latest ;                         # xsd:date, the days dcterms:issued can mean
        schema:url ; gov:source, gov:author, gov:editor, gov:sha256, gov:recordDigest .
    <article#e-p1> gov:entityType gov:Person ; rdfs:label "唐盛利"@zh-Hans ; skos:altLabel ;
        gov:mentions "312,315 402,405" ;                   # start and end of each, in characters
        gov:publicFigure, gov:placeCode, gov:level, gov:kind ;
        gov:describedAs "德国总统" .                        # beside a name, where no office of ours is found
    <article#f0> rdf:subject <article#e-p1> ; rdf:predicate gov:holdsPost ;
        rdf:object <article#e-i3> | "2023-06"^^… ;         # the institution or place itself, never the post
        gov:title "副书记" … ;                              # a property for each qualifier
        gov:earliest, gov:latest ;                         # where the object is a date
        gov:confidence 0.98 ; gov:rule "holdsPost/…" ; gov:modality "planned" ;
        gov:evidence <article#char=301,318> ; gov:context <article#char=…> .
    <article#char=301,318> oa:exact "…" ;                  # evidence and context; RFC 5147 gives the offsets
        oa:prefix "…" ; oa:suffix "…" .                    # the rest of the sentence, where there is one

What follows from these is not written beside them, as it would double the store: that what has a
gov:entityType is a gov:LocalEntity, what has an rdf:predicate an rdf:Statement, what has an oa:exact an
oa:TextQuoteSelector, and that the primary source of all of them is the article their graph is named by.

`…/graph/identity`: `<local> gov:refersTo ?canonical`, and where that is not the key it has by its own article
(kg/identity/__init__.py) `<local> gov:key ?key`; `<former IRI> dcterms:isReplacedBy ?canonical`;
`<key> gov:comparedAs "event/…"`, the block that its name alone does not give.
`…/graph/ledger`: decisions on pairs of keys, gov:verdict, gov:score, gov:because … (kg/ledger.py).
`…/graph/register`: places with code (skos:notation), gov:level, schema:containedInPlace, gov:validFrom …
`…/graph/names`: what names alone say: `?institution gov:jurisdiction ?place`,
`?village schema:containedInPlace ?place`, `?version skos:broader ?practice`, and by the table of successions
`?organ gov:successor ?organ`.
`…/graph/reprints`: `<article> gov:reprintOf <first printing>`, gov:textSignature (kg/reprints.py).
`…/graph/curation`: curators' rulings; what they state stands in graphs `…/ruling/<id>` (kg/curated.py).

From a direct triple to its sentences: `GRAPH …/graph/identity` from canonical to local and `GRAPH ?article`
from local to statement to evidence, as kg/queries/evidence.rq does. Oxigraph plans such queries well if
each OPTIONAL stands outside and after the GRAPH it adds to, and no predicate is a variable bound by VALUES
(thousands of times slower otherwise).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import iris
from kg.identity.blocks import Identity, home_of
from kg.identity.keys import parts
from kg.identity.successions import successors
from kg.labels import chinese, label_terms
from kg.names import broader_practice, canonical_name, fold, is_relative_alias
from kg.quotations import sentence_around
from kg.register import area, iri_of, place_quads
from kg.resolve import (
    POST_RELATION,
    LocalEntity,
    ResolvedArticle,
    Statement,
    is_true,
)
from kg.terms import boolean, date_literal, day_literal, decimal, partial_literal
from kg.vocabulary import DATA, DCTERMS, GOV, OA, ORG, PROV, RDF, RDFS, RELATIONS, SCHEMA, SKOS

FACTS = DefaultGraph()
SPELL_QUALIFIERS = ("from", "until", "manner")


# What an article gives: its own graph.


def article_quads(article: ResolvedArticle) -> Iterator[Quad]:
    """Yield the article's graph: its metadata, local entities, statements and evidence."""
    graph = NamedNode(article.iri)
    yield from _metadata(article, graph)
    for entity in article.entities:
        yield from local_quads(entity, graph)
    spans: set[tuple[int, int]] = set()
    for fact, statement in zip(article.record.facts, article.statements, strict=True):
        node = NamedNode(statement.iri)
        yield from stated_quads(statement, node, graph)
        yield Quad(node, GOV.confidence, decimal(fact.confidence), graph)
        yield Quad(node, GOV.rule, Literal(fact.rule), graph)
        for predicate, cited in ((GOV.evidence, [fact.evidence]), (GOV.context, fact.context)):
            for start, end in cited:
                spans.add((start, end))
                yield Quad(node, predicate, NamedNode(iris.span(article.iri, start, end)), graph)
    text = article.record.article.text
    for start, end in sorted(spans):
        node = NamedNode(iris.span(article.iri, start, end))
        yield Quad(node, OA.exact, Literal(text[start:end]), graph)
        for predicate, rest in zip(
            (OA["prefix"], OA["suffix"]), sentence_around(text, (start, end)), strict=True
        ):
            if rest:
                yield Quad(node, predicate, Literal(rest), graph)


def _metadata(article: ResolvedArticle, graph: NamedNode) -> Iterator[Quad]:
    about = article.record.article
    yield Quad(graph, RDF.type, SCHEMA.NewsArticle, graph)
    yield Quad(graph, DCTERMS.identifier, Literal(about.id), graph)
    yield Quad(graph, DCTERMS.language, Literal(about.language), graph)
    yield Quad(graph, GOV.recordDigest, Literal(article.digest), graph)
    sha256 = about.sha256 or hashlib.sha256(about.text.encode()).hexdigest()
    yield Quad(graph, GOV.sha256, Literal(sha256), graph)
    if about.title:
        yield Quad(graph, DCTERMS.title, chinese(about.title), graph)
    if article.date is not None:
        yield Quad(graph, DCTERMS.issued, partial_literal(article.date), graph)
        yield Quad(graph, GOV.earliest, day_literal(article.date.earliest), graph)
        yield Quad(graph, GOV.latest, day_literal(article.date.latest), graph)
    if about.url and about.url.startswith(("http://", "https://")):
        yield Quad(graph, SCHEMA.url, Literal(about.url), graph)
    for predicate, names in (
        (GOV.source, [about.source] if about.source else []),
        (GOV.author, about.authors),
        (GOV.editor, about.editors),
    ):
        for name in names:
            yield Quad(graph, predicate, Literal(name), graph)


def local_quads(entity: LocalEntity, graph: NamedNode) -> Iterator[Quad]:
    """Yield what a graph says of one of its local entities."""
    node = NamedNode(entity.iri)
    yield Quad(node, GOV.entityType, GOV[entity.type], graph)
    yield Quad(node, RDFS.label, chinese(entity.name), graph)
    for alias in entity.aliases:
        yield Quad(node, SKOS.altLabel, chinese(alias), graph)
    if entity.mentions:
        spans = " ".join(f"{start},{end}" for start, end in entity.mentions)
        yield Quad(node, GOV.mentions, Literal(spans), graph)
    if not entity.public:
        yield Quad(node, GOV.publicFigure, boolean(False), graph)
    for predicate, value in (
        (GOV.placeCode, entity.code),
        (GOV.level, entity.level),
        (GOV.kind, entity.kind),
        (GOV.describedAs, entity.description),
    ):
        if value is not None:
            yield Quad(node, predicate, Literal(value), graph)


def stated_quads(statement: Statement, node: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    """Yield what a statement of a graph says: its ends, its relation, its qualifiers."""
    yield Quad(node, RDF.subject, NamedNode(statement.subject), graph)
    yield Quad(node, RDF.predicate, GOV[statement.relation], graph)
    if statement.object is not None:
        yield Quad(node, RDF.object, NamedNode(statement.object), graph)
    if statement.date is not None:
        yield Quad(node, RDF.object, partial_literal(statement.date), graph)
        earliest, latest = _days(statement)
        yield Quad(node, GOV.earliest, earliest, graph)
        yield Quad(node, GOV.latest, latest, graph)
    for name, value in statement.qualifiers.items():
        yield Quad(node, GOV[name], qualifier_literal(statement.relation, name, value), graph)


def qualifier_literal(relation: str, name: str, value: str) -> Literal:
    """Return a qualifier's value with the type its relation file declares."""
    declared = RELATIONS[relation].qualifiers.get(name)
    if declared is not None and declared.type == "boolean":
        return boolean(is_true(value))
    if declared is not None and declared.type == "date":
        return date_literal(value)
    return Literal(value)


def _days(statement: Statement) -> tuple[Literal, Literal]:
    """First and last day the statement's date can mean, up to its stated end."""
    assert statement.date is not None
    latest = statement.date.latest
    end = date_literal(statement.qualifiers.get("end", "")).value
    if len(end) == len("2023-06-27"):
        latest = max(latest, end)
    return day_literal(statement.date.earliest), day_literal(latest)


# What it means once it is known who is who: derived quads, each function pure, so that the store
# can tell what an article supports by computing it again.


def entity_quads(entity: LocalEntity, identity: Identity) -> Iterator[Quad]:
    """Yield what one local entity supports: its canonical entity's type and labels, its identity,
    what its name says, and the register's places it needs."""
    node = NamedNode(identity.iri)
    yield Quad(NamedNode(entity.iri), GOV.refersTo, node, iris.IDENTITY)
    if entity.own != identity.iri:
        yield Quad(NamedNode(entity.iri), GOV.key, NamedNode(entity.own), iris.IDENTITY)
    if identity.replaces:
        yield Quad(NamedNode(entity.own), DCTERMS.isReplacedBy, node, iris.IDENTITY)
    home = home_of(entity.own)
    if home != entity.own and home != f"{entity.type.lower()}/{entity.label}":
        yield Quad(NamedNode(entity.own), GOV.comparedAs, Literal(home), iris.IDENTITY)
    yield Quad(node, RDF.type, GOV[entity.type], FACTS)
    for predicate, label in label_terms(identity.label, _other_names(entity, identity.label)):
        yield Quad(node, predicate, label, FACTS)
    if not identity.public:
        yield Quad(node, GOV.publicFigure, boolean(False), FACTS)
    yield from _named_quads(entity, node)


def _other_names(entity: LocalEntity, label: str) -> Iterator[str]:
    for name in dict.fromkeys((entity.label, fold(entity.name), *map(fold, entity.aliases))):
        if name == label or is_relative_alias(entity.type, name, entity.label):
            continue
        if not is_relative_alias(entity.type, name, label):
            yield name


def _named_quads(entity: LocalEntity, node: NamedNode) -> Iterator[Quad]:
    if entity.type in ("Institution", "Place"):
        place = area(entity.code, entity.label) if entity.type == "Institution" or entity.code else None
        if place is not None:
            yield from place_quads(place)
            if entity.type == "Institution":
                yield Quad(node, GOV.jurisdiction, NamedNode(iri_of(place)), iris.NAMES)
            elif node.value != iri_of(place):
                yield Quad(node, SCHEMA.containedInPlace, NamedNode(iri_of(place)), iris.NAMES)
    if entity.type == "Institution":
        mark = parts(entity.own).mark
        for name in successors(entity.label):
            key = f"{name}@{mark}" if mark else name
            yield from _related(node, GOV.successor, "Institution", iris.entity("Institution", key), name)
    if entity.type == "Practice":
        broader = broader_practice(entity.label)
        if broader is not None:
            key = canonical_name("Practice", broader)
            yield from _related(node, SKOS.broader, "Practice", iris.entity("Practice", key), broader)


def _related(node: NamedNode, predicate: NamedNode, kind: str, iri: str, name: str) -> Iterator[Quad]:
    """Yield that the node is related to another thing, and what that is called, by names alone."""
    other = NamedNode(iri)
    yield Quad(node, predicate, other, iris.NAMES)
    yield Quad(other, RDF.type, GOV[kind], iris.NAMES)
    yield Quad(other, RDFS.label, chinese(name), iris.NAMES)


def direct_quads(statement: Statement, subject: str, obj: str | None) -> Iterator[Quad]:
    """Yield the direct triples a statement supports between canonical entities (spells and posts apart)."""
    if statement.planned or subject == obj:
        return
    node = NamedNode(subject)
    predicate = GOV[statement.relation]
    if statement.date is not None:
        earliest, latest = _days(statement)
        yield Quad(node, predicate, partial_literal(statement.date), FACTS)
        yield Quad(node, GOV.earliest, earliest, FACTS)
        yield Quad(node, GOV.latest, latest, FACTS)
    elif obj is None:
        return
    elif statement.relation == POST_RELATION:
        post = NamedNode(iris.post(obj, statement.qualifiers.get("title", "")))
        if statement.former:
            yield Quad(node, GOV.formerlyHeldPost, post, FACTS)
            return
        yield Quad(node, predicate, post, FACTS)
        if _is_institution(obj):
            yield Quad(node, GOV.affiliatedWith, NamedNode(obj), FACTS)
    else:
        yield Quad(node, predicate, NamedNode(obj), FACTS)
        if RELATIONS[statement.relation].symmetric:
            yield Quad(NamedNode(obj), predicate, node, FACTS)


def post_quads(holder: str, holder_label: str, title: str) -> Iterator[Quad]:
    """Yield the description of an office in an institution or place, given by its canonical IRI."""
    node = NamedNode(iris.post(holder, title))
    yield Quad(node, RDF.type, ORG.Post, FACTS)
    for predicate, label in label_terms(holder_label + title):
        yield Quad(node, predicate, label, FACTS)
    if title:
        yield Quad(node, GOV.title, Literal(title), FACTS)
    placed = ORG.postIn if _is_institution(holder) else GOV.jurisdiction
    yield Quad(node, placed, NamedNode(holder), FACTS)


def spell_quads(statement: Statement, person: str, holder: str) -> Iterator[Quad]:
    """Yield a spell in office as one statement supports it, without when it is attested."""
    post = iris.post(holder, statement.qualifiers.get("title", ""))
    node = NamedNode(iris.membership(person, post, statement.former))
    yield Quad(node, RDF.type, ORG.Membership, FACTS)
    yield Quad(node, ORG.member, NamedNode(person), FACTS)
    yield Quad(node, GOV.post, NamedNode(post), FACTS)
    yield Quad(node, GOV.former, boolean(statement.former), FACTS)
    yield Quad(node, PROV.wasDerivedFrom, NamedNode(statement.iri), FACTS)
    if _is_institution(holder):
        yield Quad(node, ORG.organization, NamedNode(holder), FACTS)
    for name in SPELL_QUALIFIERS:
        if name in statement.qualifiers:
            value = qualifier_literal(statement.relation, name, statement.qualifiers[name])
            yield Quad(node, GOV[name], value, FACTS)


def is_post_statement(statement: Statement) -> bool:
    """Return whether the statement gives an office that is more than planned."""
    return statement.relation == POST_RELATION and not statement.planned and statement.object is not None


def _is_institution(iri: str) -> bool:
    return iri.startswith(f"{DATA}institution/")
