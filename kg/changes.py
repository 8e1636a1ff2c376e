"""Changes: what the dataset gains and loses when articles come and go, worked out before anything is written.

A direct triple, a label, an office or a place of the register stays as long as an article supports it.
So what goes is first what the leaving articles supported, and what those supported whose persons now
count as someone else; from that everything is taken off that another article still supports.
All reading is of the state before; the result is applied in one atomic step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal, NamedNode, Quad

from kg import iris
from kg.names import fold
from kg.person_evidence import evidence_of_article
from kg.persons import Identity, PersonEvidence, identify
from kg.resolve import LocalEntity, ResolvedArticle, Statement
from kg.statements import (
    FACTS,
    article_quads,
    attestation_quads,
    direct_quads,
    entity_quads,
    is_post_statement,
    post_quads,
    spell_quads,
)
from kg.stored import Stored, StoredArticle
from kg.vocabulary import GOV, PROV, RDF, SCHEMA, SKOS

Block = dict[str, PersonEvidence]
"""All persons of one name, by local IRI."""

_ATTESTED = (GOV.firstAttested, GOV.lastAttested)


@dataclass(slots=True)
class Changes:
    """What goes, what comes, which articles' graphs go whole, and the name blocks as they will be."""

    deletes: set[Quad]
    inserts: set[Quad]
    dropped: list[str]
    blocks: dict[str, Block]


@dataclass(slots=True)
class Side:
    """Entities and statements that are affected, and who the entities are: before, or after.

    `identities` is by local IRI, `labels` by canonical IRI; `owns` are the IRIs that persons of the
    affected names have by themselves, by local IRI.
    """

    entities: list[LocalEntity] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    identities: dict[str, Identity] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    owns: dict[str, str] = field(default_factory=dict)

    def add(self, entity: LocalEntity, identity: Identity) -> None:
        """Count the entity in."""
        self.entities.append(entity)
        self.know(entity, identity)

    def know(self, entity: LocalEntity, identity: Identity) -> None:
        """Note who the entity is, without counting it as affected."""
        self.identities[entity.iri] = identity
        self.labels[identity.iri] = entity.label


def plan(
    stored: Stored, removed: Iterable[str], added: Iterable[ResolvedArticle], known: dict[str, Block]
) -> Changes:
    """Return what changes when the articles of the IRIs `removed` go and those `added` come.

    `known` holds the name blocks already read; an article that is replaced stands in both.
    """
    leaving = [stored.article(iri) for iri in removed]
    coming = list(added)
    before, after, blocks = _sides(stored, leaving, coming, known)
    inserts = _supported(coming, after)
    deletes = _unsupported(stored, before, inserts)
    _replan_spells(stored, before, after, deletes, inserts)
    for article in leaving:
        deletes.update(article.quads)
    staying = {article.iri for article in coming}
    dropped = [article.iri for article in leaving if article.iri not in staying]
    return Changes(deletes - inserts, inserts, dropped, blocks)


def _supported(coming: list[ResolvedArticle], after: Side) -> set[Quad]:
    quads: set[Quad] = set()
    for article in coming:
        quads.update(article_quads(article))
    for entity in after.entities:
        quads.update(entity_quads(entity, after.identities[entity.iri]))
    for statement, subject, obj in _between(after):
        quads.update(direct_quads(statement, subject, obj))
        if is_post_statement(statement) and obj is not None:
            quads.update(post_quads(obj, after.labels[obj], statement.qualifiers.get("title", "")))
    return quads


# Who is who, before and after.


def _sides(
    stored: Stored,
    leaving: list[StoredArticle],
    coming: list[ResolvedArticle],
    known: dict[str, Block],
) -> tuple[Side, Side, dict[str, Block]]:
    arriving = {
        evidence.local.iri: evidence for article in coming for evidence in evidence_of_article(article)
    }
    gone = {entity.iri for article in leaving for entity in article.entities}
    names = {fold(e.name) for article in leaving for e in article.entities if e.type == "Person"}
    names.update(evidence.local.label for evidence in arriving.values())
    blocks = _read_blocks(stored, names, known)
    blocks_after = _blocks_after(blocks, gone, arriving)
    old, new = _identify(blocks), _identify(blocks_after)
    owns = {local: e.local.own for block in blocks.values() for local, e in block.items()}
    before, after = Side(owns=owns), Side()
    for left in leaving:
        for entity in left.entities:
            person = entity.type == "Person"
            whole = replace(entity, own=owns[entity.iri]) if person else entity
            before.add(whole, old[entity.iri] if person else Identity(entity.own))
        before.statements.extend(left.statements)
    for resolved in coming:
        for entity in resolved.entities:
            after.add(entity, new[entity.iri] if entity.type == "Person" else Identity(entity.own))
        after.statements.extend(resolved.statements)
    moved = [local for local in old if local not in gone and old[local] != new[local]]
    for local in moved:
        entity = stored.entity(local, owns[local])
        before.add(entity, old[local])
        after.add(entity, new[local])
    _add_statements_of_moved(stored, moved, before, after)
    return before, after, blocks_after


