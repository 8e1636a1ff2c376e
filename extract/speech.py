"""Reported speech: who speaks, how far what he says reaches, and which practices it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from extract.clauses import Clause
from extract.groups import Group
from extract.scene import INHERITED_COST, Scene
from extract.segments import Span
from extract.slots import fill
from extract.state import Slot, State
from extract.statements import Statement
from extract.text import Mention, Text

_LONGEST_QUOTE = 2000
_QUOTE_OPENS = re.compile(r"[：:，,]?\s*“")
_LONGEST_NAME = 22
_FEW = 2
_ABOUT = re.compile(r"(?:对|就|以|谈到|谈及|谈起|说起|提到|围绕|针对)[^，。；：“”]{0,12}[“‘]?$")
_WIDEST_ABOUT = 16
_TOLD = re.compile(r"[。！](?!\s*“)|\n|$")
_QUOTE_MARK = re.compile(r"[“”]")


class Speeches:
    """Reads the speeches of an article; the speech under way is kept in the state."""

    def __init__(self, text: Text, state: State) -> None:
        """Start with no speech."""
        self._text = text
        self._state = state
        self._scene: Scene | None = None

    def open(self, scene: Scene, paragraph: list[Clause], end: int) -> Iterator[Statement]:
        """Set the speaker; state what practices the quotation before the clause names."""
        relation, rule = scene.trigger.relation, scene.trigger.rule
        subject = fill(scene, rule.subject, rule.subject_types or relation.domain)
        if subject is None:
            return
        state = self._state
        span = subject.inherited or (subject.mentions[0].start, subject.mentions[-1].end)
        state.speaker = Slot(subject.mentions, span)
        state.person = state.speaker
        state.speech_from, state.speech_to = scene.trigger.end, self._end_of(scene, end)
        self._scene = scene
        for mention in self._about(scene):
            yield from self._said(scene, subject.mentions, scene.clause, mention)
        before = self._quote_before(scene, paragraph)
        if before is None:
            return
        if _TOLD.match(self._text.raw, scene.trigger.end) is not None:
            # “…”某某说。 The quotation was all that is said; the reporter goes on.
            state.speech_to = scene.trigger.end
        first = max(0, bisect_right(paragraph, before[0], key=_start) - 1)
        for clause in paragraph[first : bisect_left(paragraph, before[1], key=_start)]:
            for mention in self._sayable(scene, clause, before):
                yield from self._said(scene, subject.mentions, clause, mention)

    def _about(self, scene: Scene) -> Iterator[Mention]:
        """Yield what the clause says is spoken about, before the verb: 对…给予肯定, 以…为例说."""
        types = scene.trigger.rule.object_types or scene.trigger.relation.range
        for group in scene.clause.groups_before(scene.trigger.start):
            if _ABOUT.search(self._text.raw, max(0, group.start - _WIDEST_ABOUT), group.start):
                yield from (m for m in group.of(types) if m.strong)

    def _end_of(self, scene: Scene, end: int) -> int:
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
                return end if self._only_a_name(opening.end(), mark.start()) else mark.end()
        return end

    def _only_a_name(self, start: int, end: int) -> bool:
        """Tell whether what is quoted is a name that the speech opens with: 指出，“五个一”工作法不是…."""
        return end - start <= _LONGEST_NAME and self._text.raw[end - 1] not in "。！？，"

    def _sayable(self, scene: Scene, clause: Clause, span: Span) -> Iterator[Mention]:
        types = scene.trigger.rule.object_types or scene.trigger.relation.range
        for group in clause.groups:
            for mention in group.of(types):
                listed = mention.kind == "item" and len(group.members) > _FEW
                if listed or not span[0] <= mention.start < span[1]:
                    continue
                # A quotation within the quotation names something: “有了‘老兵调解室’，邻里和睦了。”
                nested = self._text.raw[mention.start] == "‘"
                if mention.strong or nested or _governed(clause, group, mention):
                    yield mention

    def spoken(self, clause: Clause) -> Iterator[Statement]:
        """State what practices the clause names within the speech under way."""
        state, scene = self._state, self._scene
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
            cost = 0.0 if together else INHERITED_COST
            yield Statement.by(
                relation,
                rule,
                person,
                mention,
                (start, end),
                inherited,
                cost=cost,
                qualifiers=scene.trigger.qualifiers,
            )

    def _quote_before(self, scene: Scene, paragraph: list[Clause]) -> Span | None:
        """Return the quotation that stands right before the clause that names its speaker, if one does."""
        raw = self._text.raw
        lowest = max(paragraph[0].start, scene.clause.start - _LONGEST_QUOTE)
        start = scene.clause.start
        closing = raw.rfind("”", start, scene.trigger.start)
        if closing >= 0 and not any(mark in raw[closing : scene.trigger.start] for mark in "，。"):
            start = closing + 1
        while start > lowest and raw[start - 1] in "，,。 ":
            start -= 1
        if start <= lowest or raw[start - 1] != "”":
            return None
        opened, depth = -1, 1
        for mark in reversed(list(_QUOTE_MARK.finditer(raw, lowest, start - 1))):
            depth += 1 if mark.group() == "”" else -1
            opened = mark.start() if mark.group() == "“" else opened
            if depth == 0:
                break
        return (opened, start) if opened >= 0 else None


def _governed(clause: Clause, group: Group, mention: Mention) -> bool:
    """Tell whether a verb of doing stands before the mention's group: 要抓好老旧小区改造."""
    before = [t for t in clause.triggers if t.end <= group.start]
    last = clause.groups_before(group.start)[-1:]
    reach = last[0].end if last else clause.start
    return any(t.start >= reach and t.takes(mention) for t in before)


def _start(clause: Clause) -> int:
    return clause.start
