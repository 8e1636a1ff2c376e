"""Resolve: from what an article gives to entities with the IRI each has by its own evidence.

The rules of version 1, each a function of one article alone:

- Place: by `attributes.code` (`place/620900-酒泉市`), else by name (`place/枫桥镇`).
- Institution, Practice, Document, Honour: by canonical name (kg/names.py). An institution whose place the
  article does not say (市住建委; `candidates` is there, and empty) has a digest of where it stands besides,
  so that those of two articles are never one.
- Event: by name, less a year before it and what 暨 joins to it, and year, taken from heldOn or else from
  the article's date. A name of fewer than eight characters (推进会) says too little, so the whole date
  takes the place of the year.
- Person: by name and the office that sorts first among those the article gives
  (`person/唐盛利@甘肃省委政法委`), present offices before former ones; without an office by name and a
  digest of where it stands (`person/李洋@3f2a9c01`). kg/persons.py then decides which of these are one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from extract.language.places import PlaceRegister, read_places
from extract.records import ArticleFacts, Entity, Fact, Span, encode
from kg import iris
from kg.dates import PartialDate, read_date
from kg.names import canonical_name, fold
from kg.record_checks import check_record
from kg.vocabulary import DATA, RELATIONS

POST_RELATION = "holdsPost"
"""The relation that leads to an office: person to institution or place, with a `title`."""

PLANNED = "planned"
"""The modality of what is announced and not yet done: stated, never a direct triple."""

_SHORT_EVENT_NAME = 8
_YEAR = re.compile(r"^(?:19|20)\d\d年?度?")
_DIGEST_LENGTH = 8


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """An entity as one article gives it, and the canonical IRI and label it has on its own."""

    iri: str
    type: str
    name: str
    own: str
    label: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    code: str | None = None
    public: bool = True
    level: str | None = None
    kind: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as one article gives it, between local entities or from one to a date."""

    iri: str
    article: str
    subject: str
    relation: str
    object: str | None
    date: PartialDate | None
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    attested: str | None = None
    """The article's date: the first day it can mean."""

    @property
    def former(self) -> bool:
        """Whether the office it states is one held before."""
        return is_true(self.qualifiers.get("former", ""))

    @property
    def planned(self) -> bool:
        """Whether it states what is announced, not done."""
        return self.qualifiers.get("modality") == PLANNED


@dataclass(frozen=True, slots=True)
class ResolvedArticle:
    """An article with its entities and statements resolved as far as the article itself allows."""

    iri: str
    digest: str
    date: PartialDate | None
    record: ArticleFacts
    entities: tuple[LocalEntity, ...]
    statements: tuple[Statement, ...]


def is_true(value: str) -> bool:
    """Return whether a boolean qualifier says yes."""
    return value.lower() in ("true", "1")


def record_digest(record: ArticleFacts) -> str:
    """Return the SHA-256 of what the record says, wherever its file lies."""
    portable = msgspec.structs.replace(record, article=msgspec.structs.replace(record.article, path=None))
    return hashlib.sha256(encode(portable)).hexdigest()


def resolve(record: ArticleFacts) -> ResolvedArticle:
    """Return the article with IRIs for everything in it.

    Raises FactsError naming the article and the entity or fact that does not keep the contract: an
    unknown relation or qualifier, a type outside domain or range, an object that is no entity, no date.
    """
    iri = iris.article(record.article.id)
    check_record(record)
    date = read_date(record.article.date) if record.article.date else None
    owns = _own_iris(record, iri, date)
    register = read_places()
    return ResolvedArticle(
        iri,
        record_digest(record),
        date,
        record,
        tuple(_local(entity, iri, *owns[entity.id], register) for entity in record.entities),
        tuple(_statement(fact, number, iri, date) for number, fact in enumerate(record.facts)),
    )


