"""Namesakes: two people of one name in one article, told apart by where they hold office.

Two mentions are two people where both hold an office of a place now, in their own words, and no place of the
one is, or contains, or lies in a place of the other. A mention without such an office is the one named last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from extract.holders import Holder
from extract.offices import Office
from extract.text import PLACE, Mention

_OF_PLACES = frozenset({"party", "government", "congress", "cppcc", "supervision", "judicial"})
"""The kinds of organs whose offices tie a person to the place."""

Within = Callable[[str, str], bool]


@dataclass(slots=True)
class _Person:
    """One of the people who bear a name: the places of the offices held, and of all that are told of."""

    now: set[str] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)


def part_namesakes(holders: list[Holder], organs: Mapping[int, Mention], within: Within) -> None:
    """Mark the mentions of a second and further bearer of a name, by `core`, as another's.

    `organs` has the organ of each office by the office's id; `within` tells whether one register code lies in
    another.
    """
    bearers: dict[str, list[_Person]] = {}
    last: dict[str, int] = {}
    for holder in holders:
        name = holder.person.name
        people = bearers.setdefault(name, [])
        now, ever = _places(holder, organs)
        number = _same(people, now, ever, within) if now else last.get(name, 0)
        if number == len(people):
            people.append(_Person())
        people[number].now |= now
        people[number].ever |= ever
        last[name] = number
        if number:
            holder.person.core = f"{name}/{number + 1}"


def _same(people: list[_Person], now: set[str], ever: set[str], within: Within) -> int:
    """Return the number of the bearer whose places go with these, or the next number."""
    for number, person in enumerate(people):
        if ever & person.ever or not person.now or not _apart(now, person.now, within):
            return number
    return len(people)


def _apart(ones: set[str], others: set[str], within: Within) -> bool:
    return not any(within(a, b) or within(b, a) for a in ones for b in others)


def _places(holder: Holder, organs: Mapping[int, Mention]) -> tuple[set[str], set[str]]:
    """Return the places of the offices that the words around the name give, and of all offices told of."""
    now: set[str] = set()
    ever: set[str] = set()
    for office in holder.offices:
        code = _place(organs.get(id(office)))
        if code:
            ever.add(code)
            if _stands_beside(office):
                now.add(code)
    return now, ever


def _stands_beside(office: Office) -> bool:
    """Tell whether the office is a present one that is named in full right beside the name."""
    return not office.former and office.told is None and office.organ is not None


def _place(organ: Mention | None) -> str:
    if organ is None or organ.level or not organ.places:
        return ""
    return organ.places[-1] if organ.type == PLACE or organ.kind in _OF_PLACES else ""
