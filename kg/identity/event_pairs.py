"""Events whose names share a core: what speaks for their being one, and against.

The core is the name less year, 暨, the place or organ before it, and the difference between 会 and 会议.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extract.language.places import read_places
from kg.identity.decisions import Comparison, Reason
from kg.identity.keys import parts
from kg.identity.opening_places import leading_places
from kg.identity.places import present_code
from kg.identity.profiles import Profile, days_between
from kg.identity.rarity import commonness

POSITIVE, NEGATIVE = 2.0, -2.0

LONG_NAME, SHORT_NAME, BARE_NAME = 1.5, 0.0, -2.0
LONG, BARE = 8, 5
SAME_DAY = 2.5
NEAR_DAYS, NEAR = 3, 1.0
OTHER_DAYS = -5.0
SAME_SITE, OTHER_SITE = 2.0, -4.0
SHARED_PERSON, SHARED_PERSONS_MOST = 0.7, 2.5

_CONFERENCE = "会议"
_TELLING_NAME = 0.5


@lru_cache(maxsize=65536)
def core_of(name: str) -> str:
    """Return the part of an event's name that another article is sure to give.

    >>> core_of("酒泉市市域社会治理推进会议")
    '市域社会治理推进会'
    """
    places, rest = leading_places(name)
    core = rest if places and rest else name
    for level in ("全国", "全省", "全市", "全县", "全区"):
        core = core.removeprefix(level) or core
    return core[:-1] if core.endswith(_CONFERENCE) and len(core) > len(_CONFERENCE) else core


def compare_events(one: Profile, other: Profile) -> Comparison:
    """Return what speaks for two events of one core and year being the same, and against."""
    return Comparison(tuple(sorted(_reasons(one, other), key=lambda r: (-abs(r.weight), r.name))))


def _reasons(one: Profile, other: Profile) -> Iterator[Reason]:
    core = core_of(parts(one.key).name)
    weight = LONG_NAME if len(core) >= LONG else SHORT_NAME if len(core) >= BARE else BARE_NAME
    yield Reason("name", weight, core)
    if parts(one.key).name == parts(other.key).name:
        yield Reason("same-name", 0.5)
    yield from _by_day(one, other)
    yield from _by_site(one, other)
    persons = sorted(
        name
        for key in one.company.keys() & other.company.keys()
        if (found := parts(key)).type == "person" and commonness(name := found.name) < _TELLING_NAME
    )
    if persons:
        weight = min(SHARED_PERSONS_MOST, SHARED_PERSON * len(persons))
        yield Reason("shared-persons", round(weight, 1), "、".join(persons[:3]))


def _by_day(one: Profile, other: Profile) -> Iterator[Reason]:
    first, second = one.event_days, other.event_days
    if first and second:
        if any(a[0] <= b[1] and b[0] <= a[1] for a in first for b in second):
            whole = any(a[0] == a[1] and a in second for a in first)
            yield Reason("same-day", SAME_DAY if whole else NEAR, first[0][0])
        else:
            gap = min(min(days_between(a[1], b[0]), days_between(a[0], b[1])) for a in first for b in second)
            if gap > NEAR_DAYS:
                yield Reason("other-days", OTHER_DAYS, f"{first[0][0]} {second[0][0]}")
        return
    day = one.days[0] if one.days else None
    nearest = other.nearest(day) if day else None
    if nearest is not None and nearest <= NEAR_DAYS:
        yield Reason("near-in-time", NEAR, f"{nearest}")


def _by_site(one: Profile, other: Profile) -> Iterator[Reason]:
    first, second = _sites(one), _sites(other)
    if not first or not second:
        return
    register = read_places()
    for a in sorted(first):
        for b in sorted(second):
            if register.within(a, b) or register.within(b, a):
                yield Reason("same-place", SAME_SITE, a)
                return
    yield Reason("other-place", OTHER_SITE, f"{min(first)} {min(second)}")


def _sites(profile: Profile) -> frozenset[str]:
    """The divisions an event is said to be held in, or that open its name."""
    found: set[str] = set()
    for mention in profile.mentions:
        marks = (parts(site) for site in mention.sites)
        found.update(
            present_code(site.mark) for site in marks if site.type == "place" and site.mark.isdigit()
        )
        places, _ = leading_places(parts(mention.local.own).name)
        found.update(present_code(place.code) for place in places[-1:])
    return frozenset(found)
