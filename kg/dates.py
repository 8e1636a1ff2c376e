"""Dates as sources give them (day, month or year) and the interval of days they can mean."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as written, its XML Schema type, and the first and last day it can mean (ISO)."""

    text: str
    datatype: str
    earliest: str
    latest: str


def read_date(text: str) -> PartialDate | None:
    """Return the date an ISO 8601 day, month or year means, None if it is none.

    >>> read_date("2023-06")
    PartialDate(text='2023-06', datatype='gYearMonth', earliest='2023-06-01', latest='2023-06-30')
    """
    match = _PARTIAL.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    if int(year) < 1 or (month and not 1 <= int(month) <= 12):
        return None
    if day:
        if not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
            return None
        return PartialDate(text, "date", text, text)
    if month:
        last = calendar.monthrange(int(year), int(month))[1]
        return PartialDate(text, "gYearMonth", f"{text}-01", f"{text}-{last:02d}")
    return PartialDate(text, "gYear", f"{text}-01-01", f"{text}-12-31")