def _read_blocks(stored: Stored, names: set[str], known: dict[str, Block]) -> dict[str, Block]:
    missing = sorted(names - known.keys())
    read = stored.persons_named(missing) if missing else {}
    return {name: known[name] if name in known else read.get(name, {}) for name in names}


def _blocks_after(
    blocks: dict[str, Block], gone: set[str], arriving: dict[str, PersonEvidence]
) -> dict[str, Block]:
    after = {name: {l: e for l, e in block.items() if l not in gone} for name, block in blocks.items()}
    for local, evidence in arriving.items():
        after[evidence.local.label][local] = evidence
    return after


def _identify(blocks: dict[str, Block]) -> dict[str, Identity]:
    return {
        local: identity for block in blocks.values() for local, identity in identify(block.values()).items()
    }


def _add_statements_of_moved(stored: Stored, moved: list[str], before: Side, after: Side) -> None:
    """Count in the statements of persons who are someone else now, and what is at their other end."""
    statements = {s.iri: s for local in moved for s in stored.statements_with(local)}
    for statement in statements.values():
        before.statements.append(statement)
        after.statements.append(statement)
        for local in (statement.subject, statement.object):
            if local is not None and local not in before.identities:
                entity = stored.entity(local, "")
                identity = Identity(stored.refers_to(local))
                for side in (before, after):
                    side.know(entity, identity)


def _between(side: Side) -> Iterator[tuple[Statement, str, str | None]]:
    """Yield the side's statements with the canonical IRIs of subject and object."""
    for statement in side.statements:
        obj = side.identities[statement.object].iri if statement.object is not None else None
        yield statement, side.identities[statement.subject].iri, obj


# What is no longer supported.


def _unsupported(stored: Stored, before: Side, inserts: set[Quad]) -> set[Quad]:
    deletes = _entity_quads_lost(stored, before, inserts)
    deletes |= _direct_quads_lost(stored, before, inserts)
    deletes |= _posts_lost(stored, before, deletes, inserts)
    deletes |= _broader_lost(stored, deletes, inserts)
    deletes |= _places_lost(stored, before, deletes, inserts)
    return deletes


def _entity_quads_lost(stored: Stored, before: Side, inserts: set[Quad]) -> set[Quad]:
    """What the affected local entities supported alone; shared descriptions are judged apart."""
    deletes: set[Quad] = set()
    lost: dict[Identity, set[Quad]] = {}
    for entity in before.entities:
        identity = before.identities[entity.iri]
        for quad in entity_quads(entity, identity):
            if quad in inserts or _is_shared(quad):
                continue
            if quad.predicate == GOV.refersTo:
                deletes.add(quad)
            else:
                lost.setdefault(identity, set()).add(quad)
    affected = {entity.iri for entity in before.entities}
    for identity, quads in lost.items():
        for local in stored.locals_of(identity.iri):
            if not quads:
                break
            if local not in affected:
                entity = stored.entity(local, before.owns.get(local, identity.iri))
                quads.difference_update(entity_quads(entity, identity))
        deletes |= quads
    return deletes


def _is_shared(quad: Quad) -> bool:
    """Whether more than one canonical entity supports the quad: a place's or a wider practice's description."""
    return quad.graph_name == iris.REGISTER or (
        quad.graph_name == iris.NAMES and quad.predicate not in (GOV.jurisdiction, SKOS.broader)
    )


def _direct_quads_lost(stored: Stored, before: Side, inserts: set[Quad]) -> set[Quad]:
    lost: dict[tuple[str, str | None], set[Quad]] = {}
    for statement, subject, obj in _between(before):
        quads = set(direct_quads(statement, subject, obj)) - inserts
        if quads:
            lost.setdefault((subject, obj), set()).update(quads)
    affected = {statement.iri for statement in before.statements}
    deletes: set[Quad] = set()
    for (subject, obj), quads in lost.items():
        for iri, one, other in _supporting(stored, subject, obj):
            if not quads:
                break
            if iri not in affected:
                quads.difference_update(direct_quads(stored.statement(iri), one, other))
        deletes |= quads
    return deletes


def _supporting(stored: Stored, subject: str, obj: str | None) -> Iterator[tuple[str, str, str | None]]:
    """Yield statements between two entities in either direction, or those that date the one."""
    if obj is None:
        for iri in stored.dated_statements(subject):
            yield iri, subject, None
        return
    for iri in stored.statements_between(subject, obj):
        yield iri, subject, obj
    for iri in stored.statements_between(obj, subject):
        yield iri, obj, subject


