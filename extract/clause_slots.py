"""Sources within the clause and its sentence: groups left and right of the trigger, and what governs them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from extract.clauses import Clause, Trigger
from extract.groups import Group
from extract.scene import Filler, Scene, first_of
from extract.text import HONOUR, PERSON, PLACE, VISIT

_GOVERNED = re.compile(
    r"(?:在|于|到|赴|走进|来到|前往|对|向|从|来自|为|把|将|给|当|以|围绕|关于|针对|驻|代表|陪同|会见|听取)\s*[“‘]?$"
)
_CITED = re.compile(r"(?:受|学习|贯彻|落实|传达|转达|牢记|遵照|按照|根据|宣读|感谢)了?$")
"""Verbs whose object, a person, is cited and does nothing: 传达习近平重要指示."""
_WORDS_OF = re.compile(
    r"(?:的|近期|一系列|系列|有关|关于[^，。]{2,30}的)?(?:重要)*(?:指示|批示|讲话精神|重要讲话|论述|贺信|贺电|思想|回信)"
)
"""What somebody said or wrote, which is not the doing of it."""
_AGENT = re.compile(r"(?:由|被|经)\s*$")
_PARTNER = re.compile(r"(?:与|同|跟|和|联合|携手|联手)\s*[“‘]?$")
_LOCATED = re.compile(r"(?:在|于|赴|走进|来到|前往|深入|到)\s*$")
_FIRST_IN = re.compile(r"(?:最早|最先|首先|率先|最初)(?:从|在|由)\s*$")
_ATTRIBUTIVE = re.compile(r"的\s*$")
_OF_WHOM = re.compile(
    r"[”’]?(?:等|荣誉|称号|奖章|奖项|奖状|证书)*的"
    r"(?!荣誉|称号|殊荣|美誉|奖|成绩|好成绩|佳绩|牌匾|证书|桂冠|[^，。；]{0,6}(?:称号|荣誉|殊荣))"
)
_ITS_PEOPLE = re.compile(
    r"青年|企业|公司|同胞|学者|专家|学生|商人|游客|记者|网友|媒体|小伙|姑娘|籍|人(?![大民])"
)
"""Who comes from a place: what they do is not done by the place (台湾|青年某某参与…)."""
_ENUMERATION = re.compile(
    r"(?:[^，。；：:]{0,6}的[^，。；：:]{0,8}?(?:是|有|还有|包括|为)|[^。；：:，]{0,6}[，,]?(?:分别)?(?:是|为)|[^。；：:，]{0,4}[：:])[：:]?"
)
_BETWEEN_AGENTS = frozenset({"、", "，", "", "和", "并由"})
_COUNTED = re.compile(r"(?:共|已|累计|现|还)*有\d")
"""What a place has gets the honour, not the place: 陕西共有164个项目获得…."""
_CONTINUES = frozenset("的“‘")
_NAMING = frozenset({"n", "nz", "nw", "ORG", "LOC", "PER"})
_HONORIFICS = frozenset(
    {
        "同志",
        "先生",
        "女士",
        "老人",
        "夫妇",
        "一家",
        "家庭",
        "教授",
        "团队",
        "当地",
        "战略",
        "友好",
        "两地",
        "双方",
    }
)
_OPENING = re.compile(r"\s*(?:这样的|如今的?|而|而且|同时|目前|近年来|现在|这个|一个个|一场场|这种)?")
_ADVERBS = frozenset({"d", "ad", "TIME", "t", "u", "xc"})
_NEAR_TRIGGERS = 16
_NOUNS = frozenset({"n", "vn", "nz", "an"})
_GOVERNING = frozenset({"v", "p", "vd", "d"})


def _governed(scene: Scene, group: Group) -> bool:
    raw, near = scene.text.raw, max(0, group.start - 6)
    if group.of((PERSON,)) and (_CITED.search(raw, near, group.start) or _WORDS_OF.match(raw, group.end)):
        return True
    return _GOVERNED.search(raw, near, group.start) is not None


def left(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the first group on the left that no preposition governs."""
    return _first_free(scene, types, lambda group: not _governed(scene, group) or _agentive(scene, group))


