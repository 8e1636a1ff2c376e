"""Mentions of events: names that end in an event's head, and words that refer back to one."""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon, Organ
from extract.mentions.event_names import EventNames
from extract.phrases import Found
from extract.text import Mention, Text

_LONGEST = 70
_LONGEST_MAKING = 2
_LONGEST_EDITION = 26
_SESSION = re.compile(r"第[一二三四五六七八九十百\d]+次(?:全体)?会议")
_HAPPENS = frozenset({"在", "于", "举行", "召开", "举办", "开幕", "启动"})
_LOOSE_KINDS = frozenset({"activity", "campaign"})
_TAKES_PLACE = re.compile(
    r"(?:正式|隆重|圆满|顺利|如期|今日|昨日|今天|昨天|近日|日前|于|在|[\d一二三四五六七八九十]+[月日])*[^，。；]{0,16}?(?:举行|举办|启动|开展|拉开|开始|开幕|闭幕|落幕|结束|举办地|走进)"
)
_EDITION = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+|首)届[^，。、；：“”《》\s]{1,18}(?:[节展赛]|[运博交洽消服]会)$"
)
"""What makes an event of a name that ends in one character: 第十九届中国国际广告|节."""
_PLURAL = re.compile(
    r"(?:多|数|若干|(?<![第一二三四五六七八九十百])[二三四五六七八九十百两]+|(?<![第\d])(?:[1-9]\d+|[2-9]))余?(?:场|次|项|批|轮)"
    r"|各类|各种|系列"
)
"""Several events at once are none in particular: 举办多场协商议政活动."""
_RECURS = re.compile(r"(?:每[年月周季天日]|每逢|不?定期|经常|常态化)[^，。；：]{0,10}$")
"""What is held again and again is no event: 每月15日召开“院坝协商会”."""
_MADE = frozenset({"作", "做", "作了", "做了", "邀作"})
"""What somebody makes is a speech, not an event: 作专题讲座."""
_JOIN = "暨"
_ASKED = "提请"
"""What is asked to decide is a body: 提请|大会审议."""


def find_events(text: Text, lexicon: Lexicon, organs: list[Mention]) -> list[Mention]:
    """Return the events of the text.

    A mention that only refers (会议, 大会, 开幕式) has no name; `kind` is the head's kind, and a session
    is part of the event it belongs to. Organs that open a name (市委八届八次全会) are in it; their
    relative level is the name's.
    """
    names = EventNames(text, lexicon, organs)
    mentions: list[Mention] = []
    for found in _heads(text, lexicon):
        start = names.start(found)
        end = _joined(text, lexicon, found.end)
        if mentions and start < mentions[-1].end:
            if start >= mentions[-1].start and end <= mentions[-1].end:
                continue
            if text.raw[mentions[-1].end - 1 : found.start].count("，"):
                continue
            start = max(start, mentions[-1].end) if start > mentions[-1].start else start
            if start <= mentions[-1].start:
                mentions.pop()
        if (
            text.raw.startswith(("实施", "从事"), start)
            or _ASKED in text.raw[max(0, start - 2) : found.start]
        ):
            continue
        if _RECURS.search(text.raw, max(0, start - 12), start) or _is_speech(text, start, found.start):
            continue
        plural = _PLURAL.search(text.raw, max(0, start - 6), start + 3)
        if lexicon.event_citations.starting(text.raw, end) is None and (
            plural is None or plural.end() < start
        ):
            mentions.append(names.mention(start, end, found.value))
    return mentions


