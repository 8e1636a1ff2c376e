"""The sources from which a rule fills its subject and object.

- `left`: the first group before the trigger that no preposition governs, after the trigger before it if
  there is one. `nearest`: the last group before the trigger. `every-left`: all before it. `adjacent`: the
  one right before it.
- `patient`: as `left`, but not the group after 由 or 被. `agent`: that one. `located`: the group that 在, 赴,
  来到 govern.
- `partner`: the group after 与, 同 or 联合. `party`: as `left`, but not a partner. `parties`:
  both together.
- `right`: the first group after the trigger. `direct`: that one, if no other verb governs it. `recipient`:
  the first group before the honour that the trigger bestows. `governed`: the last group before the trigger that
  a preposition governs. `among`: the last group of a clause before that opens with 在. `visited`: the group
  right after the trigger. `owner`: the group that an attributive clause describes (… 的赣州市). `enumerated`:
  those whom a list names after the trigger (发言的有…).
- `abutting`: the group that starts where the trigger ends. `visit`: the visit that the rest of the sentence
  tells of (来到某村，走访慰问…).
- `others`: the members of the subject's own group.
- `risen`: the group that 最早从 or 最早在 governs.
- `disposed`: the group right after 把 or 将.
- `following`: the first group of a later clause of the sentence that no preposition governs. `towards`:
  the group that 向 governs.
- `convened`: the body whose session (会议, 全会) the clause opens with.
- `carried`: the actor of the clauses before. `continued`: that one or the place in focus, unless a bare verb
  opens the sentence. `place`: the place in focus.
- `sentence-event`: the event of the sentence. `event`: that one, the one under way, or the article's main
  one. `main`: that one at once.
- `office`: the organ or place in which the persons on the left hold their first office; `speaker`: that of
  the speaker.
- `topic`: the practices named before, which 这一做法 speaks of.
- `date`: the dates of the clause or the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from extract.clauses import Clause, Trigger
from extract.dates import DateMention
from extract.groups import Group
from extract.pairs import PAIR
from extract.segments import Span
from extract.sessions import convening_body
from extract.state import Slot, State
from extract.text import EVENT, HONOUR, PERSON, PLACE, Mention, Text

_GOVERNED = re.compile(
    r"(?:在|于|到|赴|走进|来到|前往|对|向|从|为|把|将|给|当|以|围绕|关于|针对|代表|陪同|会见|听取)\s*[“‘]?$"
)
_AGENT = re.compile(r"(?:由|被|经)\s*$")
_AGENT_SAID = re.compile(r"(?:^|[，,、]|分别|联合|共同)由")
_PARTNER = re.compile(r"(?:与|同|跟|和|联合|携手|联手)\s*[“‘]?$")
_SESSION = re.compile(r"会(?:议|上)?")
_LOCATED = re.compile(r"(?:在|于|赴|走进|来到|前往|深入|到)\s*$")
_FIRST_IN = re.compile(r"(?:最早|最先|首先|率先|最初)(?:从|在|由)\s*$")
_ATTRIBUTIVE = re.compile(r"的\s*$")
_ENUMERATION = re.compile(
    r"(?:[^，。；：:]{0,6}的[^，。；：:]{0,8}?(?:是|有|还有|包括|为)|[^。；：:，]{0,6}[，,]?(?:分别)?(?:是|为)|[^。；：:，]{0,4}[：:])[：:]?"
)
_LEVEL_AGAIN = re.compile(
    r"(?P<level>社区|街道|村|镇|乡|县|区|市)(?:里|上|党委|党工委|党支部|党总支|两委)?(?![\u4e00-\u9fff]{0,1}[民长委])"
)
_THERE = re.compile(r"当地(?:党委、?政府|政府|党委)?")
INHERITED_COST = 0.06
"""What a fact loses of its confidence for each end that comes from another clause."""
_BETWEEN_AGENTS = frozenset({"、", "，", "", "和", "并由"})
_SINCE = re.compile(r"(?:自|从|截至|截止|到|至|距|比|较)\s*$")
_LASTING = re.compile(r"(?:以来|来|以后|以前|之前|前|至今|年度|度)")
_YEAR_ONLY = 4
_INSPECTION = "inspection"
_NEAR_TRIGGERS = 16
_NEAR_DATES = 16
_PRONOUNS = frozenset({"他", "她", "他们", "其", "并", "还", "也", "均", "双方", "连续"})
_DONE = ("了", "起")
_PERSONAL = ("他", "她")
_EACH = frozenset({"都", "均", "纷纷", "各自", "分别"})
"""Words that take up a subject right before them: 有条件的社区都设立了."""
_NOUNS = frozenset({"n", "vn", "nz", "an"})
_GOVERNING = frozenset({"v", "p", "vd", "d"})
_SKIPPED_TAGS = frozenset({"TIME", "t", "d", "ad", "c", "xc", "w", "f", "m", "q", "u"})


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: mentions, or dates; `inherited` is the span outside the clause it comes from."""

    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    inherited: Span | None = None


