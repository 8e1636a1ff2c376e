"""When and how an office was come by or left: the qualifiers `from`, `until` and `manner` of a spell.

The date is the last one before the verb in its clause, or, for a verb that says how (当选, 任命, 免去), in
its sentence; for the lines of a list of appointments it is that of the line which says who decided
（某年某月某日…第几次会议通过）.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from extract.date_slots import tells_when
from extract.dates import DateMention
from extract.offices import Office
from extract.statements import Qualifiers
from extract.text import Text

_DECIDED = re.compile(r"^[ \t　]{0,8}[（(][^（()）\n]{6,80}(?:通过|决定)[）)][ \t　\r]{0,8}$", re.MULTILINE)
_ACTING = re.compile(r"代(?!表)|代理|暂代")
_CLAUSE_MARKS = "，,；;。\n"
_ACTING_MANNER = "acting"
_LEAVING = frozenset({"removed", "resigned"})
_MOST_DATES = 8


class OfficeSpells:
    """The dates of a text, asked for those that offices began or ended on."""

    def __init__(self, text: Text, dates: list[DateMention]) -> None:
        """Prepare; `dates` are those of the text, in order."""
        self._text, self._dates = text, dates
        self._starts = [date.start for date in dates]
        self._decisions = [date for m in _DECIDED.finditer(text.raw) if (date := self._in(*m.span()))]

    def qualifiers(self, office: Office) -> Qualifiers:
        """Return what the text says of the office's beginning or end."""
        found: list[tuple[str, str]] = []
        date = self._date(office)
        if date is not None:
            found.append(("until" if office.former and self._left(office) else "from", date.value))
        manner = office.manner or (_ACTING_MANNER if _ACTING.match(office.title) else "")
        return (*found, ("manner", manner)) if manner else tuple(found)

    def _left(self, office: Office) -> bool:
        """Tell whether the verb says that the office ended then: 免去, 卸任, but not 2012年曾任."""
        return office.manner in _LEAVING or self._text.raw.startswith(("卸任", "不再"), office.told or 0)

    def _date(self, office: Office) -> DateMention | None:
        if office.told is None:
            return None
        sentence = self._text.locator.at(office.told)
        date = self._in(sentence.start, office.told)
        if date is None:
            before = [d for d in self._decisions if d.end <= office.told]
            return before[-1] if before and office.manner else None
        told = bool(office.manner) or self._left(office)
        between = self._text.raw[date.end : office.told]
        return date if told or not any(mark in between for mark in _CLAUSE_MARKS) else None

    def _in(self, start: int, end: int) -> DateMention | None:
        """Return the last date of a span that says when something happened."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        near = reversed(self._dates[max(first, last - _MOST_DATES) : last])
        return next((date for date in near if tells_when(self._text.raw, date)), None)
