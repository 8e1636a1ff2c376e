"""Clauses as rules read them: their groups, their triggers, and whether they are hedged."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.groups import Group
from extract.language.lexicon import HedgeWord, TriggerWord
from extract.language.relations import Relation, Rule
from extract.phrases import Found, Phrases
from extract.segments import Cover, Sentence, Span
from extract.text import PRACTICE, Mention, Text

_MOST_LOOKED_AT = 64
"""A role is sought among so many groups of a clause, so that an endless clause costs linear time."""
_MOST_AT_ONE_PLACE = 64
_CLAUSE = "clause"
_NO_HEDGES = frozenset({"n", "nz", "p"})
_LONGEST_CONTEXT = 12
_NEAR = 60
"""So far before a trigger a word that denies it is looked for."""
_NUMBER = re.compile(r"^(?:\d+|[一二三四五六七八九十百两]+)")


_OPENING, _CLOSING = frozenset("“‘「"), frozenset("”’」")
"""A word in quotation marks is mentioned, not used: “创新”成为关键词."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule's trigger where it stands; `value` is what its table says of the word, if anything."""

    start: int
    end: int
    relation: Relation
    rule: Rule
    value: str = ""

    @property
    def qualifiers(self) -> tuple[tuple[str, str], ...]:
        """The qualifier that the word gives to the rule's facts, if it gives one."""
        return ((self.rule.qualifier, self.value),) if self.rule.qualifier and self.value else ()

    def takes(self, mention: Mention) -> bool:
        """Tell whether a mention counts here: candidate practices do for rules that capture practices.

        A rule with `candidates` takes only those that the lexicon knows.
        """
        if mention.strong or mention.type != PRACTICE:
            return True
        capture = self.rule.capture
        if capture is not None and capture.type == PRACTICE:
            return True
        return self.rule.candidates and mention.kind not in ("", "bundle", "listed", "item")


@dataclass(frozen=True, slots=True)
class Hedge:
    """Where words begin that make the rest a plan, a hope or a negation; a plan is `planned`.

    It `carries` over the clauses after its own, as a purpose (为推进…) does not.
    """

    start: int
    planned: bool
    carries: bool


@dataclass(slots=True)
class Clause:
    """A clause with what stands in it; `hedge` is the plan, hope or negation in it, if there is one."""

    start: int
    end: int
    sentence: Sentence
    groups: list[Group] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    hedge: Hedge | None = None

    def groups_before(self, position: int) -> list[Group]:
        """Return the groups that end before the position, at most the nearest 64, in order."""
        end = bisect_right(self.groups, position, key=lambda g: g.end)
        return self.groups[max(0, end - _MOST_LOOKED_AT) : end]

    def groups_after(self, position: int) -> list[Group]:
        """Return the groups that start at the position or behind it, at most the nearest 64, in order."""
        start = bisect_left(self.groups, position, key=lambda g: g.start)
        return self.groups[start : start + _MOST_LOOKED_AT]

    def trigger_end_before(self, position: int) -> int:
        """Return where the last trigger before the position ends, or where the clause starts."""
        end = bisect_right(self.triggers, position, key=lambda t: t.start)
        near = self.triggers[max(0, end - _MOST_AT_ONE_PLACE) : end]
        return max((t.end for t in near if t.end <= position), default=self.start)

    def trigger_start_after(self, position: int) -> int:
        """Return where the first trigger behind the position starts, or where the clause ends."""
        start = bisect_right(self.triggers, position, key=lambda t: t.start)
        return self.triggers[start].start if start < len(self.triggers) else self.end


class Firing(NamedTuple):
    """What a trigger sets off: a rule of a relation, and what the rule's table says of the word."""

    relation: Relation
    rule: Rule
    value: str


