"""Lost: the derived quads that nothing supports any more once what is affected is gone.

A direct triple, a label, an office or a place of the register stays as long as an article supports it.
Each function takes what the affected entities and statements supported and takes off what others support.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg import iris
from kg.affected import Side, between
from kg.identity.blocks import Identity
from kg.resolve import LocalEntity
from kg.statements import FACTS, direct_quads, entity_quads, is_post_statement, post_quads
from kg.stored import Stored
from kg.vocabulary import GOV, RDF, RDFS, SCHEMA, SKOS

_RELATED = (SKOS.broader, GOV.successor)
"""What leads by names alone to another thing, which is described only for that."""

_LINKS = (*_RELATED, GOV.jurisdiction, SCHEMA.containedInPlace)


def unsupported(stored: Stored, before: Side, after: Side, inserts: set[Quad]) -> set[Quad]:
    """Return the derived quads that only what is affected supported, spells apart.

    `inserts` are those that are supported anew, and so stay.
    """
    deletes = _entity_quads_lost(stored, before, inserts)
    deletes |= _direct_quads_lost(stored, before, inserts)
    deletes |= _posts_lost(stored, before, after, deletes, inserts)
    deletes |= _related_lost(stored, deletes, inserts)
    deletes |= _places_lost(stored, before, deletes, inserts)
    return deletes


def _entity_quads_lost(stored: Stored, before: Side, inserts: set[Quad]) -> set[Quad]:
    """What the affected local entities supported alone; shared descriptions are judged apart."""
    deletes: set[Quad] = set()
    lost: dict[str, set[Quad]] = {}
    affected = {entity.iri for entity in before.entities}
    for entity in before.entities:
        identity = before.identities[entity.iri]
        for quad in entity_quads(entity, identity):
            if quad in inserts or _is_shared(quad):
                continue
            if quad.predicate in (GOV.refersTo, GOV.key):
                deletes.add(quad)
            elif quad.predicate == GOV.comparedAs:
                if affected.issuperset(stored.locals_of_key(entity.own)):
                    deletes.add(quad)
            else:
                lost.setdefault(identity.iri, set()).add(quad)
    for canonical, quads in lost.items():
        for local in stored.locals_of(canonical):
            if not quads:
                break
            if local not in affected:
                entity = stored.entity(local)
                quads.difference_update(entity_quads(entity, _identity(before, entity, canonical)))
        deletes |= quads
    return deletes


def _identity(before: Side, entity: LocalEntity, canonical: str) -> Identity:
    """Who an entity is that refers to the canonical IRI and is not affected itself."""
    known = before.identities.get(entity.iri)
    return known if known is not None else Identity(canonical, before.labels[canonical], entity.public)


def _is_shared(quad: Quad) -> bool:
    """Whether several canonical entities support the quad: descriptions of places, of wider practices."""
    return quad.graph_name == iris.REGISTER or (
        quad.graph_name == iris.NAMES and quad.predicate not in _LINKS
    )


def _direct_quads_lost(stored: Stored, before: Side, inserts: set[Quad]) -> set[Quad]:
    """What the affected statements supported alone, and that they were ruled wrong."""
    lost: dict[tuple[str, str | None], set[Quad]] = {}
    for statement, subject, obj in between(before):
        quads = set(direct_quads(statement, subject, obj)) - inserts
        if quads:
            lost.setdefault((subject, obj), set()).update(quads)
    affected = {statement.iri for statement in before.statements}
    deletes = {quad for statement in before.statements for quad in before.wrong.quads(statement)}
    for (subject, obj), quads in lost.items():
        for iri, one, other in _supporting(stored, subject, obj):
            if not quads:
                break
            if iri not in affected and not before.wrong.covers(statement := stored.statement(iri)):
                quads.difference_update(direct_quads(statement, one, other))
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


def _posts_lost(
    stored: Stored, before: Side, after: Side, deletes: set[Quad], inserts: set[Quad]
) -> set[Quad]:
    """The descriptions of offices that nobody is said to hold any more, or whose names change."""
    lost: set[Quad] = set()
    for statement, _, obj in between(before):
        if is_post_statement(statement) and obj is not None:
            title = statement.qualifiers.get("title", "")
            post = NamedNode(iris.post(obj, title))
            links = [
                *stored.pointing(GOV.holdsPost, post, FACTS),
                *stored.pointing(GOV.formerlyHeldPost, post, FACTS),
            ]
            renamed = after.labels.get(obj, before.labels[obj]) != before.labels[obj]
            if renamed or deletes.issuperset(links):
                lost.update(post_quads(obj, before.labels[obj], title))
    return lost - inserts


def _related_lost(stored: Stored, deletes: set[Quad], inserts: set[Quad]) -> set[Quad]:
    """The descriptions of wider practices and of successors to which nothing leads any more."""
    lost: set[Quad] = set()
    for quad in deletes:
        other = quad.object
        if (
            quad.predicate not in _RELATED
            or quad.graph_name != iris.NAMES
            or not isinstance(other, NamedNode)
        ):
            continue
        links = [link for predicate in _RELATED for link in stored.pointing(predicate, other, iris.NAMES)]
        if deletes.issuperset(links):
            lost.update(
                quad for quad in stored.about(other, iris.NAMES) if quad.predicate in (RDF.type, RDFS.label)
            )
    return lost - inserts


def _places_lost(stored: Stored, before: Side, deletes: set[Quad], inserts: set[Quad]) -> set[Quad]:
    """The register's descriptions of places that nothing leads to any more."""
    lost: set[Quad] = set()
    for place in _affected_places(before):
        gone = deletes | lost
        links = [
            *stored.pointing(GOV.jurisdiction, place, iris.NAMES),
            *stored.pointing(SCHEMA.containedInPlace, place, iris.NAMES),
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
        chain = dict.fromkeys(q.subject for q in quads if q.graph_name == iris.REGISTER)
        for number, place in enumerate(chain):
            if isinstance(place, NamedNode):
                height[place.value] = max(height.get(place.value, 0), number)
    return [NamedNode(place) for place in sorted(height, key=lambda place: (height[place], place))]
