"""Dates named in a text, resolved against the date of the article.

A date comes out as precisely as the text gives it: 2023-06-27, 2023-06 or 2023. A date whose year
neither the text nor the article gives is none.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"[0-9０-９]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DATE = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d|[一二]?[〇○零一二三四五六七八九]{{4}})年|(?P<near>今年|去年|前年|同年|当年))?"
    rf"(?P<month>{_NUMBER})月份?(?P<part>上旬|中旬|下旬|初|中|底|末)?"
    rf"(?:(?P<day>{_NUMBER})(?:[日号]|(?=[—\-~至到－–]{{1,2}}(?:{_NUMBER})[日号]))(?:[—\-~至到－–、]{{1,2}}(?:(?:{_NUMBER})月)?(?P<last>{_NUMBER})[日号])?)?"
    rf"|(?P<only>(?:19|20)\d\d)年(?!代|度|来|期|间)"
    rf"|(?P<iso>(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}})"
    rf"|(?P<relative>昨日|昨天|前天|今日|今天|当日|当天)"
    rf"|(?<![\d一二三四五六七八九十月])(?P<lone>{_NUMBER})[日号](?=上午|下午|晚|在|，|,|、|$|召|举|至|—|-|，)"
)
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_OFFSETS = {"昨日": 1, "昨天": 1, "前天": 2, "今日": 0, "今天": 0}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text; `value` and `last` are ISO 8601, `last` the end of a range."""

    start: int
    end: int
    value: str
    last: str | None = None


def find_dates(text: str, article_date: str | None) -> list[DateMention]:
    """Return the dates of a text that can be resolved, in order."""
    base = _base(article_date)
    found: list[DateMention] = []
    for match in _DATE.finditer(text.translate(_HALF_WIDTH)):
        previous = found[-1].value if found else None
        for value, last in _values(match, base, previous):
            found.append(DateMention(match.start(), match.end(), value, last))
    return found


def _base(article_date: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(article_date[:10]) if article_date else None
    except ValueError:
        return None


def _values(
    match: re.Match[str], base: datetime.date | None, previous: str | None
) -> Iterator[tuple[str, str | None]]:
    groups = match.groupdict()
    if groups["iso"]:
        parts = [int(p) for p in re.split(r"[-./]", groups["iso"])]
        yield from _checked(parts[0], parts[1], parts[2], None)
    elif groups["only"]:
        yield groups["only"], None
    elif groups["relative"]:
        yield from _relative(groups["relative"], base, previous)
    elif groups["lone"]:
        if base is not None:
            day = _number(groups["lone"])
            month = base.month if day <= base.day else (base.month - 2) % 12 + 1
            year = base.year if day <= base.day or base.month > 1 else base.year - 1
            yield from _checked(year, month, day, None)
    else:
        month = _number(groups["month"])
        day = _number(groups["day"]) if groups["day"] else None
        year = _year(groups, month, day, base, previous)
        if year is not None:
            last = _number(groups["last"]) if groups["last"] and day else None
            yield from _checked(year, month, day, last)


def _relative(
    word: str, base: datetime.date | None, previous: str | None
) -> Iterator[tuple[str, str | None]]:
    if word in _OFFSETS:
        if base is not None:
            yield (base - datetime.timedelta(days=_OFFSETS[word])).isoformat(), None
    elif previous is not None and len(previous) == len("2000-01-01"):
        yield previous, None


def _year(
    groups: dict[str, str | None],
    month: int,
    day: int | None,
    base: datetime.date | None,
    previous: str | None,
) -> int | None:
    if groups["year"]:
        return _written_year(groups["year"])
    near = groups["near"]
    if near in ("同年", "当年"):
        return int(previous[:4]) if previous else None
    if base is None:
        return None
    if near:
        return base.year - ("今年", "去年", "前年").index(near)
    # An unnamed year is the article's own, or the one before where that date is still to come.
    ahead = (month, day or 1) > (base.month, base.day)
    weeks_ahead = ahead and (month - base.month) * 31 + (day or 1) - base.day > 31
    return base.year - 1 if weeks_ahead else base.year


def _written_year(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    return int("".join(str(_DIGITS[c]) for c in text))


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return _DIGITS[text]


def _checked(year: int, month: int, day: int | None, last: int | None) -> Iterator[tuple[str, str | None]]:
    if not 1 <= month <= 12:
        return
    if day is None:
        yield f"{year:04d}-{month:02d}", None
        return
    try:
        first = datetime.date(year, month, day).isoformat()
        end = datetime.date(year, month, last).isoformat() if last and last > day else None
    except ValueError:
        return
    yield first, end
