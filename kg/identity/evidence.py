"""Evidence: what an article says of an entity that can tell whether it is another article's."""

from __future__ import annotations

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """A local entity and what its article says of it and around it.

    `company` are keys of what else stands in the article, persons without what marks them. `days` are the
    earliest and latest days an event is dated to, `sites` the keys of where it was held.
    """

    local: LocalEntity
    article: str
    date: str | None
    offices: tuple[Office, ...] = ()
    company: frozenset[str] = frozenset()
    days: tuple[tuple[str, str], ...] = ()
    sites: frozenset[str] = frozenset()


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
    offices: dict[str, list[Office]] = {}
    days: dict[str, set[tuple[str, str]]] = {}
    sites: dict[str, set[str]] = {}
    for statement in sketch.statements:
        if statement.relation == POST_RELATION:
            if not statement.planned and statement.object is not None:
                office = _office(statement, entities[statement.object])
                offices.setdefault(statement.subject, []).append(office)
        elif statement.date is not None:
            span = (statement.date.earliest, statement.date.latest)
            days.setdefault(statement.subject, set()).add(span)
        elif statement.object is not None:
            sites.setdefault(statement.subject, set()).add(entities[statement.object].own)
    company = frozenset(_company(sketch.entities))
    return [
        Evidence(
            local=entity,
            article=sketch.article,
            date=sketch.date,
            offices=tuple(sorted(offices.get(entity.iri, ()), key=lambda o: (o.holder, o.title, o.former))),
            company=company,
            days=tuple(sorted(days.get(entity.iri, ()))),
            sites=frozenset(sites.get(entity.iri, ())),
        )
        for entity in sketch.entities
        if entity.type in COMPARED
    ]


def _office(statement: Statement, holder: LocalEntity) -> Office:
    place = area(holder.code, holder.label)
    title = statement.qualifiers.get("title", "")
    return Office(holder.own, place.code if place else None, title, statement.former)


def _company(entities: Iterable[LocalEntity]) -> Iterable[str]:
    for entity in entities:
        if entity.type == "Place" and not is_below_province(entity.code):
            continue
        if entity.type == "Person":
            yield f"person/{parts(entity.own).name}"
        elif entity.type in _COMPANY:
            yield entity.own
