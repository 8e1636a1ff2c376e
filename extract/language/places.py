"""The place register as its tables give it.

Four tables under `lexicon/`: places.tsv and townships.tsv (generated, see build_places.py),
functional_districts.tsv and place_aliases.tsv (kept by hand).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

import msgspec

from extract.errors import LanguageDataError
from extract.language.place_register import LEVELS, RANK, Place, PlaceRegister, Resolution

__all__ = ["LEVELS", "Place", "PlaceRegister", "Resolution", "read_places", "read_register"]

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


@lru_cache(maxsize=1)
def read_places() -> PlaceRegister:
    """Return the register of the tables in `lexicon/`, read once.

    Raises LanguageDataError naming the table and the line that is wrong.
    """
    return read_register(resources.files("extract.language") / "lexicon")


def read_register(folder: Traversable) -> PlaceRegister:
    """Return the register of the four tables in a folder.

    Raises LanguageDataError naming the table and the line that is wrong.
    """
    places = [*_read_table(folder / "places.tsv"), *_read_table(folder / "functional_districts.tsv")]
    present: set[str] = set()
    codes = {entry.place.code for entry in places}
    for table, number, place in places:
        if place.parent is not None and place.parent not in codes:
            raise _bad(table, number, f"the parent {place.parent} is the code of no place")
        if place.current and place.code in present:
            raise _bad(table, number, f"a second present place has the code {place.code}")
        if place.current:
            present.add(place.code)
    aliases, abbreviations = _read_aliases(folder / "place_aliases.tsv", present)
    extended = [_with_aliases(entry.place, aliases) for entry in places]
    townships = folder / "townships.tsv"
    return PlaceRegister(extended, abbreviations, lambda: _read_townships(townships, present))


class _Entry(NamedTuple):
    table: Traversable
    line: int
    place: Place


def _read_table(table: Traversable) -> Iterator[_Entry]:
    dates = {""}
    for number, fields in _rows(table, 8):
        code, name, level, parent, valid_from, valid_to, successor, forms = fields
        if not code or not name or level not in RANK:
            raise _bad(table, number, f"code, name and one of the levels {', '.join(LEVELS)} are needed")
        for date in (valid_from, valid_to):
            if date not in dates:
                if not _DATE.fullmatch(date):
                    raise _bad(table, number, f"{date!r} is no year or month (2013, 2013-12)")
                dates.add(date)
        place = Place(
            code,
            name,
            level,
            parent or None,
            valid_from or None,
            valid_to or None,
            successor or None,
            tuple(forms.split(" ")) if forms else (),
        )
        yield _Entry(table, number, place)


def _read_townships(table: Traversable, codes: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the codes of the counties that have a township, by its name."""
    found: dict[str, list[str]] = {}
    for number, (county, names) in _rows(table, 2):
        if county not in codes:
            raise _bad(table, number, f"{county} is the code of no present place")
        for name in names.split(" "):
            found.setdefault(name, []).append(county)
    return {name: tuple(counties) for name, counties in found.items()}


def _read_aliases(table: Traversable, codes: set[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the aliases by code, and the one-character ones with their codes."""
    aliases: dict[str, list[str]] = {}
    abbreviations: dict[str, str] = {}
    for number, (code, forms) in _rows(table, 2):
        if code not in codes:
            raise _bad(table, number, f"{code} is the code of no present place")
        for form in forms.split(" "):
            if len(form) == 1:
                if abbreviations.setdefault(form, code) != code:
                    raise _bad(table, number, f"{form} already stands for {abbreviations[form]}")
            else:
                aliases.setdefault(code, []).append(form)
    return aliases, abbreviations


def _with_aliases(place: Place, aliases: Mapping[str, list[str]]) -> Place:
    """Add the aliases of the code to its present place."""
    if not place.current or place.code not in aliases:
        return place
    known = (place.name, *place.short_forms)
    more = tuple(form for form in aliases[place.code] if form not in known)
    return msgspec.structs.replace(place, short_forms=place.short_forms + more)


def _rows(table: Traversable, width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and fields of every row; comments (#) and blank lines are passed over."""
    try:
        text = table.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise LanguageDataError(
            f"cannot be read ({exc})", file=table.name, remedy="restore the table from the distribution"
        ) from exc
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.rstrip("\r").split("\t")
        if len(fields) != width:
            raise _bad(table, number, f"{len(fields)} fields instead of {width}")
        yield number, fields


def _bad(table: Traversable, number: int, problem: str) -> LanguageDataError:
    return LanguageDataError(
        problem, file=table.name, entry=number, remedy="see the head of the table for its columns"
    )
