"""Lists of those present that run over several clauses: 市领导甲、乙，各县负责人参加."""

from __future__ import annotations

import re

from extract.clause_slots import left
from extract.clauses import Clause
from extract.scene import Filler, Scene
from extract.text import PERSON, Mention

_ATTENDANTS = re.compile(
    r"(?:负责人|负责同志|负责干部|领导|代表|人员|成员|干部|班子|单位|部门|同志|专家|党员|群众|居民|村民|志愿者|师生|委员"
    r"|书记|主任|[局镇乡县区市院校组队科]长|官兵|嘉宾|企业家)(?:等|[共约]?\d+余?人|[一共]?同|也|均|全程|应邀|分别|[\s，、])*$"
)
"""Those present without a name: 各县（市、区）主要负责同志|参加."""
_LONGEST_ATTENDANTS = 30
_LIST_OPENINGS = frozenset({"", "和", "以及", "及"})
_LIST_END = re.compile(r"(?:等?(?:同志|领导|市领导|县领导|区领导|省领导)?)[\s，]*")


def roll(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return those on the left, and before them those whom nothing but a list of names makes present.

    市领导甲、乙，各县负责人参加: the clause of the trigger names only who else was there.
    """
    raw, clause = scene.text.raw, scene.clause
    own = left(scene, types)
    if own is None and not _attended(raw, clause.start, scene.trigger.start):
        return None
    listed: list[Mention] = []
    for before in reversed([c for c in scene.sentence if c.end <= clause.start]):
        named = _names_only(raw, before)
        if before.triggers or not (named or _attended(raw, before.start, before.end)):
            break
        listed[:0] = named
    found = (*listed, *(own.mentions if own is not None else ()))
    return Filler(tuple(m for m in found if m.type in types)) if found else None


def _attended(raw: str, start: int, end: int) -> bool:
    """Tell whether a stretch ends in those present without a name."""
    return _ATTENDANTS.search(raw, max(start, end - _LONGEST_ATTENDANTS), end) is not None


def _names_only(raw: str, clause: Clause) -> list[Mention]:
    """Return the persons of a clause that consists of them: 市领导甲、乙等，."""
    if len(clause.groups) != 1:
        return []
    group = clause.groups[0]
    opens = raw[clause.start : group.start].strip() in _LIST_OPENINGS
    closes = _LIST_END.fullmatch(raw, group.end, clause.end) is not None
    return group.of((PERSON,)) if opens and closes else []
