"""Administrative divisions of China, present and past: what they are called, where they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

LEVELS = ("province", "prefecture", "county", "functional")
"""From the top down; a functional district (new area, development zone) is no division of its own."""

RANK = {level: rank for rank, level in enumerate(LEVELS)}
"""The position of each level, 0 on top."""


class Place(msgspec.Struct, frozen=True):
    """One division under one name: a rename makes two places with the same code.

    `valid_from` is the month of the first list that has it, or the year of the change; None where
    it stands in the first list (1980-12) or nothing is known (functional districts). `valid_to`
    is the month of the first list without it, or the year of the change; None while it exists.
    `successor` is the code of what took its place, the same code after a mere rename.
    """

    code: str
    name: str
    level: str
    parent: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    successor: str | None = None
    short_forms: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Whether the division exists today."""
        return self.valid_to is None

    @property
    def standard(self) -> bool:
        """Whether the code is one of GB/T 2260 or its statistical extension, not one of ours."""
        return self.code.isdigit()

    def existed(self, date: str) -> bool:
        """Return whether it can have existed on the ISO date (or month, or year).

        The lists are up to a year apart, so in the year of a change both old and new can.
        """
        if self.valid_from is not None and date[:4] < self.valid_from[:4]:
            return False
        return self.valid_to is None or date[: len(self.valid_to)] <= self.valid_to


class Resolution(msgspec.Struct, frozen=True):
    """What a form means: the place or None, everything it can mean, and whether there is doubt."""

    place: Place | None
    candidates: tuple[Place, ...]
    certain: bool


