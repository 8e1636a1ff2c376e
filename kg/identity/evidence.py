"""Evidence: what an article says of an entity that can tell whether it is another article's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from kg.dates import PartialDate
from kg.identity.keys import POST_RELATION, parts
from kg.register import area, is_below_province
from kg.resolve import LocalEntity, Statement

COMPARED = frozenset(("Person", "Event", "Place", "Practice"))
"""The types of which one entity can have several keys."""

_COMPANY = ("Person", "Institution", "Place", "Event")


@dataclass(frozen=True, slots=True)
class Office:
    """An office as an article gives it: key of the institution or place, its division if known, title."""

    holder: str
    code: str | None
    title: str
    former: bool


class Beside:
    """The keys of what stands in one article, persons without their marks; worked out when first asked."""

    __slots__ = ("_keys", "_read")

    def __init__(self, read: Callable[[], Iterable[LocalEntity]]) -> None:
        """Take what gives the article's entities."""
        self._read: Callable[[], Iterable[LocalEntity]] | None = read
        self._keys: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """The keys."""
        if self._read is not None:
            self._keys = frozenset(_keys_beside(self._read()))
            self._read = None
        return self._keys


@dataclass(frozen=True, slots=True)
class Evidence:
    """A local entity and what its article says of it and around it.

    `days` are the earliest and latest days an event is dated to, `sites` the keys of where it was held.
    """

    local: LocalEntity
    article: str
    date: str | None
    beside: Beside
    offices: tuple[Office, ...] = ()
    days: tuple[tuple[str, str], ...] = ()
    sites: frozenset[str] = frozenset()

    @property
    def company(self) -> frozenset[str]:
        """The keys of what else stands in the article."""
        return self.beside.keys


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article as far as identity needs it."""

    article: str
    date: str | None
    entities: tuple[LocalEntity, ...]
    statements: tuple[Statement, ...]
    """Those that give offices, dates and places."""


TELLING = (POST_RELATION, "heldOn", "heldIn")
"""The relations that a sketch keeps."""


class Stating(Protocol):
    """An article, or what stands for one."""

    @property
    def iri(self) -> str: ...  # noqa: D102
    @property
    def date(self) -> PartialDate | None: ...  # noqa: D102
    @property
    def entities(self) -> tuple[LocalEntity, ...]: ...  # noqa: D102
    @property
    def statements(self) -> tuple[Statement, ...]: ...  # noqa: D102


def sketch_of(article: Stating) -> Sketch:
    """Return what identity needs of a resolved article."""
    statements = tuple(s for s in article.statements if s.relation in TELLING)
    date = article.date.earliest if article.date else None
    return Sketch(article.iri, date, article.entities, statements)


def evidence_of(sketch: Sketch) -> list[Evidence]:
    """Return the evidence of every entity of the article of a type that is compared."""
    entities = {entity.iri: entity for entity in sketch.entities}
    stated: dict[str, list[Statement]] = {}
    for statement in sketch.statements:
        stated.setdefault(statement.subject, []).append(statement)
    beside = Beside(lambda: sketch.entities)
    return [
        evidence(
            entity, sketch.article, sketch.date, beside, stated.get(entity.iri, ()), entities.__getitem__
        )
        for entity in sketch.entities
        if entity.type in COMPARED
    ]


def evidence(
    entity: LocalEntity,
    article: str,
    date: str | None,
    beside: Beside,
    statements: Iterable[Statement],
    look_up: Callable[[str], LocalEntity],
) -> Evidence:
    """Return the evidence of one entity, from the telling statements it is the subject of."""
    offices: list[Office] = []
    days: set[tuple[str, str]] = set()
    sites: set[str] = set()
    for statement in statements:
        if statement.relation == POST_RELATION:
            if not statement.planned and statement.object is not None:
                offices.append(_office(statement, look_up(statement.object)))
        elif statement.date is not None:
            days.add((statement.date.earliest, statement.date.latest))
        elif statement.object is not None:
            sites.add(look_up(statement.object).own)
    return Evidence(
        local=entity,
        article=article,
        date=date,
        beside=beside,
        offices=tuple(sorted(offices, key=lambda o: (o.holder, o.title, o.former))),
        days=tuple(sorted(days)),
        sites=frozenset(sites),
    )


def _office(statement: Statement, holder: LocalEntity) -> Office:
    place = area(holder.code, holder.label)
    title = statement.qualifiers.get("title", "")
    return Office(holder.own, place.code if place else None, title, statement.former)


def _keys_beside(entities: Iterable[LocalEntity]) -> Iterable[str]:
    for entity in entities:
        if entity.type == "Place" and not is_below_province(entity.code):
            continue
        if entity.type == "Person":
            yield f"person/{parts(entity.own).name}"
        elif entity.type in _COMPANY:
            yield entity.own
