"""Dates named in a text, resolved against the date of the article.

A date comes out as precisely as the text gives it: 2023-06-27, 2023-06 or 2023. A year the text leaves
out is that of a dated day or month right before in the sentence, else the one that brings the date
nearest to the article; days count from that of the dateline (本报6月8日讯) where there is one. In an
article without a date the year is the only one that its sentence names, or that of the heading of its
section (a line with nothing but 2011年). A date whose year nothing gives is none.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

_YEAR = r"(?:19|20)\d\d|[一二]?[〇○零一二三四五六七八九]{4}"
_NUMBER = r"[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
_TO = r"[—\-~至到－–]{1,2}"
_DATE = re.compile(
    rf"(?:(?:(?P<year>{_YEAR})年)|(?P<near>今年|去年|前年|同年|当年))?"
    rf"(?P<month>{_NUMBER})月份?(?:上旬|中旬|下旬|初|中|底|末)?"
    rf"(?:(?P<day>{_NUMBER})(?:[日号]|(?={_TO}(?:(?:{_NUMBER})月)?(?:{_NUMBER})[日号]))"
    rf"(?:(?:{_TO}(?:(?:(?P<last_year>{_YEAR})年)?(?P<last_month>{_NUMBER})月)?|、)(?P<last>{_NUMBER})[日号])?)?"
    rf"|(?P<only>(?:19|20)\d\d)年(?!代|度|来|期|间)"
    rf"|(?P<iso>(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}})"
    rf"|(?P<relative>昨日|昨天|昨晚|前天|今日(?!头条|说法|关注|之星|中国)|今天|今晨|今晚|当日|当天|当晚|同日|同一天|次日|翌日|第二天|前一天|前一日)"
    rf"|(?<![\d一二三四五六七八九十月])(?P<lone>{_NUMBER})[日号]"
    rf"(?:{_TO}(?P<lone_last>{_NUMBER})[日号]|(?=上午|下午|晚|在|，|,|、|$|召|举|至|—|-))"
)
_FESTIVAL = re.compile(r"[一二三四五六七八九十]+月[一二三四五六七八九十]+(?![日号一二三四五六七八九十])")
"""三月三 and 九月九 are feasts of the old calendar."""
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_DATELINE = re.compile(r"(?:电|讯|日电)(?![话脑视影力台子商])")
_HEADING = re.compile(r"^[\s　#*【（(]*((?:19|20)\d\d)年?[\s　】）)]*$", re.MULTILINE)
_NAMED_YEAR = re.compile(r"(?:19|20)\d\d年(?![度来以代间期])")
_MOST_YEARS = 16
_REACH = 60
_MIDDLE_OF_MONTH = 15
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_FULL_WIDTH = re.compile("[０-９]")
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_DAYS_BACK = {"昨日": 1, "昨天": 1, "昨晚": 1, "前天": 2, "今日": 0, "今天": 0, "今晨": 0, "今晚": 0}
_DAYS_ON = {"次日": 1, "翌日": 1, "第二天": 1, "前一天": -1, "前一日": -1}
"""Days counted from the day named before; the other words mean that day itself."""
_YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2}

Groups = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text; `value` and `last` are ISO 8601, `last` the end of a range."""

    start: int
    end: int
    value: str
    last: str | None = None


def find_dates(text: str, article_date: str | None) -> list[DateMention]:
    """Return the dates of a text that can be resolved, in order."""
    if _FULL_WIDTH.search(text):
        text = text.translate(_HALF_WIDTH)
    base = _base(article_date)
    years = _Years(text) if base is None else None
    found: list[DateMention] = []
    for match in _DATE.finditer(text):
        if _FESTIVAL.match(text, match.start()):
            continue
        groups = match.groupdict()
        if _DATELINE.match(text, match.end()):
            # What follows was written on that day: 本报6月8日讯 今天，….
            base = _base(_calendar(groups, base, None, None)[0]) or base if base is not None else None
            continue
        if years is not None and groups["month"] and not groups["year"] and not groups["near"]:
            groups["year"] = years.at(match.start())
        previous = found[-1] if found else None
        said = previous if previous and _goes_on(text, previous.end, match.start()) else None
        if groups["relative"]:
            value, last = _relative(groups["relative"], base, previous), None
        else:
            value, last = _calendar(groups, base, previous, said)
        if value is not None:
            found.append(DateMention(match.start(), match.end(), value, last))
    return found


