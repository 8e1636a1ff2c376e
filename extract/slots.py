"""The sources from which a rule fills its subject and object.

- `left`: the first group before the trigger that no preposition governs, after the trigger before it if
  there is one. `nearest`: the last group before the trigger. `every-left`: all before it. `adjacent`: the
  one right before it.
- `patient`: as `left`, but not the group after 由 or 被. `agent`: that one. `located`: the group that 在, 赴,
  来到 govern.
- `partner`: the group after 与, 同 or 联合. `party`: as `left`, but not a partner. `parties`:
  both together.
- `right`: the first group after the trigger. `direct`: that one, if no other verb governs it. `recipient`:
  the first group before the honour that the trigger bestows. `governed`: the last group
  before the trigger that a preposition governs. `among`: the last group of a clause before that
  opens with 在. `visited`: the group right after the trigger. `owner`: the group that an attributive clause
  describes (… 的赣州市). `enumerated`: those whom a list names after the trigger (发言的有…).
- `others`: the members of the subject's own group.
- `convened`: the body whose session (会议, 全会) the clause opens with.
- `carried`: the actor of the clauses before. `continued`: that one or the place in focus, unless
  a bare verb opens the sentence. `place`: the place in focus.
- `sentence-event`: the event of the sentence. `event`: that one, the one under way, or the article's main
  one. `main`: that one at once.
- `date`: the dates of the clause or the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.clauses import Clause, Trigger
from extract.dates import DateMention
from extract.groups import Group
from extract.pairs import PAIR
from extract.segments import Span
from extract.sessions import convening_body
from extract.state import Slot, State
from extract.text import EVENT, HONOUR, PERSON, Mention, Text

_GOVERNED = re.compile(
    r"(?:在|于|到|赴|走进|来到|前往|对|向|从|为|把|将|给|当|以|围绕|关于|针对|代表|陪同|会见|听取)\s*[“‘]?$"
)
_AGENT = re.compile(r"(?:由|被|经)\s*$")
_PARTNER = re.compile(r"(?:与|同|跟|和|联合|携手|联手)\s*[“‘]?$")
_SESSION = re.compile(r"会(?:议|上)?")
_LOCATED = re.compile(r"(?:在|于|赴|走进|来到|前往|深入|到)\s*$")
_ATTRIBUTIVE = re.compile(r"的\s*$")
_ENUMERATION = re.compile(
    r"(?:[^，。；：:]{0,6}的[^，。；：:]{0,8}?(?:是|有|还有|包括|为)|[^。；：:，]{0,6}[，,]?(?:分别)?(?:是|为)|[^。；：:，]{0,4}[：:])[：:]?"
)
INHERITED_COST = 0.06
"""What a fact loses of its confidence for each end that comes from another clause."""
_SINCE = re.compile(r"(?:自|从|截至|截止|到|至|距|比|较)\s*$")
_LASTING = re.compile(r"(?:以来|来|以后|以前|之前|前|至今|年度|度)")
_YEAR_ONLY = 4
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
    """What a source may look at: the clause, its trigger, the clauses near it in its sentence, the state."""

    text: Text
    clause: Clause
    trigger: Trigger
    sentence: Sequence[Clause]
    state: State
    dates: list[DateMention]
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
    before = [g for g in scene.clause.groups_before(scene.trigger.start) if _agentive(scene, g)]
    return _first(before, types)


def _right(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    after = scene.clause.groups_after(scene.trigger.end)
    limit = scene.clause.trigger_start_after(scene.trigger.start)
    return _first([g for g in after if g.start < limit], types) or _first(after[:1], types)


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
        groups = [g for g in near if _LOCATED.search(scene.text.raw, max(0, g.start - 3), g.start)]
        found = _first(groups, types)
        if found is not None:
            return found
    return None


def _visited(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the place that directly follows a verb of going."""
    after = [g for g in scene.clause.groups_after(scene.trigger.end) if g.start - scene.trigger.end <= 1]
    return _first(after, types)


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
    if scene.state.in_speech(scene.trigger.start) or not opens_bare(
        scene.text, scene.clause.start, scene.trigger.start
    ):
        return None
    if scene.text.raw.startswith(_PERSONAL, scene.clause.start):
        return None
    return _from_slot(scene.state.place, types)


def _from_slot(slot: Slot | None, types: tuple[str, ...]) -> Filler | None:
    if slot is None:
        return None
    members = tuple(m for m in slot.members if m.type in types)
    return Filler(members, inherited=slot.span) if members else None


def opens_bare(text: Text, start: int, trigger: int) -> bool:
    """Tell whether nothing before the trigger could be its subject, so that one is carried over."""
    if PAIR.match(text.raw, start, trigger):
        return True
    words = text.words_from(start, trigger)
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
    found = _sentence_event(scene, types)
    return found or _from_slot(scene.state.event, types) or _from_slot(scene.state.main_event, types)


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
    "owner": _owner,
    "enumerated": _enumerated,
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
}


def fill(scene: Scene, sources: tuple[str, ...], types: tuple[str, ...]) -> Filler | None:
    """Return what the first source that yields anything yields."""
    for source in sources:
        found = SOURCES[source](scene, types)
        if found is not None:
            return found
    return None