def compile_triggers(
    relations: dict[str, Relation], tables: dict[str, dict[str, TriggerWord]]
) -> Phrases[list[Firing]]:
    """Return every trigger of every rule, each with the rules that it sets off.

    `tables` are the lexicon's tables of triggers, each word with the contexts that forbid it; a context is a
    phrase that sets off no rule, and hides the triggers inside it.
    """
    firings: dict[str, list[Firing]] = {}
    for relation in relations.values():
        for rule in relation.rules:
            words = {word: entry for name in rule.trigger_tables for word, entry in tables[name].items()}
            # 了 belongs to its verb, so that what must not follow the verb is looked for behind it.
            forms = {
                form: word
                for word in (*rule.triggers, *words)
                for form in (word, word.removesuffix("了") + "了")
            }
            for form, word in forms.items():
                value = words[word].value if word in words else ""
                firings.setdefault(form, []).append(Firing(relation, rule, value))
            for context in (context for entry in words.values() for context in entry.forbids):
                firings.setdefault(context, [])
    return Phrases(firings)


Hits = list[Found[list[Firing]]]
"""Every place where a trigger's words stand, by start, longer ones first."""


def find_hits(text: Text, phrases: Phrases[list[Firing]]) -> Hits:
    """Return every place of the text where a trigger's words stand."""
    return sorted(phrases.every(text.raw), key=lambda f: (f.start, -f.end))


def find_triggers(text: Text, hits: Hits, masks: list[Span]) -> list[Trigger]:
    """Return the triggers among the hits that stand outside the masked spans, in order.

    A trigger inside a longer one counts only for rules that the longer one does not set off.
    """
    masked = bytearray(len(text.raw))
    edges: set[int] = set()
    for start, end in masks:
        masked[start:end] = b"\x01" * (end - start)
        edges.update((start, end))
    found = [f for f in hits if masked.find(1, f.start, f.end) < 0]
    triggers: list[Trigger] = []
    cover: tuple[int, int] = (0, 0)
    for start, end, firings in found:
        if start < cover[1] and end <= cover[1]:
            continue
        # Where the tagger glues a verb to a name (司法局协办), the name's edge is the word's.
        if not ((text.starts_word(start) or start in edges) and (text.ends_word(end) or end in edges)):
            continue
        cover = (start, end)
        if text.raw[start - 1 : start] in _OPENING and text.raw[end : end + 1] in _CLOSING:
            continue
        triggers.extend(
            Trigger(start, end, *firing)
            for firing in firings
            if _in_context(text.raw, start, end, firing.rule)
        )
    return triggers


def _in_context(raw: str, start: int, end: int, rule: Rule) -> bool:
    if rule.not_before and raw.endswith(rule.not_before, 0, start):
        return False
    if not rule.not_after:
        return True
    if raw.startswith(rule.not_after, end):
        return False
    # A number stands for any: 成立#周年.
    numbered = _NUMBER.sub("#", raw[end : end + _LONGEST_CONTEXT])
    return not numbered.startswith(rule.not_after)


def read_clauses(
    text: Text, groups: list[Group], triggers: list[Trigger], hedges: Phrases[HedgeWord]
) -> list[Clause]:
    """Return the clauses of the text with their groups and triggers.

    A group that reaches over clauses belongs to the one in which it ends.
    """
    group_ends = [g.end for g in groups]
    trigger_starts = [t.start for t in triggers]
    said = _Said(text.raw)
    hedged = Cover((f.start, f.end) for f in hedges.every(text.raw))
    clauses = []
    for sentence in text.sentences:
        for start, end in sentence.clauses:
            clause = Clause(start, end, sentence)
            clause.groups = groups[bisect_left(group_ends, start + 1) : bisect_left(group_ends, end + 1)]
            clause.triggers = triggers[bisect_left(trigger_starts, start) : bisect_left(trigger_starts, end)]
            clause.triggers = [t for t in clause.triggers if _needed(said, clause, t)]
            if hedged.touches(start, end):
                clause.hedge = _hedge(text, start, end, hedges, clause.groups)
            clauses.append(clause)
    return clauses


