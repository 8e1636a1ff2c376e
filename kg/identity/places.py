"""Places as identity sees them: divisions by their last code, localities by where they lie."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from extract.language.places import Place, read_places
from extract.records import Entity
from kg import iris
from kg.identity.surroundings import Surroundings, is_named
from kg.names import canonical_name

_DIGEST_LENGTH = 8
_DIGEST = re.compile(f"[0-9a-f]{{{_DIGEST_LENGTH}}}")


def place_iri(code: str, name: str) -> str:
    """Return the canonical IRI of a place of the register."""
    return iris.entity("Place", f"{code}-{name}")


@lru_cache(maxsize=8192)
def last_of(code: str) -> Place | None:
    """Return the place of the code, or the one that took its place under the same name.

    >>> last_of("542334").code
    '540233'
    """
    register = read_places()
    place = register.get(code)
    while place is not None and place.successor and place.successor != place.code:
        later = register.get(place.successor)
        if later is None or later.name != place.name:
            break
        place = later
    return place


@lru_cache(maxsize=8192)
def present_code(code: str) -> str:
    """Return the code of what stands there today, also under another name."""
    register = read_places()
    place, seen = register.get(code), {code}
    while place is not None and place.successor and place.successor not in seen:
        seen.add(place.successor)
        place = register.get(place.successor)
    return place.code if place is not None else code


@lru_cache(maxsize=8192)
def namesakes(name: str) -> tuple[Place, ...]:
    """Return the divisions that have the full name, or if none has it now, those that had it; each once."""
    found = {}
    for place in read_places().forms().get(name, ()):
        if place.name == name and (last := last_of(place.code)) is not None:
            found[last.code] = last
    every = tuple(found[code] for code in sorted(found))
    return tuple(place for place in every if place.current) or every


def place_key(entity: Entity, around: Surroundings, local_iri: str) -> str:
    """Return the key of a place by what its own article says."""
    name = canonical_name("Place", entity.name)
    given = entity.attributes.get("code")
    code = given if isinstance(given, str) and read_places().get(given) is not None else None
    if code is not None and is_named(code, name):
        place = last_of(code)
        assert place is not None
        return place_iri(place.code, place.name)
    known = namesakes(name)
    if code is None and len(known) == 1:
        return place_iri(known[0].code, known[0].name)
    if code is None and known:
        return iris.entity("Place", f"{name}@{digest(local_iri)}")
    within = code or _said_to_lie_in(entity, name, around)
    return iris.entity("Place", f"{name}@{within}" if within else name)


def _said_to_lie_in(entity: Entity, name: str, around: Surroundings) -> str | None:
    """The division a locality without code lies in: as the article says of its namesake, or just before it,
    or the only one of the article's that has a township of the name."""
    said = {
        code
        for other in around.record.entities
        if other.type == "Place"
        and other.name == entity.name
        and isinstance(code := other.attributes.get("code"), str)
        and read_places().get(code) is not None
    }
    if len(said) == 1:
        return said.pop()
    before = around.before(entity)
    if before is not None:
        return before
    register = read_places()
    fitting = {
        county
        for county in register.townships(name)
        if any(register.within(county, code) for code in around.divisions)
    }
    return fitting.pop() if len(fitting) == 1 else None


def digest(local_iri: str) -> str:
    """Return the few characters that stand for an entity which nothing else tells apart."""
    return hashlib.sha256(local_iri.encode()).hexdigest()[:_DIGEST_LENGTH]


def is_digest(mark: str) -> bool:
    """Return whether the mark of a key is such a digest."""
    return _DIGEST.fullmatch(mark) is not None
