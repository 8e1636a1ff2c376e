"""Which local persons are one: the rules of version 1, applied to all persons of one name at once.

1. Persons with an office are one if they share an institution of office, or a place of office below the
   province (the place of the office, or that of its institution).
2. A person without an office joins the only such group whose institutions or places its article mentions;
   if none or several fit, or if another person of that name stands in the same article, it stays apart.
3. Those left are one if they took part in, or stand beside, the same event.

The IRI of a group is the one that sorts first among the IRIs its members have by themselves, those by
office before those by digest. So it is a function of the members, whatever the order of input, and every
IRI the group can have had before is one of its members' own: those lead to it by dcterms:isReplacedBy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.resolve import LocalEntity


@dataclass(frozen=True, slots=True)
class PersonEvidence:
    """A local person and what can tell whether it is another of the same name.

    `offices` are IRIs of institutions and places where it holds or held office; `company` are
    IRIs of the institutions, places and events of its article, kept only where there is no office.
    """

    local: LocalEntity
    article: str
    offices: frozenset[str]
    company: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a local entity is taken for: canonical IRI, and whether it acts in public."""

    iri: str
    public: bool = True


def identify(persons: Iterable[PersonEvidence]) -> dict[str, Identity]:
    """Return who each local person is, by local IRI; all must have the same name."""
    ordered = sorted(persons, key=lambda person: person.local.iri)
    groups = _Groups(len(ordered))
    officials = [n for n, person in enumerate(ordered) if person.offices]
    _join_sharing(groups, officials, {n: ordered[n].offices for n in officials})
    left = _join_by_company(groups, ordered, officials)
    _join_sharing(groups, left, {n: ordered[n].events for n in left})
    return _identities(groups, ordered)


def _join_sharing(groups: _Groups, numbers: Iterable[int], features: Mapping[int, frozenset[str]]) -> None:
    first: dict[str, int] = {}
    for number in numbers:
        for feature in features[number]:
            groups.join(first.setdefault(feature, number), number)


def _join_by_company(groups: _Groups, ordered: list[PersonEvidence], officials: list[int]) -> list[int]:
    """Join those without office to the one group they fit; return the numbers of those left."""
    of_feature: dict[str, set[int]] = {}
    for number in officials:
        for feature in ordered[number].offices:
            of_feature.setdefault(feature, set()).add(groups.root(number))
    in_article: dict[str, int] = {}
    for person in ordered:
        in_article[person.article] = in_article.get(person.article, 0) + 1
    left = []
    for number, person in enumerate(ordered):
        if person.offices:
            continue
        fitting = {root for feature in person.company & of_feature.keys() for root in of_feature[feature]}
        if len(fitting) == 1 and in_article[person.article] == 1:
            groups.join(fitting.pop(), number)
        else:
            left.append(number)
    return left


def _identities(groups: _Groups, ordered: list[PersonEvidence]) -> dict[str, Identity]:
    members: dict[int, list[PersonEvidence]] = {}
    for number, person in enumerate(ordered):
        members.setdefault(groups.root(number), []).append(person)
    identities: dict[str, Identity] = {}
    for group in members.values():
        iri = min((not person.offices, person.local.own) for person in group)[1]
        identity = Identity(iri, any(person.local.public for person in group))
        identities.update((person.local.iri, identity) for person in group)
    return identities


class _Groups:
    """Disjoint sets of numbers below `size`."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        roots = sorted((self.root(one), self.root(other)))
        self._parent[roots[1]] = roots[0]
