"""Resolve: from what an article gives to entities with the key each has by its own evidence.

The rules for keys are documented in kg/identity/__init__.py, where it is then decided which keys are one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from extract.language.places import PlaceRegister, read_places
from extract.records import ArticleFacts, Entity, Fact, Span, encode
from kg import iris
from kg.dates import PartialDate, read_date
from kg.identity.descriptions import description_of, split_description
from kg.identity.keys import PLANNED, POST_RELATION, is_dated, is_true, keys_of, label_of
from kg.record_checks import check_record

__all__ = ["PLANNED", "POST_RELATION", "LocalEntity", "ResolvedArticle", "Statement", "is_true", "resolve"]


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """An entity as one article gives it, and the key and label it has by that article alone."""

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
    description: str | None = None
    """What stands beside a person's name where no office of ours is found: 德国总统."""


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
    keys = keys_of(record, iri, date)
    register = read_places()
    officials = {fact.subject for fact in record.facts if fact.relation == POST_RELATION}
    return ResolvedArticle(
        iri,
        record_digest(record),
        date,
        record,
        tuple(
            _local(entity, iri, keys[entity.id], register, _description(entity, record, officials))
            for entity in record.entities
        ),
        tuple(_statement(fact, number, iri, date) for number, fact in enumerate(record.facts)),
    )


def _description(entity: Entity, record: ArticleFacts, officials: set[str]) -> str | None:
    """What stands beside a person's name; beside an office only if it is one of another country."""
    found = description_of(entity, record) if entity.type == "Person" else None
    if found is not None and entity.id in officials and not split_description(found)[0]:
        return None
    return found


def _local(
    entity: Entity, article: str, own: str, register: PlaceRegister, description: str | None
) -> LocalEntity:
    attributes = entity.attributes
    code = attributes.get("place") if entity.type == "Institution" else attributes.get("code")
    return LocalEntity(
        iri=iris.local_entity(article, entity.id),
        type=entity.type,
        name=entity.name,
        own=own,
        label=label_of(own),
        aliases=tuple(dict.fromkeys(a for a in entity.aliases if a and a != entity.name)),
        mentions=tuple(sorted({(start, end) for start, end in entity.mentions})),
        code=code if isinstance(code, str) and register.get(code) is not None else None,
        public=attributes.get("public") is not False,
        level=_text(attributes.get("level")),
        kind=_text(attributes.get("kind")),
        description=description,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _statement(fact: Fact, number: int, article: str, date: PartialDate | None) -> Statement:
    dated = is_dated(fact.relation)
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
