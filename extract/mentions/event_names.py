"""Names of events: how far a name reaches to the left of its head, and what the event is called."""

from __future__ import annotations

import re
from itertools import groupby

from extract.language.lexicon import Lexicon, Organ
from extract.phrases import Found
from extract.text import DEICTIC, EVENT, PLACE, Mention, Text

_LONGEST = 70
_LONGEST_CONVENED = 24
_NOUNS = frozenset({"n", "vn", "nz"})
_STOP_TAGS = frozenset({"u", "p", "r", "d", "PER", "c"})
_CONVENED = frozenset({"n", "nz", "vn", "v", "vd", "a", "an", "ad", "j", "nw", "LOC", "ORG", "m", "f", "s"})
_YEAR = re.compile(
    r"(?:[一二三四五六七八九十\d]+届[一二三四五六七八九十\d]+次|(?:19|20)\d\d年?度?|首届"
    r"|第[一二三四五六七八九十百\d]+[届次期]|双[周月]"
    r"|(?:成立|诞辰|逝世|发布|发表|建[校院社国党军]|创[刊办立建]|解放|回归(?:祖国)?|胜利|颁布(?:实施)?|实施|施行|建交|开通)?"
    r"[一二三四五六七八九十百\d]+周年"
    r"|[一二三四五六七八九十]+届|(?<=人大|政协)[一二三四五六七八九十]+次)$"
)
_PLENUM = re.compile(
    r"(?:党的|中共)?(?:(?:[一二三四五六七八九十]+届)?[一二三四五六七]中|(?:十[六七八九]|二十[一二三四五]?)大)$"
)
"""The numbers of a plenum or a congress: 二十届四中|全会精神专题研讨班."""
_LEARNT = re.compile(r"(?:全会|两会|代表大会|党代会|全体会议)$")
"""What is learnt from, not what the learning is called: 学习|四中全会."""
_ATTENDS = ("干部", "党员", "书记", "委员", "青年", "教师", "职工", "人士", "代表")
"""Who a course is for, named before the verb that opens its name: 领导干部|学习贯彻…研讨班."""
_FRAGMENT = re.compile(
    r"(?:(?:全会|大会|会议)?精神(?!文明|卫生|家园|障碍|富|共富|风貌|谱系)|同志|(?:重要)?讲话(?!比赛)"
    r"|(?:成立|诞辰|逝世)[一二三四五六七八九十百\d]+周年)"
)
"""What no name begins with: the words before it are lost, and which event it is with them."""
_RITES = ("仪式",)
_CONGRESS = re.compile(r"[^届次\d]{0,16}人民代表大会")
"""A congress as a body, not as one of its sessions."""
_TERM = re.compile(r"(?:第[一二三四五六七八九十百\d]+|[一二三四五六七八九十\d]+)届$")
_ERAS = frozenset({"现代", "当代", "新时代", "新时期", "未来", "新世纪"})
"""Times that stand in names: 现代服务业."""
_DASHES = frozenset("—－–-")
_ABROAD = frozenset("台外口")
"""What work may be directed to in a name: 对台工作会议."""
_LEAST_QUOTED = 8
_SEASON = re.compile(
    r"(?:(?:19|20)\d\d年)?(?:元旦|新春|新年|春节|元宵|清明|五一|五四|六一|七一|八一|十一|端午|中秋|重阳|国庆"
    r"|寒假|暑期|暑假|[春夏秋冬]季|岁末|年终|年末|年中|上半年|下半年|第?[一二三四]季度)$"
)
_NUMBERED = re.compile(
    r"(?:首届|本届|年度)?(?:十?[一二三四五六七八九十\d]+届)?(?:[一二三四五六七八九十\d]+次)?$"
)
_MARKS = frozenset("，,。、；;：:！？!?\n “”）)　")
_WHERE = frozenset({"在", "于", "向"})
_JOINTS = frozenset({"与", "和", "及", "暨"})


