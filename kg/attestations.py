"""Attestations: when articles attest a spell in office or a practice, and which articles do.

    ?x gov:firstAttested, gov:lastAttested ?day ;          # the first day an article's date can mean
       gov:firstAttestedIn, gov:lastAttestedIn ?article ;  # the first of that day
       gov:gapFrom, gov:gapUntil ?day .                    # of spells: the longest gap of over a year

Nothing is said of what was in the gap: no spell is taken to end or to begin where an article does not say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from pyoxigraph import NamedNode, Quad

from kg.affected import Side
from kg.identity.profiles import days_between
from kg.statements import FACTS
from kg.stored import Stored
from kg.terms import day_literal
from kg.vocabulary import GOV

LONG_GAP = 366
"""Days between attestations from which on a gap is shown."""

PREDICATES = (
    GOV.firstAttested,
    GOV.lastAttested,
    GOV.firstAttestedIn,
    GOV.lastAttestedIn,
    GOV.gapFrom,
    GOV.gapUntil,
)

Attestation = tuple[str, str]
"""Day and article."""


def attestation_quads(
    node: NamedNode, found: Iterable[Attestation], *, with_gap: bool = False
) -> Iterator[Quad]:
    """Yield when and by what a thing is attested first and last; nothing without a dated article."""
    known = sorted(set(found))
    if not known:
        return
    first, last = known[0], min(each for each in known if each[0] == known[-1][0])
    yield Quad(node, GOV.firstAttested, day_literal(first[0]), FACTS)
    yield Quad(node, GOV.firstAttestedIn, NamedNode(first[1]), FACTS)
    yield Quad(node, GOV.lastAttested, day_literal(last[0]), FACTS)
    yield Quad(node, GOV.lastAttestedIn, NamedNode(last[1]), FACTS)
    gap = _longest_gap([day for day, _ in known]) if with_gap else None
    if gap is not None:
        yield Quad(node, GOV.gapFrom, day_literal(gap[0]), FACTS)
        yield Quad(node, GOV.gapUntil, day_literal(gap[1]), FACTS)


def _longest_gap(days: list[str]) -> tuple[str, str] | None:
    """The days around the longest stretch of over a year without attestation, the first of several."""
    longest, found = LONG_GAP - 1, None
    for one, other in pairwise(days):
        length = days_between(one, other)
        if length > longest:
            longest, found = length, (one, other)
    return found


def replan_practices(
    stored: Stored,
    before: Side,
    after: Side,
    days: Mapping[str, str | None],
    deletes: set[Quad],
    inserts: set[Quad],
) -> None:
    """Add to `deletes` and `inserts` what changes in the attestation of practices.

    `days` gives the first day that the date of each coming article can mean.
    """
    affected = {entity.iri for entity in before.entities}
    now: dict[str, set[Attestation]] = {}
    for entity in after.entities:
        if entity.type == "Practice":
            attested = now.setdefault(after.identities[entity.iri].iri, set())
            attested.update(_attestation(stored, entity.iri, days))
    practices = {before.identities[e.iri].iri for e in before.entities if e.type == "Practice"} | now.keys()
    for practice in sorted(practices):
        attested = now.get(practice, set())
        for local in stored.locals_of(practice):
            if local not in affected:
                attested.update(_attestation(stored, local, {}))
        node = NamedNode(practice)
        existing = {quad for quad in stored.described(node) if quad.predicate in PREDICATES}
        wanted = set(attestation_quads(node, attested))
        deletes |= existing - wanted
        inserts |= wanted


def _attestation(stored: Stored, local: str, days: Mapping[str, str | None]) -> Iterator[Attestation]:
    article = local.split("#", 1)[0]
    day = days[article] if article in days else stored.day(article)
    if day is not None:
        yield day, article
