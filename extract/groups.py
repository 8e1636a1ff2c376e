"""Groups: the coordinated names that a clause speaks of as one constituent.

A person comes with its offices, so that the organs in them are no actors of the clause. Neighbours of
one class joined by 、, 和 and the like are one group; so are persons joined by commas where each has
an office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.holders import Holder
from extract.language.lexicon import Title
from extract.offices import ROLE
from extract.phrases import Phrases
from extract.text import DOCUMENT, EVENT, HONOUR, INSTITUTION, PERSON, PLACE, PRACTICE, VISIT, Mention

_JOINT = re.compile(r"[”’」]?\s*(?:[、和与及]|以及|并|暨|联合|会同|携手|协同)?\s*[“‘「]?")
_UNREAD = re.compile(r"、[\u4e00-\u9fff·]{2,4}、")
"""A name between two in a list that the tagger took for something else."""
_NOUN_JOINT = re.compile(r"[\u4e00-\u9fff]{1,5}、")
_COMMA = re.compile(r"\s*[，,；;]\s*(?:以及|和)?\s*")
_DATELINE = re.compile(r"(?:消息|讯|电|报道|记者|客户端)(?:[（(：:\s]|记者)")
_LEAST_TITLE = 2
_PARTY_BODY, _GOVERNMENT = ("委", "党工委"), ("政府", "办事处", "管委会")
"""What stands side by side without a mark: 区委区政府."""
_OF_ORIGIN = re.compile(r"(?:籍|人(?=[，。；、）)]))")
"""What makes a place somebody's origin: 江西莲花县人，."""
_HEADS = re.compile(
    r"等?(?:[省市县区镇乡村]|街道)?(?:有关|相关|各|直|级)*(?:(?:成员|所属|下属|直属)?(?:单位|部门)|科室|股室|站所)?的?"
    r"(?:(?:主要|分管|有关|相关|班子|党政|全体)+(?:负责人|负责同志|负责干部|领导|成员)|负责人|负责同志|负责干部|领导(?!小组)|(?:有关|相关)同志"
    r"|班子成员|成员单位|党员干部|干部职工|干部|职工|工作人员|志愿者|代表(?![团队大作])"
    r"|全体(?!会)|党员(?!大会)|师生|官兵|民警)"
)
"""Unnamed heads: 甲、乙等有关部门负责人 says of the organs no more than that they have such."""
_CLASS = {
    INSTITUTION: "actor",
    PLACE: "actor",
    PERSON: PERSON,
    PRACTICE: PRACTICE,
    DOCUMENT: DOCUMENT,
    HONOUR: HONOUR,
    EVENT: EVENT,
}


_EVENT_JOINTS = frozenset({"、", "和", "及", "以及"})
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


def find_groups(
    raw: str, holders: list[Holder], mentions: list[Mention], titles: Phrases[Title]
) -> list[Group]:
    """Return the groups of a text, in order.

    `mentions` are all but the persons; what lies inside an office chain or inside a longer mention is
    no constituent of its own and is marked `inside`, but for the place where somebody without an office lives
    (某村村民某某). An organ before a title acts no more than its unnamed
    head does: it is left out.
    """
    groups: list[Group] = []
    last: _Item | None = None
    headed: set[int] = set()
    for item in _items(raw, holders, mentions):
        if _is_headed(raw, item, titles):
            headed.add(id(item.mention))
        if last is not None and groups and _joins(raw, last, item):
            groups[-1].members.append(item.mention)
            groups[-1].end = item.end
            # Those of a list share the office before its first: 副总理甲、乙，国务委员丙、丁出席.
            item.titled = item.titled or last.titled
        else:
            groups.append(Group(item.start, item.end, [item.mention]))
        last = item
    return [g for g in groups if _without_headed(g, headed).members and _acts(raw, g)]


def _without_headed(group: Group, headed: set[int]) -> Group:
    """Leave out of a group the organs before a title: all of them if the last is one (甲、乙局长)."""
    if id(group.members[-1]) in headed:
        group.members = [m for m in group.members if m.type != INSTITUTION]
    elif not headed.isdisjoint(map(id, group.members)):
        group.members = [m for m in group.members if id(m) not in headed]
    return group


def _acts(raw: str, group: Group) -> bool:
    return group.members[0].type != INSTITUTION or not _HEADS.match(raw, group.end)


def _items(raw: str, holders: list[Holder], mentions: list[Mention]) -> list[_Item]:
    items = [_Item(h.start, h.end, h.person, bool(h.offices)) for h in holders]
    for mention in mentions:
        # 央视网消息： names the medium that reports, not somebody who acts.
        if mention.type == INSTITUTION and _DATELINE.match(raw, mention.end):
            mention.inside = True
        if mention.type == PLACE and _OF_ORIGIN.match(raw, mention.end):
            mention.inside = True
        if not mention.inside and (mention.name or mention.level):
            items.append(_Item(mention.start, mention.end, mention, False))
    homes = {id(o.organ) for h in holders for o in h.offices if o.kind == ROLE and o.organ is not None}
    items.sort(key=lambda i: (i.start, -i.end))
    kept: list[_Item] = []
    for item in items:
        if kept and item.start < kept[-1].end:
            item.mention.inside = id(item.mention) not in homes
            continue
        kept.append(item)
    return kept


def _is_headed(raw: str, item: _Item, titles: Phrases[Title]) -> bool:
    found = titles.starting(raw, item.end) if item.mention.type == INSTITUTION else None
    return found is not None and found.end - found.start >= _LEAST_TITLE


def _joins(raw: str, last: _Item, item: _Item) -> bool:
    if _CLASS[last.mention.type] != _CLASS[item.mention.type]:
        return False
    between = raw[last.end : item.start]
    if last.mention.type == EVENT:
        return between in _EVENT_JOINTS and last.mention.kind != VISIT and bool(last.mention.name)
    if last.mention.type == PRACTICE and _NOUN_JOINT.fullmatch(between):
        return raw[item.start] in "“‘「"
    if not between and raw.endswith(_PARTY_BODY, 0, last.end) and raw.endswith(_GOVERNMENT, 0, item.end):
        return True
    if item.mention.type == PERSON and _UNREAD.fullmatch(between):
        return True
    if _JOINT.fullmatch(between):
        return bool(between.strip()) or last.mention.type in _ROWS
    return (
        item.mention.type == last.mention.type == PERSON
        and item.titled
        and last.titled
        and _COMMA.fullmatch(between) is not None
    )
