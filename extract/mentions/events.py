"""Mentions of events: names that end in an event's head, and words that refer back to one."""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon, Organ
from extract.phrases import Found
from extract.naming import Names, fold
from extract.text import EVENT, PLACE, Mention, Text, Word

_LONGEST = 70
_LEAST_MAIN = 3
_LONGEST_VISIT = 24
_LONGEST_WAY = 24
_LEAST_VISIT = 6
_GOING = frozenset({"赴", "到", "深入", "前往", "来到", "走进", "率队赴", "带队赴"})
_TURNS = frozenset({"时", "并", "并且", "期间", "后", "中", "的", "之际", "等", "强调", "指出", "表示"})
_NOUNS = frozenset({"n", "vn", "nz"})
_STOP_TAGS = frozenset({"u", "p", "r", "d", "PER", "c"})
_YEAR = re.compile(
    r"(?:[一二三四五六七八九十\d]+届[一二三四五六七八九十\d]+次|(?:19|20)\d\d年?度?|首届|第[一二三四五六七八九十百\d]+[届次])$"
)
_NUMBERED = re.compile(
    r"(?:首届|本届|年度)?(?:十?[一二三四五六七八九十\d]+届)?(?:[一二三四五六七八九十\d]+次)?$"
)
_SESSION = re.compile(r"第[一二三四五六七八九十百\d]+次(?:全体)?会议")
_HAPPENS = frozenset({"在", "于", "举行", "召开", "举办", "开幕", "启动"})
_JOIN = "暨"
_JOINTS = frozenset({"与", "和", "及", "暨"})


def find_events(text: Text, lexicon: Lexicon, organs: list[Mention]) -> list[Mention]:
    """Return the events of the text.

    A mention that only refers (会议, 大会, 开幕式) has no name; `kind` is the head's kind, and a session
    is part of the event it belongs to. Organs that open a name (市委八届八次全会) are in it; their
    relative level is the name's.
    """
    by_end = {m.end: m for m in organs}
    mentions: list[Mention] = []
    for found in _heads(text, lexicon):
        start = _start(text, lexicon, found, by_end)
        end = _joined(text, lexicon, found.end)
        if mentions and start < mentions[-1].end:
            if start >= mentions[-1].start and end <= mentions[-1].end:
                continue
            if text.raw[mentions[-1].end - 1 : found.start].count("，"):
                continue
            start = max(start, mentions[-1].end) if start > mentions[-1].start else start
            if start <= mentions[-1].start:
                mentions.pop()
        mentions.append(_mention(text, lexicon, start, end, found.value, by_end))
    return sorted([*mentions, *_visits(text, lexicon, mentions)], key=lambda m: m.start)


def _visits(text: Text, lexicon: Lexicon, named: list[Mention]) -> list[Mention]:
    """Return inspections and visits named only by what was done: (赴某县)调研基层治理工作."""
    taken = [m.span for m in named if m.name]
    found = []
    for sentence in text.sentences:
        for start, end in sentence.clauses:
            words = text.words_from(start, end)
            goes = next((w for w in words if text.raw[w.start : w.end] in _GOING), None)
            named = any(w.tag in ("LOC", "ORG") for w in words if goes is not None and w.start > goes.start)
            actor = any(w.tag == "PER" for w in words) or named
            verb = next(
                (
                    w
                    for w in words
                    if _visit_verb(text, lexicon, w) and (goes is None or w.start > goes.start)
                ),
                None,
            )
            if verb is None or not actor or any(s <= verb.start < e for s, e in taken):
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


def _heads(text: Text, lexicon: Lexicon) -> list[Found[Organ]]:
    by_end: dict[int, Found[Organ]] = {}
    for found in lexicon.event_heads.every(text.raw):
        if found.end - found.start < 2:
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
        and not _swallowed(found, by_end)
        and not _runs_on(text, lexicon, end)
    ]


def _is_practice(text: Text, lexicon: Lexicon, found: Found[Organ]) -> bool:
    """Tell whether a practice's head is longer than the event's: 创建活动 against 活动."""
    head = lexicon.practice_heads.ending(text.raw, found.end)
    return head is not None and head.value and head.start < found.start


