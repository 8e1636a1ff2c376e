"""Paths: how a practice may have come from one place to a later one, with the evidence.

A path leads from a place that had a practice to one that is first reported to have it on a later
day; from its origin to any other place. What may have carried it is one of these channels:

- official: one person holds or held office in both places;
- event: people, institutions or the places themselves took part in the same event from both;
- neighbours: one place lies in the other, both lie in the same place, or their provinces border.

A path is plausible, not proven: it says that a way was open. `open_before` tells whether all its
evidence is dated no later than the day of the adoption: True, False, or None where a date is
missing. Neighbours are from the register and need no evidence. Places count exactly: an office in a
county is none in its province.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Literal

from kg.measures.adoption import Adoption, by_practice
from kg.network_facts import Stated
from kg.projection import ViewFacts
from kg.resolve import POST_RELATION
from kg.vocabulary import RELATIONS
from kg.whereabouts import Whereabouts

Channel = Literal["official", "event", "neighbours"]
_CHANNELS: tuple[Channel, ...] = ("official", "event", "neighbours")
_TAKING_PART = frozenset(name for name, relation in RELATIONS.items() if "Event" in relation.range)
_HELD_IN = "heldIn"


@dataclass(frozen=True)
class Path:
    """A way by which a practice may have come; `through` is the label of the person, event or area.

    `days` lie between the two adoptions, None where one is undated. `statements` are the evidence.
    """

    practice_label: str
    source: Adoption
    target: Adoption
    days: int | None
    channel: Channel
    through: str
    open_before: bool | None
    statements: tuple[str, ...]


@dataclass(frozen=True)
class _Contact:
    """What ties places: a person or an event, with the statements that tie it to each place."""

    channel: Channel
    label: str
    ties: Mapping[str, tuple[tuple[str, Stated], ...]]
    """By place: who stands for it, and the statement."""


def paths(facts: ViewFacts, adopted: Iterable[Adoption]) -> list[Path]:
    """Return the plausible paths of each practice, in the order of the adoptions, likely ones first.

    `facts` are those of any view: offices and events are looked up among all its statements.
    """
    contacts = _by_place([*_officials(facts), *_events(facts)])
    found = []
    for places in by_practice(adopted).values():
        for target in places:
            ways = [
                path
                for source in places
                if _is_earlier(source, target)
                for path in _between(facts, source, target, contacts)
            ]
            found += sorted(ways, key=_likelihood)
    return found


def _is_earlier(source: Adoption, target: Adoption) -> bool:
    if source.place == target.place or target.is_origin:
        return False
    return source.is_origin or bool(source.day and target.day and source.day < target.day)


def _likelihood(path: Path) -> tuple[object, ...]:
    certainty = {True: 0, None: 1, False: 2}[path.open_before]
    days = 10**6 if path.days is None else abs(path.days)
    return certainty, _CHANNELS.index(path.channel), days, path.source.place, path.through


def _between(
    facts: ViewFacts,
    source: Adoption,
    target: Adoption,
    contacts: Mapping[str, Mapping[int, _Contact]],
) -> Iterable[Path]:
    shared = contacts.get(source.place, {}).keys() & contacts.get(target.place, {}).keys()
    days = _days_between(source.day, target.day)
    for number in sorted(shared):
        contact = contacts[source.place][number]
        evidence = _evidence(contact, source.place, target.place, facts)
        if evidence:
            yield Path(
                source.practice_label, source, target, days, contact.channel, contact.label,
                _is_open(facts, evidence, target.day), tuple(stated.iri for stated in evidence),
            )  # fmt: skip
    area = neighbourhood(facts.whereabouts, source.place, target.place)
    if area:
        yield Path(source.practice_label, source, target, days, "neighbours", area, True, ())


def _evidence(contact: _Contact, source: str, target: str, facts: ViewFacts) -> tuple[Stated, ...] | None:
    """Return the earliest statement for each side; an event needs a different participant on each."""

    def when(tie: tuple[str, Stated]) -> tuple[str, str]:
        return _first_day(facts, tie[1]) or "9999-99-99", tie[1].iri

    for who, here in sorted(contact.ties[source], key=when):
        for other, there in sorted(contact.ties[target], key=when):
            if contact.channel == "official" or who != other:
                return (here, there)
    return None


def _first_day(facts: ViewFacts, stated: Stated) -> str:
    return min((start for start, _ in facts.periods[stated.iri] if start), default="")


def _is_open(facts: ViewFacts, evidence: Iterable[Stated], day: str) -> bool | None:
    days = [_first_day(facts, stated) for stated in evidence]
    if not day or not all(days):
        return None
    return max(days) <= day


def _days_between(earlier: str, later: str) -> int | None:
    if not earlier or not later:
        return None
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


# Contacts between places.


def _officials(facts: ViewFacts) -> Iterable[_Contact]:
    held: dict[str, dict[str, list[tuple[str, Stated]]]] = {}
    for stated in facts.statements.values():
        if stated.relation == POST_RELATION:
            for place in facts.whereabouts.standing(stated.object).places:
                held.setdefault(stated.subject, {}).setdefault(place, []).append((stated.subject, stated))
    yield from _contacts(facts, "official", held)


def _events(facts: ViewFacts) -> Iterable[_Contact]:
    part: dict[str, dict[str, list[tuple[str, Stated]]]] = {}
    for stated in facts.statements.values():
        if stated.relation in _TAKING_PART:
            event, other = stated.object, stated.subject
        elif stated.relation == _HELD_IN:
            event, other = stated.subject, stated.object
        else:
            continue
        for place in facts.whereabouts.standing(other).places:
            part.setdefault(event, {}).setdefault(place, []).append((other, stated))
    yield from _contacts(facts, "event", part)


def _contacts(
    facts: ViewFacts, channel: Channel, found: Mapping[str, Mapping[str, list[tuple[str, Stated]]]]
) -> Iterable[_Contact]:
    for iri in sorted(found):
        if len(found[iri]) > 1 and iri in facts.entities:
            ties = {place: tuple(ties) for place, ties in found[iri].items()}
            yield _Contact(channel, facts.entities[iri].label, ties)


def _by_place(contacts: Iterable[_Contact]) -> dict[str, dict[int, _Contact]]:
    found: dict[str, dict[int, _Contact]] = {}
    for number, contact in enumerate(contacts):
        for place in contact.ties:
            found.setdefault(place, {})[number] = contact
    return found


# Neighbours.


def neighbourhood(whereabouts: Whereabouts, one: str, other: str) -> str:
    """Return the label of what makes two places neighbours, "" if nothing we know does.

    That is the one that contains the other, the place that both lie in next, or the two provinces,
    if both places are provinces.
    """
    around_one, around_other = whereabouts.around(one), whereabouts.around(other)
    if one in around_other or other in around_one:
        outer = one if one in around_other else other
        return whereabouts.labels.get(outer, "")
    if len(around_one) > 1 and around_one[1:2] == around_other[1:2]:
        return whereabouts.labels.get(around_one[1], "")
    codes = [whereabouts.register[place].code for place in (one, other) if place in whereabouts.register]
    if len(codes) == 2 and codes[1] in borders().get(codes[0], ()):
        return "、".join(whereabouts.labels.get(place, "") for place in (one, other))
    return ""


@lru_cache(maxsize=1)
def borders() -> Mapping[str, frozenset[str]]:
    """Return the codes of the provinces that each province borders by land."""
    file = resources.files("kg.measures") / "province_borders.tsv"
    lines = file.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {code: frozenset(neighbours.split()) for code, _, neighbours in cells}
