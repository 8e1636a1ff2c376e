"""Events that have no name of their own: visits named by what was done, sessions by what a body did."""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon
from extract.segments import Cover
from extract.text import EVENT, Mention, Text, Word

_LONGEST_VISIT = 24
_LONGEST_WAY = 24
_LEAST_VISIT = 6
_GOING = frozenset({"赴", "到", "深入", "前往", "来到", "走进", "率队赴", "带队赴"})
_TURNS = frozenset({"时", "并", "并且", "期间", "后", "中", "的", "之际", "等", "强调", "指出", "表示"})
_DELIBERATES = re.compile(
    r"(?:召开)?(?:(?:扩大|专题)?会议[，,])?(?:(?:第[一二三四五六七八九十百\d]+次)?会议)?(?:\d次)?(?:专题)?(?:审议|研究|听取|传达|讨论)"
)


def find_visits(text: Text, lexicon: Lexicon, events: list[Mention]) -> list[Mention]:
    """Return inspections and visits named only by what was done: (赴某县)调研基层治理工作.

    `events` are those named otherwise; what lies inside their names is no visit.
    """
    taken = Cover(m.span for m in events if m.name)
    found = []
    for sentence in text.sentences:
        for start, end in sentence.clauses:
            words = text.words_from(start, end)
            goes = next((w for w in words if text.raw[w.start : w.end] in _GOING), None)
            area = any(w.tag in ("LOC", "ORG") for w in words if goes is not None and w.start > goes.start)
            actor = any(w.tag == "PER" for w in words) or area
            verb = next(
                (
                    w
                    for w in words
                    if _visit_verb(text, lexicon, w) and (goes is None or w.start > goes.start)
                ),
                None,
            )
            if verb is None or not actor or taken.holds(verb.start, verb.start + 1):
                continue
            last = _visit_end(text, verb.start, end)
            opening = goes.start if goes is not None and verb.start - goes.end <= _LONGEST_WAY else verb.start
            if goes is None and last - verb.start < _LEAST_VISIT:
                continue
            found.append(
                Mention(verb.start, last, EVENT, text.raw[opening:last], kind="inspection", core="调研")
            )
    return found


def _visit_verb(text: Text, lexicon: Lexicon, word: Word) -> bool:
    surface = text.raw[word.start : word.end]
    return surface in lexicon.visit_verbs and word.tag in ("v", "vn")


def _visit_end(text: Text, start: int, end: int) -> int:
    """End the name before 时, 并 or another turn of the clause."""
    at = start
    for word in text.words_from(start, end):
        surface = text.raw[word.start : word.end]
        if surface in _TURNS or surface in "，,。；;：:":
            break
        at = word.end
    return min(at, start + _LONGEST_VISIT)


def implied_sessions(text: Text, lexicon: Lexicon, institutions: list[Mention]) -> list[Mention]:
    """Return the sessions that a body's deliberating implies: 市委常委会审议通过."""
    events = []
    for organ in institutions:
        body = lexicon.convened_bodies.ending(text.raw, organ.end)
        if body is None or not _DELIBERATES.match(text.raw, organ.end):
            continue
        events.append(
            Mention(organ.start, organ.end, EVENT, organ.name + body.value, level=organ.level, kind="session",
                    places=organ.places)
        )  # fmt: skip
    return events