def _heads(text: Text, lexicon: Lexicon) -> list[Found[Organ]]:
    by_end: dict[int, Found[Organ]] = {}
    for found in lexicon.event_heads.every(text.raw):
        if found.end - found.start < 2 and not _EDITION.search(
            text.raw, max(0, found.end - _LONGEST_EDITION), found.end
        ):
            continue
        known = by_end.get(found.end)
        if known is None or found.start < known.start:
            by_end[found.end] = found
    titles = {at for t in lexicon.titles.longest(text.raw) for at in range(t.start, t.end)}
    return [
        found
        for end, found in sorted(by_end.items())
        if end - 1 not in titles
        and not _goes_visiting(text, lexicon, found)
        and not _is_practice(text, lexicon, found)
        and (found.value.strong or text.word_at(end - 1).tag != "v")
        and text.ends_word(end)
        and (found.value.kind not in _LOOSE_KINDS or found.value.strong or _happens(text, lexicon, found))
        and not _swallowed(found, by_end)
        and not _runs_on(text, lexicon, end)
    ]


def _is_speech(text: Text, start: int, head: int) -> bool:
    """Tell whether a verb of making a speech governs the name: 受邀作|专题讲座."""
    words = text.words_from(max(start - _LONGEST_MAKING, head - 2 * _LONGEST_MAKING, 0), head)
    return any(text.raw[word.start : word.end] in _MADE for word in words)


def _is_practice(text: Text, lexicon: Lexicon, found: Found[Organ]) -> bool:
    """Tell whether a practice ends here: a known one, or one with a longer head (创建活动 against 活动)."""
    known = lexicon.practices.ending(text.raw, found.end)
    if known is not None and known.start < found.start and known.value.strong:
        return True
    head = lexicon.practice_heads.ending(text.raw, found.end)
    return head is not None and head.value and head.start < found.start


def _goes_visiting(text: Text, lexicon: Lexicon, found: Found[Organ]) -> bool:
    """Tell whether a verb of visiting is the clause's verb here, not the head of a name (基层治理调研)."""
    verb = lexicon.visit_verbs.ending(text.raw, found.end)
    if verb is None or verb.start > found.start or found.start == 0:
        return False
    return (
        text.word_at(found.start - 1).tag not in ("n", "vn", "nz", "an")
        and text.raw[found.start - 1] not in "”"
    )


def _happens(text: Text, lexicon: Lexicon, found: Found[Organ]) -> bool:
    """Tell whether the text says that an activity was held: a verb of holding before it, or after it."""
    if text.raw[found.start - 1 : found.start] == "”" or _TAKES_PLACE.match(text.raw, found.end):
        return True
    sentence = text.locator.at(found.start)
    first = max(sentence.start, found.start - _LONGEST)
    return any(
        text.raw[w.start : w.end] in lexicon.hard_breaks and w.tag in ("v", "vn")
        for w in text.words_from(first, found.start)
    )


def _swallowed(found: Found[Organ], by_end: dict[int, Found[Organ]]) -> bool:
    """Tell whether a longer head covers this one: 会议 in 会议室, 发布 in 发布会."""
    return any(
        (other := by_end.get(end)) is not None and other.start <= found.start
        for end in range(found.end + 1, found.end + 4)
    )


def _runs_on(text: Text, lexicon: Lexicon, end: int) -> bool:
    following = text.raw[end : end + 1]
    return following in ("室", "厅", "员", "者", "费", "场", "制", "站", "点") or (
        lexicon.practice_heads.starting(text.raw, end) is not None
    )


def _joined(text: Text, lexicon: Lexicon, end: int) -> int:
    """Take in the session's number (…大会第二次会议), and what 暨 joins, up to a mark or a verb."""
    session = _SESSION.match(text.raw, end)
    if session is not None:
        end = session.end()
    if text.raw[end : end + 1] != _JOIN:
        return end
    best = end
    limit = min(len(text.raw), end + _LONGEST)
    at = end + 1
    for word in text.words_from(end + 1, limit):
        surface = text.raw[word.start : word.end]
        if word.tag == "c":
            continue
        if surface in _HAPPENS or word.tag in ("p", "d", "TIME") or surface in lexicon.event_breaks:
            return max(best, at)
        if surface[0] in "，,。；;、\n":
            break
        at = word.end
        found = lexicon.event_heads.ending(text.raw, at)
        if found is not None and at - found.start > 1:
            best = at
    return best
