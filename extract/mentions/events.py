"""Mentions of events: names that end in an event's head, and words that refer back to one."""

from __future__ import annotations

import re
from itertools import groupby

from extract.language.lexicon import Lexicon, Organ
from extract.phrases import Found
from extract.text import EVENT, PLACE, Mention, Text

_LONGEST = 70
_NOUNS = frozenset({"n", "vn", "nz"})
_STOP_TAGS = frozenset({"u", "p", "r", "d", "PER", "c"})
_YEAR = re.compile(
    r"(?:[一二三四五六七八九十\d]+届[一二三四五六七八九十\d]+次|(?:19|20)\d\d年?度?|首届|第[一二三四五六七八九十百\d]+[届次期])$"
)
_SEASON = re.compile(
    r"(?:(?:19|20)\d\d年)?(?:元旦|新春|新年|春节|元宵|清明|五一|五四|六一|七一|八一|十一|端午|中秋|重阳|国庆|寒假|暑期|暑假|[春夏秋冬]季|岁末|年终|年末|年中|上半年|下半年|第?[一二三四]季度)$"
)
_CONVENED = frozenset({"n", "nz", "vn", "v", "vd", "a", "an", "ad", "j", "nw", "LOC", "ORG", "m", "f", "s"})
_LONGEST_CONVENED = 24
_NUMBERED = re.compile(
    r"(?:首届|本届|年度)?(?:十?[一二三四五六七八九十\d]+届)?(?:[一二三四五六七八九十\d]+次)?$"
)
_SESSION = re.compile(r"第[一二三四五六七八九十百\d]+次(?:全体)?会议")
_HAPPENS = frozenset({"在", "于", "举行", "召开", "举办", "开幕", "启动"})
_MARKS = frozenset("，,。、；;：:！？!?\n “”）)　")
_LOOSE_KINDS = frozenset({"activity", "campaign"})
_TAKES_PLACE = re.compile(
    r"(?:正式|隆重|圆满|顺利|如期|今日|昨日|今天|昨天|近日|日前|于|在|[\d一二三四五六七八九十]+[月日])*[^，。；]{0,16}?(?:举行|举办|启动|开展|拉开|开始|开幕|闭幕|落幕|结束|举办地|走进)"
)
_JOIN = "暨"
_JOINTS = frozenset({"与", "和", "及", "暨"})
_GENERIC_MODIFIERS = frozenset(
    [
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
    ]
)


def find_events(text: Text, lexicon: Lexicon, organs: list[Mention]) -> list[Mention]:
    """Return the events of the text.

    A mention that only refers (会议, 大会, 开幕式) has no name; `kind` is the head's kind, and a session
    is part of the event it belongs to. Organs that open a name (市委八届八次全会) are in it; their
    relative level is the name's.
    """
    names = _Names(text, lexicon, organs)
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
        mentions.append(names.mention(start, end, found.value))
    return mentions


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
        and (found.value.kind not in _LOOSE_KINDS or found.value.strong or _happens(text, lexicon, found))
        and not _swallowed(found, by_end)
        and not _runs_on(text, lexicon, end)
    ]


def _is_practice(text: Text, lexicon: Lexicon, found: Found[Organ]) -> bool:
    """Tell whether a practice's head is longer than the event's (创建活动 against 活动), or a known one ends here."""
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
    """Tell whether the text says that an activity was held: a verb of holding before it, or its start after it."""
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


