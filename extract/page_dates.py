"""Dates as pages and tables write them, read into ISO form."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_SEPARATED = (
    r"(?<![\d.\-/])(?P<year>(?:19|20)\d\d|\d\d(?=-\d\d-\d\d\b|-\d\d-\d\d\s))"
    r"\s*(?:年|[-－/.])\s*(?P<month>\d{1,2})\s*(?:月|[-－/.])\s*(?P<day>\d{1,2})"
    r"\s*(?:日|(?!\d))"
)
_TIME = (
    r"(?:\s*T?\s*\d{1,2}\s*[:：时]\s*\d{1,2}"
    r"(?:\s*[:：分]\s*\d{1,2}(?:\.\d{1,6})?秒?|分)?(?:Z|[+\-]\d\d:?\d\d)?)?"
)
_DATE = re.compile(_SEPARATED + _TIME)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{4}|\d{6})?")
_CHINESE = re.compile(
    r"(?P<year>[〇○零一二三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_DIGITS = {char: value for value, chars in enumerate(("〇○零", *"一二三四五六七八九")) for char in chars}


class FoundDate(NamedTuple):
    """A date and where it stands, its time of day included."""

    iso: str
    start: int
    end: int


def find_dates(line: str) -> list[FoundDate]:
    """Return the whole dates of a line in their order; a day that the calendar lacks is none.

    >>> find_dates("20-10-22 08:39 来源")
    [FoundDate(iso='2020-10-22', start=0, end=14)]
    """
    found = []
    for match in _DATE.finditer(line.translate(_FULL_WIDTH)):
        iso = _iso(match["year"], match["month"], match["day"])
        if iso:
            found.append(FoundDate(iso, match.start(), match.end()))
    return found


def read_date(value: str) -> str | None:
    """Return the date that a date field gives, as ISO 8601; None where it gives no whole day.

    >>> read_date("2023年06月28日10:14"), read_date("20230628"), read_date("二〇二三年六月二十八日")
    ('2023-06-28', '2023-06-28', '2023-06-28')
    >>> read_date("2023年6月") is None
    True
    """
    value = value.strip()[:80]
    found = find_dates(value)
    if found:
        return found[0].iso
    compact = _COMPACT.fullmatch(value)
    if compact:
        return _iso(compact["year"], compact["month"], compact["day"])
    chinese = _CHINESE.search(value)
    if chinese:
        year = "".join(str(_DIGITS[char]) for char in chinese["year"])
        return _iso(year, str(_number(chinese["month"])), str(_number(chinese["day"])))
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return date(full_year, int(month), int(day)).isoformat()
    except ValueError:
        return None


def _number(text: str) -> int:
    """Read a numeral up to 99, such as 二十八; more than one 十 gives a number no calendar has."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return sum(_DIGITS[char] for char in text) if len(text) == 1 else 0
    if "十" in tens or len(tens) > 1 or len(ones) > 1:
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
