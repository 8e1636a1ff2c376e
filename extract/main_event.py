"""The event that an article is about."""

from __future__ import annotations

import re
from collections import Counter

from extract.language.lexicon import Lexicon
from extract.naming import Names, fold
from extract.text import EVENT, INSTITUTION, Mention, Text

_LEAST_SCORE = 2.5
_LEAST_HEAD = 3
_LEAD = 3
_SESSION = re.compile(r"第[一二三四五六七八九十百\d]+次|专题|常务|扩大|全体")
_SUB_SESSIONS = ("开幕式", "闭幕式", "开幕会", "闭幕会", "开幕大会", "闭幕大会", "全体会议")
"""What is part of an event, and names none: 出席开幕式."""
_WHEN_AND_WHERE = re.compile(
    r"(?:(?:\d{1,2}月)?\d{1,2}日|今天|今日|昨天|昨日|近日|日前)?(?:上午|下午|晚上?)?(?:在[^，。；：、在]{2,16})?$"
)
_LONGEST_SETTING = 32
_PRESIDIUM = re.compile(r"[^，。；：、\s）)]{4,24}主席团$")
_BUREAU = "政治局"
_NAMED_IN_TITLE = 3.0
_MOST = 12.0


def main_event(text: Text, mentions: list[Mention], names: Names, title: str) -> Mention | None:
    """Return the first mention of the event the article is about, as title and opening sentences say."""
    scores: dict[int, float] = {}
    first: dict[int, Mention] = {}
    folded_title = fold(title)
    for mention in mentions:
        if mention.type != EVENT or not mention.name:
            continue
        named = names.of(mention)
        if named is None:
            continue
        key = id(named)
        if key not in first:
            first[key] = mention
            in_title = 2.0 * (fold(mention.core) in folded_title)
            in_title += _NAMED_IN_TITLE * (fold(mention.name) in folded_title)
            scores[key] = in_title + 2.0 * (text.locator.index(mention.start) < _LEAD)
        scores[key] = min(scores[key] + (1.0 if mention.strong else 0.5), _MOST)
    best = max(scores, key=lambda key: (scores[key], -first[key].start), default=None)
    return first[best] if best is not None and scores[best] >= _LEAST_SCORE else None


def name_by_head(mentions: list[Mention]) -> None:
    """Name the events that an article calls by their kind alone where none has a name: 签约仪式, 座谈会.

    Only the kind met most often counts, and only one that is plain enough to be a name.
    """
    bare = [m for m in mentions if m.type == EVENT and not m.name and m.strong and _tells(m)]
    if not bare:
        return
    counts = Counter(m.core for m in bare)
    chosen = max(counts, key=lambda head: (counts[head], len(head)))
    for mention in bare:
        if mention.core == chosen:
            mention.name = chosen


def name_convened(text: Text, mentions: list[Mention], lexicon: Lexicon) -> None:
    """Name the events without a name of their own that the text says were held.

    A session takes the name of the organ that held it (县委常委会|第58次会议); another takes that of its kind
    (座谈会) where no named event of that kind stands in the article.
    """
    named = {m.core for m in mentions if m.type == EVENT and m.name}
    organs = {m.end: m for m in mentions if m.type == INSTITUTION}
    for mention in mentions:
        if mention.type != EVENT or mention.name or not mention.strong:
            continue
        held = lexicon.holding_verbs.ending(text.raw, mention.start)
        if held is None:
            continue
        organ = organs.get(held.start) or _convener(text, organs, held.start)
        session = _SESSION.search(text.raw, mention.start, mention.end)
        presidium = _presidium(text, held.start) if session is not None else ""
        if presidium:
            mention.name = presidium + text.raw[mention.start : mention.end]
        elif organ is not None and (
            session is not None or organ.kind == "party" or organ.name.endswith(_BUREAU)
        ):
            mention.name = organ.name + text.raw[mention.start : mention.end]
            mention.level, mention.places = organ.level, organ.places
        elif _tells(mention) and mention.core not in named:
            mention.name = mention.core


def _convener(text: Text, organs: dict[int, Mention], held: int) -> Mention | None:
    """Return the organ that holds a session at a time or a place: 中共中央政治局|6月27日|召开会议."""
    when = _WHEN_AND_WHERE.search(text.raw, max(0, held - _LONGEST_SETTING), held)
    return organs.get(when.start()) if when is not None else None


def _presidium(text: Text, held: int) -> str:
    """Return the presidium of a congress that holds a session of its own: 某某大会主席团|举行第二次会议."""
    when = _WHEN_AND_WHERE.search(text.raw, max(0, held - _LONGEST_SETTING), held)
    body = (
        _PRESIDIUM.search(text.raw, max(0, when.start() - _LONGEST_SETTING), when.start()) if when else None
    )
    return body.group() if body is not None else ""


def _tells(mention: Mention) -> bool:
    return (
        len(mention.core) >= _LEAST_HEAD
        and mention.kind != "session"
        and not mention.core.endswith(_SUB_SESSIONS)
    )