def _posts_lost(stored: Stored, before: Side, deletes: set[Quad], inserts: set[Quad]) -> set[Quad]:
    """The descriptions of offices that nobody is said to hold or to have held any more."""
    lost: set[Quad] = set()
    for statement, _, obj in _between(before):
        if is_post_statement(statement) and obj is not None:
            title = statement.qualifiers.get("title", "")
            post = NamedNode(iris.post(obj, title))
            links = [
                *stored.pointing(GOV.holdsPost, post, FACTS),
                *stored.pointing(GOV.formerlyHeldPost, post, FACTS),
            ]
            if deletes.issuperset(links):
                lost.update(post_quads(obj, before.labels[obj], title))
    return lost - inserts


def _broader_lost(stored: Stored, deletes: set[Quad], inserts: set[Quad]) -> set[Quad]:
    """The descriptions of wider practices to which no version leads any more."""
    lost: set[Quad] = set()
    for quad in deletes:
        broader = quad.object
        if quad.predicate == SKOS.broader and isinstance(broader, NamedNode):
            if deletes.issuperset(stored.pointing(SKOS.broader, broader, iris.NAMES)):
                described = stored.about(broader, iris.NAMES)
                lost.update(quad for quad in described if quad.predicate != SKOS.broader)
    return lost - inserts


def _places_lost(stored: Stored, before: Side, deletes: set[Quad], inserts: set[Quad]) -> set[Quad]:
    """The register's descriptions of places that nothing leads to any more."""
    lost: set[Quad] = set()
    for place in _affected_places(before):
        gone = deletes | lost
        links = [
            *stored.pointing(GOV.jurisdiction, place, iris.NAMES),
            *stored.pointing(SCHEMA.containedInPlace, place, iris.REGISTER),
        ]
        typed = Quad(place, RDF.type, GOV.Place, FACTS)
        if gone.issuperset(links) and (typed in gone or not stored.has(typed)):
            lost.update(stored.about(place, iris.REGISTER))
    return lost - inserts


def _affected_places(before: Side) -> list[NamedNode]:
    """The register's places that affected entities needed, each after the places it contains."""
    height: dict[str, int] = {}
    for entity in before.entities:
        quads = entity_quads(entity, before.identities[entity.iri])
        chain = dict.fromkeys(q.subject.value for q in quads if q.graph_name == iris.REGISTER)
        for number, place in enumerate(chain):
            height[place] = max(height.get(place, 0), number)
    return [NamedNode(place) for place in sorted(height, key=lambda place: (height[place], place))]


# Spells in office, whose first and last attestation come from several articles.

Attested = list[tuple[Statement, str, str]]
"""Statements of a spell, with the canonical IRIs of person and holder."""


def _replan_spells(
    stored: Stored, before: Side, after: Side, deletes: set[Quad], inserts: set[Quad]
) -> None:
    old, new = _spells(before), _spells(after)
    affected = {statement.iri for statement in before.statements}
    for spell in sorted(old.keys() | new.keys()):
        node = NamedNode(spell)
        existing = stored.described(node)
        if spell in old:
            _, person, holder = old[spell][0]
            kept = [(s, person, holder) for s in _remaining(stored, existing, affected)]
            wanted = _spell_as_attested(node, kept + new.get(spell, []), [])
        else:
            known = [q for q in existing if q.predicate in _ATTESTED]
            days = [q.object.value for q in known if isinstance(q.object, Literal)]
            wanted = _spell_as_attested(node, new[spell], days) | existing.difference(known)
        deletes |= existing - wanted
        inserts |= wanted


def _spells(side: Side) -> dict[str, Attested]:
    found: dict[str, Attested] = {}
    for statement, person, holder in _between(side):
        if is_post_statement(statement) and holder is not None:
            post = iris.post(holder, statement.qualifiers.get("title", ""))
            spell = iris.membership(person, post, statement.former)
            found.setdefault(spell, []).append((statement, person, holder))
    return found


def _remaining(stored: Stored, existing: set[Quad], affected: set[str]) -> list[Statement]:
    sources = (q.object.value for q in existing if q.predicate == PROV.wasDerivedFrom)
    return [stored.statement(iri) for iri in sources if iri not in affected]


def _spell_as_attested(node: NamedNode, attested: Attested, days: Iterable[str]) -> set[Quad]:
    quads = {quad for each in attested for quad in spell_quads(*each)}
    dated = [statement.attested for statement, _, _ in attested if statement.attested is not None]
    return quads | set(attestation_quads(node, [*days, *dated]))
