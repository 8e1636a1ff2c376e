"""Persons of one name: what speaks for their being one, and against.

Weights are in points; 2 and more decide for one, −2 and less for two. They were set on the tuning half of
data/reconciliation.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from kg.identity.decisions import Comparison, Reason
from kg.identity.descriptions import split_description
from kg.identity.evidence import Office
from kg.identity.keys import parts
from kg.identity.profiles import CHINA, Profile, days_between
from kg.identity.rarity import commonness, foreign_commonness

POSITIVE, NEGATIVE = 2.0, -2.0

SAME_POST = 5.0
SAME_INSTITUTION = 4.0
SUCCEEDING_INSTITUTION = 3.0
SAME_PLACE = 3.0
SAME_PROVINCE = 1.0
SAME_DESCRIPTION = 3.0
SAME_CAREER = 0.7
SAME_CLOSE_CAREER = 1.5
SAME_NATION = 1.5
BOTH_HIGH = 1.5
SHARED_EVENT = 3.0
SHARED_PERSON, SHARED_PERSONS_MOST = 0.7, 3.0
SHARED_ORGAN, SHARED_ORGANS_MOST = 0.7, 2.0
OFFICE_BESIDE = 2.0
NEAR_DAYS, NEAR = 10, 1.0
FAME = 0.8

SAME_ARTICLE = -20.0
TWO_NATIONS = -5.0
TWO_CAREERS = -2.0
FAR_CAREERS = -4.0
TWO_PLACES = -6.0
AT_ONCE_DAYS = 300

NAME_BASE, NAME_SLOPE = 3.4, 1.2
NAME_LEAST, NAME_MOST = -1.0, 3.5

_PUBLIC = frozenset(("state", "academic", "business", "social", "mass", "military", "media"))
_PRIVATE = frozenset(("sport", "arts", "folk", "village", "crime", "medicine", "space"))
_CENTRAL = frozenset(("国务院", "党中央", "中央政治局", "中央军委", "全国政协", "全国人大", "全国人大常委会"))
_TELLING_NAME = 0.5


def compare_persons(one: Profile, other: Profile) -> Comparison:
    """Return what speaks for two persons of one name being the same, and against."""
    name = parts(one.key).name
    return Comparison(tuple(sorted(_reasons(one, other, name), key=lambda r: (-abs(r.weight), r.name))))


def _reasons(one: Profile, other: Profile, name: str) -> Iterator[Reason]:
    if not one.articles.isdisjoint(other.articles):
        yield Reason("same-article", SAME_ARTICLE)
        return
    foreign = bool((one.nations | other.nations) - {CHINA})
    yield Reason("name", name_weight(name, foreign=foreign), name)
    yield from _by_office(one, other)
    yield from _by_calling(one, other)
    yield from _by_company(one, other, name)
    day = one.days[0] if one.days else None
    nearest = other.nearest(day) if day and len(one.mentions) == 1 else None
    if nearest is not None and nearest <= NEAR_DAYS:
        yield Reason("near-in-time", NEAR, f"{nearest}")
    most = max(len(one.mentions), len(other.mentions))
    if most > 2 and not (one.offices and other.offices):
        yield Reason("much-named", round(FAME * math.log10(most), 1), f"{most}")


def compare_by_name(one: Profile, other: Profile) -> Comparison | None:
    """Return the comparison of somebody of whom nothing is said with others, if the name is all it takes.

    Nothing but a common article can speak against then.
    """
    name = parts(one.key).name
    weight = name_weight(name, foreign=bool(other.nations - {CHINA}))
    if weight < POSITIVE or one.is_told or not one.articles.isdisjoint(other.articles):
        return None
    return Comparison((Reason("name", weight, name),))


def name_weight(name: str, *, foreign: bool = False) -> float:
    """Return what a shared name says by itself: much if it is rare, the contrary if many have it."""
    common = max(commonness(name), foreign_commonness(name)) if foreign else commonness(name)
    weight = NAME_BASE - NAME_SLOPE * common
    return round(min(NAME_MOST, max(NAME_LEAST, weight)), 1)


def _by_office(one: Profile, other: Profile) -> Iterator[Reason]:
    posts = {(o.holder, o.title) for o in one.offices} & {(o.holder, o.title) for o in other.offices}
    holders = one.holders & other.holders
    if posts:
        holder, title = min(posts)
        yield Reason("same-post", SAME_POST, parts(holder).name + title)
    elif holders:
        yield Reason("same-institution", SAME_INSTITUTION, parts(min(holders)).name)
    elif (pair := _succeeding(one, other)) is not None:
        yield Reason("succeeding-institution", SUCCEEDING_INSTITUTION, pair)
    elif one.areas & other.areas:
        yield Reason("same-place", SAME_PLACE, min(one.areas & other.areas))
    elif one.provinces & other.provinces:
        yield Reason("same-province", SAME_PROVINCE, min(one.provinces & other.provinces))
    if one.is_high and other.is_high:
        yield Reason("both-of-high-rank", BOTH_HIGH)
    if not holders and (places := _at_once(one, other)) is not None:
        yield Reason("two-places-at-once", TWO_PLACES, places)


def _succeeding(one: Profile, other: Profile) -> str | None:
    for former, later in ((one, other), (other, one)):
        for name, successor in former.successions:
            if successor in later.holder_names:
                return f"{name} {successor}"
    return None


def _at_once(one: Profile, other: Profile) -> str | None:
    """Two divisions, neither in the other, where both hold office at one time."""
    for first, days in one.offices.items():
        for second, others in other.offices.items():
            if _apart(first, second) and _overlap(days, others):
                return f"{first.code} {second.code}"
    return None


def _apart(one: Office, other: Office) -> bool:
    if one.former or other.former or not one.code or not other.code:
        return False
    codes = sorted((one.code.rstrip("0"), other.code.rstrip("0")), key=len)
    return not codes[1].startswith(codes[0])


def _overlap(days: tuple[str, str], others: tuple[str, str]) -> bool:
    if not days[0] or not others[0]:
        return False
    if days[0] <= others[1] and others[0] <= days[1]:
        return True
    gap = min(days_between(days[0], others[1]), days_between(others[0], days[1]))
    return gap < AT_ONCE_DAYS


def _by_calling(one: Profile, other: Profile) -> Iterator[Reason]:
    if one.nations and other.nations and one.nations.isdisjoint(other.nations):
        yield Reason("two-nations", TWO_NATIONS, f"{min(one.nations)} {min(other.nations)}")
    elif foreign := sorted((one.nations & other.nations) - {CHINA}):
        yield Reason("same-nation", SAME_NATION, foreign[0])
    shared = sorted(d for d in one.descriptions & other.descriptions if split_description(d)[2] != "generic")
    if shared:
        yield Reason("same-description", SAME_DESCRIPTION, shared[0])
    elif one.careers and other.careers:
        both = one.careers & other.careers
        if both:
            close = bool(both & _PRIVATE)
            yield Reason("same-career", SAME_CLOSE_CAREER if close else SAME_CAREER, min(both))
        else:
            far = bool(one.careers & _PRIVATE or other.careers & _PRIVATE)
            weight = FAR_CAREERS if far else TWO_CAREERS
            yield Reason("two-careers", weight, f"{min(one.careers)} {min(other.careers)}")


def _by_company(one: Profile, other: Profile, name: str) -> Iterator[Reason]:
    if len(one.company) > len(other.company):
        one, other = other, one
    shared = [
        key
        for key, count in one.company.items()
        if count >= one.often and other.company.get(key, 0) >= other.often
    ]
    persons, organs, events = [], [], []
    for key in shared:
        found = parts(key)
        if found.type == "person" and found.name != name and commonness(found.name) < _TELLING_NAME:
            persons.append(found.name)
        elif found.type == "event":
            events.append(found.name)
        elif found.type in ("institution", "place") and found.name not in _CENTRAL:
            organs.append(found.name)
    if events:
        yield Reason("shared-event", SHARED_EVENT, min(events))
    if persons:
        weight = min(SHARED_PERSONS_MOST, SHARED_PERSON * len(persons))
        yield Reason("shared-persons", round(weight, 1), "、".join(sorted(persons)[:3]))
    beside = (one.holders & other.company.keys()) | (other.holders & one.company.keys())
    telling = sorted(h for h in beside if parts(h).name not in _CENTRAL)
    if telling and one.holders.isdisjoint(other.holders):
        yield Reason("office-beside", OFFICE_BESIDE, parts(telling[0]).name)
    if organs:
        weight = min(SHARED_ORGANS_MOST, SHARED_ORGAN * len(organs))
        yield Reason("shared-company", round(weight, 1), "、".join(sorted(organs)[:3]))
