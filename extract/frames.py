"""Reading the clauses from left to right: rules fire, the state is kept, statements come out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from extract.clause_settings import place_setting, session_setting
from extract.clauses import Clause, Hedge, Trigger, paragraphs
from extract.date_slots import stated_date
from extract.dates import DateMention
from extract.groups import Group
from extract.pairs import PAIR, pair_meant
from extract.scene import INHERITED_COST, Filler, Scene
from extract.slots import fill
from extract.speech import Speeches
from extract.state import Slot, State
from extract.statements import Qualifiers, Statement
from extract.text import DOCUMENT, EVENT, HONOUR, INSTITUTION, PERSON, PLACE, PRACTICE, VISIT, Mention, Text

_SPEECH_COST = 0.03
_NEAR_CLAUSES = 40
_ACTORS = (PERSON, INSTITUTION, PLACE)
_ORGANS = (INSTITUTION, PLACE)
_PAIRING = frozenset({"与", "和", "同"})
_TURNED_TO = frozenset({"对", "向", "就", "针对"})
"""Prepositions that open another deed: 开展督察、对线索|挂牌督办."""
_CITED = re.compile(r"(?:维护|拥护|围绕|贯彻|落实|学习|服从|紧跟|按照|遵照)$")
"""Verbs whose object, an organ, is what one keeps to and does nothing: 维护|党中央权威."""
_GOES_ON = ("、", "等")
"""What follows a list of which more could be named: its two are no pair that 双方 takes up."""
_CONVENES = re.compile(r"[^，。；的]{0,8}(?:召开|举行|召集)")


class Reader:
    """Reads one article's clauses."""

    def __init__(
        self,
        text: Text,
        clauses: list[Clause],
        dates: list[DateMention],
        implied: list[Mention],
        references: list[Mention],
        main: Mention | None,
        offices: Mapping[int, Mention],
    ) -> None:
        """Start with the article's main event, if it has one.

        `implied` are sessions that a body implies, `references` words that only refer to an event (会议);
        `offices` has the organ of a person's first office, by the id of the person's mention.
        """
        self._text = text
        self._clauses = clauses
        self._dates = dates
        self._implied = implied
        self._references = references
        self._offices = offices
        self._state = State(main_event=Slot((main,), main.span) if main else None)
        self._speeches = Speeches(text, self._state)

    def read(self) -> list[Statement]:
        """Return the statements of the text, in its order."""
        statements: list[Statement] = []
        for paragraph in paragraphs(self._clauses):
            self._state.new_paragraph()
            statements.extend(self._paragraph(paragraph))
        return statements

    def _paragraph(self, clauses: list[Clause]) -> Iterator[Statement]:
        end = clauses[-1].end
        for sentence in _sentences(clauses):
            self._state.new_sentence()
            self._end_speech(sentence)
            for number, clause in enumerate(sentence):
                near = sentence[max(0, number - _NEAR_CLAUSES) : number + _NEAR_CLAUSES]
                yield from self._clause(clause, near, clauses, end)

    def _end_speech(self, sentence: list[Clause]) -> None:
        """End the speech where a sentence has a new person or institution acting outside quotes."""
        state = self._state
        first = sentence[0]
        if state.speaker is None or not first.triggers:
            return
        opening = _subject_group(self._text, first)
        if opening is None or self._quoted(opening.start):
            return
        acts = opening.of((INSTITUTION,)) and first.hedge is None and first.triggers
        if acts or (opening.of((PERSON,)) and not set(opening.members) & set(state.speaker.members)):
            state.speech_to = min(state.speech_to, first.start)

    def _quoted(self, position: int) -> bool:
        before = bisect_right(self._text.quotes, position, key=lambda q: q[0])
        return any(s <= position < e for s, e in self._text.quotes[max(0, before - 8) : before])

    def _clause(
        self, clause: Clause, sentence: list[Clause], paragraph: list[Clause], end: int
    ) -> Iterator[Statement]:
        state = self._state
        opening = _subject_group(self._text, clause)
        if opening is not None:
            state.hedge = None
        self._take_pair(clause)
        for event in self._implied_in(clause):
            state.event, state.under_way = Slot((event,), event.span), True
        referred = self._referred_to(clause)
        for trigger in clause.triggers:
            scene = Scene(self._text, clause, trigger, sentence, state, self._dates, self._offices, referred)
            if trigger.rule.kind == "speech":
                yield from self._speeches.open(scene, paragraph, end)
            else:
                yield from self._fire_unless_hedged(scene)
        yield from self._speeches.spoken(clause)
        if clause.hedge is not None and clause.hedge.carries:
            state.hedge = clause.hedge
        if opening is not None:
            self._remember(opening)
        self._remember_setting(clause)
        for group in clause.groups:
            if not self._text.raw.startswith(_GOES_ON, group.end):
                state.note(group.of(_ORGANS))

    def _take_pair(self, clause: Clause) -> None:
        """Make those actors whom a clause takes up as 两县 or 双方."""
        match = PAIR.match(self._text.raw, clause.start, clause.end)
        if match is None:
            return
        pair = pair_meant(match, self._state.named)
        if pair is not None:
            # The words that take them up are mentions of each.
            taken = tuple(replace(m, start=match.start("number"), end=match.end()) for m in pair)
            self._state.actor = Slot(taken, (pair[0].start, pair[-1].end))

    def _implied_in(self, clause: Clause) -> list[Mention]:
        first = bisect_left(self._implied, clause.start, key=lambda m: m.start)
        last = bisect_left(self._implied, clause.end, key=lambda m: m.start)
        return self._implied[first:last]

    def _referred_to(self, clause: Clause) -> str:
        """Return the word by which the clause refers to an event (会议), or ""."""
        first = bisect_left(self._references, clause.start, key=lambda m: m.start)
        near = self._references[first : first + 1]
        return near[0].core if near and near[0].start < clause.end else ""

    def _fire_unless_hedged(self, scene: Scene) -> Iterator[Statement]:
        """State what the trigger says, as planned if that is announced; nothing if it is hoped or denied."""
        hedge = self._hedge_over(scene.clause, scene.trigger)
        if hedge is None:
            yield from self._fire(scene)
        elif hedge.planned:
            event = self._state.event
            for statement in self._fire(scene):
                yield statement.as_planned()
            self._state.event = event

    def _hedge_over(self, clause: Clause, trigger: Trigger) -> Hedge | None:
        if not trigger.rule.hedged:
            return None
        within = clause.hedge if clause.hedge is not None and clause.hedge.start < trigger.start else None
        return within or self._state.hedge

    def _remember(self, group: Group) -> None:
        state = self._state
        span = (group.start, group.end)
        actors = tuple(group.of(_ACTORS))
        if not actors:
            return
        if group.of((INSTITUTION,)) and _CONVENES.match(self._text.raw, group.end):
            state.convener = Slot(tuple(group.of((INSTITUTION,))), span)
        if not self._text.raw.endswith("由", 0, group.start):
            state.actor = Slot(actors, span)
        persons = tuple(group.of((PERSON,)))
        if persons:
            state.person = Slot(persons, span)
        places = tuple(m for m in group.of((PLACE,)) if m.strong)
        if places and not state.in_speech(group.start):
            state.set_place(Slot(places, span))

    def _remember_setting(self, clause: Clause) -> None:
        """Keep the place in which a sentence is set (在南湖街道，…) and the practices it names."""
        state = self._state
        event = session_setting(self._text, clause)
        if event is not None:
            state.event, state.under_way = Slot((event,), event.span), True
        place = place_setting(self._text, clause)
        if place is not None and not state.in_speech(clause.start):
            state.set_place(Slot((place,), place.span))
            state.actor = state.place
        state.honour = _last_honours(clause) or state.honour
        for group in reversed(clause.groups):
            practices = tuple(m for m in group.of((PRACTICE,)) if m.strong)
            if practices:
                state.practice = Slot(practices, (group.start, group.end))
                break

    def _fire(self, scene: Scene) -> Iterator[Statement]:
        relation, rule = scene.trigger.relation, scene.trigger.rule
        subject = fill(scene, rule.subject, rule.subject_types or relation.domain)
        if subject is None:
            return
        excluded = rule.subject_not_ending
        if excluded and any(m.name.endswith(excluded) for m in subject.mentions):
            return
        scene.subject = subject
        found = _accepted(
            self._text,
            fill(scene, rule.object, rule.object_types or relation.range),
            scene.trigger,
        )
        if found is None:
            return
        for event in (*subject.mentions, *found.mentions):
            if event.type == EVENT and event.strong and not self._state.in_speech(scene.trigger.start):
                self._state.event, self._state.under_way = Slot((event,), event.span), rule.convenes
        yield from self._statements(scene, subject, found)

    def _statements(self, scene: Scene, subject: Filler, found: Filler) -> Iterator[Statement]:
        others: tuple[Mention | DateMention, ...] = (*found.mentions, *_first_and_last(found.dates))
        seen: set[frozenset[int]] = set()
        for one in subject.mentions:
            for other in others:
                pair = frozenset((id(one), id(other)))
                if one is other or pair in seen or not self._datable(scene, one, other):
                    continue
                if _is_personal(scene, other) and one.type != PERSON:
                    continue
                if subject.mentions == found.mentions and not _together(scene, subject, one, other):
                    continue
                seen.add(pair)
                yield self._statement(scene, one, other, subject, found)

    def _topic_of(self, scene: Scene) -> tuple[tuple[str, str], ...]:
        """Return the qualifier that names the practice behind the trigger, where the rule asks for it."""
        wanted = scene.trigger.rule.topic
        practices = [m for g in scene.clause.groups_after(scene.trigger.end) for m in g.of((PRACTICE,))]
        return ((wanted, practices[0].name),) if wanted and practices else ()

    def _datable(self, scene: Scene, one: Mention, other: Mention | DateMention) -> bool:
        """A date belongs only to what its own sentence names: one inherited from afar would be a guess."""
        sentence = scene.clause.sentence
        return not isinstance(other, DateMention) or sentence.start <= one.start < sentence.end

    def _statement(
        self, scene: Scene, one: Mention, other: Mention | DateMention, subject: Filler, found: Filler
    ) -> Statement:
        relation, rule = scene.trigger.relation, scene.trigger.rule
        sentence = scene.clause.sentence
        spans = [(one.start, one.end), (other.start, other.end)]
        inside = [s for s in spans if sentence.start <= s[0] and s[1] <= sentence.end]
        start = min([scene.clause.start, *(s[0] for s in inside)])
        end = max([scene.clause.end, *(s[1] for s in inside)])
        context = [s for s in spans if s not in inside]
        context += [f.inherited for f in (subject, found) if f.inherited and f.inherited[1] <= sentence.start]
        cost = INHERITED_COST * len([f for f in (subject, found) if f.inherited])
        cost += _SPEECH_COST * self._state.in_speech(scene.trigger.start)
        qualifiers = (*scene.trigger.qualifiers, *_date_qualifiers(scene, other), *self._topic_of(scene))
        return Statement.by(
            relation, rule, one, other, (start, end), tuple(context), cost=cost, qualifiers=qualifiers
        )


