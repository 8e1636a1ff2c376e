"""Where the names of institutions may begin: at places, bare levels, tagged names, and before titles."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from extract.language.lexicon import Lexicon, Organ
from extract.mentions.places import LEVELS
from extract.phrases import Found
from extract.text import DEICTIC, Mention, Text

_LEAST_OWN_NAME = 1
_LONGEST_GLUED = 2
PARTY_GROUPS = ("党委", "党组", "党总支", "党支部")
_LEAST_LEFT = 2
_NO_OPENINGS = frozenset("并且由将把被")
"""Words that the tagger glues to a name that follows them."""
_LEAST_TITLE = 2
_LONGEST_NAME = 60
JOINTS = "与和、同及"
_WORD_FORMING = "域场民长区内外级属直情容面貌村镇"
_RUN_TAGS = frozenset({"n", "vn", "nz", "v", "an", "j"})
_RELATIVE_LEVELS = tuple(level for level in LEVELS if level not in ("居民区", "社区", "村", "新区"))
_LEVEL_OPENINGS = frozenset(level[0] for level in _RELATIVE_LEVELS)
_TWO_ORGANS = re.compile(r"[省市区县州盟旗镇乡]委(?=[省市区县州盟旗镇乡](?:政府|人民政府|人大|政协|纪委))")
"""Two organs of one place written without a mark between them: 市委|市政府."""
_CENTRAL = re.compile(r"(?:中共)?中央(?!广播|电视|民族|美术|财经|音乐|戏剧|企业|领导|红|苏|驻|各|有关|机关)")
"""What opens the names of bodies that the centre sets up: 中央|第四巡视组."""
_TOWN_LEVELS = ("街道", "镇", "乡")
_NAMES_OF_TOWNS = frozenset({"LOC", "PER", "ORG", "nz", "nr", "ns"})
_SINGLE_LEVELS = "省市区县州盟旗乡"
_LEVELS_TOGETHER = re.compile(r"(?:乡镇|镇乡|县区|区县|市县|县市|省市|市区)")
"""Two levels at once are no place: 乡镇|党委."""
BELOW = re.compile(
    r"下属|所属|辖下|(?<=[部局委厅院署会社团行府办])(?:联合|会同|携手)(?![会国体办党指社总大执调]|工作|工会)"
)
"""What ends an institution's name within a word of the tagger: 市住建委|下属房管局, 文化部|联合工信部."""
_LEAST_TAIL = 3
_MEASURES = frozenset("米里层号楼时点分")
_PARTIES = re.compile(r"[产民公工主会由和众进动义国]党$")
"""How the names of parties end; 党 after other words is the party itself (新时代党的…)."""


@dataclass(slots=True)
class Anchor:
    """Where an institution's name may begin, and how far it is known to reach."""

    start: int
    end: int
    complete: bool
    level: str = ""
    name: str = ""
    kind: str = ""


def find_anchors(text: Text, lexicon: Lexicon, places: list[Mention]) -> list[Anchor]:
    """Return every place where a name may begin, in no order; several may share one."""
    anchors = [
        Anchor(f.start - 2 * text.raw.endswith("中央", 0, f.start), f.end, True, name=f.value)
        for phrases in (lexicon.central, lexicon.media)
        for f in phrases.longest(text.raw)
        if (text.starts_word(f.start) or _in_organ(text, lexicon, f.start))
        and not (text.raw[f.end - 1] == "部" and text.raw.startswith("门", f.end))
    ]
    second = [m.end() for m in _TWO_ORGANS.finditer(text.raw)]
    anchors += [_at_place(text, lexicon, p) for p in places if p.kind != DEICTIC]
    anchors += _relative(text, lexicon, places)
    anchors += [Anchor(at, at + 1, False, level=text.raw[at]) for at in second]
    anchors += [
        Anchor(m.start(), m.end(), False) for m in _CENTRAL.finditer(text.raw) if text.starts_word(m.start())
    ]
    anchors += [
        Anchor(s, e, False) for s, e in text.titles if lexicon.heads.starting(text.raw, e) is not None
    ]
    begins = {p.start for p in places}
    anchors += [
        anchor
        for anchor in _tagged(text, lexicon, second)
        if not (text.raw[anchor.start] == "原" and anchor.start + 1 in begins)
    ]
    anchors += _before_titles(text, lexicon)
    return anchors


