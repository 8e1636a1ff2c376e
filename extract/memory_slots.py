"""Sources from what was read before: actors carried over, places, practices, offices, events under way."""

from __future__ import annotations

import re

from extract.clause_slots import left
from extract.groups import Group
from extract.pairs import PAIR
from extract.scene import Filler, Scene, from_slot
from extract.sessions import convening_body
from extract.state import Slot, State
from extract.text import EVENT, INSTITUTION, PERSON, PLACE, PRACTICE, VISIT, Mention, Text

_SESSION = re.compile(r"会(?:议|上)?")
_LEVEL_AGAIN = re.compile(
    r"(?P<level>社区|街道|村|镇|乡|县|区|市)(?:里|上|党委|党工委|党支部|党总支|两委)?(?![\u4e00-\u9fff]{0,1}[民长委])"
)
_THERE = re.compile(r"当地(?:党委、?政府|政府|党委)?|这里|那里|这儿")
_PRONOUNS = frozenset({"他", "她", "他们", "其", "并", "还", "也", "均", "双方", "连续"})
_COUNTED = re.compile(r"有\d+[个家所名项位支件]")
_PREDICATES = ("是", "既是", "正是", "就是", "更是", "这是", "对于")
_STRANGER = re.compile(
    r"(?:[，。；：\s]|（[^（）]*）)(?P<who>[^，。；：\s“”的向对为与同给让]{0,10}?"
    r"(?:公司|企业|中央政府|我国|各国|全国各地|商家|厂家|青年|专家|学者|旅客|游客|消费者|海关|铁路部门|气象部门))(?!家)"
)
"""An actor that is no institution of its own, at the head of its clause."""
_FARTHEST_STRANGER = 200
_NO_ACTOR = frozenset({"v", "vd", "p", "d", "ad"})
"""What governs the noun behind it: 围绕|企业提出的需求, 开展|企业调研."""
_ACTING = frozenset({"v", "vd", "d", "ad"})
_WITH = ("与", "同", "跟")
_PARTNER_SAID = re.compile(r"[与同跟](?![时样步期比类年])")
_DONE = ("了", "起")
_ACTORS = (PERSON, INSTITUTION, PLACE)
_PERSONAL = ("他", "她")
_OF_OTHERS = frozenset({"来自", "共有", "包括", "共计", "另有", "还有"})
"""Verbs that tell of others: 来自各地的代表参会."""
_NOUNS = frozenset({"n", "nz", "vn", "nw", "an", "m", "ORG", "LOC", "PER"})
_REFERS = re.compile(
    r"(?:有关|相关|此次|本次|该|这次|当天|今天|全体|开幕|闭幕|主题|分组)?(?:会|活动|仪式|大会|论坛|调研|考察|座谈|开幕|闭幕|讨论|慰问|走访|检查|督导|视察|启动|揭牌|签约)"
)
_DESCRIBES = re.compile(r"上述|的(?![^，。；：]{0,6}(?:有|是|包括|为)|[：:])")
"""An attribute of a noun that follows, not the opening of a list (出席的还有…)."""
_TOPICAL = re.compile(r"(?:就|关于|围绕|针对|筹备|备战|学习)$")
_ELSEWHERE = re.compile(r"来到|来|到|赴|前往|走进|抵达")
_EACH = frozenset({"都", "均", "纷纷", "各自", "分别"})
"""Words that take up a subject right before them: 有条件的社区都设立了."""
_SKIPPED_TAGS = frozenset({"TIME", "t", "d", "ad", "c", "xc", "w", "f", "m", "q", "u"})