def _is_personal(scene: Scene, other: Mention | DateMention) -> bool:
    """Tell whether the object is for a person only: 优秀党员 is no company."""
    return isinstance(other, Mention) and other.name.rstrip("”’").endswith(scene.trigger.rule.personal)


def _last_honours(clause: Clause) -> Slot | None:
    for group in reversed(clause.groups):
        if honours := tuple(group.of((HONOUR,))):
            return Slot(honours, (group.start, group.end))
    return None


def _together(scene: Scene, group: Filler, one: Mention, other: Mention | DateMention) -> bool:
    """Tell whether two of a group are a pair: 甲与乙、丙与丁分别 names two pairs, not six."""
    raw, members = scene.text.raw, group.mentions
    between = [raw[a.end : b.start] for a, b in pairwise(members)]
    if "、" not in between or not _PAIRING.intersection(between) or "分别" not in raw[members[-1].end :][:6]:
        return True
    first, second = sorted((one, other), key=lambda m: m.start)
    return raw[first.end : second.start] in _PAIRING


def _date_qualifiers(scene: Scene, other: Mention | DateMention) -> Qualifiers:
    """Return the last day of a range, or when the thing was done, where the relation takes such a date."""
    if isinstance(other, DateMention):
        return (("end", other.last),) if other.last else ()
    date = stated_date(scene) if "date" in scene.trigger.relation.qualifiers else None
    return (("date", date.value),) if date is not None else ()


