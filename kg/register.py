"""The place register as RDF, and the area that an institution's name puts it in.

Register places stand in `…/graph/register`, only those the store uses and what contains them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from extract.language.places import Place, PlaceRegister, read_places
from kg.identity.places import last_of, place_iri
from kg.iris import REGISTER
from kg.labels import label_terms
from kg.terms import date_literal
from kg.vocabulary import GOV, RDF, SCHEMA, SKOS

_LONGEST_NAME = 16


def iri_of(place: Place) -> str:
    """Return the canonical IRI of a place of the register: its last code under one name, and latest name."""
    latest = last_of(place.code) or place
    return place_iri(latest.code, latest.name)


def is_below_province(code: str | None) -> bool:
    """Return whether the code is that of a prefecture, county or functional district."""
    place = read_places().get(code) if code else None
    return place is not None and place.level != "province"


def area(code: str | None, name: str) -> Place | None:
    """Return the place an institution belongs to: of the code if there is one, else by its name.

    >>> area(None, "酒泉市肃州区委政法委").name
    '肃州区'
    """
    register = read_places()
    if code is not None:
        return register.get(code)
    return _area_by_name(name)


@lru_cache(maxsize=65536)
def _area_by_name(name: str) -> Place | None:
    """Follow the place names a name opens with, each within the one before; None if one is ambiguous."""
    register = read_places()
    found: Place | None = None
    rest = name
    while (step := _leading_place(register, rest, found)) is not None:
        found = step
        rest = rest[len(step.name) :]
    return found


def _leading_place(register: PlaceRegister, text: str, within: Place | None) -> Place | None:
    for length in range(min(len(text), _LONGEST_NAME), 1, -1):
        named = [place for place in register.named(text[:length]) if place.name == text[:length]]
        if within is not None:
            named = [place for place in named if register.within(place.code, within.code)]
        if len({place.code for place in named}) == 1:
            return named[0]
        if named:
            return None
    return None


def place_quads(place: Place) -> Iterator[Quad]:
    """Yield what the register says of the place and of everything that contains it."""
    register = read_places()
    latest = last_of(place.code) or place
    for each in (latest, *register.parents(latest.code)):
        yield from _quads(each.code)


@lru_cache(maxsize=8192)
def _quads(code: str) -> tuple[Quad, ...]:
    register = read_places()
    place = last_of(code)
    if place is None:
        return ()
    subject = NamedNode(iri_of(place))
    pairs: list[tuple[NamedNode, NamedNode | Literal]] = [(RDF.type, GOV.Place)]
    pairs += [(term, value) for term, value in label_terms(place.name, place.short_forms)]
    pairs += [(SKOS.notation, Literal(place.code)), (GOV.level, Literal(place.level))]
    for parent in register.parents(place.code)[:1]:
        pairs.append((SCHEMA.containedInPlace, NamedNode(iri_of(parent))))
    for term, date in ((GOV.validFrom, place.valid_from), (GOV.validUntil, place.valid_to)):
        if date is not None:
            pairs.append((term, date_literal(date)))
    successor = register.get(place.successor) if place.successor else None
    if successor is not None and iri_of(successor) != subject.value:
        pairs.append((GOV.successor, NamedNode(iri_of(successor))))
    return tuple(Quad(subject, predicate, value, REGISTER) for predicate, value in pairs)