def doer(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the first group on the left that no preposition governs, and not where others come from."""
    return _first_free(
        scene,
        types,
        lambda group: (
            (not _governed(scene, group) or _agentive(scene, group))
            and not (group.of((PLACE,)) and _ITS_PEOPLE.match(scene.text.raw, group.end))
        ),
    )


def patient(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the first group on the left that nobody governs, the agent left out."""
    return _first_free(scene, types, lambda group: not _governed(scene, group) and _receives(scene, group))


def _receives(scene: Scene, group: Group) -> bool:
    """Tell whether the group itself gets something: not an agent, not 某公司|的产品, 北京|地坛医院."""
    counted = _COUNTED.match(scene.text.raw, group.end, scene.trigger.start)
    return counted is None and not _agentive(scene, group) and _whole(scene, group)


def _whole(scene: Scene, group: Group) -> bool:
    """Tell whether the group is all that is named: no noun follows that has it for an attribute."""
    raw = scene.text.raw
    if raw[group.end : group.end + 1] in _CONTINUES:
        return False
    word = scene.text.word_at(min(group.end, len(raw) - 1))
    surface = raw[word.start : word.end]
    return word.start != group.end or word.tag not in _NAMING or surface in _HONORIFICS


def party(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the first group on the left that is no partner."""
    return _first_free(
        scene,
        types,
        lambda group: not _governed(scene, group) and not _with(scene, group) and _whole(scene, group),
    )


def _first_free(scene: Scene, types: tuple[str, ...], is_free: Callable[[Group], bool]) -> Filler | None:
    """Return the first free group, from the trigger before on if there is one there."""
    before = scene.clause.groups_before(scene.trigger.start)
    attributive = {g.end for g in before} & {g.start for g in before}
    # A group right before another only says whose that is: 晋江市“党建+邻里中心”.
    free = [g for g in before if g.end not in attributive and is_free(g)]
    previous = scene.clause.trigger_end_before(scene.trigger.start)
    return first_of([g for g in free if g.end > previous], types) or first_of(free, types)


def _beside(scene: Scene, group: Group) -> bool:
    return _PARTNER.search(scene.text.raw, max(0, group.start - 3), group.start) is not None


def _with(scene: Scene, group: Group) -> bool:
    """Tell whether the group is a partner, or goes on a list that one opens: 与甲银行、某某、|乙银行."""
    before = scene.clause.groups_before(group.end)
    opening = next((g for g in reversed(before) if _beside(scene, g)), None)
    if opening is None or opening.start == group.start:
        return opening is not None
    between = scene.text.raw[opening.end : group.start]
    return between.startswith("、") and between.endswith("、") and "，" not in between


def partner(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the group after 与, 同 or 联合."""
    before = scene.clause.groups_before(scene.trigger.start)
    return first_of([g for g in before if _beside(scene, g) and _whole(scene, g)], types)


def every_left(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return all groups on the left."""
    before = scene.clause.groups_before(scene.trigger.start)
    members = tuple(m for g in before for m in g.of(types))
    return Filler(members) if members else None


def nearest(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the last group before the trigger."""
    return first_of(list(reversed(scene.clause.groups_before(scene.trigger.start))), types)


def _agentive(scene: Scene, group: Group) -> bool:
    return _AGENT.search(scene.text.raw, max(0, group.start - 3), group.start) is not None


def agent(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the group after 由 or 被."""
    before = scene.clause.groups_before(scene.trigger.start)
    agents = [g for g in before if _agentive(scene, g)]
    if not agents:
        return None
    # 由甲主办、乙承办: each verb has its own agent, the first behind the verb before it.
    previous = scene.clause.trigger_end_before(scene.trigger.start)
    listed = [g for g in before if g.start >= previous > agents[0].end]
    opening = scene.text.raw[previous : listed[0].start].strip() if listed else None
    return (first_of(listed[:1], types) if opening in _BETWEEN_AGENTS else None) or first_of(agents, types)


def right(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the first group after the trigger."""
    after = _innermost(scene.clause.groups_after(scene.trigger.end))
    limit = scene.clause.trigger_start_after(scene.trigger.start)
    return first_of([g for g in after if g.start < limit], types) or first_of(after[:1], types)


def _innermost(groups: list[Group]) -> list[Group]:
    """Leave out a place that only says where the next one is: 宏村镇|际联村."""
    outer = {g.end for g in groups if g.members[-1].type == PLACE} & {
        g.start for g in groups if g.members[0].type == PLACE
    }
    return [g for g in groups if g.end not in outer]


def direct(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the first group after the trigger, if no other verb governs it."""
    found = right(scene, types)
    if found is None:
        return None
    between = scene.text.words_from(scene.trigger.end, found.mentions[0].start)
    following = scene.text.word_at(min(found.mentions[-1].end, len(scene.text.raw) - 1))
    if following.start == found.mentions[-1].end and following.tag in _NOUNS:
        return None
    attributive = between and scene.text.raw[between[-1].start : between[-1].end].endswith("的")
    return found if attributive or not any(word.tag in _GOVERNING for word in between) else None


def governed_by(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the last group before the trigger that a preposition governs."""
    before = reversed(scene.clause.groups_before(scene.trigger.start))
    return first_of([group for group in before if _governed(scene, group)], types)


def parties(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the party and its partner, who do together what the trigger says."""
    one, other = party(scene, types), partner(scene, types)
    if one is None or other is None:
        return one
    return Filler((*one.mentions, *(m for m in other.mentions if m not in one.mentions)))


def recipient(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the first group before the honour that the trigger bestows."""
    after = scene.clause.groups_after(scene.trigger.end)
    bestowed = next((number for number, group in enumerate(after) if group.of((HONOUR,))), 0)
    return first_of([g for g in after[:bestowed][:1] if _followed_by(scene, g, after[bestowed])], types)


def _followed_by(scene: Scene, group: Group, honour: Group) -> bool:
    """Tell whether the group gets the honour itself, with nothing but marks and a count before it."""
    return honour.start == group.end or _receives(scene, group)


def among(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the last group of a clause before that opens with 在."""
    before = [c for c in scene.sentence if c.end <= scene.clause.start]
    clause = next((c for c in reversed(before) if scene.text.raw.startswith("在", c.start)), None)
    return first_of(clause.groups[-1:], types) if clause is not None else None


def located(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the group that 在, 赴 or 来到 governs."""
    for clause in (scene.clause, *reversed([c for c in scene.sentence if c.end <= scene.clause.start])):
        near = clause.groups_after(clause.start)
        for number, group in enumerate(near):
            if group.of(types) and _LOCATED.search(scene.text.raw, max(0, group.start - 3), group.start):
                return first_of([_chained(near[number:], types)], types)
    return None


def _chained(groups: list[Group], types: tuple[str, ...]) -> Group:
    """Return the last of the groups that follow each other at once: of 静宁县|城关镇|东关村 the village."""
    chosen = groups[0]
    for group in groups[1:]:
        if group.start != chosen.end or not group.of(types):
            break
        chosen = group
    return chosen


def visited(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the place that directly follows a verb of going, of 静宁县|城关镇|东关村 the last."""
    after = scene.clause.groups_after(scene.trigger.end)
    if not after or after[0].start - scene.trigger.end > 1 or not after[0].of(types):
        return None
    return first_of([_chained(after, types)], types)


def abutting(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the group that starts where the trigger ends."""
    end = scene.trigger.end
    return first_of([g for g in scene.clause.groups_after(end)[:1] if g.start == end], types)


def visit(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the first visit behind the trigger, up to where somebody else is named in a later clause."""
    for clause in scene.sentence:
        if clause.end <= scene.trigger.end:
            continue
        for group in clause.groups_after(max(clause.start, scene.trigger.end)):
            visits = tuple(m for m in group.of(types) if m.kind == VISIT)
            if visits:
                return Filler(visits)
            if group.of((PERSON,)) and clause is not scene.clause:
                return None
    return None


def owner(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the group that an attributive clause describes."""
    after = [
        g
        for clause in scene.sentence
        for g in clause.groups_after(scene.trigger.end)
        if _ATTRIBUTIVE.search(scene.text.raw, max(0, g.start - 2), g.start)
    ]
    return first_of(after, types)


def described(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return what an attributive clause describes, where the trigger's object shows it to be one."""
    return owner(scene, types) if describes(scene) else None


def describes(scene: Scene) -> bool:
    """Tell whether the trigger and its object are the attribute of what follows: 获得“…”奖章|的国际友人."""
    found = right(scene, (HONOUR,))
    raw, end = scene.text.raw, scene.clause.sentence.end
    return found is not None and _OF_WHOM.match(raw, found.mentions[-1].end, end) is not None


def enumerated(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return those whom a list names after the trigger: 发言的还有甲、乙, 承办单位是…."""
    raw, sentence = scene.text.raw, scene.clause.sentence
    opening = _ENUMERATION.match(raw, scene.trigger.end, sentence.end)
    if opening is None:
        return None
    begin = opening.end()
    limit = next(
        (t.start for c in scene.sentence if (t := _other_trigger(scene, c, begin)) is not None), sentence.end
    )
    members = [
        m
        for clause in scene.sentence
        for g in clause.groups_after(begin - 1)
        if g.end <= limit
        for m in g.of(types)
    ]
    return Filler(tuple(members)) if members else None


def _other_trigger(scene: Scene, clause: Clause, begin: int) -> Trigger | None:
    """Return the clause's first trigger from `begin` on that belongs to another rule."""
    start = bisect_left(clause.triggers, begin, key=lambda t: t.start)
    near = clause.triggers[start : start + _NEAR_TRIGGERS]
    return next((t for t in near if t.rule is not scene.trigger.rule), None)


def following(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return who acts in a later clause: 为推进…，静宁县….."""
    for clause in scene.sentence:
        if clause.start <= scene.clause.start:
            continue
        found = first_of([g for g in clause.groups_after(clause.start) if not _governed(scene, g)][:1], types)
        if found is not None:
            return Filler(found.mentions, inherited=found.mentions[0].span)
    return None


def opening(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the quoted names, unknown to the lexicon, that open the clause: “槐下夜谈”让邻里更近了."""
    raw = scene.text.raw
    for group in scene.clause.groups_before(scene.trigger.start)[:1]:
        found = tuple(m for m in group.of(types) if not m.kind and raw[m.start] in "“‘")
        near = _OPENING.fullmatch(raw, scene.clause.start, group.start) is not None
        return Filler(found) if found and near and _follows(scene, group) else None
    return None


def _follows(scene: Scene, group: Group) -> bool:
    """Tell whether the trigger is the verb of the group before it, but for an adverb."""
    between = scene.text.words_from(group.end, scene.trigger.start)
    return all(word.tag in _ADVERBS for word in between)


def towards(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the group that 向 governs."""
    before = scene.clause.groups_before(scene.trigger.start)
    return first_of([g for g in before if scene.text.raw.endswith("向", 0, g.start)], types)


def risen(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the group that 最早从 or 最早在 governs."""
    before = scene.clause.groups_before(scene.trigger.start)
    raw = scene.text.raw
    return first_of([g for g in before if _FIRST_IN.search(raw, max(0, g.start - 6), g.start)], types)


def disposed(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the group right after 把 or 将."""
    before = scene.clause.groups_before(scene.trigger.start)
    return first_of([g for g in before if scene.text.raw.endswith(("把", "将"), 0, g.start)], types)


def adjacent(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the group right before the trigger."""
    return first_of(
        [g for g in scene.clause.groups_before(scene.trigger.start)[-1:] if g.end == scene.trigger.start],
        types,
    )
