"""Mentions of institutions: anchored at a place, an organ or a tagged name, extended to a head.

A name grows to the right in two ways: by a tail that follows a place (酒泉市 + 委政法委) and by nouns up
to an institutional head (浙江大学 + 社会治理研究院). It never grows over a title, a verb that stands
beside names, or a mark.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby

from extract.language.lexicon import Lexicon, Organ
from extract.mentions.places import LEVELS
from extract.phrases import Found
from extract.text import INSTITUTION, Mention, Text, Word

_LONGEST_EXTENSION = 18
_LEAST_OWN_NAME = 1
_LEAST_ELIDED = 2
_LONGEST_GLUED = 2
_JOINTS = "与和、同及"
_WORD_FORMING = "域场民长区内外级属直情容面貌村镇"
_RUN_TAGS = frozenset({"n", "vn", "nz", "v", "an", "j"})
_NAME_TAGS = frozenset(
    {
        "n",
        "nz",
        "vn",
        "nw",
        "ORG",
        "LOC",
        "an",
        "a",
        "ad",
        "j",
        "m",
        "q",
        "f",
        "s",
        "nr",
        "PER",
        "xc",
        "TIME",
        "t",
    }
)
_PARTY_GROUPS = ("党委", "党组", "党总支", "党支部")
_RELATIVE_LEVELS = tuple(level for level in LEVELS if level not in ("社区", "村", "新区"))


@dataclass(slots=True)
class _Anchor:
    """Where an institution's name may begin, and how far it is known to reach."""

    start: int
    end: int
    complete: bool
    level: str = ""
    name: str = ""
    kind: str = ""


def find_institutions(text: Text, lexicon: Lexicon, places: list[Mention]) -> list[Mention]:
    """Return the institutions of the text that have a name of their own, none inside another.

    A mention whose name begins with a bare level (市委) has that `level` and no place yet.
    """
    mentions: list[Mention] = []
    place_at = {p.start: p for p in places if p.kind != "deictic"}
    reach = 0
    for start, anchors in groupby(
        sorted(_anchors(text, lexicon, places), key=_by_start), key=lambda a: a.start
    ):
        if start < reach:
            continue
        # What the tagger found may end too soon (县委|常委会): of several readings the longest counts.
        end, organ, anchor = max(((*_extended(text, lexicon, a), a) for a in anchors), key=lambda r: r[0])
        if not end:
            continue
        end = _with_parenthesis(text, lexicon, end)
        surface = text.raw[anchor.start : end]
        if surface in lexicon.generic_organs:
            continue
        name = anchor.name + text.raw[anchor.end : end] if anchor.name else surface
        mentions.append(
            Mention(
                anchor.start, end, INSTITUTION, name,
                level=anchor.level, kind=organ.kind if organ else anchor.kind,
            )
        )  # fmt: skip
        place = place_at.get(anchor.start)
        if place is not None and place.end < end:
            mentions[-1].core, mentions[-1].places = text.raw[place.start : place.end], place.places
        reach = end
        for listed in _elided(text, lexicon, mentions[-1]):
            mentions.append(listed)
            reach = listed.end
    return mentions


def _by_start(anchor: _Anchor) -> tuple[int, int]:
    return anchor.start, -anchor.end


def _elided(text: Text, lexicon: Lexicon, first: Mention) -> list[Mention]:
    """Return organs of the same place that a list names without it: 静宁县司法局、民政局."""
    found: list[Mention] = []
    prefix = first.level or first.core
    end = first.end
    while prefix and text.raw[end : end + 1] in ("、", "和", "与", "及"):
        tail = lexicon.tails.starting(text.raw, end + 1)
        if tail is None or len(tail.value.name) < _LEAST_ELIDED or tail.value.name[0] in "委人党":
            break
        if not (text.starts_word(tail.start) and text.ends_word(tail.end)) or _opens_title(
            text, lexicon, tail.start, tail.end
        ):
            break
        found.append(
            Mention(tail.start, tail.end, INSTITUTION, prefix + tail.value.name, level=first.level,
                    places=first.places, core=first.core, kind=tail.value.kind)
        )  # fmt: skip
        end = tail.end
    return found