def _first_and_last(dates: Iterable[DateMention]) -> Iterator[DateMention]:
    """Yield each date, and after a range its last day too."""
    for date in dates:
        yield date
        if date.last is not None:
            yield DateMention(date.start, date.end, date.last)


def _accepted(text: Text, filler: Filler | None, trigger: Trigger) -> Filler | None:
    """Leave out candidate practices where the rule takes none, and what stands before a word it forbids.

    A title without a document's head counts only where the trigger governs it.
    """
    if filler is None:
        return None
    forbidden = trigger.rule.object_not_after
    kept = tuple(
        m
        for m in filler.mentions
        if trigger.takes(m)
        and (trigger.rule.visits or m.kind != VISIT)
        and not text.raw.startswith(forbidden, m.end)
        and m.name not in trigger.rule.object_not_named
        and not _of_another(text, m, filler.mentions[0].start, trigger)
        and (m.strong or m.type != DOCUMENT or (trigger.rule.capture is not None and m.start == trigger.end))
    )
    return replace(filler, mentions=kept) if kept or filler.dates else None


def _of_another(text: Text, mention: Mention, start: int, trigger: Trigger) -> bool:
    """Tell whether a candidate practice is what another verb governs: 落实禁止“洋垃圾”入境的部署.

    `start` is where the group of names begins that the mention belongs to.
    """
    if mention.strong or mention.type != PRACTICE or start < trigger.end:
        return False
    words = text.words_from(trigger.end, start)
    last = next(
        (n for n in range(len(words) - 1, -1, -1) if text.raw[words[n].start : words[n].end] == "的"), -1
    )
    return any(word.tag == "v" or text.raw[word.start : word.end] in _TURNED_TO for word in words[last + 1 :])


def _sentences(clauses: list[Clause]) -> Iterator[list[Clause]]:
    batch: list[Clause] = []
    for clause in clauses:
        if batch and clause.sentence is not batch[-1].sentence:
            yield batch
            batch = []
        batch.append(clause)
    if batch:
        yield batch


def _subject_group(text: Text, clause: Clause) -> Group | None:
    """Return the group of actors that opens the clause, if one does before its first trigger."""
    first = clause.triggers[0].start if clause.triggers else clause.end
    for group in clause.groups:
        if group.end > first and clause.triggers:
            return None
        if group.of(_ACTORS) and not _prepositional(text, group):
            return group
    return None


def _prepositional(text: Text, group: Group) -> bool:
    if group.of((INSTITUTION,)) and _CITED.search(text.raw, max(0, group.start - 3), group.start):
        return True
    word = text.word_at(max(0, group.start - 1))
    return word.tag == "p" and word.end == group.start and text.raw[word.start : word.end] not in ("由",)