class _Said:
    """Tells which words a stretch of the text holds; each is searched once for all triggers in it."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._known: dict[tuple[int, int, str], bool] = {}

    def ends(self, start: int, end: int) -> bool:
        return not self._raw[start:end].strip(" .")

    def closes(self, words: tuple[str, ...], start: int, end: int) -> bool:
        return self._raw.endswith(words, start, end)

    def before(self, words: tuple[str, ...], start: int, end: int) -> bool:
        """Tell whether a word stands in the stretch, or right before its mark: 会议决定，…召开."""
        return any(self._raw.find(word, start, end) >= 0 for word in words) or self._raw.endswith(
            words, 0, max(0, start - 1)
        )

    def any(self, words: tuple[str, ...], start: int, end: int) -> bool:
        return any(self._holds(word, start, end) for word in words)

    def opens(self, words: tuple[str, ...], start: int) -> bool:
        return self._raw.startswith(words, start)

    def _holds(self, word: str, start: int, end: int) -> bool:
        key = (start, end, word)
        if key not in self._known:
            self._known[key] = self._raw.find(word, start, end) >= 0
        return self._known[key]


def _needed(said: _Said, clause: Clause, trigger: Trigger) -> bool:
    rule, sentence = trigger.rule, clause.sentence
    if rule.closes and not said.ends(trigger.end, clause.end):
        return False
    if rule.opens and not said.opens(rule.opens, clause.start):
        return False
    if rule.ending and not said.closes(rule.ending, trigger.end, clause.end):
        return False
    if rule.without and said.before(rule.without, max(clause.start, trigger.start - _NEAR), trigger.start):
        return False
    if rule.needs and not said.any(rule.needs, clause.start, clause.end):
        return False
    if rule.led_by and not said.any(rule.led_by, sentence.start, trigger.start):
        return False
    return not rule.company or said.any(rule.company, sentence.start, sentence.end)


def _hedge(text: Text, start: int, end: int, hedges: Phrases[HedgeWord], groups: list[Group]) -> Hedge | None:
    """Return the clause's first hedge: a plan if nothing in the clause makes it less (将不再)."""
    found = [f for f in hedges.longest(text.raw, start, end) if _applies(text, f, start, end, groups)]
    if not found:
        return None
    carries = any(f.value.scope != _CLAUSE for f in found)
    return Hedge(found[0].start, all(f.value.planned for f in found), carries)


def _applies(text: Text, found: Found[HedgeWord], start: int, end: int, groups: list[Group]) -> bool:
    number = bisect_right(groups, found.start, key=lambda g: g.start)
    before = groups[number - 1].end if number else start
    if found.start < before or not (text.starts_word(found.start) or found.start == before):
        return False
    if not text.ends_word(found.end):
        return False
    if found.value.scope == _CLAUSE:
        return found.start == start
    # 某某协会建议，…: right after who says so it is no noun, whatever the tagger says.
    if number and found.start == before and found.end == end:
        return True
    # 行动计划 and 按照要求 are nouns; 将 before what is acted upon (将治理纳入考核) is no future.
    word = text.word_at(found.end - 1)
    if word.tag == "n" and found.value.planned and found.end < len(text.raw):
        # A noun to the tagger, but it governs a verb: 民政局计划印发.
        before_is_noun = found.start > start and text.word_at(found.start - 1).tag in ("n", "vn", "m", "TIME")
        return not before_is_noun and text.word_at(found.end).tag == "v"
    # 将于 ends in a preposition, but announces all the same.
    return word.start > found.start or word.tag not in _NO_HEDGES


def paragraphs(clauses: list[Clause]) -> Iterator[list[Clause]]:
    """Yield the clauses of each paragraph."""
    batch: list[Clause] = []
    for clause in clauses:
        if batch and clause.sentence.paragraph != batch[-1].sentence.paragraph:
            yield batch
            batch = []
        batch.append(clause)
    if batch:
        yield batch
