"""Clauses that only set the scene of what follows: 走进静宁县南湖街道，; 在随后召开的座谈会上，."""

from __future__ import annotations

from extract.clauses import Clause
from extract.text import EVENT, PLACE, VISIT, Mention, Text

_SETS = frozenset({"在", "走进", "来到", "走入", "步入", "踏入"})
_DURING = frozenset({"上", "中", "期间", "现场"})


def session_setting(text: Text, clause: Clause) -> Mention | None:
    """Return the event in which a clause sets what follows: 在随后召开的交流座谈会上，."""
    for group in clause.groups[-1:]:
        event = group.members[-1]
        if event.type == EVENT and event.name and event.kind != VISIT:
            return event if text.raw[group.end : clause.end].strip() in _DURING else None
    return None


def place_setting(text: Text, clause: Clause) -> Mention | None:
    """Return the place that a clause consists of, the first of its sentence: 走进静宁县南湖街道，."""
    if clause.start != clause.sentence.clauses[0][0] or clause.triggers:
        return None
    words = [w for w in text.words_from(clause.start, clause.end) if text.raw[w.start : w.end].strip()]
    places = [m for g in clause.groups for m in g.of((PLACE,)) if len(g.members) == 1]
    if not words or not places or text.raw[words[0].start : words[0].end] not in _SETS:
        return None
    # Only the preposition and places: what else the clause says would be somebody acting there.
    return places[-1] if places[0].start == words[0].end and clause.end - places[-1].end <= 1 else None