def others(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the members of the subject's own group, if no partner is said that nobody knows.

    Those who sign with somebody else are on one side: 甲、乙同某公司签署.
    """
    subject = scene.subject
    if subject is None or (subject.inherited and not _taken_up(subject)):
        return None
    raw, first, last = scene.text.raw, subject.mentions[0], subject.mentions[-1]
    partner = _PARTNER_SAID.search(raw, last.end, scene.trigger.start)
    return None if partner or raw.endswith(_WITH, scene.clause.start, first.start) else subject


def _taken_up(subject: Filler) -> bool:
    """Tell whether one word (两县, 双方) takes up all of them."""
    return len({m.span for m in subject.mentions}) == 1


def carried(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the actor of the clauses before, where nothing else could be the subject."""
    if not opens_bare(scene.text, scene.clause.start, scene.trigger.start):
        return None
    state = scene.state
    if _stranger_acts(scene, state.actor):
        return None
    slot = state.actor if types != (PERSON,) or _acted_since(state) else state.person
    # What somebody tells of is not done by the teller, unless the relation is about persons alone.
    if types != (PERSON,) and slot == state.speaker and state.in_speech(scene.trigger.start):
        return None
    if _THERE.match(scene.text.raw, scene.clause.start, scene.trigger.start):
        types = tuple(kind for kind in types if kind == PLACE)
    return from_slot(slot, types)


def _stranger_acts(scene: Scene, slot: Slot | None) -> bool:
    """Tell whether somebody unnamed acts between the slot and the clause: 各分公司积极腾仓."""
    if slot is None:
        return False
    text, end = scene.text, scene.clause.start
    start = max(slot.span[1], end - _FARTHEST_STRANGER)
    return any(
        text.word_at(m.end()).tag in _ACTING
        and not any(word.tag in _NO_ACTOR for word in text.words_from(*m.span("who")))
        for m in _STRANGER.finditer(text.raw, start, end)
        if m.end() < end
    )


def carried_party(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the actor carried over, unless an unnamed one has the partner: 促成|公司|与某村."""
    for group in scene.clause.groups_before(scene.trigger.start):
        if (
            scene.text.raw.endswith(_WITH, scene.clause.start, group.start)
            and group.start - 2 >= scene.clause.start
        ):
            before = scene.text.word_at(group.start - 2)
            if before.tag in _NOUNS and before.start >= scene.clause.start:
                return None
    return carried(scene, types)


def _acted_since(state: State) -> bool:
    """Tell whether somebody else has acted since the last persons did."""
    return state.actor is not None and state.person is not None and state.actor.span > state.person.span


def continued(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the actor or place carried over, but not to a bare verb at the head of a sentence or an item.

    Such a verb demands, or tells of what a plan holds: ；组建某局；组建某委.
    """
    clause, trigger = scene.clause, scene.trigger
    opens = clause.start == clause.sentence.start or scene.text.raw.endswith("；", 0, clause.start)
    if (
        opens
        and clause.start == trigger.start
        and not scene.text.raw.endswith(_DONE, trigger.start, trigger.end)
    ):
        return None
    return carried(scene, types) or place(scene, types)


def place(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the place in focus, where nothing else could be the subject."""
    again = _LEVEL_AGAIN.match(scene.text.raw, scene.clause.start, scene.trigger.start)
    found = from_slot(scene.state.place, types)
    if again is not None and found is not None and not scene.state.in_speech(scene.trigger.start):
        bare = opens_bare(scene.text, again.end(), scene.trigger.start)
        return found if bare and found.mentions[-1].name.endswith(again.group("level")) else None
    if scene.state.in_speech(scene.trigger.start) or not opens_bare(
        scene.text, scene.clause.start, scene.trigger.start
    ):
        return None
    if scene.text.raw.startswith(_PERSONAL, scene.clause.start) or _stranger_acts(scene, scene.state.place):
        return None
    return found


def focus(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the place in focus, where the clause names nobody before the trigger: “X”让邻里更近了."""
    before = scene.clause.groups_before(scene.trigger.start)
    if scene.state.in_speech(scene.trigger.start) or any(group.of(_ACTORS) for group in before):
        return None
    return from_slot(scene.state.place, types)


def topic(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the practices named before, if the clause itself names none before the trigger."""
    if any(group.of((PRACTICE,)) for group in scene.clause.groups_before(scene.trigger.start)):
        return None
    return from_slot(scene.state.practice, types)


def office(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return where the persons on the left hold their first office."""
    persons = left(scene, (PERSON,))
    return _organs_of(scene, persons.mentions if persons is not None else (), types)


def home(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the place in which who acts here, or acted in the clause before, holds office.

    What the head of a village or a town brings in (村党支部书记某某推行…) is done there.
    """
    found = left(scene, (PERSON,))
    persons = found.mentions if found is not None else ()
    actor = scene.state.actor
    if not persons and actor is not None and not scene.state.in_speech(scene.trigger.start):
        bare = opens_bare(scene.text, scene.clause.start, scene.trigger.start)
        persons = tuple(m for m in actor.members if m.type == PERSON) if bare else ()
    return _organs_of(scene, persons, tuple(t for t in types if t == PLACE))


def speaker(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return where the speaker holds the first office."""
    speaker = scene.state.speaker
    speaks = speaker is not None and scene.state.in_speech(scene.trigger.start)
    return _organs_of(scene, speaker.members if speaker is not None and speaks else (), types)


def _organs_of(scene: Scene, persons: tuple[Mention, ...], types: tuple[str, ...]) -> Filler | None:
    organs = tuple(o for p in persons if (o := scene.offices.get(id(p))) is not None and o.type in types)
    return Filler(organs, inherited=organs[0].span) if organs else None


def opens_bare(text: Text, start: int, trigger: int) -> bool:
    """Tell whether nothing before the trigger could be its subject, so that one is carried over.

    A clause with 是 says of what was told before what it is: ，是推进…的需要. What is counted acts itself:
    ，有22个项目获得….
    """
    if text.raw.startswith(_PREDICATES, start) or _COUNTED.search(text.raw, start, trigger):
        return False
    if PAIR.match(text.raw, start, trigger):
        return True
    there = _THERE.match(text.raw, start, trigger)
    words = text.words_from(there.end() if there is not None else start, trigger)
    if len(words) > 1 and text.raw[words[-1].start : words[-1].end] in _EACH and words[-2].tag == "n":
        return False
    for word in words:
        surface = text.raw[word.start : word.end]
        if surface in _PRONOUNS or word.tag in _SKIPPED_TAGS or not surface.strip():
            continue
        if surface in _OF_OTHERS:
            return False
        return word.tag in ("v", "vd", "p", "vn") and word.start >= start
    return True


def sentence_event(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the event that the sentence names."""
    after = [c for c in scene.sentence if c.start >= scene.clause.start]
    before = [c for c in scene.sentence if c.end <= scene.clause.start]
    for clause in (*after, *reversed(before)):
        near = clause.groups_before(clause.end) if clause is not scene.clause else _around(scene)
        named = next((m for g in near for m in g.members if _is_told_of(scene, m)), None)
        if named is not None:
            return Filler((named,))
    return None


def _is_told_of(scene: Scene, mention: Mention) -> bool:
    """Tell whether a mention names an event that is no more than the topic of another: 就…会议议程作汇报."""
    if mention.type != EVENT or not mention.name:
        return False
    return _TOPICAL.search(scene.text.raw, max(0, mention.start - 3), mention.start) is None


def _around(scene: Scene) -> list[Group]:
    clause, position = scene.clause, scene.trigger.start
    return [*clause.groups_before(position), *clause.groups_after(position)]


def event(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the sentence's event, the one under way, or the article's main one.

    What the trigger governs instead, if the rule is `transitive`, is not made one: 参加|体育锻炼.
    """
    if scene.trigger.rule.transitive and _governs_other(scene):
        return None
    return sentence_event(scene, types) or from_slot(_event_slot(scene), types)


def _governs_other(scene: Scene) -> bool:
    """Tell whether a noun that refers to no event follows the trigger at once."""
    text, end = scene.text, scene.trigger.end
    if _DESCRIBES.match(text.raw, end):
        return True
    if scene.referred or end >= scene.clause.end or _REFERS.match(text.raw, end):
        return False
    word = text.word_at(end)
    return word.start == end and word.tag in _NOUNS


def _event_slot(scene: Scene) -> Slot | None:
    """Return the event that the clause refers to: the last told of, or the article's own.

    A word such as 会议 means the one of the two that is such a thing; if both are, the article's own, unless
    the last one was told to be held.
    """
    state = scene.state
    last, main = state.event, state.main_event
    if not scene.trigger.rule.visits:
        last, main = _session(last), _session(main)
    if last is None or main is None or last.members == main.members or not scene.referred:
        return last or main
    if _is_such(main, scene.referred) and not (_is_such(last, scene.referred) and state.under_way):
        return main
    return last


def _session(slot: Slot | None) -> Slot | None:
    """Return the slot, or None if its event is a visit."""
    return None if slot is None or any(m.kind == VISIT for m in slot.members) else slot


def _is_such(slot: Slot, word: str) -> bool:
    return any(m.core.endswith(word) or m.name.endswith(word) for m in slot.members)


def under_way(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the visit last told of, unless its name says to where it is paid."""
    slot = scene.state.event
    if slot is None or _session(slot) is slot or _ELSEWHERE.match(slot.members[0].name):
        return None
    return from_slot(slot, types)


def honours(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the honours that the paragraph named last: 揭晓了“…优秀案例”。甲、乙入选."""
    return from_slot(scene.state.honour, types)


def convened(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the body whose session deliberates: 会议审议通过, 县人大常委会第二次会议表决通过."""
    opening = scene.text.raw[scene.clause.start : scene.trigger.start]
    if _SESSION.search(opening) is None:
        return None
    found = event(scene, (EVENT,))
    body = convening_body(found.mentions[0]) if found is not None else None
    if body is None or found is None:
        return from_slot(scene.state.convener, types)
    return Filler((body,), inherited=found.inherited)


def presiding(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the body whose session the sentence tells of, or is under way, where no subject is named."""
    slot = scene.state.event
    if slot is None or not (scene.state.under_way or slot.span[0] >= scene.clause.sentence.start):
        return None
    if not opens_bare(scene.text, scene.clause.start, scene.trigger.start):
        return None
    body = convening_body(slot.members[0])
    return Filler((body,), inherited=slot.span) if body is not None and body.type in types else None


def main(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the article's main event."""
    return from_slot(scene.state.main_event, types)
