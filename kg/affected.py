"""Affected: the entities and statements that a change touches, and who they are before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.names import fold
from kg.person_evidence import evidence_of_article
from kg.persons import Identity, PersonEvidence, identify
from kg.resolve import LocalEntity, ResolvedArticle, Statement
from kg.stored import Stored, StoredArticle

Block = dict[str, PersonEvidence]
"""All persons of one name, by local IRI."""


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


def sides(
    stored: Stored,
    leaving: list[StoredArticle],
    coming: list[ResolvedArticle],
    known: dict[str, Block],
) -> tuple[Side, Side, dict[str, Block]]:
    """Return what is affected before, and after, and the name blocks as they will be.

    `known` holds name blocks already read. Persons of staying articles who are someone else
    afterwards are affected, with their statements, on both sides.
    """
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
    after = {
        name: {local: e for local, e in block.items() if local not in gone} for name, block in blocks.items()
    }
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


def between(side: Side) -> Iterator[tuple[Statement, str, str | None]]:
    """Yield the side's statements with the canonical IRIs of subject and object."""
    for statement in side.statements:
        obj = side.identities[statement.object].iri if statement.object is not None else None
        yield statement, side.identities[statement.subject].iri, obj