def _local(entity: Entity, article: str, own: str, label: str, register: PlaceRegister) -> LocalEntity:
    attributes = entity.attributes
    code = attributes.get("place") if entity.type == "Institution" else attributes.get("code")
    return LocalEntity(
        iri=iris.local_entity(article, entity.id),
        type=entity.type,
        name=entity.name,
        own=own,
        label=label,
        aliases=tuple(dict.fromkeys(a for a in entity.aliases if a and a != entity.name)),
        mentions=tuple(sorted({(start, end) for start, end in entity.mentions})),
        code=code if isinstance(code, str) and register.get(code) is not None else None,
        public=attributes.get("public") is not False,
        level=_text(attributes.get("level")),
        kind=_text(attributes.get("kind")),
        candidates=_texts(attributes.get("candidates")),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def _statement(fact: Fact, number: int, article: str, date: PartialDate | None) -> Statement:
    dated = _is_dated(fact.relation)
    return Statement(
        iri=iris.statement(article, number),
        article=article,
        subject=iris.local_entity(article, fact.subject),
        relation=fact.relation,
        object=None if dated else iris.local_entity(article, fact.object),
        date=read_date(fact.object) if dated else None,
        qualifiers=fact.qualifiers,
        attested=date.earliest if date else None,
    )


def _is_dated(relation: str) -> bool:
    return "Date" in RELATIONS[relation].range


# The IRI and label of every entity of an article by its own evidence.


def _own_iris(record: ArticleFacts, article: str, date: PartialDate | None) -> dict[str, tuple[str, str]]:
    register = read_places()
    owns: dict[str, tuple[str, str]] = {}
    for entity in record.entities:
        if entity.type == "Place":
            owns[entity.id] = _place(entity, register)
        elif entity.type == "Event":
            owns[entity.id] = _event(entity, record.facts, article, date)
        elif entity.type != "Person":
            owns[entity.id] = _named(entity, article)
    for entity in record.entities:
        if entity.type == "Person":
            owns[entity.id] = _person(entity, record.facts, article, owns)
    return owns


def _named(entity: Entity, article: str) -> tuple[str, str]:
    name = canonical_name(entity.type, entity.name)
    if entity.type == "Institution" and entity.attributes.get("candidates") == []:
        return iris.entity("Institution", f"{name}@{_digest(iris.local_entity(article, entity.id))}"), name
    return iris.entity(entity.type, name), name


def _place(entity: Entity, register: PlaceRegister) -> tuple[str, str]:
    code = entity.attributes.get("code")
    place = register.get(code) if isinstance(code, str) else None
    if place is not None:
        return place_iri(place.code, place.name), place.name
    name = canonical_name("Place", entity.name)
    return iris.entity("Place", name), name


def place_iri(code: str, name: str) -> str:
    """Return the canonical IRI of a place of the register."""
    return iris.entity("Place", f"{code}-{name}")


def _event(entity: Entity, facts: Iterable[Fact], article: str, date: PartialDate | None) -> tuple[str, str]:
    name = _event_name(canonical_name("Event", entity.name))
    stated = sorted(f.object for f in facts if f.subject == entity.id and _is_dated(f.relation))
    when = stated[0] if stated else date.text if date else None
    if when is None:
        return iris.entity("Event", f"{name}@{_digest(iris.local_entity(article, entity.id))}"), name
    if len(name) >= _SHORT_EVENT_NAME:
        when = when[:4]
    return iris.entity("Event", f"{name}@{when}"), name


def _event_name(name: str) -> str:
    """Return the name without what other articles leave out: the year before it and what 暨 adds to it."""
    without_year = _YEAR.sub("", name)
    first = without_year.partition("暨")[0]
    return first if len(first) >= _SHORT_EVENT_NAME else without_year or name


def _person(
    entity: Entity, facts: Iterable[Fact], article: str, owns: Mapping[str, tuple[str, str]]
) -> tuple[str, str]:
    present: set[str] = set()
    former: set[str] = set()
    for fact in facts:
        if fact.subject == entity.id and fact.relation == POST_RELATION and not _is_planned(fact):
            holders = former if is_true(fact.qualifiers.get("former", "")) else present
            holders.add(owns[fact.object][0])
    own = person_iri(entity.name, iris.local_entity(article, entity.id), present or former)
    return own, fold(entity.name)


def person_iri(name: str, local_iri: str, holders: Iterable[str]) -> str:
    """Return the IRI a local person has by itself.

    `holders` are the IRIs of the institutions and places where it holds office, or if none where it held one.
    """
    first = min(holders, default=None)
    if first is None:
        return iris.entity("Person", f"{fold(name)}@{_digest(local_iri)}")
    return f"{iris.entity('Person', fold(name))}@{first.removeprefix(DATA).split('/', 1)[1]}"


def _is_planned(fact: Fact) -> bool:
    return fact.qualifiers.get("modality") == PLANNED


def _digest(local_iri: str) -> str:
    return hashlib.sha256(local_iri.encode()).hexdigest()[:_DIGEST_LENGTH]
