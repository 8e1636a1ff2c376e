"""Localities of one name (villages, towns, streets) and practices of one core: what speaks for one."""

from __future__ import annotations

from extract.language.places import read_places
from kg.identity.decisions import Comparison, Reason
from kg.identity.keys import parts
from kg.identity.places import present_code
from kg.identity.profiles import Profile

POSITIVE, NEGATIVE = 2.0, -2.0

SAME_PLACE = 4.0
OTHER_PLACE = -4.0
ONE_NAME = 2.5
SHARED_NAME = 0.0
AROUND = 2.0

_ENDINGS = ("建设", "工作", "机制")
_LEAST = 4


def compare_localities(one: Profile, other: Profile) -> Comparison:
    """Return what speaks for two localities of one name being the same, and against."""
    first, second = parts(one.key).mark, parts(other.key).mark
    name = parts(one.key).name
    reasons = []
    if first and second:
        a, b = present_code(first), present_code(second)
        register = read_places()
        near = register.within(a, b) or register.within(b, a)
        reasons.append(
            Reason("same-place" if near else "other-place", SAME_PLACE if near else OTHER_PLACE, f"{a} {b}")
        )
    else:
        townships = len(read_places().townships(name))
        reasons.append(Reason("name", SHARED_NAME if townships > 1 else ONE_NAME, name))
        shared = sorted(
            parts(key).name for key in one.company.keys() & other.company.keys() if parts(key).type == "place"
        )
        shared = [each for each in shared if each != name]
        if shared:
            reasons.append(Reason("shared-company", AROUND, "、".join(shared[:3])))
    return Comparison(tuple(reasons))


def practice_core(name: str) -> str:
    """Return the name of a practice without an ending that adds nothing.

    >>> practice_core("市域社会治理现代化试点工作")
    '市域社会治理现代化试点'
    """
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= _LEAST:
            return name.removesuffix(ending)
    return name


def compare_practices(one: Profile, other: Profile) -> Comparison:
    """Return that two practices of one core are the same."""
    return Comparison((Reason("same-core", ONE_NAME, practice_core(parts(one.key).name)),))
