"""Identity: how it was decided which mentions of which articles an entity stands for."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg import iris
from kg.entities.reading import ArticleAbout, Named, Reading
from kg.identity.decisions import Reason
from kg.identity.keys import is_division, parts
from kg.identity.places import is_digest
from kg.vocabulary import DATA, GOV, RDFS

_REASON = re.compile(r"([\w-]+) ([+-]\d+(?:\.\d+)?)(?: (.*))?", re.DOTALL)
_MOST_DECISIONS = 60
_ORDER = {"positive": 0, "unsure": 1, "negative": 2}

BASES = ("code", "name-in-place", "name", "name-and-office", "name-alone", "name-and-date", "alone")
"""What a key can be made of, by which mentions of different articles are one without being compared."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity as one article gives it: what it is called there, and how often."""

    iri: str
    name: str
    article: ArticleAbout
    times: int
    description: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """The mentions that have one key, by their IRIs, and what that key is made of (one of BASES)."""

    key: str
    basis: str
    locals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionRead:
    """A decision of the ledger on a key of the entity and another key.

    `other` is the entity that the other key belongs to now, the same one where the two were joined.
    """

    key: str
    other_key: str
    other: Named
    is_within: bool
    verdict: str
    score: float
    reasons: tuple[Reason, ...]
    decided_by: str
    date: str


@dataclass(frozen=True, slots=True)
class IdentityReading:
    """Keys with their mentions, the key of most mentions first, and decisions, those that joined first.

    `unread` decisions were left out: of a few people there are thousands.
    """

    keys: tuple[KeyGroup, ...]
    decisions: tuple[DecisionRead, ...]
    unread: int


def identity_of(reading: Reading, iri: str) -> IdentityReading:
    """Return how the identity of a canonical entity was decided."""
    by_key: dict[str, list[str]] = {}
    for local in reading.locals_of(iri):
        by_key.setdefault(_key(reading, local, iri), []).append(local)
    ordered = sorted(by_key, key=lambda key: (-len(by_key[key]), key))
    decisions: dict[str, str] = {}
    for key in (iri, *ordered):
        for decision in sorted(reading.subjects(GOV.pair, NamedNode(key), iris.LEDGER)):
            decisions.setdefault(decision, key)
    chosen = list(decisions.items())[:_MOST_DECISIONS]
    read = [_decision(reading, decision, key, iri, by_key) for decision, key in chosen]
    return IdentityReading(
        tuple(KeyGroup(key, basis_of(key), tuple(by_key[key])) for key in ordered),
        tuple(sorted(read, key=_importance)),
        len(decisions) - len(chosen),
    )


def basis_of(key: str) -> str:
    """Return what a key is made of, one of BASES.

    >>> basis_of("https://w3id.org/governance-kg/place/620900-酒泉市")
    'code'
    """
    said = parts(key)
    if is_division(key):
        return "code"
    if is_digest(said.mark):
        return "name-alone" if said.type == "person" else "alone"
    if not said.mark:
        return "name"
    return {"person": "name-and-office", "event": "name-and-date"}.get(said.type, "name-in-place")


def reasons_in(because: str) -> Iterator[Reason]:
    """Yield the reasons that the ledger has as one text, `same-post +4.0 …; name +1.4 …`.

    >>> [str(reason) for reason in reasons_in("same-post +4.0 甲县县长; name +1.4 李云")]
    ['same-post +4.0 甲县县长', 'name +1.4 李云']
    """
    found: list[tuple[str, float, str]] = []
    for part in because.split("; "):
        match = _REASON.fullmatch(part)
        if match is not None:
            found.append((match[1], float(match[2]), match[3] or ""))
        elif found:  # what a curator wrote may hold the mark between reasons
            name, weight, detail = found[-1]
            found[-1] = (name, weight, f"{detail}; {part}")
    for name, weight, detail in found:
        yield Reason(name, weight, detail)


def _key(reading: Reading, local: str, canonical: str) -> str:
    return reading.one(NamedNode(local), GOV.key, iris.IDENTITY) or canonical


def mention(reading: Reading, local: str) -> Mention:
    """Return the entity of that IRI as its article gives it."""
    article = local.partition("#")[0]
    node, graph = NamedNode(local), NamedNode(article)
    return Mention(
        iri=local,
        name=reading.one(node, RDFS.label, graph),
        article=reading.article(article),
        times=len(reading.one(node, GOV.mentions, graph).split()),
        description=reading.one(node, GOV.describedAs, graph),
    )


def _decision(reading: Reading, decision: str, key: str, iri: str, ours: Container[str]) -> DecisionRead:
    node = NamedNode(decision)
    pair = sorted(term.value for term in reading.objects(node, GOV.pair, iris.LEDGER))
    other_key = next((each for each in pair if each != key), key)
    other = iri if other_key in ours or other_key == iri else _entity_of_key(reading, other_key)
    said = {predicate: values[0] for predicate, values in reading.described(node, iris.LEDGER).items()}
    return DecisionRead(
        key=key,
        other_key=other_key,
        other=reading.named(other),
        is_within=other == iri,
        verdict=said.get(GOV.verdict, ""),
        score=float(said.get(GOV.score, 0)),
        reasons=tuple(reasons_in(said.get(GOV.because, ""))),
        decided_by=said.get(GOV.decidedBy, ""),
        date=said.get(GOV.decidedOn, ""),
    )


def _entity_of_key(reading: Reading, key: str) -> str:
    """Return the entity that the mentions of a key belong to now, or the key itself."""
    for local in reading.subjects(GOV.key, NamedNode(key), iris.IDENTITY):
        return reading.refers_to(local) or key
    return key


def _importance(decision: DecisionRead) -> tuple[bool, int, float, str, str]:
    order = _ORDER.get(decision.verdict, len(_ORDER))
    return not decision.is_within, order, -abs(decision.score), decision.key, decision.other_key


def short_key(key: str) -> str:
    """Return a key without what all IRIs of the dataset begin with."""
    return key.removeprefix(DATA)
