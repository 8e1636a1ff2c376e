"""Offices over time: the spells of a person, or of those who served in an institution or place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.entities.reading import POST, Named, Reading, type_of
from kg.statements import FACTS, SPELL_QUALIFIERS
from kg.vocabulary import GOV, ORG, PROV

_UNDATED = "9999"
_STATED = tuple(name for name in SPELL_QUALIFIERS if name in GOV)


@dataclass(frozen=True, slots=True)
class Office:
    """A spell in office; days are ISO dates, "" where none is known.

    `first` and `last` are the days of the articles that attest it; `gap` is the longest stretch of over a
    year without attestation; `stated` is what an article says of beginning, end and manner.
    """

    iri: str
    person: Named
    post: Named
    holder: Named
    title: str
    is_former: bool
    first: str
    last: str
    gap: tuple[str, str] | None
    stated: tuple[tuple[str, str], ...]
    statements: int


def offices_of(reading: Reading, iri: str) -> list[Office]:
    """Return the spells of a person, of those in a post, or of those in an institution's or place's posts.

    In order of first attestation, undated ones last.
    """
    kind = type_of(iri)
    if kind == "Person":
        spells: Iterable[str] = reading.subjects(ORG.member, NamedNode(iri))
    elif kind == POST:
        spells = reading.subjects(GOV.post, NamedNode(iri))
    else:
        spells = (
            spell for post in posts_of(reading, iri) for spell in reading.subjects(GOV.post, NamedNode(post))
        )
    offices = [office(reading, spell) for spell in sorted(set(spells))]
    return sorted(offices, key=lambda o: (o.first or _UNDATED, o.last, o.post.label, o.person.label, o.iri))


def posts_of(reading: Reading, holder: str) -> Iterator[str]:
    """Yield the posts in an institution or place."""
    for predicate in (ORG.postIn, GOV.jurisdiction):
        for iri in reading.subjects(predicate, NamedNode(holder)):
            if type_of(iri) == POST:
                yield iri


def office(reading: Reading, iri: str) -> Office:
    """Return the spell of that IRI."""
    node = NamedNode(iri)
    said = {predicate: min(values) for predicate, values in reading.described(node, FACTS).items()}
    post = said.get(GOV.post, "")
    place = NamedNode(post)
    holder = reading.one(place, ORG.postIn) or reading.one(place, GOV.jurisdiction)
    gap = (said.get(GOV.gapFrom, ""), said.get(GOV.gapUntil, ""))
    return Office(
        iri=iri,
        person=reading.named(said.get(ORG.member, "")),
        post=reading.named(post),
        holder=reading.named(holder),
        title=reading.one(place, GOV.title),
        is_former=said.get(GOV.former) == "true",
        first=said.get(GOV.firstAttested, ""),
        last=said.get(GOV.lastAttested, ""),
        gap=gap if all(gap) else None,
        stated=tuple((name, said[GOV[name]]) for name in _STATED if GOV[name] in said),
        statements=sum(1 for _ in reading.objects(node, PROV.wasDerivedFrom)),
    )