@dataclass(slots=True)
class Scene:
    """What a source may look at: the clause, its trigger, the clauses near it in its sentence, the state.

    `referred` is the word by which the clause refers to an event (会议), if it does; `offices` has the organ or
    place of a person's first office, by the id of the person's mention.
    """

    text: Text
    clause: Clause
    trigger: Trigger
    sentence: Sequence[Clause]
    state: State
    dates: list[DateMention]
    offices: Mapping[int, Mention]
    referred: str = ""
    subject: Filler | None = None


def _governed(scene: Scene, group: Group) -> bool:
    return _GOVERNED.search(scene.text.raw, max(0, group.start - 6), group.start) is not None


def _first(groups: list[Group], types: tuple[str, ...]) -> Filler | None:
    for group in groups:
        members = group.of(types)
        if members:
            return Filler(tuple(members))
    return None


def _left(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return _first_free(scene, types, lambda group: not _governed(scene, group) or _agentive(scene, group))


def _patient(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return _first_free(
        scene, types, lambda group: not _governed(scene, group) and not _agentive(scene, group)
    )


def _party(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return _first_free(scene, types, lambda group: not _governed(scene, group) and not _beside(scene, group))


def _first_free(scene: Scene, types: tuple[str, ...], is_free: Callable[[Group], bool]) -> Filler | None:
    """Return the first free group, from the trigger before on if there is one there."""
    before = scene.clause.groups_before(scene.trigger.start)
    attributive = {g.end for g in before} & {g.start for g in before}
    # A group right before another only says whose that is: 晋江市“党建+邻里中心”.
    free = [g for g in before if g.end not in attributive and is_free(g)]
    previous = scene.clause.trigger_end_before(scene.trigger.start)
    return _first([g for g in free if g.start >= previous], types) or _first(free, types)


def _beside(scene: Scene, group: Group) -> bool:
    return _PARTNER.search(scene.text.raw, max(0, group.start - 3), group.start) is not None


def _partner(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return _first([g for g in scene.clause.groups_before(scene.trigger.start) if _beside(scene, g)], types)


def _every_left(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    before = scene.clause.groups_before(scene.trigger.start)
    members = tuple(m for g in before for m in g.of(types))
    return Filler(members) if members else None


def _nearest(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return _first(list(reversed(scene.clause.groups_before(scene.trigger.start))), types)


def _agentive(scene: Scene, group: Group) -> bool:
    return _AGENT.search(scene.text.raw, max(0, group.start - 3), group.start) is not None


def _agent(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    before = scene.clause.groups_before(scene.trigger.start)
    agents = [g for g in before if _agentive(scene, g)]
    if not agents:
        return None
    # 由甲主办、乙承办: each verb has its own agent, the first behind the verb before it.
    previous = scene.clause.trigger_end_before(scene.trigger.start)
    listed = [g for g in before if g.start >= previous > agents[0].end]
    opening = scene.text.raw[previous : listed[0].start].strip() if listed else None
    return (_first(listed[:1], types) if opening in _BETWEEN_AGENTS else None) or _first(agents, types)


def _right(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    after = _innermost(scene.clause.groups_after(scene.trigger.end))
    limit = scene.clause.trigger_start_after(scene.trigger.start)
    return _first([g for g in after if g.start < limit], types) or _first(after[:1], types)


def _innermost(groups: list[Group]) -> list[Group]:
    """Leave out a place that only says where the next one is: 宏村镇|际联村."""
    outer = {g.end for g in groups if g.members[-1].type == PLACE} & {
        g.start for g in groups if g.members[0].type == PLACE
    }
    return [g for g in groups if g.end not in outer]


def _direct(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    found = _right(scene, types)
    if found is None:
        return None
    between = scene.text.words_from(scene.trigger.end, found.mentions[0].start)
    following = scene.text.word_at(min(found.mentions[-1].end, len(scene.text.raw) - 1))
    if following.start == found.mentions[-1].end and following.tag in _NOUNS:
        return None
    attributive = between and scene.text.raw[between[-1].start : between[-1].end].endswith("的")
    return found if attributive or not any(word.tag in _GOVERNING for word in between) else None


def _governed_by(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    before = reversed(scene.clause.groups_before(scene.trigger.start))
    return _first([group for group in before if _governed(scene, group)], types)


def _parties(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the party and its partner, who do together what the trigger says."""
    one, other = _party(scene, types), _partner(scene, types)
    if one is None or other is None:
        return one
    return Filler((*one.mentions, *(m for m in other.mentions if m not in one.mentions)))


def _recipient(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    after = scene.clause.groups_after(scene.trigger.end)
    bestowed = next((number for number, group in enumerate(after) if group.of((HONOUR,))), 0)
    return _first(after[:bestowed], types)


def _among(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    before = [c for c in scene.sentence if c.end <= scene.clause.start]
    clause = next((c for c in reversed(before) if scene.text.raw.startswith("在", c.start)), None)
    return _first(clause.groups[-1:], types) if clause is not None else None


def _located(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    for clause in (scene.clause, *reversed([c for c in scene.sentence if c.end <= scene.clause.start])):
        near = clause.groups_after(clause.start)
        for number, group in enumerate(near):
            if group.of(types) and _LOCATED.search(scene.text.raw, max(0, group.start - 3), group.start):
                return _first([_chained(near[number:], types)], types)
    return None


def _chained(groups: list[Group], types: tuple[str, ...]) -> Group:
    """Return the last of the groups that follow each other at once: of 静宁县|城关镇|东关村 the village."""
    chosen = groups[0]
    for group in groups[1:]:
        if group.start != chosen.end or not group.of(types):
            break
        chosen = group
    return chosen


def _visited(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the place that directly follows a verb of going, of 静宁县|城关镇|东关村 the last."""
    after = scene.clause.groups_after(scene.trigger.end)
    if not after or after[0].start - scene.trigger.end > 1 or not after[0].of(types):
        return None
    return _first([_chained(after, types)], types)


def _abutting(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    end = scene.trigger.end
    return _first([g for g in scene.clause.groups_after(end)[:1] if g.start == end], types)


def _visit(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the first visit behind the trigger, up to where somebody else is named in a later clause."""
    for clause in scene.sentence:
        if clause.end <= scene.trigger.end:
            continue
        for group in clause.groups_after(max(clause.start, scene.trigger.end)):
            visits = tuple(m for m in group.of(types) if m.kind == _INSPECTION)
            if visits:
                return Filler(visits)
            if group.of((PERSON,)) and clause is not scene.clause:
                return None
    return None


def _owner(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    after = [
        g
        for clause in scene.sentence
        for g in clause.groups_after(scene.trigger.end)
        if _ATTRIBUTIVE.search(scene.text.raw, max(0, g.start - 2), g.start)
    ]
    return _first(after, types)


def _enumerated(scene: Scene, types: tuple[str, ...]) -> Filler | None:
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


def _following(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return who acts in a later clause: 为推进…，静宁县….."""
    for clause in scene.sentence:
        if clause.start <= scene.clause.start:
            continue
        found = _first([g for g in clause.groups_after(clause.start) if not _governed(scene, g)][:1], types)
        if found is not None:
            return Filler(found.mentions, inherited=found.mentions[0].span)
    return None


def _towards(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    before = scene.clause.groups_before(scene.trigger.start)
    return _first([g for g in before if scene.text.raw.endswith("向", 0, g.start)], types)


def _risen(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    before = scene.clause.groups_before(scene.trigger.start)
    raw = scene.text.raw
    return _first([g for g in before if _FIRST_IN.search(raw, max(0, g.start - 6), g.start)], types)


def _disposed(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    before = scene.clause.groups_before(scene.trigger.start)
    return _first([g for g in before if scene.text.raw.endswith(("把", "将"), 0, g.start)], types)


def _others(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return scene.subject


def _carried(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    if not opens_bare(scene.text, scene.clause.start, scene.trigger.start):
        return None
    state = scene.state
    slot = state.person if types == (PERSON,) else state.actor
    # What somebody tells of is not done by the teller, unless the relation is about persons alone.
    if types != (PERSON,) and slot == state.speaker and state.in_speech(scene.trigger.start):
        return None
    return _from_slot(slot, types)


def _continued(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the actor or place carried over, but not to a bare verb that opens a sentence: it demands."""
    clause, trigger = scene.clause, scene.trigger
    if clause.start == clause.sentence.start == trigger.start and not scene.text.raw.endswith(
        _DONE, trigger.start, trigger.end
    ):
        return None
    return _carried(scene, types) or _place(scene, types)


def _place(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    again = _LEVEL_AGAIN.match(scene.text.raw, scene.clause.start, scene.trigger.start)
    found = _from_slot(scene.state.place, types)
    if again is not None and found is not None and not scene.state.in_speech(scene.trigger.start):
        bare = opens_bare(scene.text, again.end(), scene.trigger.start)
        return found if bare and found.mentions[-1].name.endswith(again.group("level")) else None
    if scene.state.in_speech(scene.trigger.start) or not opens_bare(
        scene.text, scene.clause.start, scene.trigger.start
    ):
        return None
    return None if scene.text.raw.startswith(_PERSONAL, scene.clause.start) else found


def _topic(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return _from_slot(scene.state.practice, types)


def _office(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    persons = _left(scene, (PERSON,))
    return _organs_of(scene, persons.mentions if persons is not None else (), types)


def _speaker(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    speaker = scene.state.speaker
    speaks = speaker is not None and scene.state.in_speech(scene.trigger.start)
    return _organs_of(scene, speaker.members if speaker is not None and speaks else (), types)


def _organs_of(scene: Scene, persons: tuple[Mention, ...], types: tuple[str, ...]) -> Filler | None:
    organs = tuple(o for p in persons if (o := scene.offices.get(id(p))) is not None and o.type in types)
    return Filler(organs, inherited=organs[0].span) if organs else None


def _from_slot(slot: Slot | None, types: tuple[str, ...]) -> Filler | None:
    if slot is None:
        return None
    members = tuple(m for m in slot.members if m.type in types)
    return Filler(members, inherited=slot.span) if members else None


def opens_bare(text: Text, start: int, trigger: int) -> bool:
    """Tell whether nothing before the trigger could be its subject, so that one is carried over."""
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
        return word.tag in ("v", "vd", "p", "vn") and word.start >= start
    return True


def _sentence_event(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    after = [c for c in scene.sentence if c.start >= scene.clause.start]
    before = [c for c in scene.sentence if c.end <= scene.clause.start]
    for clause in (*after, *reversed(before)):
        near = clause.groups_before(clause.end) if clause is not scene.clause else _around(scene)
        named = next((m for g in near for m in g.members if m.type == EVENT and m.name), None)
        if named is not None:
            return Filler((named,))
    return None


def _around(scene: Scene) -> list[Group]:
    clause, position = scene.clause, scene.trigger.start
    return [*clause.groups_before(position), *clause.groups_after(position)]


def _event(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return _sentence_event(scene, types) or _from_slot(_event_slot(scene), types)


def _event_slot(scene: Scene) -> Slot | None:
    """Return the event that the clause refers to: the last told of, or the article's own.

    A word such as 会议 means the one of the two that is such a thing; if both are, the article's own, unless
    the last one was told to be held.
    """
    state = scene.state
    last, main = state.event, state.main_event
    if last is None or main is None or last.members == main.members or not scene.referred:
        return last or main
    if _is_such(main, scene.referred) and not (_is_such(last, scene.referred) and state.under_way):
        return main
    return last


def _is_such(slot: Slot, word: str) -> bool:
    return any(m.core.endswith(word) or m.name.endswith(word) for m in slot.members)


def _convened(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the body whose session deliberates: 会议审议通过, 县人大常委会第二次会议表决通过."""
    opening = scene.text.raw[scene.clause.start : scene.trigger.start]
    if _SESSION.search(opening) is None:
        return None
    found = _event(scene, (EVENT,))
    body = convening_body(found.mentions[0]) if found is not None else None
    if body is None or found is None:
        return _from_slot(scene.state.convener, types)
    return Filler((body,), inherited=found.inherited)


def _main(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return _from_slot(scene.state.main_event, types)


def _adjacent(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    return _first(
        [g for g in scene.clause.groups_before(scene.trigger.start)[-1:] if g.end == scene.trigger.start],
        types,
    )


def _date(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    within = _dates_in(scene, scene.clause.start, scene.clause.end)
    before = _dates_in(scene, scene.clause.sentence.start, scene.clause.start)
    # A bare year in the clause (2012年元旦长跑) gives way to the day that the sentence names.
    chosen = within if within and (len(within[0].value) > _YEAR_ONLY or not before) else before
    if not chosen:
        return None
    last = chosen[-1]
    joined = [
        d for d in chosen if scene.text.raw[d.end : last.start].strip() in ("、", "和", "及") or d is last
    ]
    return Filler(dates=tuple(joined if len(joined) > 1 else chosen[:1]))


def _dates_in(scene: Scene, start: int, end: int) -> list[DateMention]:
    """Return the dates of a span, at most the last 16."""
    first = bisect_left(scene.dates, start, key=lambda d: d.start)
    last = bisect_left(scene.dates, end, key=lambda d: d.start)
    return scene.dates[max(first, last - _NEAR_DATES) : last]


def stated_date(scene: Scene) -> DateMention | None:
    """Return the date that the trigger's clause opens with, or an adverbial clause right before it."""
    before = [c for c in scene.sentence if c.end <= scene.clause.start]
    start = scene.clause.start
    for clause in reversed(before):
        if clause.triggers:
            break
        start = clause.start
    own = _dates_in(scene, scene.clause.start, scene.trigger.start)
    dates = [d for d in own or _dates_in(scene, start, scene.clause.start) if _tells_when(scene.text.raw, d)]
    return dates[-1] if dates else None


def _tells_when(raw: str, date: DateMention) -> bool:
    """Tell whether a date says when something happened, not since or until when."""
    return _SINCE.search(raw, max(0, date.start - 2), date.start) is None and not _LASTING.match(
        raw, date.end
    )


SOURCES: dict[str, Callable[[Scene, tuple[str, ...]], Filler | None]] = {
    "left": _left,
    "nearest": _nearest,
    "every-left": _every_left,
    "patient": _patient,
    "party": _party,
    "partner": _partner,
    "agent": _agent,
    "right": _right,
    "direct": _direct,
    "governed": _governed_by,
    "parties": _parties,
    "recipient": _recipient,
    "among": _among,
    "located": _located,
    "visited": _visited,
    "abutting": _abutting,
    "visit": _visit,
    "owner": _owner,
    "enumerated": _enumerated,
    "following": _following,
    "towards": _towards,
    "disposed": _disposed,
    "risen": _risen,
    "others": _others,
    "carried": _carried,
    "continued": _continued,
    "place": _place,
    "event": _event,
    "convened": _convened,
    "sentence-event": _sentence_event,
    "main": _main,
    "adjacent": _adjacent,
    "date": _date,
    "topic": _topic,
    "office": _office,
    "speaker": _speaker,
}


def fill(scene: Scene, sources: tuple[str, ...], types: tuple[str, ...]) -> Filler | None:
    """Return what the first source that yields anything yields; an agent that is said but unknown is none."""
    for source in sources:
        found = SOURCES[source](scene, types)
        if found is not None:
            return found
        if source == "agent" and _AGENT_SAID.search(scene.text.raw, scene.clause.start, scene.trigger.start):
            return None
    return None