def _in_organ(text: Text, lexicon: Lexicon, position: int) -> bool:
    """Tell whether the position lies in a name of an organ that is not another country's: 老挝人革|党中央."""
    word = text.word_at(position)
    return word.tag == "ORG" and lexicon.countries.starting(text.raw, word.start) is None


def _at_place(text: Text, lexicon: Lexicon, place: Mention) -> Anchor:
    """Return the anchor at a place; a level that is said twice counts once: 红塔区|区委 is 红塔区委."""
    level = text.raw[place.end - 1]
    doubled = level in _LEVEL_OPENINGS and text.raw.startswith(level, place.end)
    if doubled and lexicon.tails.starting(text.raw, place.end + 1) is not None:
        return Anchor(place.start, place.end + 1, False)
    return Anchor(place.start, place.end, False)


def _relative(text: Text, lexicon: Lexicon, places: list[Mention]) -> list[Anchor]:
    """Return the bare levels that may open a relative name: 市委, 全省综治中心's 省."""
    place_ends = {p.end for p in places if p.kind != DEICTIC}
    inside = {at for p in places if p.kind != DEICTIC for at in range(p.start, p.end)}
    found = []
    for word in text.words:
        if text.raw[word.start] not in _LEVEL_OPENINGS:
            continue
        surface = text.raw[word.start : word.end]
        # 市域 and 区块 are words of their own; 市委 and 省政府 are a level and an organ.
        level = _level(lexicon, surface)
        if not level or word.start in inside or word.start in place_ends or _said_of_all(text, word.start):
            continue
        named = _named_before(text, word.start) if level in _TOWN_LEVELS else word.start
        bare = level if named == word.start else ""
        found.append(Anchor(named, word.start + len(level), False, level=bare))
    return found


def _named_before(text: Text, position: int) -> int:
    """Return where the name of a town begins that the tagger cut from its level: 玉林|街道."""
    word = text.word_at(position - 1) if position else None
    return word.start if word is not None and word.tag in _NAMES_OF_TOWNS else position


def _said_of_all(text: Text, position: int) -> bool:
    """Tell whether a level stands for every place of it: 各|市委, 省区|市党委, 27家|区."""
    before = text.raw[position - 1 : position]
    if before in "各每" + _SINGLE_LEVELS and before:
        return True
    return position > 0 and text.word_at(position - 1).tag == "m"


def _level(lexicon: Lexicon, surface: str) -> str:
    """Return the bare level that a word opens with, if an organ follows it: 市 of 市委."""
    if surface[:1] not in _LEVEL_OPENINGS:
        return ""
    level = next((lv for lv in _RELATIVE_LEVELS if surface.startswith(lv)), "")
    if not level or surface == level:
        return level
    rest = surface[len(level) :]
    tail = lexicon.tails.starting(rest, 0)
    # 市民 is a word, but 市民政局 an organ.
    if rest[0] in _WORD_FORMING and (tail is None or len(tail.value.name) < _LEAST_TAIL):
        return ""
    if tail is not None:
        return level
    return level if lexicon.heads.ending(rest, len(rest)) is not None else ""


def _before_titles(text: Text, lexicon: Lexicon) -> list[Anchor]:
    """Return names that only the title after them shows to be organs: 排水管理处 before 副书记."""
    anchors = []
    for title in lexicon.titles.every(text.raw):
        if not title.start:
            continue
        last = text.word_at(title.start - 1)
        head = head_of(lexicon, text.raw, title.start, text.raw[last.start : title.start])
        if head is None or not text.starts_word(title.start) or not _of_person(text, title.end):
            continue
        end = title.start
        if head.value.name in PARTY_GROUPS:
            # 管理处|党总支副书记: 党总支 belongs to the title.
            outer = head_of(lexicon, text.raw, head.start, text.raw[head.start - 2 : head.start])
            head, end = (outer, head.start) if outer is not None else (head, end)
        start = title.start
        while start > title.start - _LONGEST_NAME and start > 0:
            word = text.word_at(start - 1)
            surface = text.raw[word.start : word.end]
            glued = word.tag == "ORG" and len(surface) <= _LONGEST_GLUED
            if not (word.tag in _RUN_TAGS or glued) or surface in lexicon.name_breaks or not surface.strip():
                break
            if "兼" in surface:
                start = min(start, word.start + surface.rindex("兼") + 1)
                break
            if lexicon.titles.ending(text.raw, word.end) is not None:
                break
            start = word.start
        while text.word_at(start).tag == "v" and text.word_at(start).end < head.start:
            start = text.word_at(start).end
        if head.start - start >= _LEAST_OWN_NAME:
            level = _level(lexicon, text.raw[start : title.start])
            anchors.append(Anchor(start, end, True, level=level, kind=head.value.kind))
    return anchors


