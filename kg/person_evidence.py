"""What an article says that can tell one person from another of the same name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.persons import PersonEvidence
from kg.register import area, iri_of, is_below_province
from kg.resolve import POST_RELATION, LocalEntity, ResolvedArticle, person_iri

COMPANY_TYPES = ("Institution", "Place", "Event")
"""What a person can be known by standing beside."""


@dataclass(frozen=True, slots=True)
class Office:
    """The institution or place of an office, by canonical IRI, and whether it was held before."""

    holder: str
    type: str
    label: str
    code: str | None
    former: bool


@dataclass(frozen=True, slots=True)
class Company:
    """An institution, place or event that stands in the person's article."""

    iri: str
    type: str
    code: str | None


def person_evidence(
    person: LocalEntity, offices: Iterable[Office], company: Iterable[Company]
) -> PersonEvidence:
    """Return the person with its own IRI and with what can identify it."""
    offices = list(offices)
    present = {office.holder for office in offices if not office.former}
    holders = present or {office.holder for office in offices}
    beside = frozenset() if offices else frozenset(each.iri for each in company if _tells(each))
    events = frozenset() if offices else frozenset(each.iri for each in company if each.type == "Event")
    return PersonEvidence(
        local=replace(person, own=person_iri(person.name, person.iri, holders)),
        article=person.iri.split("#", 1)[0],
        offices=frozenset(feature for office in offices for feature in _features(office)),
        company=beside,
        events=events,
    )


def evidence_of_article(article: ResolvedArticle) -> list[PersonEvidence]:
    """Return the evidence of every person of the article."""
    entities = {entity.iri: entity for entity in article.entities}
    offices: dict[str, list[Office]] = {}
    for statement in article.statements:
        if statement.relation == POST_RELATION and not statement.planned and statement.object is not None:
            holder = entities[statement.object]
            office = Office(holder.own, holder.type, holder.label, holder.code, statement.former)
            offices.setdefault(statement.subject, []).append(office)
    company = [
        Company(entity.own, entity.type, entity.code)
        for entity in article.entities
        if entity.type in COMPANY_TYPES
    ]
    return [
        person_evidence(entity, offices.get(entity.iri, []), company)
        for entity in article.entities
        if entity.type == "Person"
    ]


def _features(office: Office) -> Iterable[str]:
    yield office.holder
    if office.type == "Institution":
        place = area(office.code, office.label)
        if place is not None and is_below_province(place.code):
            yield iri_of(place)


def _tells(each: Company) -> bool:
    return each.type != "Place" or is_below_province(each.code)