class _Years:
    """The years that a text without a date gives to its days: its sentence's only one, or its section's."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._headings = [(m.start(), m.group(1)) for m in _HEADING.finditer(text)]
        self._named = [(m.start(), m.group()[:4]) for m in _NAMED_YEAR.finditer(text)]

    def at(self, position: int) -> str | None:
        """Return the year of a day at the position, or None."""
        before = max((self._text.rfind(mark, 0, position) for mark in "。！？\n"), default=-1)
        after = [end for mark in "。！？\n" if (end := self._text.find(mark, position)) >= 0]
        first = bisect_left(self._named, (before, ""))
        last = bisect_left(self._named, (min(after, default=len(self._text)), ""))
        years = {year for _, year in self._named[first : min(last, first + _MOST_YEARS)]}
        if len(years) == 1:
            return years.pop()
        number = bisect_left(self._headings, (position, ""))
        return self._headings[number - 1][1] if number and not years else None


def _base(article_date: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(article_date[:10]) if article_date else None
    except ValueError:
        return None


def _goes_on(text: str, end: int, start: int) -> bool:
    """Tell whether a date stands so close to the one before that it may leave out its year."""
    return start - end <= _REACH and _SENTENCE_END.search(text, end, start) is None


def _relative(word: str, base: datetime.date | None, previous: DateMention | None) -> str | None:
    if word in _DAYS_BACK:
        return (base - datetime.timedelta(days=_DAYS_BACK[word])).isoformat() if base is not None else None
    if previous is None or len(previous.value) != len("2000-01-01"):
        return None
    day = datetime.date.fromisoformat(previous.value)
    return (day + datetime.timedelta(days=_DAYS_ON.get(word, 0))).isoformat()


def _calendar(
    groups: Groups, base: datetime.date | None, previous: DateMention | None, said: DateMention | None
) -> tuple[str | None, str | None]:
    """Return the date that numbers give, and the end of its range."""
    if groups["iso"]:
        year, month, day = (int(part) for part in re.split(r"[-./]", groups["iso"]))
        return _iso(year, month, day), None
    if groups["only"]:
        return groups["only"], None
    if groups["lone"]:
        day = _number(groups["lone"])
        return _range(_lone_month(day, base), day, groups["lone_last"])
    written = groups["month"]
    month = _number(written) if written else 0
    day_of_month = _number(groups["day"]) if groups["day"] else None
    first = _year(groups, month, day_of_month, base, previous, said)
    if first is None:
        return None, None
    if day_of_month is None:
        return _iso(first, month, None), None
    last_month = _number(groups["last_month"]) if groups["last_month"] else month
    last_year = _written_year(groups["last_year"]) if groups["last_year"] else first + (last_month < month)
    return _range((first, month), day_of_month, groups["last"], (last_year, last_month))


def _range(
    month: tuple[int, int] | None, day: int, last: str | None, last_month: tuple[int, int] | None = None
) -> tuple[str | None, str | None]:
    """Return the first and the last day, each None where there is no such day; `last_month` may differ."""
    if month is None:
        return None, None
    first = _iso(*month, day)
    end = _iso(*(last_month or month), _number(last)) if last else None
    return first, end if first and end and end > first else None


def _lone_month(day: int, base: datetime.date | None) -> tuple[int, int] | None:
    """Return year and month of a day without either: the last such day up to the article's date."""
    if base is None:
        return None
    if day <= base.day:
        return base.year, base.month
    return (base.year, base.month - 1) if base.month > 1 else (base.year - 1, 12)


def _year(
    groups: Groups,
    month: int,
    day: int | None,
    base: datetime.date | None,
    previous: DateMention | None,
    said: DateMention | None,
) -> int | None:
    near = groups["near"]
    if groups["year"]:
        return _written_year(groups["year"])
    if near in ("同年", "当年"):
        return int(previous.value[:4]) if previous else None
    if near:
        return base.year - _YEARS_BACK[near] if base is not None else None
    # A bare year before (2019年以来) says since when, not when.
    if said is not None and "-" in said.value:
        return int(said.value[:4])
    return _nearest_year(month, day or _MIDDLE_OF_MONTH, base) if base is not None else None


def _nearest_year(month: int, day: int, base: datetime.date) -> int | None:
    """Return the year that brings the day nearest to the article's date."""
    days = _days((year, month, day) for year in (base.year - 1, base.year, base.year + 1))
    return min(days, key=lambda date: abs((date - base).days)).year if days else None


def _days(parts: Iterable[tuple[int, int, int]]) -> list[datetime.date]:
    """Return the dates there are; 29 February is one only in leap years."""
    dates = []
    for part in parts:
        try:
            dates.append(datetime.date(*part))
        except ValueError:
            continue
    return dates


def _iso(year: int, month: int, day: int | None) -> str | None:
    """Return the day or, without one, the month in ISO 8601; None if there is none such."""
    days = _days([(year, month, day or 1)])
    if not days:
        return None
    return days[0].isoformat() if day is not None else f"{year:04d}-{month:02d}"


def _written_year(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    return int("".join(str(_DIGITS[c]) for c in text))


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if ten:
        return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return _DIGITS.get(text, 0)
