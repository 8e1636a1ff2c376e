"""From dated lists of divisions to rows with validity and successor.

What a later edition no longer has ended, what an earlier one does not have began; who took whose
place is derived from names and codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from extract.language.place_editions import Division, Edition, level_of, parent_of
from extract.language.place_names import short_forms, stem
from extract.language.place_register import Place

# Hainan left Guangdong in 1988, Chongqing Sichuan in 1997: a division keeps its name across these.
_HEIRS = {("44", "46"), ("51", "50")}


class StatedChange(msgspec.Struct, frozen=True):
    """A change somebody states: what ended became what, when; either side may be open.

    One that `overrules` holds against the editions; the others only fill what they leave open.
    """

    year: str
    old: Division | None
    new: Division | None
    overrules: bool = False


def history(
    editions: Sequence[Edition],
    stated: Sequence[StatedChange],
    common_words: frozenset[str],
    short_since: str,
) -> list[Place]:
    """Return a row for every division under every name, by code and time.

    `stated` gives years between the last two editions and successors that names do not show; of
    several statements about one division the first counts.
    `common_words` are no short form; rows that ended before `short_since` have none.
    """
    started = dict.fromkeys(editions[0].names.items(), "")
    rows: list[Place] = []
    for old, new in pairwise(editions):
        change = Change(old, new, stated, last=new is editions[-1])
        for division in change.gone:
            ended = change.ended(division)
            rows.append(
                _row(
                    division,
                    old.names,
                    (started.pop(division), ended, change.successor(division) or ""),
                    common_words if ended >= short_since else None,
                )
            )
        for division in change.came:
            started[division] = change.began(division)
    last = editions[-1].names
    rows += [_row(division, last, (begin, "", ""), common_words) for division, begin in started.items()]
    return sorted(rows, key=lambda row: (row.code, row.valid_to or "9", row.name))


def _row(
    division: Division, names: Mapping[str, str], times: tuple[str, str, str], words: frozenset[str] | None
) -> Place:
    code, name = division
    level = level_of(code)
    forms = () if words is None else short_forms(name)
    if words is not None:
        forms = tuple(form for form in forms if form not in words)
    begin, end, successor = times
    return Place(
        code, name, level, parent_of(code, names), begin or None, end or None, successor or None, forms
    )


class Change:
    """What happened between two editions."""

    def __init__(self, old: Edition, new: Edition, stated: Sequence[StatedChange], last: bool) -> None:
        """Compare the editions; the stated years count where `last`, for editions far apart."""
        self.old, self.new = old, new
        self.gone = sorted(old.names.items() - new.names.items())
        self.came = sorted(new.names.items() - old.names.items())
        self._came = set(self.came)
        years = (int(old.month[:4]) - 1, int(new.month[:4]))
        self._stated = [one for one in stated if one.overrules or years[0] <= int(one.year[:4]) <= years[1]]
        self._dated = [one for one in self._stated if last or one.overrules]
        self._successors: dict[Division, str | None] = {}
        self._named: dict[Division, str | None] = {}
        self._old_names = _names_by_area(old.names)
        self._new_names = _names_by_area(new.names)

    def began(self, division: Division) -> str:
        """The year stated first, or the month of the new edition."""
        years = [one.year for one in self._dated if one.new == division]
        return years[0] if years else self.new.month

    def ended(self, division: Division) -> str:
        """The stated year, or when its successor began, or the month of the new edition."""
        years = [one.year for one in self._dated if one.old == division]
        if years:
            return years[0]
        heir = self.successor(division)
        after = (heir, self.new.names.get(heir, "")) if heir else None
        return self.began(after) if after in self._came and after is not None else self.new.month

    def successor(self, division: Division) -> str | None:
        """The code of what took the division's place, None where no single one can be told."""
        if division not in self._successors:
            self._successors[division] = (
                self._by_name(division)
                or self._seat(division)
                or self._promoted(division)
                or self._where_its_counties_went(division)
            )
        return self._successors[division]

    def _by_name(self, division: Division) -> str | None:
        if division not in self._named:
            self._named[division] = self._find_by_name(division)
        return self._named[division]

    def _find_by_name(self, division: Division) -> str | None:
        return (
            self._as_stated(division, overruling=True)
            or self._namesake(division)
            or self._renamed(division)
            or self._same_stem(division)
            or self._as_stated(division)
        )

    def _namesake(self, division: Division) -> str | None:
        code, name = division
        found = [new for new, label in self.came if label == name and _same_kind(code, new)]
        if len(name) == 2 and name.endswith("区"):  # every city had its 郊区
            found = [new for new in found if self._parent(new) in self._homes(code)]
        return self._closest(code, found)

    def _renamed(self, division: Division) -> str | None:
        code, name = division
        new = self.new.names.get(code)
        if new is None or name in self._new_names[level_of(code), code[:2]]:
            return None
        # A name the province had before moved here from another code: no rename. Neither is it
        # one if the code was given to a county that became a city at the same time (兖州县, 兖州市).
        if new in self._old_names.get((level_of(code), code[:2]), ()):
            return None
        others = (old for old, label in self.gone if old != code and _alike(label, new))
        return None if any(_same_kind(old, code) for old in others) else code

    def _same_stem(self, division: Division) -> str | None:
        code, name = division
        alike = [new for new, label in self.came if _same_kind(code, new) and _alike(name, label)]
        if len(name) == 2:  # 鄞县 is 鄞州区 only in the same place
            alike = [new for new in alike if self._parent(new) in self._homes(code)]
        return self._closest(code, alike)

    def _as_stated(self, division: Division, overruling: bool = False) -> str | None:
        for one in self._stated:
            if one.old != division or one.new is None or one.new[0] not in self.new.names:
                continue
            if one.overrules or (not overruling and self._plausible(division[0], one.new[0])):
                return one.new[0]
        return None

    def _plausible(self, old: str, new: str) -> bool:
        """No county takes the place of a prefecture, and none that was there that of one elsewhere."""
        if level_of(old) != level_of(new):
            return False
        return new not in self.old.names or self._parent(new) in self._homes(old)

    def _seat(self, division: Division) -> str | None:
        """The new district of a county that gave a new prefecture its name (酒泉市, then 肃州区)."""
        code, name = division
        homes = [
            home
            for home in self._homes(code)
            if home is not None and stem(self.new.names.get(home, "")) == stem(name)
        ]
        if level_of(code) != "county" or len(homes) != 1:
            return None
        heirs = {self._by_name(one) for one in self.gone}
        fresh = [
            new
            for new, label in self.came
            if label.endswith("区") and self._parent(new) == homes[0] and new not in heirs
        ]
        return fresh[0] if len(fresh) == 1 else None

    def _promoted(self, division: Division) -> str | None:
        """The new prefecture of the county's name (儋州市)."""
        code, name = division
        if level_of(code) != "county":
            return None
        for new, label in self.came:
            if label == name and level_of(new) == "prefecture" and new[:2] == code[:2]:
                return new
        return None

    def _where_its_counties_went(self, division: Division) -> str | None:
        code, _ = division
        if level_of(code) != "prefecture":
            return None
        homes = set()
        for county, name in self.old.names.items():
            if level_of(county) == "county" and parent_of(county, self.old.names) == code:
                still = self.new.names.get(county) == name
                heir = county if still else self.successor((county, name))
                homes.add(self._parent(heir) if heir else None)
        return homes.pop() if len(homes) == 1 else None

    def _closest(self, code: str, found: Sequence[str]) -> str | None:
        """The one under the same prefecture (or its successor), else the only one."""
        homes = self._homes(code)
        near = [new for new in found if self._parent(new) in homes]
        if len(near) == 1:
            return near[0]
        return found[0] if len(found) == 1 else None

    def _homes(self, code: str) -> set[str | None]:
        """The codes that contain the division, before and after."""
        parent = parent_of(code, self.old.names)
        if parent is None or level_of(parent) == "province":
            return {parent}
        return {parent, self._by_name((parent, self.old.names[parent]))}

    def _parent(self, code: str) -> str | None:
        return parent_of(code, self.new.names)


@cache
def _same_kind(old: str, new: str) -> bool:
    return level_of(old) == level_of(new) and (old[:2] == new[:2] or (old[:2], new[:2]) in _HEIRS)


@cache
def _alike(old: str, new: str) -> bool:
    """Whether the names differ only in their level; a name of two characters (鄞县) may have grown."""
    return new.startswith(old[0]) if len(old) == 2 else stem(old) == stem(new)


def _names_by_area(names: Mapping[str, str]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for code, name in names.items():
        found.setdefault((level_of(code), code[:2]), set()).add(name)
    return found
