"""Groups: the coordinated names that a clause speaks of as one constituent.

A person comes with its offices, so that the organs in them are no actors of the clause. Neighbours of
one class joined by 、, 和 and the like are one group; so are persons joined by commas where each has
an office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.holders import Holder
from extract.text import DOCUMENT, EVENT, HONOUR, INSTITUTION, PERSON, PLACE, PRACTICE, Mention

_JOINT = re.compile(r"[”’」]?\s*(?:[、和与及]|以及|并|暨|联合|会同|携手|协同)?\s*[“‘「]?")
_COMMA = re.compile(r"\s*[，,；;]\s*(?:以及|和)?\s*")
_DATELINE = re.compile(r"(?:消息|讯|电|报道|记者|客户端)(?:[（(：:\s]|记者)")
_CLASS = {
    INSTITUTION: "actor",
    PLACE: "actor",
    PERSON: PERSON,
    PRACTICE: PRACTICE,
    DOCUMENT: DOCUMENT,
    HONOUR: HONOUR,
    EVENT: EVENT,
}


_ROWS = (PRACTICE, HONOUR, DOCUMENT)
"""What stands in a row with no more between than its marks: “甲”“乙”, 《甲》《乙》."""


@dataclass(slots=True, eq=False)
class Group:
    """Coordinated mentions of one class, with what stands between them."""

    start: int
    end: int
    members: list[Mention]

    def of(self, types: tuple[str, ...]) -> list[Mention]:
        """Return the members of these types."""
        return [m for m in self.members if m.type in types]


@dataclass(slots=True)
class _Item:
    start: int
    end: int
    mention: Mention
    titled: bool


def find_groups(raw: str, holders: list[Holder], mentions: list[Mention]) -> list[Group]:
    """Return the groups of a text, in order.

    `mentions` are all but the persons; what lies inside an office chain or inside a longer mention is
    no constituent of its own and is marked `inside`.
    """
    items = _items(raw, holders, mentions)
    groups: list[Group] = []
    last: _Item | None = None
    for item in items:
        if last is not None and groups and _joins(raw, last, item):
            groups[-1].members.append(item.mention)
            groups[-1].end = item.end
        else:
            groups.append(Group(item.start, item.end, [item.mention]))
        last = item
    return groups


def _items(raw: str, holders: list[Holder], mentions: list[Mention]) -> list[_Item]:
    items = [_Item(h.start, h.end, h.person, bool(h.offices)) for h in holders]
    for mention in mentions:
        # 央视网消息： names the medium that reports, not somebody who acts.
        if mention.type == INSTITUTION and _DATELINE.match(raw, mention.end):
            mention.inside = True
        if not mention.inside and (mention.name or mention.level):
            items.append(_Item(mention.start, mention.end, mention, False))
    items.sort(key=lambda i: (i.start, -i.end))
    kept: list[_Item] = []
    for item in items:
        if kept and item.start < kept[-1].end:
            item.mention.inside = True
            continue
        kept.append(item)
    return kept


def _joins(raw: str, last: _Item, item: _Item) -> bool:
    if _CLASS[last.mention.type] != _CLASS[item.mention.type]:
        return False
    between = raw[last.end : item.start]
    if last.mention.type == EVENT:
        return False
    if _JOINT.fullmatch(between):
        return bool(between.strip()) or last.mention.type in _ROWS
    return (
        item.mention.type == PERSON and item.titled and last.titled and _COMMA.fullmatch(between) is not None
    )
