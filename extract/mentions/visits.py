"""Visits: inspections, calls and study tours that have no name but what was done: (赴某县)调研基层治理工作.

The verb stays outside the mention, where rules find it as their trigger; the name has it, with the verb of
going before it in the same clause.
"""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon
from extract.phrases import Found
from extract.segments import Cover, Span
from extract.text import EVENT, VISIT, Mention, Text, Word

_LONGEST_OBJECT = 24
_LONGEST_WAY = 24
_LEAST_VISIT = 6
_DOES = "开展"
_MEETS = ("会见", "会晤", "接见", "约谈")
_LONGEST_DESCRIPTION = 60
"""So far a description of whom one meets may reach: 会见来华出席…活动的某国总统."""
_LIGHT_VERB = re.compile(r"(?:进行|开展|展开)$")
_TOPIC = re.compile(r"(?:就|围绕|针对)([^，。；]{4,24})$")
_GOING = frozenset(
    [
        "赴",
        "到",
        "深入",
        "前往",
        "来到",
        "来",
        "走进",
        "率队赴",
        "带队赴",
        "带队到",
        "率队到",
        "一行到",
        "一行赴",
        "抵达",
    ]
)
_TURNS = frozenset(
    {"时", "并", "并且", "期间", "后", "中", "的", "之际", "等", "强调", "指出", "表示", "以来", "过程"}
)
_ACTORS = frozenset({"PER", "ORG", "LOC"})
_NOT_ONCE = frozenset("过是和与及、")
"""What follows a verb that tells of no single visit: 走访过, 调研和起草."""
_WHILE = frozenset({"期间"})
"""A turn that ends the clause it turns, and is part of a name elsewhere: 检查节日期间安全生产."""
_NOUNS = frozenset({"n", "vn", "nz", "an", "nw"})
_NOMINAL = _NOUNS | {"m", "a", "LOC", "ORG", "TIME", "f"}
_LONGEST_NOUN = 14
_MARKS = "，,。；;：:！!？?"


def find_visits(text: Text, lexicon: Lexicon, events: list[Mention]) -> list[Mention]:
    """Return the visits of the text, in order.

    `events` are those named otherwise; what lies inside their names is no visit. Somebody must act before
    the verb in its sentence, and a verb without a way (实地调研…) needs an object that says of what.
    """
    taken = Cover(m.span for m in events if m.name)
    verbs = Cover((f.start, f.end) for f in lexicon.visit_verbs.every(text.raw))
    found = []
    for sentence in text.sentences:
        if not verbs.touches(sentence.start, sentence.end):
            continue
        acted = went = False
        for start, end in sentence.clauses:
            words = text.words_from(start, end)
            goes = next((w for w in words if text.raw[w.start : w.end] in _GOING), None)
            after = goes.end if goes is not None else start
            verb = next((v for w in words if w.start >= after and (v := _verb(text, lexicon, w))), None)
            before = verb.start if verb is not None else end
            acted = acted or any(w.tag in _ACTORS for w in words if w.start < before)
            went = went or goes is not None
            if verb is None or not acted or taken.holds(verb.start, verb.start + 1):
                continue
            visit = _visit(text, (start, end), verb, goes, went)
            if visit is not None:
                found.append(visit)
    return found


def _visit(text: Text, clause: Span, verb: Found[str], goes: Word | None, went: bool) -> Mention | None:
    """Return the visit that a clause's verb makes, `went` if its sentence says that somebody went there."""
    raw = text.raw
    begin = verb.end + raw.startswith("了", verb.end)
    if verb.value.startswith(_MEETS):
        begin = max(begin, raw.rfind("的", begin, min(clause[1], begin + _LONGEST_DESCRIPTION)) + 1)
    last = _object_end(text, begin, clause[1])
    if raw[verb.end : verb.end + 1] in _NOT_ONCE or raw.count("“", begin, last) != raw.count(
        "”", begin, last
    ):
        return None
    opening = goes.start if goes is not None and _leads(text, goes, verb) else verb.start
    if last > begin:
        if not went and last - verb.start < _LEAST_VISIT:
            return None
        name = raw[verb.start : verb.end] if verb.value.startswith(_MEETS) else raw[opening : verb.end]
        return _inspection(begin, last, name + raw[begin:last])
    topic = _by_topic(text, clause, verb)
    if goes is None and not topic:
        return None
    return _inspection(verb.start, verb.end, topic or raw[opening : verb.end])


def _inspection(start: int, end: int, name: str) -> Mention:
    return Mention(start, end, EVENT, name, kind=VISIT, core="调研")


def _by_topic(text: Text, clause: Span, verb: Found[str]) -> str:
    """Return the name of a visit whose topic stands before its verb: 就基层治理工作开展|调研, or ""."""
    topic = _TOPIC.search(text.raw, clause[0], verb.start)
    if topic is None:
        return ""
    return _LIGHT_VERB.sub("", topic.group(1)) + verb.value.removeprefix(_DOES)


def _leads(text: Text, goes: Word, verb: Found[str]) -> bool:
    """Tell whether the verb of going is the visit's: not if another is named (来到警务区的某某在走访)."""
    if verb.start - goes.end > _LONGEST_WAY:
        return False
    return not any(w.tag == "PER" for w in text.words_from(goes.end, verb.start))


def _verb(text: Text, lexicon: Lexicon, word: Word) -> Found[str] | None:
    """Return the verb of visiting that begins with a word, which the tagger may have cut in two."""
    if word.tag not in ("v", "vn", "d", "ad", "n"):
        return None
    found = lexicon.visit_verbs.starting(text.raw, word.start)
    if found is None or not text.ends_word(found.end):
        return None
    return found if word.tag == "v" or found.end > word.end or found.value.startswith(_DOES) else None


def _object_end(text: Text, start: int, end: int) -> int:
    """End the name before 时, 并 or another turn of the clause."""
    at = start
    for word in text.words_from(start, min(end, start + _LONGEST_OBJECT)):
        surface = text.raw[word.start : word.end]
        if surface == "的" and at > start and (described := _described(text, word.end, end)):
            at = described
            break
        if surface in _MARKS or (surface in _TURNS and not (surface in _WHILE and start < at)):
            break
        at = word.end
    return min(at, end)


def _described(text: Text, start: int, end: int) -> int:
    """Return the end of the nouns that an attribute describes, if the clause ends with them, or 0."""
    words = text.words_from(start, end) if end - start <= _LONGEST_NOUN else []
    if not words or words[-1].tag not in _NOUNS:
        return 0
    nouns = all(w.tag in _NOMINAL for w in words)
    surface = text.raw[start:end]
    return end if nouns and surface not in _TURNS and not surface.startswith("时候") else 0
