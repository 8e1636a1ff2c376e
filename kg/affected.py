"""Affected: the entities and statements that a change touches, and who they are before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.curated import Bearing, CuratedFact, WrongFacts
from kg.identity.blocks import Identified, Identity, block_of, home_of, identify, is_block
from kg.identity.decisions import Decision
from kg.identity.evidence import COMPARED, Beside, Evidence, evidence_of, sketch_of
from kg.identity.memory import Memory
from kg.resolve import LocalEntity, ResolvedArticle, Statement
from kg.rulings import Ruling
from kg.stored import Stored, StoredArticle

Coming = ResolvedArticle | CuratedFact

Results = dict[str, tuple[frozenset[str], Identified]]
"""Who is who, by home, with the homes that were looked at together."""


@dataclass(slots=True)
class KnownBlocks:
    """Blocks read or made before, by their homes: mentions by local IRI, and who is who among them.

    What was found of a home holds for all homes that were looked at with it, and no others.
    """

    members: dict[str, dict[str, Evidence]] = field(default_factory=dict)
    results: Results = field(default_factory=dict)

    def update(self, other: KnownBlocks) -> None:
        """Take over what another knows of blocks; keys that only rulings compare are read each time."""
        self.members.update((home, found) for home, found in other.members.items() if is_block(home))
        self.results.update((home, found) for home, found in other.results.items() if is_block(home))


@dataclass(slots=True)
class Side:
    """Entities and statements that are affected, and who the entities are: before, or after.

    `identities` is by local IRI, `labels` by canonical IRI; `decisions` are those of the affected blocks.
    """

    wrong: WrongFacts
    entities: list[LocalEntity] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    identities: dict[str, Identity] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)

    def add(self, entity: LocalEntity) -> None:
        """Count the entity in."""
        self.entities.append(entity)
        self.know(entity.iri, self.identities.get(entity.iri) or alone(entity))

    def know(self, local: str, identity: Identity) -> None:
        """Note who the entity is, without counting it as affected."""
        self.identities[local] = identity
        self.labels[identity.iri] = identity.label


def alone(entity: LocalEntity) -> Identity:
    """Return who an entity is that is never compared: what its key says."""
    return Identity(entity.own, entity.label, entity.public)


@dataclass(frozen=True, slots=True)
class Change:
    """Articles that go and come, and the rulings that bear on the store before and after."""

    leaving: Sequence[StoredArticle]
    coming: Sequence[Coming]
    before: Bearing
    after: Bearing

    @property
    def gone(self) -> set[str]:
        """The local entities that go."""
        return {entity.iri for article in self.leaving for entity in article.entities}


def sides(stored: Stored, change: Change, known: KnownBlocks) -> tuple[Side, Side, KnownBlocks]:
    """Return what is affected before, and after, and the affected blocks as they will be.

    Mentions of staying articles who are someone else afterwards are affected, with their statements,
    on both sides.
    """
    homes = _affected_homes(change)
    before_members = _Members(stored, known).of(homes)
    gone = change.gone
    after_members = {
        home: {local: e for local, e in members.items() if local not in gone}
        for home, members in before_members.items()
    }
    for evidence in _arriving(change.coming, homes):
        after_members[home_of(evidence.local.own)][evidence.local.iri] = evidence
    before, after = Side(change.before.wrong), Side(change.after.wrong)
    first = _identify(before, before_members, change.before, known.results, {})
    results = _identify(after, after_members, change.after, {}, first)
    for left in change.leaving:
        for entity in left.entities:
            before.add(entity)
        before.statements.extend(left.statements)
    for resolved in change.coming:
        for entity in resolved.entities:
            after.add(entity)
        after.statements.extend(resolved.statements)
    moved = sorted(
        local
        for home in homes
        for local in before_members[home]
        if local not in gone and _differ(before.identities[local], after.identities[local])
    )
    for local in moved:
        entity = stored.entity(local)
        before.add(entity)
        after.add(entity)
    _add_statements(stored, moved, change, before, after)
    return before, after, KnownBlocks(after_members, results)


def _differ(one: Identity, other: Identity) -> bool:
    return one is not other and one != other


def _affected_homes(change: Change) -> set[str]:
    """The blocks that articles touch, those whose rulings change, and those that rulings tie to them."""
    ruled = change.before.homes | change.after.homes
    homes = {
        home
        for article in (*change.leaving, *change.coming)
        for entity in article.entities
        if block_of(entity.own) is not None or entity.own in ruled
        for home in (home_of(entity.own),)
    }
    changed = change.before.rulings.keys() ^ change.after.rulings.keys()
    homes |= change.before.homes_of(changed) | change.after.homes_of(changed)
    while True:
        tied = {home for bearing in (change.before, change.after) for home in bearing.tied_to(homes)}
        if tied <= homes:
            return homes
        homes |= tied


def _arriving(coming: Iterable[Coming], homes: set[str]) -> Iterator[Evidence]:
    for article in coming:
        sketch = sketch_of(article)
        for evidence in evidence_of(sketch):
            if home_of(evidence.local.own) in homes:
                yield evidence
        for entity in article.entities:
            if entity.type not in COMPARED and entity.own in homes:
                yield Evidence(entity, article.iri, sketch.date, Beside(lambda: ()))


class _Members:
    """Reads the mentions of blocks; what stands beside them is read when it is first asked for."""

    def __init__(self, stored: Stored, known: KnownBlocks) -> None:
        self._stored = stored
        self._known = known
        self._beside: dict[str, Beside] = {}

    def of(self, homes: Iterable[str]) -> dict[str, dict[str, Evidence]]:
        return {home: self._known.members.get(home) or self._read(home) for home in homes}

    def _read(self, home: str) -> dict[str, Evidence]:
        return {local: self._evidence(local) for local in sorted(self._stored.locals_in(home))}

    def _evidence(self, local: str) -> Evidence:
        article = local.split("#", 1)[0]
        stored = self._stored
        beside = self._beside.setdefault(article, Beside(lambda: stored.entities(article)))
        return stored.evidence(local, beside)


def _identify(
    side: Side,
    members: dict[str, dict[str, Evidence]],
    bearing: Bearing,
    known: Results,
    similar: Results,
) -> Results:
    """Work out who is who in each group of blocks that rulings tie together, and note it on the side.

    `known` holds what is known to be so, `similar` what was so of blocks that were a little different.
    """
    results: Results = {}
    for home in members:
        if home in results:
            continue
        group = bearing.group_of(home)
        together, found = known.get(home, (frozenset(), Identified()))
        if together != group:
            mentions = {local: e for each in sorted(group) for local, e in members[each].items()}
            found = identify(mentions, bearing.verdicts(group, mentions), _memory(similar, home))
        results.update(dict.fromkeys(group, (group, found)))
        side.identities.update(found.identities)
        side.decisions.update((decision.pair, decision) for decision in found.decisions)
    return results


def _memory(results: Results, home: str) -> Memory | None:
    return results[home][1].memory if home in results else None


def _add_statements(stored: Stored, moved: list[str], change: Change, before: Side, after: Side) -> None:
    """Count in the statements of who is someone else now, and those whose rulings change."""
    gone = {statement.iri for article in change.leaving for statement in article.statements}
    statements = {s.iri: s for local in moved for s in stored.statements_with(local)}
    for ruling in change.before.wrong.differing(change.after.wrong):
        statements.update((s.iri, s) for s in stored.statements_ruled(ruling) if s.iri not in gone)
    for statement in (statements[iri] for iri in sorted(statements)):
        before.statements.append(statement)
        after.statements.append(statement)
        for local in (statement.subject, statement.object):
            if local is not None:
                for side in (before, after):
                    _know(stored, side, local)


def _know(stored: Stored, side: Side, local: str) -> None:
    identity = side.identities.get(local)
    if identity is None:
        iri = stored.refers_to(local)
        identity = Identity(iri, stored.canonical_label(iri))
    side.know(local, identity)


def between(side: Side) -> Iterator[tuple[Statement, str, str | None]]:
    """Yield the statements that no curator rules wrong, with the canonical IRIs of subject and object."""
    for statement in side.statements:
        if side.wrong.covers(statement):
            continue
        obj = side.identities[statement.object].iri if statement.object is not None else None
        yield statement, side.identities[statement.subject].iri, obj


def decisions_on(stored: Stored, home: str, rulings: Iterable[Ruling]) -> list[Decision]:
    """Return all decisions in a block, as they follow from what is stored."""
    bearing = Bearing(rulings, stored.entities, stored.entity)
    members = _Members(stored, KnownBlocks()).of(bearing.group_of(home))
    together = {local: e for each in members.values() for local, e in each.items()}
    return list(identify(together, bearing.verdicts(bearing.group_of(home), together)).decisions)