def _of_person(text: Text, position: int) -> bool:
    """Tell whether a name or a further title may follow a title; 职业院校教师的… speaks of nobody."""
    following = text.raw[position : position + 1]
    if not following or following in "、，,（( 　兼":
        return following != "，" and following != ","
    word = text.word_at(position)
    return word.start == position and word.tag not in ("u", "p", "m", "r", "w", "vn", "f")


def _tagged(text: Text, lexicon: Lexicon, second: list[int]) -> list[Anchor]:
    """Return the names that the tagger found; each ends latest where another organ begins in it."""
    anchors = []
    for word in text.words:
        if word.tag not in ("ORG", "nz", "nt"):
            continue
        start, end = _before_joint(text, lexicon, word.start, word.end)
        if second and (later := bisect_right(second, start)) < len(second):
            end = min(end, second[later])
        end = _before_title(text, lexicon, start, _first_central(text, lexicon, start, end))
        surface = text.raw[start:end]
        if surface.startswith("新时代") and surface.endswith(("党", "新时代", "新征程")):
            continue
        if _LEVELS_TOGETHER.match(surface):
            continue
        if surface.endswith("党") and not _PARTIES.search(surface):
            continue
        head = head_of(lexicon, text.raw, end, surface[-2:]) or lexicon.tails.ending(text.raw, end)
        complete = bool(head and head.start > start) and len(surface) > 3
        complete = complete and (word.tag == "ORG" or (head is not None and head.value.strong))
        level = _level(lexicon, surface)
        if not surface or surface[0] in _NO_OPENINGS:
            continue
        if word.tag == "ORG" or complete:
            kind = head.value.kind if head else ""
            anchors.append(Anchor(start, end, complete, level=level, kind=kind))
    return anchors


def _first_central(text: Text, lexicon: Lexicon, start: int, end: int) -> int:
    """Return where the first of two central organs ends that the tagger glues together: 公安部|教育部."""
    first = lexicon.central.starting(text.raw, start)
    if first is None or first.end >= end or lexicon.central.starting(text.raw, first.end) is None:
        return end
    return first.end


def _before_title(text: Text, lexicon: Lexicon, start: int, end: int) -> int:
    """Return where a tagged name ends that runs on over a title: 民盟中央|常委."""
    title = lexicon.titles.ending(text.raw, end)
    if title is None or title.start < start + _LEAST_LEFT or len(title.value.name) < _LEAST_TITLE:
        return end
    return title.start


def _before_joint(text: Text, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Cut a tagged name where 与 or 和 joins two institutions that it glues together."""
    glued = next((w for w in ("会同", "联合", "同", "与", "和") if text.raw.startswith(w, start)), "")
    if glued and lexicon.central.starting(text.raw, start + len(glued)) is not None:
        start += len(glued)
    below = BELOW.search(text.raw, start + _LEAST_LEFT, end)
    end = below.start() if below is not None else end
    if text.raw[end - 1] in JOINTS and end > start + _LEAST_LEFT:
        end -= 1
    for at in range(start + 2, end - 2):
        if text.raw[at] in JOINTS:
            left = lexicon.heads.ending(text.raw, at) or lexicon.tails.ending(text.raw, at)
            whole = lexicon.central.ending(text.raw, at)
            if whole is not None and whole.start == start:
                return start, at
            if left is not None and text.raw[at - 2 : at] == text.raw[end - 2 : end]:
                return start, at
            if left is not None and left.start > start and left.value.strong:
                return start, at
    return start, end


def head_of(lexicon: Lexicon, raw: str, end: int, word: str) -> Found[Organ] | None:
    """Return the institutional head that ends here, unless the word only looks like one (社会, 现场会)."""
    head = lexicon.heads.ending(raw, end)
    if head is None or word in lexicon.head_lookalikes:
        return None
    lookalike = lexicon.lookalike_endings.ending(raw, end)
    if (lookalike is not None and lookalike.start < head.start) or raw[
        head.start - 1 : head.start
    ] in _MEASURES:
        return None
    event = lexicon.event_heads.ending(raw, end)
    return None if event is not None and event.start < head.start else head
