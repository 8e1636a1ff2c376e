"""Nesting: the institutions that a name says it is part of, from the inside out.

广州铁路公安局怀化公安处怀化站派出所 is part of 广州铁路公安局怀化公安处, and that of 广州铁路公安局. Only
names that are plain are cut: behind a ministry, a bureau, a university or the like, and before a department.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.language.lexicon import Lexicon
from extract.language.organ_forms import split_organ
from extract.mentions.institution_anchors import head_of
from extract.text import INSTITUTION, Mention

_WHOLE = re.compile(
    r"(?:[部局厅署]|总队|支队|公安处|派出所|残联|联合会|法院|检察院|大学|学院|医院|公司|集团|银行|科学院|研究院"
    r"|福利院|少年宫|歌舞剧院|中学|小学|日报社|电视台|人民网|新华社|协会|总工会|评选委员会|组委会|党校(?:[（(]国家行政学院[)）])?)$"
)
_DEPARTMENT = re.compile(
    r"(?:(?<!公)司|[处科室系部]|分?局|分[院社行校店]|支队|大队|中队|总队|派出所|警务区|研究[院所]|研究中心|服务中心|管理中心|指导中心"
    r"|基地|学院|附属(?:学校|医院|中学|小学)|党校|办公室|频道|编辑部|合唱团|乐团|实验室|检测站|巡回法庭|人民法庭|法庭|检察室)$"
)
_LEAST_DEPARTMENT = 2
_LEAST_WHOLE = 3
_LEAST_OWN = 2
_SAME_UNIT = frozenset({"管理局", "监督局", "管理处"})
"""What goes on a name rather than naming a part: 北京市医院|管理局."""
_STOPS = "和与及、兼或"


def wholes(mention: Mention, lexicon: Lexicon) -> list[Mention]:
    """Return the institutions that the name of one lies in, the innermost first, as mentions of their own."""
    name = mention.name
    if lexicon.central.starting(name, 0) is not None and _is_central(lexicon, name):
        return []
    cuts = [at for at in _cuts(name) if _is_whole(lexicon, name[:at])]
    return [_opening(mention, at) for at in reversed(cuts)]


def _cuts(name: str) -> Iterator[int]:
    if _DEPARTMENT.search(name) is None:
        return
    last = 0
    for at in range(_LEAST_WHOLE, len(name) - _LEAST_DEPARTMENT + 1):
        if name[at] in _STOPS or name.count("(", 0, at) != name.count(")", 0, at):
            continue
        if _WHOLE.search(name, last, at) is None:
            continue
        # 学院 in 学院路, 部 in 部队: the rest has to be a department by itself.
        if name[at:] in _SAME_UNIT:
            continue
        if _DEPARTMENT.search(name[at:]) is not None and at - last >= _LEAST_WHOLE:
            yield at
            last = at


def is_department(name: str) -> bool:
    """Tell whether a name is one of a department by itself: 法学院, 编辑部."""
    return len(name) >= _LEAST_DEPARTMENT and _DEPARTMENT.search(name) is not None


def _is_central(lexicon: Lexicon, name: str) -> bool:
    found = lexicon.central.starting(name, 0)
    return found is not None and found.end == len(name)


def _is_whole(lexicon: Lexicon, name: str) -> bool:
    if _is_central(lexicon, name) or split_organ(name)[0]:
        return True
    head = head_of(lexicon, name, len(name), name[-2:])
    return head is not None and head.value.strong and head.start >= _LEAST_OWN


def _opening(mention: Mention, length: int) -> Mention:
    rest = len(mention.name) - length
    end = max(mention.start + 1, mention.end - rest)
    whole = Mention(mention.start, end, INSTITUTION, mention.name[:length], mention.level, mention.places)
    whole.core = mention.core
    return whole