class _Names:
    """Where the names of a text's events begin, and what they are called."""

    def __init__(self, text: Text, lexicon: Lexicon, organs: list[Mention]) -> None:
        self._text = text
        self._lexicon = lexicon
        self._by_end = {m.end: m for m in organs}
        self._by_start = {
            start: list(group)
            for start, group in groupby(sorted(self._by_end.values(), key=_start_of), key=_start_of)
        }
        # A practice in the name of an event is in it whole: 党的群众路线教育实践活动|工作座谈会.
        self._practice_from = {
            at: found.start
            for found in lexicon.practices.longest(text.raw)
            for at in range(found.start + 1, found.end + 1)
        }
        self._openings = {end: start for start, end in (*text.quotes, *text.titles, *text.parentheses)}

    def start(self, head: Found[Organ]) -> int:
        """Walk left from the head over the words of the name."""
        at = self._opened_at(head) if head.value.strong else head.start
        limit = max(0, head.end - _LONGEST)
        convened = at if head.value.strong else self._convened_from(at)
        while at > limit:
            if at in self._openings:
                at = self._openings[at]
                continue
            if at in self._practice_from:
                at = self._practice_from[at]
                continue
            if at in self._by_end:
                organ = self._by_end[at]
                if organ.type != PLACE:
                    return organ.start
                at = organ.start
                if organ.kind == "deictic":
                    return at
                continue
            before = self._over_word(head, at, limit, convened)
            if before is None:
                break
            at, ends = before
            if ends:
                return at
        return _trim(self._text, at)

    def _opened_at(self, head: Found[Organ]) -> int:
        """Return where the verb stands that opens the whole name: 庆祝…大会; the head's start if none does."""
        at = opened = head.start
        while at > max(0, head.end - _LONGEST):
            if at in self._openings:
                at = self._openings[at]
                continue
            word = self._text.word_at(at - 1)
            surface = self._text.raw[word.start : at]
            if word.tag == "r" or surface in _MARKS:
                break
            if (surface in self._lexicon.hard_breaks and word.tag not in _NOUNS) or (
                word.tag == "p" and opened < head.start
            ):
                break
            opener = self._lexicon.event_openers.ending(self._text.raw, at)
            at = word.start
            if opener is not None and opener.end < head.start and self._free(opener.start):
                opened = opener.start
        return opened

    def _free(self, position: int) -> bool:
        """Tell whether a name may open here: at the clause's start, or behind a word that holds or dates it."""
        before = self._text.raw[position - 1 : position]
        if not before or before in _MARKS or position in self._by_end:
            return True
        word = self._text.word_at(position - 1)
        surface = self._text.raw[word.start : position]
        return (
            word.tag in ("p", "TIME", "m", "u") or surface in self._lexicon.hard_breaks or surface[:1] == "全"
        )

    def _convened_from(self, position: int) -> int:
        """Return where the object of a verb of holding begins: 开展|入户走访|活动; the position if none governs it."""
        at = position
        while at > max(0, position - _LONGEST_CONVENED):
            if at in self._openings:
                at = self._openings[at]
                continue
            word = self._text.word_at(at - 1)
            surface = self._text.raw[word.start : at]
            if surface in self._lexicon.event_breaks and word.tag not in ("n", "nz"):
                return at if word.tag in ("v", "vn") else position
            if word.tag not in _CONVENED and not _SEASON.fullmatch(surface):
                return position
            at = word.start
        return position

    def _over_word(self, head: Found[Organ], at: int, limit: int, convened: int) -> tuple[int, bool] | None:
        """Return where the word before begins, and whether the name does so too; None if no word belongs."""
        text = self._text
        word = text.word_at(at - 1)
        surface = text.raw[word.start : at]
        if surface in _JOINTS and self._joins_nouns(word.start):
            return word.start, False
        if word.tag in ("TIME", "m", "t") and not (at > convened and word.tag == "m"):
            season = _SEASON.search(text.raw, max(limit, word.start), at)
            if season is not None:
                return season.start(), False
            year = _YEAR.search(text.raw, max(limit, at - 12), at)
            if year is None:
                return None
            # A year opens the name, unless its convener stands before; a session's number does not.
            opens = year.group()[:4].isdigit() and year.start() not in self._by_end
            return year.start(), opens
        if word.tag in _STOP_TAGS or (surface in self._lexicon.event_breaks and word.tag not in _NOUNS):
            return None
        if (
            not head.value.strong
            and word.tag in ("v", "vd", "ad", "a")
            and at != head.start
            and at <= convened
        ):
            return None
        if word.tag == "w" or not surface.strip() or surface[-1] in "，,。、；;：:！？!?“‘《（(":
            return None
        return word.start, False

    def _joins_nouns(self, position: int) -> bool:
        """Tell whether 与 or 和 stands inside a name: 社会治理与发展大会."""
        if position in self._by_end or position == 0:
            return False
        return self._text.word_at(position - 1).tag in ("n", "vn", "v", "nz", "an", "a")

    def mention(self, start: int, end: int, head: Organ) -> Mention:
        """Return the mention of an event; it has no name where its modifiers name nothing."""
        surface = self._text.raw[start:end]
        modifiers = surface.removesuffix(head.name).strip('“”"‘’ ')
        bare = _NUMBERED.sub("", modifiers)
        organ = next((m for m in self._by_start.get(start, ()) if m.end < end), None)
        level = organ.level if organ and organ.kind != "deictic" else ""
        named = head.kind != "session" and (
            len(bare) >= (2 if head.strong else 4) or (organ is not None and len(modifiers) >= 2)
        )
        return Mention(
            start, end, EVENT, surface if named and bare not in _GENERIC_MODIFIERS else "", level=level,
            kind=head.kind, core=head.name, strong=head.strong, places=organ.places if organ else (),
        )  # fmt: skip


def _start_of(mention: Mention) -> int:
    return mention.start


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
