"""Reading the clauses from left to right: rules fire, the state is kept, statements come out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.clauses import Clause, Trigger, paragraphs
from extract.dates import DateMention
from extract.groups import Group
from extract.language.relations import Rule
from extract.segments import Span
from extract.slots import Filler, Scene, fill
from extract.state import Slot, State
from extract.text import EVENT, INSTITUTION, PERSON, PLACE, PRACTICE, Mention, Text

_INHERITED_COST = 0.06
_SPEECH_COST = 0.03
_NEAR_CLAUSES = 40
_LONGEST_QUOTE = 2000
_QUOTE_OPENS = re.compile(r"[：:，,]?\s*“")
_QUOTE_MARK = re.compile(r"[“”]")
_ACTORS = (PERSON, INSTITUTION, PLACE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact over mentions: what a rule read, where, and what it inherits from."""

    subject: Mention
    relation: str
    object: Mention | DateMention
    rule: str
    confidence: float
    evidence: Span
    context: tuple[Span, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()


class Reader:
    """Reads one article's clauses."""

    def __init__(
        self,
        text: Text,
        clauses: list[Clause],
        dates: list[DateMention],
        implied: list[Mention],
        main: Mention | None,
    ) -> None:
        """Start with the article's main event, if it has one; `implied` are events that a body's session implies."""
        self._text = text
        self._clauses = clauses
        self._dates = dates
        self._implied = implied
        self._state = State(main_event=Slot((main,), main.span) if main else None)
        self._speech_scene: Scene | None = None

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
        if opening.of((PERSON,)) and not set(opening.members) & set(state.speaker.members):
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
            state.hedged = False
        for event in self._implied_in(clause):
            state.event = Slot((event,), event.span)
        for trigger in clause.triggers:
            scene = Scene(self._text, clause, trigger, sentence, state, self._dates)
            if trigger.rule.kind == "speech":
                yield from self._speech(scene, paragraph, end)
            elif not self._is_hedged(clause, trigger):
                yield from self._fire(scene)
        yield from self._spoken(clause)
        if clause.hedge is not None:
            state.hedged = True
        if opening is not None:
            self._remember(opening)

    def _implied_in(self, clause: Clause) -> list[Mention]:
        first = bisect_left(self._implied, clause.start, key=lambda m: m.start)
        last = bisect_left(self._implied, clause.end, key=lambda m: m.start)
        return self._implied[first:last]

    def _is_hedged(self, clause: Clause, trigger: Trigger) -> bool:
        if not trigger.rule.hedged:
            return False
        return self._state.hedged or (clause.hedge is not None and clause.hedge < trigger.start)

    def _remember(self, group: Group) -> None:
        state = self._state
        span = (group.start, group.end)
        actors = tuple(group.of(_ACTORS))
        if not actors:
            return
        if not self._text.raw.endswith("由", 0, group.start):
            state.actor = Slot(actors, span)
        persons = tuple(group.of((PERSON,)))
        if persons:
            state.person = Slot(persons, span)
        places = tuple(group.of((PLACE,)))
        if places and not state.in_speech(group.start):
            state.place = Slot(places, span)

    def _fire(self, scene: Scene) -> Iterator[Statement]:
        relation, rule = scene.trigger.relation, scene.trigger.rule
        subject = fill(scene, rule.subject, rule.subject_types or relation.domain)
        if subject is None:
            return
        scene.subject = subject
        found = _strong_enough(fill(scene, rule.object, rule.object_types or relation.range), rule)
        if found is None:
            return
        for event in (*subject.mentions, *found.mentions):
            if event.type == EVENT and event.strong and not self._state.in_speech(scene.trigger.start):
                self._state.event = Slot((event,), event.span)
        yield from self._statements(scene, subject, found)

    def _statements(self, scene: Scene, subject: Filler, found: Filler) -> Iterator[Statement]:
        seen: set[frozenset[int]] = set()
        for one in subject.mentions:
            for other in (*found.mentions, *found.dates):
                pair = frozenset((id(one), id(other)))
                if one is other or pair in seen or not self._datable(scene, one, other):
                    continue
                seen.add(pair)
                yield self._statement(scene, one, other, subject, found)

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
        cost = _INHERITED_COST * len([f for f in (subject, found) if f.inherited])
        cost += _SPEECH_COST * self._state.in_speech(scene.trigger.start)
        qualifiers = (("end", other.last),) if isinstance(other, DateMention) and other.last else ()
        return Statement(
            one, relation.name, other, f"{relation.name}/{rule.id}", round(rule.confidence - cost, 2), (start, end),
            tuple(context), qualifiers,
        )  # fmt: skip

    def _speech(self, scene: Scene, paragraph: list[Clause], end: int) -> Iterator[Statement]:
        """Set the speaker; state what practices the quotation before the clause names."""
        relation, rule = scene.trigger.relation, scene.trigger.rule
        subject = fill(scene, rule.subject, rule.subject_types or relation.domain)
        if subject is None:
            return
        state = self._state
        span = subject.inherited or (subject.mentions[0].start, subject.mentions[-1].end)
        state.speaker = Slot(subject.mentions, span)
        state.person = state.speaker
        state.speech_from, state.speech_to = scene.trigger.end, self._speech_end(scene, end)
        self._speech_scene = scene
        before = self._quote_before(scene, paragraph)
        for clause in paragraph[self._first_clause(paragraph, before[0]) :]:
            if clause.start >= before[1]:
                break
            for mention in self._sayable(scene, clause, before):
                yield from self._said(scene, subject.mentions, clause, mention)

    def _speech_end(self, scene: Scene, end: int) -> int:
        """Return where the speech ends: with the quotation that follows the verb, else at `end`."""
        opening = _QUOTE_OPENS.match(self._text.raw, scene.trigger.end, end)
        if opening is None:
            return end
        depth = 1
        for mark in _QUOTE_MARK.finditer(
            self._text.raw, opening.end(), min(end, opening.end() + _LONGEST_QUOTE)
        ):
            depth += 1 if mark.group() == "“" else -1
            if depth == 0:
                return mark.end()
        return end

    def _first_clause(self, paragraph: list[Clause], position: int) -> int:
        return max(0, bisect_right(paragraph, position, key=lambda c: c.start) - 1)

    def _sayable(self, scene: Scene, clause: Clause, span: Span) -> Iterator[Mention]:
        types = scene.trigger.rule.object_types or scene.trigger.relation.range
        for group in clause.groups:
            for mention in group.of(types):
                if mention.strong and span[0] <= mention.start < span[1]:
                    yield mention

    def _spoken(self, clause: Clause) -> Iterator[Statement]:
        """State what practices the clause names within the speech under way."""
        state, scene = self._state, self._speech_scene
        if state.speaker is None or scene is None or clause.end <= state.speech_from:
            return
        for mention in self._sayable(scene, clause, (state.speech_from, state.speech_to)):
            yield from self._said(scene, state.speaker.members, clause, mention)

    def _said(
        self, scene: Scene, persons: tuple[Mention, ...], clause: Clause, mention: Mention
    ) -> Iterator[Statement]:
        relation, rule = scene.trigger.relation, scene.trigger.rule
        for person in persons:
            start, end = min(clause.start, mention.start), max(clause.end, mention.end)
            together = clause.sentence is scene.clause.sentence
            inherited = () if together and start <= person.start < end else (person.span,)
            cost = 0.0 if together else _INHERITED_COST
            yield Statement(
                person, relation.name, mention, f"{relation.name}/{rule.id}", round(rule.confidence - cost, 2),
                (start, end), inherited,
            )  # fmt: skip

    def _quote_before(self, scene: Scene, paragraph: list[Clause]) -> Span:
        """Return the quotation that stands right before the clause that names its speaker."""
        raw = self._text.raw
        lowest = max(paragraph[0].start, scene.clause.start - _LONGEST_QUOTE)
        start = scene.clause.start
        closing = raw.rfind("”", start, scene.trigger.start)
        if closing >= 0 and not any(mark in raw[closing : scene.trigger.start] for mark in "，。"):
            start = closing + 1
        while start > lowest and raw[start - 1] in "，,。 ":
            start -= 1
        if start > lowest and raw[start - 1] == "”":
            opened = raw.rfind("“", lowest, start - 1)
            while opened > lowest and raw.count("”", opened, start - 1) >= raw.count("“", opened, start - 1):
                further = raw.rfind("“", lowest, opened)
                if further < 0:
                    break
                opened = further
            if opened >= 0:
                return opened, start
        return 0, 0


def _strong_enough(filler: Filler | None, rule: Rule) -> Filler | None:
    """Leave out candidate practices, which count only for rules that capture practices."""
    if filler is None or (rule.capture is not None and rule.capture.type == PRACTICE):
        return filler
    kept = tuple(m for m in filler.mentions if m.strong or m.type != PRACTICE)
    return replace(filler, mentions=kept) if kept or filler.dates else None


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
    word = text.word_at(max(0, group.start - 1))
    return word.tag == "p" and word.end == group.start and text.raw[word.start : word.end] not in ("由",)