def _anchors(text: Text, lexicon: Lexicon, places: list[Mention]) -> list[_Anchor]:
    anchors = [
        _Anchor(f.start, f.end, True, name=f.value)
        for phrases in (lexicon.central, lexicon.media)
        for f in phrases.longest(text.raw)
        if text.starts_word(f.start) or text.word_at(f.start).tag == "ORG"
    ]
    anchors += [_Anchor(p.start, p.end, False) for p in places if p.kind != "deictic"]
    anchors += _relative(text, lexicon, places)
    anchors += [
        _Anchor(s, e, False) for s, e in text.titles if lexicon.heads.starting(text.raw, e) is not None
    ]
    anchors += _tagged(text, lexicon)
    anchors += _before_titles(text, lexicon)
    return anchors


def _relative(text: Text, lexicon: Lexicon, places: list[Mention]) -> list[_Anchor]:
    """Return the bare levels that may open a relative name: 市委, 全省综治中心's 省."""
    place_ends = {p.end for p in places if p.kind != "deictic"}
    inside = {at for p in places if p.kind != "deictic" for at in range(p.start, p.end)}
    found = []
    for word in text.words:
        surface = text.raw[word.start : word.end]
        # 市域 and 区块 are words of their own; 市委 and 省政府 are a level and an organ.
        level = _level(lexicon, surface)
        if not level or word.start in inside or word.start in place_ends:
            continue
        found.append(_Anchor(word.start, word.start + len(level), False, level=level))
    return found


def _level(lexicon: Lexicon, surface: str) -> str:
    """Return the bare level that a word opens with, if an organ follows it: 市 of 市委."""
    level = next((lv for lv in _RELATIVE_LEVELS if surface.startswith(lv)), "")
    if not level or surface == level:
        return level
    rest = surface[len(level) :]
    if rest[0] in _WORD_FORMING:
        return ""
    if lexicon.tails.starting(rest, 0) is not None:
        return level
    return level if lexicon.heads.ending(rest, len(rest)) is not None else ""


def _before_titles(text: Text, lexicon: Lexicon) -> list[_Anchor]:
    """Return names that only the title after them shows to be organs: 排水管理处 before 副书记."""
    anchors = []
    for title in lexicon.titles.every(text.raw):
        if not title.start:
            continue
        last = text.word_at(title.start - 1)
        head = _head_of(lexicon, text.raw, title.start, text.raw[last.start : title.start])
        if head is None or not text.starts_word(title.start):
            continue
        start = title.start
        while start > 0:
            word = text.word_at(start - 1)
            surface = text.raw[word.start : word.end]
            glued = word.tag == "ORG" and len(surface) <= _LONGEST_GLUED
            if not (word.tag in _RUN_TAGS or glued) or surface in lexicon.name_breaks or not surface.strip():
                break
            start = word.start
        if head.start - start >= _LEAST_OWN_NAME:
            level = _level(lexicon, text.raw[start : title.start])
            anchors.append(_Anchor(start, title.start, True, level=level, kind=head.value.kind))
    return anchors


def _tagged(text: Text, lexicon: Lexicon) -> list[_Anchor]:
    anchors = []
    for word in text.words:
        if word.tag not in ("ORG", "nz", "nt"):
            continue
        start, end = _before_joint(text, lexicon, word.start, word.end)
        surface = text.raw[start:end]
        head = _head_of(lexicon, text.raw, end, surface[-2:]) or lexicon.tails.ending(text.raw, end)
        complete = bool(head and head.start > start) and len(surface) > 3
        level = _level(lexicon, surface)
        if word.tag == "ORG" or complete:
            kind = head.value.kind if head else ""
            anchors.append(_Anchor(start, end, complete, level=level, kind=kind))
    return anchors