class EventNames:
    """Where the names of a text's events begin, and what they are called."""

    def __init__(self, text: Text, lexicon: Lexicon, organs: list[Mention]) -> None:
        """Prepare to read; `organs` are the institutions and places of the text."""
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
        """Walk left from the head over the words of the name; one in quotes is what they hold."""
        quoted = self._openings.get(head.end + 1)
        if quoted is not None and head.value.strong and self._is_name(quoted + 1, head.end):
            return quoted + 1
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
                # A body of a term is named with whose it is: 民革第十四届|中央委员会第二次全体会议.
                if self._text.raw[organ.start - 1 : organ.start] in _DASHES and self._joins_names(
                    organ.start - 1
                ):
                    at = organ.start - 1
                    continue
                if organ.type != PLACE and not _TERM.search(
                    self._text.raw, max(0, organ.start - 8), organ.start
                ):
                    return organ.start
                at = organ.start
                if organ.kind == DEICTIC:
                    return at
                continue
            before = self._over_word(head, at, limit, convened)
            if before is None and self._is_rite_of(head, at):
                at -= 1
                continue
            if before is None:
                break
            at, ends = before
            if ends:
                return at
        return _trim(self._text, at)

    def _is_rite_of(self, head: Found[Organ], at: int) -> bool:
        """Tell whether a rite is one for what a title or quotation names: 《备忘录》的|签字仪式."""
        opens = self._text.raw[at - 1 : at] == "的" and at - 1 in self._openings
        return opens and head.value.name.endswith(_RITES)

    def _is_name(self, start: int, end: int) -> bool:
        raw = self._text.raw
        return start + _LEAST_QUOTED <= end <= start + _LONGEST and not any(
            mark in "，。；！？" for mark in raw[start:end]
        )

    def _opened_at(self, head: Found[Organ]) -> int:
        """Return where the verb stands that opens the whole name (庆祝…大会), or the head's start."""
        at = opened = head.start
        if _LEARNT.search(head.value.name):
            return opened
        while at > max(0, head.end - _LONGEST):
            if at in self._openings:
                at = self._openings[at]
                continue
            word = self._text.word_at(at - 1)
            surface = self._text.raw[word.start : at]
            if word.tag == "r" or surface in _MARKS:
                break
            breaks = surface in self._lexicon.hard_breaks and surface not in _JOINTS
            if (breaks and word.tag not in _NOUNS) or (
                word.tag == "p" and (opened < head.start or surface in _WHERE)
            ):
                break
            opener = self._lexicon.event_openers.ending(self._text.raw, at)
            at = word.start
            if opener is not None and opener.end < head.start and self._free(opener.start):
                opened = opener.start
        return opened

    def _free(self, position: int) -> bool:
        """Tell whether a name may open here: with the clause, or behind a word that holds or dates it."""
        before = self._text.raw[position - 1 : position]
        if not before or before in _MARKS or position in self._by_end:
            return True
        if self._text.raw.endswith(_ATTENDS, 0, position):
            return True
        word = self._text.word_at(position - 1)
        surface = self._text.raw[word.start : position]
        return (
            word.tag in ("p", "TIME", "m", "u") or surface in self._lexicon.hard_breaks or surface[:1] == "全"
        )

    def _convened_from(self, position: int) -> int:
        """Return where the object of a verb of holding begins (开展|入户走访|活动), or the position."""
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
        if surface == "对" and self._text.raw[at : at + 1] in _ABROAD:
            return word.start, False
        if surface in _DASHES and self._joins_names(word.start):
            return word.start, False
        plenum = _PLENUM.search(text.raw, max(limit, at - 12), at) if surface[-1] in "中大" else None
        if plenum is not None:
            return plenum.start(), False
        if (
            word.tag in ("TIME", "m", "t")
            and surface not in _ERAS
            and not (at > convened and word.tag == "m")
        ):
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
        # 展览会和研讨会 are two.
        if self._lexicon.event_heads.ending(self._text.raw, position) is not None:
            return False
        # 平安建设（综治）暨信访工作会议: what stands in brackets comes after a noun.
        position = self._openings.get(position, position)
        return position > 0 and self._text.word_at(position - 1).tag in ("n", "vn", "v", "nz", "an", "a")

    def _joins_names(self, position: int) -> bool:
        """Tell whether a dash joins names: 中国—亚欧博览会."""
        if position == 0 or self._text.raw[position - 1] in _DASHES:
            return False
        return self._text.word_at(position - 1).tag in ("LOC", "ORG", "nz", "n", "j", "ns")

    def mention(self, start: int, end: int, head: Organ) -> Mention:
        """Return the mention of an event; it has no name where its modifiers name nothing."""
        surface = self._text.raw[start:end]
        modifiers = surface.removesuffix(head.name).strip('“”"‘’ ')
        bare = _NUMBERED.sub("", modifiers)
        organ = next((m for m in self._by_start.get(start, ()) if m.end < end), None)
        level = organ.level if organ and organ.kind != DEICTIC else ""
        named = head.kind != "session" and (
            len(bare) >= (2 if head.strong else 4) or (organ is not None and len(modifiers) >= 2)
        )
        named = named and _CONGRESS.fullmatch(surface) is None
        named = named and _FRAGMENT.match(surface) is None
        name = surface if named and bare not in self._lexicon.event_modifiers else ""
        return Mention(
            start, end, EVENT, name, level=level,
            kind=head.kind, core=head.name, strong=head.strong, places=organ.places if organ else (),
        )  # fmt: skip


def _start_of(mention: Mention) -> int:
    return mention.start


def _trim(text: Text, start: int) -> int:
    while start < len(text.raw) and text.raw[start] in " 　、，和与及的了":
        start += 1
    return start
