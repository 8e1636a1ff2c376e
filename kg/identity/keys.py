"""Keys: the IRI that every entity has by its own article, as kg/identity/__init__.py documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from extract.records import ArticleFacts, Entity, Fact
from kg import iris
from kg.dates import PartialDate
from kg.identity.institutions import institution_key
from kg.identity.places import digest, place_key
from kg.identity.surroundings import Surroundings
from kg.names import canonical_name, fold
from kg.vocabulary import DATA, RELATIONS

POST_RELATION = "holdsPost"
"""The relation that leads to an office: person to institution or place, with a `title`."""

PLANNED = "planned"
"""The modality of what is announced and not yet done: stated, never a direct triple."""

_SHORT_EVENT_NAME = 8
_YEAR = re.compile(r"^(?:19|20)\d\d年?度?")
_CODED = re.compile(r"(\d{6}|[0-9A-Z]{6,12})-(.+)")


@dataclass(frozen=True, slots=True)
class KeyParts:
    """What a key says: type as in its IRI, name, and what tells it from its namesakes ("" if nothing)."""

    type: str
    name: str
    mark: str


def keys_of(record: ArticleFacts, article: str, date: PartialDate | None) -> dict[str, str]:
    """Return the key of every entity of an article, by its id."""
    around = Surroundings(record)
    keys: dict[str, str] = {}
    for entity in record.entities:
        local = iris.local_entity(article, entity.id)
        if entity.type == "Place":
            keys[entity.id] = place_key(entity, around, local)
        elif entity.type == "Institution":
            keys[entity.id] = institution_key(entity, around, local)
        elif entity.type == "Event":
            keys[entity.id] = _event(entity, record.facts, local, date)
        elif entity.type != "Person":
            name = canonical_name(entity.type, entity.name)
            keys[entity.id] = iris.entity(entity.type, name)
    for entity in record.entities:
        if entity.type == "Person":
            keys[entity.id] = _person(entity, record.facts, article, keys)
    return keys


def _event(entity: Entity, facts: Iterable[Fact], local: str, date: PartialDate | None) -> str:
    name = _event_name(canonical_name("Event", entity.name))
    stated = sorted(f.object for f in facts if f.subject == entity.id and is_dated(f.relation))
    when = stated[0] if stated else date.text if date else None
    if when is None:
        return iris.entity("Event", f"{name}@{digest(local)}")
    if len(name) >= _SHORT_EVENT_NAME:
        when = when[:4]
    return iris.entity("Event", f"{name}@{when}")


def _event_name(name: str) -> str:
    """Return the name without what other articles leave out: the year before it and what 暨 adds to it."""
    without_year = _YEAR.sub("", name)
    first = without_year.partition("暨")[0]
    return first if len(first) >= _SHORT_EVENT_NAME else without_year or name


def _person(entity: Entity, facts: Iterable[Fact], article: str, keys: Mapping[str, str]) -> str:
    present: set[str] = set()
    former: set[str] = set()
    for fact in facts:
        if fact.subject == entity.id and fact.relation == POST_RELATION and not is_planned(fact):
            holders = former if is_true(fact.qualifiers.get("former", "")) else present
            holders.add(keys[fact.object])
    name = fold(entity.name)
    first = min(present or former, default=None)
    if first is None:
        mark = digest(iris.local_entity(article, entity.id))
        return iris.entity("Person", f"{name}@{mark}")
    return f"{iris.entity('Person', name)}@{first.removeprefix(DATA).split('/', 1)[1]}"


def is_dated(relation: str) -> bool:
    """Return whether the relation leads to a date."""
    return "Date" in RELATIONS[relation].range


def is_planned(fact: Fact) -> bool:
    """Return whether the fact is announced, not done."""
    return fact.qualifiers.get("modality") == PLANNED


def is_true(value: str) -> bool:
    """Return whether a boolean qualifier says yes."""
    return value.lower() in ("true", "1")


@lru_cache(maxsize=262144)
def parts(key: str) -> KeyParts:
    """Return what a key says.

    >>> parts("https://w3id.org/governance-kg/place/620900-酒泉市")
    KeyParts(type='place', name='酒泉市', mark='620900')
    """
    kind, _, tail = key.removeprefix(DATA).partition("/")
    tail = unquote(tail)
    if kind == "place" and (coded := _CODED.fullmatch(tail)) is not None:
        return KeyParts(kind, coded[2], coded[1])
    if kind in ("practice", "document", "honour"):
        return KeyParts(kind, tail, "")
    name, _, mark = tail.partition("@")
    return KeyParts(kind, name, mark)


def is_division(key: str) -> bool:
    """Return whether the key is that of a division of the register."""
    return key.startswith(f"{DATA}place/") and _CODED.fullmatch(key.removeprefix(f"{DATA}place/")) is not None


def label_of(key: str) -> str:
    """Return the label of what has the key."""
    return parts(key).name