def _before_joint(text: Text, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Cut a tagged name where 与 or 和 joins two institutions that it glues together."""
    for at in range(start + 2, end - 2):
        if text.raw[at] in _JOINTS:
            left = lexicon.heads.ending(text.raw, at) or lexicon.tails.ending(text.raw, at)
            if left is not None and left.start > start and left.value.strong:
                return start, at
    return start, end


def _extended(text: Text, lexicon: Lexicon, anchor: _Anchor) -> tuple[int, Organ | None]:
    """Return how far the name reaches and the organ or head it ends with; 0 if it is no name."""
    end = anchor.end
    organ: Organ | None = None
    reached = end if anchor.complete else 0
    while end - anchor.start < 60:
        step = _tail(text, lexicon, end) if not reached or organ is None else None
        step = step or _quoted_head(text, lexicon, end) or _head(text, lexicon, anchor, end, bool(reached))
        if step is None:
            break
        end, organ = step
        reached = end
    return reached, organ


def _tail(text: Text, lexicon: Lexicon, position: int) -> tuple[int, Organ] | None:
    found = lexicon.tails.starting(text.raw, position)
    if found is None:
        return None
    following = text.raw[found.end : found.end + 1]
    if (
        found.value.name.endswith("委")
        and following == "员"
        and text.raw[found.end : found.end + 2] != "员会"
    ):
        shorter = lexicon.titles.starting(text.raw, found.end - 1)
        return None if shorter and found.end - 1 == position else (found.end, found.value)
    if found.value.name.endswith("人大") and following == "代":
        return None
    if found.value.name in _PARTY_GROUPS and _opens_title(text, lexicon, found.start, found.end):
        return None
    return found.end, found.value


def _quoted_head(text: Text, lexicon: Lexicon, position: int) -> tuple[int, Organ] | None:
    """Extend over a quoted name to the strong head right after it: 诸暨市 + “枫桥经验”研究中心."""
    number = bisect_left(text.quotes, (position, 0))
    if number == len(text.quotes) or text.quotes[number][0] != position:
        return None
    close = text.quotes[number][1]
    found = lexicon.heads.starting(text.raw, close) if close - position <= _LONGEST_EXTENSION else None
    if found is None or not found.value.strong or not text.ends_word(found.end):
        return None
    return None if _opens_title(text, lexicon, close, found.end) else (found.end, found.value)


def _head(
    text: Text, lexicon: Lexicon, anchor: _Anchor, position: int, complete: bool
) -> tuple[int, Organ] | None:
    """Extend over nouns to the furthest institutional head that is not the start of a title."""
    best: tuple[int, Organ] | None = None
    limit = min(len(text.raw), position + _LONGEST_EXTENSION)
    at = position
    for word in _words_on(text, position, limit):
        surface = text.raw[word.start : word.end]
        if word.start != at or not _continues_name(lexicon, surface, word.tag, at == position):
            break
        if lexicon.titles.starting(text.raw, word.start) and not _head_at(
            lexicon, text.raw, word.start, word.end
        ):
            break
        at = word.end
        found = _head_of(lexicon, text.raw, at, surface)
        if found is None or found.start < position or _opens_title(text, lexicon, found.start, at):
            continue
        titled = lexicon.titles.starting(text.raw, at) is not None
        if titled or (
            found.start == position
            and complete
            and not found.value.strong
            and found.value.name not in _PARTY_GROUPS
        ):
            best = (at, found.value)
        elif found.value.strong or at - anchor.start > len(found.value.name):
            best = (at, found.value)
    return best


def _words_on(text: Text, position: int, limit: int) -> list[Word]:
    """Return the words from the position on; the rest of a word that it cuts counts as one."""
    words = text.words_from(position, limit)
    if position < limit and not text.starts_word(position) and text.raw[position] not in _JOINTS:
        cut = text.word_at(position)
        words.insert(0, Word(position, cut.end, cut.tag))
    return words


def _head_of(lexicon: Lexicon, raw: str, end: int, word: str) -> Found[Organ] | None:
    """Return the institutional head that ends here, unless the word only looks like one (社会, 现场会)."""
    head = lexicon.heads.ending(raw, end)
    if head is None or word in lexicon.head_lookalikes:
        return None
    event = lexicon.event_heads.ending(raw, end)
    return None if event is not None and event.start < head.start else head


def _head_at(lexicon: Lexicon, raw: str, start: int, end: int) -> bool:
    found = lexicon.heads.starting(raw, start)
    return found is not None and found.end >= end


def _continues_name(lexicon: Lexicon, surface: str, tag: str, first: bool) -> bool:
    if surface in lexicon.name_breaks:
        return surface in ("与", "和") and not first
    return tag in _NAME_TAGS or (tag == "c" and not first)


def _opens_title(text: Text, lexicon: Lexicon, head_start: int, end: int) -> bool:
    """Tell whether the head runs on into a title: 组织部 before 长 is 组织 + 部长."""
    title = lexicon.titles.starting(text.raw, head_start)
    if title is not None and title.end > end:
        return True
    return any(
        (t := lexicon.titles.starting(text.raw, at)) is not None and t.end > end
        for at in range(head_start, end)
    )


def _with_parenthesis(text: Text, lexicon: Lexicon, end: int) -> int:
    """Include a second name in parentheses: 中央党校(国家行政学院)."""
    for start, close in text.parentheses:
        if start == end:
            inner = text.raw[start + 1 : close - 1]
            head = lexicon.heads.ending(inner, len(inner))
            if head is not None and len(inner) > len(head.value.name) and "以下" not in inner:
                return close
    return end
