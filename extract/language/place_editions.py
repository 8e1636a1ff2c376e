"""Editions of the code list: what a code says of level and parent, and slips mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

Division = tuple[str, str]
"""Code and name."""

_MUNICIPALITIES = ("11", "12", "31", "50")
_GAP_MONTHS = 48


class Edition(msgspec.Struct, frozen=True):
    """The list of a month (`YYYY-MM`)."""

    month: str
    names: Mapping[str, str]


def level_of(code: str) -> str:
    """Return province, prefecture or county."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def parent_of(code: str, names: Mapping[str, str]) -> str | None:
    """Return the code of what contains the division in that list, None for a province.

    Counties of municipalities and those a province runs itself (429004) belong to the province.
    """
    level = level_of(code)
    if level == "province":
        return None
    prefecture = code[:4] + "00"
    if level == "county" and code[:2] not in _MUNICIPALITIES and prefecture in names:
        return prefecture
    return code[:2] + "0000"


def without_gaps(editions: Sequence[Edition]) -> list[Edition]:
    """Return the editions with slips mended: a division missing for a while was there.

    A code that has a name, loses it and has it again within four years had it all along; a
    namesake that turns up in the province only for the gap is dropped.
    """
    lists = [dict(edition.names) for edition in editions]
    months = [_months(edition.month) for edition in editions]
    for here in range(1, len(lists)):
        before = lists[here - 1]
        for code, name in before.items():
            if lists[here].get(code) == name:
                continue
            back = _returns(code, name, lists, months, here)
            for gap in range(here, back):
                _restore(lists[gap], code, name, before)
    return [Edition(edition.month, names) for edition, names in zip(editions, lists, strict=True)]


def _returns(code: str, name: str, lists: list[dict[str, str]], months: list[int], here: int) -> int:
    """The position of the edition where the division is back, `here` if it is not soon."""
    for later in range(here + 1, len(lists)):
        if months[later] - months[here - 1] > _GAP_MONTHS:
            break
        if lists[later].get(code) == name:
            return later
    return here


def _restore(names: dict[str, str], code: str, name: str, before: Mapping[str, str]) -> None:
    namesakes = [
        other
        for other, label in names.items()
        if label == name and other[:2] == code[:2] and other != code and before.get(other) != name
    ]
    for other in namesakes:
        del names[other]
    names[code] = name


def _months(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number)