class PlaceRegister:
    """All places, by code and by name."""

    def __init__(
        self,
        places: Iterable[Place],
        abbreviations: Mapping[str, str] | None = None,
        townships: Callable[[], Mapping[str, tuple[str, ...]]] = dict,
    ) -> None:
        """Index the places.

        `abbreviations` leads from one character to a province's code; `townships` reads which
        counties have a township of a name, and is called once, when first asked.
        """
        by_code: dict[str, list[Place]] = {}
        by_form: dict[str, list[Place]] = {}
        for place in places:
            by_code.setdefault(place.code, []).append(place)
            by_form.setdefault(place.name, []).append(place)
            for form in place.short_forms:
                by_form.setdefault(form, []).append(place)
        for rows in by_code.values():
            rows.sort(key=_ended, reverse=True)
        self._by_code = {code: tuple(rows) for code, rows in by_code.items()}
        self._by_form = {form: tuple(sorted(rows, key=_order)) for form, rows in by_form.items()}
        self._abbreviations = {
            form: self._by_code[code][0] for form, code in (abbreviations or {}).items() if code in by_code
        }
        self._read_townships = townships

    def get(self, code: str) -> Place | None:
        """Return the place of that code, the present one or else the last that had it."""
        rows = self._by_code.get(code)
        return rows[0] if rows else None

    def history(self, code: str) -> tuple[Place, ...]:
        """Return every place that had the code, the latest first."""
        return self._by_code.get(code, ())

    def all(self) -> Iterator[Place]:
        """Yield every place, past ones too, by code."""
        for code in sorted(self._by_code):
            yield from self._by_code[code]

    def forms(self) -> Mapping[str, tuple[Place, ...]]:
        """Return every name and short form of two characters or more with what it can mean."""
        return self._by_form

    def abbreviations(self) -> Mapping[str, Place]:
        """Return the one-character names of provinces (浙, 甘), which mean a place only in context."""
        return self._abbreviations

    def named(self, form: str, date: str | None = None) -> tuple[Place, ...]:
        """Return the places of that name or short form, current ones first.

        Past ones are among them if they existed on `date`, or if no current one has the name.
        """
        if form in self._abbreviations:
            return (self._abbreviations[form],)
        places = self._by_form.get(form, ())
        current = tuple(place for place in places if place.current)
        past = tuple(place for place in places if not place.current)
        if date is not None:
            then = tuple(place for place in past if place.existed(date))
            return current + then or past
        return current or past

    def parents(self, code: str) -> tuple[Place, ...]:
        """Return what contains the place, nearest first, as it stood when the place existed."""
        place = self.get(code)
        return () if place is None else self.parents_of(place)

    def parents_of(self, place: Place) -> tuple[Place, ...]:
        """Return what contains the place, nearest first; for one of several places with a code."""
        found: list[Place] = []
        parent = place.parent
        while parent is not None:
            above = self._at(parent, place)
            if above is None:
                break
            found.append(above)
            parent = above.parent
        return tuple(found)

    def within(self, code: str, ancestor: str) -> bool:
        """Return whether the place is the ancestor or lies in it."""
        return code == ancestor or any(place.code == ancestor for place in self.parents(code))

    def children(self, code: str) -> tuple[Place, ...]:
        """Return the present places directly under the place, by code."""
        return self._children.get(code, ())

    def province_of(self, code: str) -> Place | None:
        """Return the province the place is or lies in, None for an unknown code."""
        place = self.get(code)
        if place is None:
            return None
        return next((above for above in (place, *self.parents_of(place)) if above.level == "province"), None)

    def full_name(self, code: str) -> str:
        """Return the qualified name, 甘肃省酒泉市肃州区.

        Raises KeyError for a code the register does not have.
        """
        place = self._by_code[code][0]
        return "".join(above.name for above in reversed((place, *self.parents_of(place))))

    def townships(self, name: str) -> tuple[str, ...]:
        """Return the codes of the counties that have a township or street office of that full name."""
        return self._townships.get(name, ())

    def resolve(self, form: str, context: Sequence[str] = (), date: str | None = None) -> Resolution:
        """Return which place the form means beside the context codes, the most telling first.

        A candidate that contains or lies in a context place wins over one that shares its
        prefecture, and that over one that shares its province. Where the context does not decide,
        a province goes before a prefecture, a prefecture before a county; among equals none is
        chosen. `certain` says that name, date or context left one, or that it is a province; of
        namesakes that are all past, the last to end is taken, without certainty.
        """
        candidates = self.named(form, date)
        left = _of_their_time(candidates, date)
        certain = len(candidates) == 1 or date is not None
        for code in context:
            if len(left) < 2:
                break
            left, before = self._nearest(left, code), left
            certain = certain or len(left) < len(before)
        if len(left) == 1:
            return Resolution(left[0], candidates, certain)
        highest = min((RANK[place.level] for place in left), default=0)
        top = [place for place in left if RANK[place.level] == highest]
        if len(top) == 1:
            return Resolution(top[0], candidates, top[0].level == "province")
        return Resolution(None, candidates, False)

    def _nearest(self, places: tuple[Place, ...], code: str) -> tuple[Place, ...]:
        nearness = {id(place): self._nearness(place, code) for place in places}
        best = max(nearness.values())
        return tuple(place for place in places if nearness[id(place)] == best)

    def _nearness(self, place: Place, code: str) -> int:
        """How close place and context are: 3 one in the other, 2 same prefecture, 1 same province."""
        chain = [place.code, *(above.code for above in self.parents_of(place))]
        context = [code, *(above.code for above in self.parents(code))]
        if code in chain or place.code in context:
            return 3
        shared = next((above for above in chain if above in context), None)
        if shared is None:
            return 0
        above = self.get(shared)
        return 1 if above is not None and above.level == "province" else 2

    def _at(self, code: str, place: Place) -> Place | None:
        """The place of that code that existed when `place` last did."""
        rows = self._by_code.get(code)
        if not rows:
            return None
        if place.valid_to is None:
            return rows[0]
        return next(
            (row for row in reversed(rows) if row.valid_to is None or row.valid_to >= place.valid_to), rows[0]
        )

    @cached_property
    def _children(self) -> dict[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = {}
        for place in self.all():
            if place.current and place.parent is not None:
                found.setdefault(place.parent, []).append(place)
        return {code: tuple(places) for code, places in found.items()}

    @cached_property
    def _townships(self) -> Mapping[str, tuple[str, ...]]:
        return self._read_townships()


def _of_their_time(places: tuple[Place, ...], date: str | None) -> tuple[Place, ...]:
    """Keep those that existed on the date; without one the present ones, or the last to end."""
    if date is not None:
        return tuple(place for place in places if place.existed(date)) or places
    last = max((_ended(place) for place in places), default="")
    return tuple(place for place in places if _ended(place) == last)


def _ended(place: Place) -> str:
    return place.valid_to or "9"


def _order(place: Place) -> tuple[bool, int, str]:
    return (not place.current, RANK[place.level], place.code)