def _goes_visiting(text: Text, lexicon: Lexicon, found: Found[Organ]) -> bool:
    """Tell whether a verb of visiting is the clause's verb here, not the head of a name (基层治理调研)."""
    if found.value.name not in lexicon.visit_verbs or found.start == 0:
        return False
    return (
        text.word_at(found.start - 1).tag not in ("n", "vn", "nz", "an")
        and text.raw[found.start - 1] not in "”"
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


def _start(text: Text, lexicon: Lexicon, head: Found[Organ], by_end: dict[int, Mention]) -> int:
    """Walk left over the words of the name."""
    at = head.start
    limit = max(0, head.end - _LONGEST)
    quotes = {end: start for start, end in (*text.quotes, *text.titles, *text.parentheses)}
    while at > limit:
        if at in quotes:
            at = quotes[at]
            continue
        if at in by_end:
            organ = by_end[at]
            if organ.type != PLACE:
                return organ.start
            at = organ.start
            if organ.kind == "deictic":
                return at
            continue
        word = text.word_at(at - 1)
        surface = text.raw[word.start : at]
        if surface in _JOINTS and _joins_nouns(text, word.start, by_end):
            at = word.start
            continue
        if word.tag in ("TIME", "m", "t"):
            year = _YEAR.search(text.raw, max(limit, at - 12), at)
            if year is None:
                return _trim(text, at)
            at = year.start()
            if at not in by_end:
                return at
            continue
        if word.tag in _STOP_TAGS or (surface in lexicon.event_breaks and word.tag not in _NOUNS):
            break
        if not head.value.strong and word.tag in ("v", "vd", "ad", "a") and at != head.end:
            break
        if word.tag == "w" or not surface.strip() or surface[-1] in "，,。、；;：:！？!?“‘《（(":
            break
        at = word.start
    return _trim(text, at)


def _joins_nouns(text: Text, position: int, by_end: dict[int, Mention]) -> bool:
    """Tell whether 与 or 和 stands inside a name: 社会治理与发展大会."""
    if position in by_end or position == 0:
        return False
    return text.word_at(position - 1).tag in ("n", "vn", "v", "nz", "an", "a")


def _trim(text: Text, start: int) -> int:
    while start < len(text.raw) and text.raw[start] in " 　、，和与及的了":
        start += 1
    return start


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


def _mention(
    text: Text, lexicon: Lexicon, start: int, end: int, head: Organ, by_end: dict[int, Mention]
) -> Mention:
    surface = text.raw[start:end]
    modifiers = surface.removesuffix(head.name).strip('“”"‘’ ')
    bare = _NUMBERED.sub("", modifiers)
    organ = next((m for m in by_end.values() if m.start == start and m.end < end), None)
    level = organ.level if organ and organ.kind != "deictic" else ""
    named = head.kind != "session" and (
        len(bare) >= (2 if head.strong else 4) or (organ is not None and len(modifiers) >= 2)
    )
    if bare in _GENERIC_MODIFIERS:
        named = False
    return Mention(
        start, end, EVENT, surface if named else "", level=level, kind=head.kind, core=head.name, strong=head.strong,
        places=organ.places if organ else (),
    )  # fmt: skip


_GENERIC_MODIFIERS = frozenset(
    {
        "本次",
        "此次",
        "这次",
        "当天",
        "全体",
        "专题",
        "有关",
        "相关",
        "重要",
        "系列",
        "现场",
        "工作",
        "主题",
        "各类",
    }
)


_DELIBERATES = re.compile(
    r"(?:召开)?(?:(?:扩大|专题)?会议[，,])?(?:(?:第[一二三四五六七八九十百\d]+次)?会议)?(?:\d次)?(?:专题)?(?:审议|研究|听取|传达|讨论)"
)


def implied_events(text: Text, lexicon: Lexicon, institutions: list[Mention]) -> list[Mention]:
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


def main_event(text: Text, mentions: list[Mention], names: Names, title: str) -> Mention | None:
    """Return the first mention of the event the article is about: in its title, or in its opening sentences."""
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
            in_title = fold(mention.name) in folded_title or fold(mention.core) in folded_title
            scores[key] = 2.0 * in_title + 2.0 * (text.locator.index(mention.start) < 3)
        scores[key] += 1.0 if mention.strong else 0.5
    best = max(scores, key=lambda key: (scores[key], -first[key].start), default=None)
    return first[best] if best is not None and scores[best] >= _LEAST_MAIN else None
