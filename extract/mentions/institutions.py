"""Mentions of institutions: anchored at a place, an organ or a tagged name, extended to a head.

A name grows to the right in two ways: by a tail that follows a place (酒泉市 + 委政法委) and by nouns up
to an institutional head (浙江大学 + 社会治理研究院). It never grows over a title, a verb that stands
beside names, or a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import groupby

from extract.language.lexicon import Lexicon, Organ
from extract.mentions.institution_anchors import BELOW, JOINTS, PARTY_GROUPS, Anchor, find_anchors, head_of
from extract.text import DEICTIC, INSTITUTION, Mention, Text, Word

_LONGEST_EXTENSION = 18
_LONGEST_NAME = 60
_LOCALITIES = ("社区", "居民区", "村", "街道")
"""Tails that end the name of a place (extract/mentions/places.py); an organ needs more after them."""
_TOWN = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道|村|社区|居民区|苏木|嘎查)$")
_QUARTER = re.compile(r"(?:居民区|社区|村)(?=党|居委会|居民委员会|委会|民委员会|妇联|团支部|两委)")
"""The level that opens the name of a village's or quarter's organ: 村|党总支."""
_LONGEST_TOWN_END = 5
"""So many characters before an organ show that it is of a town: the office is 白鹤村党支部's."""
_TWICE = re.compile(r"[\u4e00-\u9fff]{1,3}([市区县旗])(?=\1(?:委|政府|人大|政协))")
_LEAST_ELIDED = 2
_NAME_TAGS = frozenset({"n", "nz", "vn", "nw", "nr", "ORG", "LOC", "PER", "TIME"}) | frozenset(
    {"an", "a", "ad", "j", "m", "q", "f", "s", "xc", "t"}
)
_SECOND_ORGAN = re.compile(
    r"(?<=委)(?:[省市区县州盟旗镇乡]?(?:人民)?政府|[省市区县州盟旗镇乡](?:人大|政协|纪委))"
)
"""A second organ of one place right after its committee: 市委|市政府, 镇党委|政府."""
_INSPECTION = frozenset({"巡视", "巡察", "督导", "督查"})
"""Verbs that name what a body of the party does: 第三轮|巡视|第四巡视组."""
_CLAUSE_TAGS = frozenset({"c", "r", "v", "p", "d", "u"})


def find_institutions(text: Text, lexicon: Lexicon, places: list[Mention]) -> list[Mention]:
    """Return the institutions of the text that have a name of their own, none inside another.

    A mention whose name begins with a bare level (市委) has that `level` and no place yet.
    """
    mentions: list[Mention] = []
    place_at = {p.start: p for p in places if p.kind != DEICTIC}
    reach = 0
    within = {at for p in places if p.kind == "locality" for at in range(p.start + 1, p.end)}
    for start, anchors in groupby(
        sorted(find_anchors(text, lexicon, places), key=_by_start), key=lambda a: a.start
    ):
        if start < reach or start in within:
            continue
        # What the tagger found may end too soon (县委|常委会): of several readings the longest counts.
        end, organ, anchor = max(((*_extended(text, lexicon, a), a) for a in anchors), key=lambda r: r[0])
        if not end:
            continue
        end = _with_parenthesis(text, lexicon, end)
        surface = text.raw[anchor.start : end]
        if surface in lexicon.generic_organs or surface.endswith(_LOCALITIES):
            continue
        place = place_at.get(anchor.start)
        quarter = _QUARTER.match(surface) if not anchor.level and not anchor.name else None
        name = anchor.name + text.raw[anchor.end : end] if anchor.name else _said_once(surface, place)
        mentions.append(
            Mention(
                anchor.start, end, INSTITUTION, name,
                level=quarter.group() if quarter else anchor.level, kind=organ.kind if organ else anchor.kind,
            )
        )  # fmt: skip
        if place is not None and place.end < end:
            mentions[-1].core, mentions[-1].places = text.raw[place.start : place.end], place.places
        town = _town(surface, organ.name if organ is not None else _tail_of(lexicon, surface))
        if town:
            mentions[-1].core = town
        reach = end
        for listed in _elided(text, lexicon, mentions[-1]):
            mentions.append(listed)
            reach = listed.end
    return mentions


def _tail_of(lexicon: Lexicon, surface: str) -> str:
    """Return the organ that a name ends with, or ""."""
    tail = lexicon.tails.ending(surface, len(surface))
    return tail.value.name if tail is not None else ""


def _town(surface: str, tail: str) -> str:
    """Return the town, street or village whose organ a name is (某县某镇|党委), or ""."""
    rest = surface.removesuffix(tail)
    return rest if rest != surface and _TOWN.search(rest) else ""


def _by_start(anchor: Anchor) -> tuple[int, int]:
    return anchor.start, -anchor.end


def _said_once(surface: str, place: Mention | None) -> str:
    """Return a name without the level that it says twice: 红塔区|区委 is 红塔区委."""
    at = place.end - place.start if place is not None else 0
    if not at and (said := _TWICE.match(surface)) is not None:
        at = said.end()
    doubled = 0 < at < len(surface) and surface[at] == surface[at - 1] and surface[at] in "省市区县州盟旗镇乡"
    return surface[:at] + surface[at + 1 :] if doubled else surface


def _elided(text: Text, lexicon: Lexicon, first: Mention) -> list[Mention]:
    """Return organs of the same place that a list names without it: 静宁县司法局、民政局."""
    found: list[Mention] = []
    prefix = first.level or first.core
    end = first.end
    while prefix and (mark := _list_mark(text.raw, end)) is not None:
        tail = lexicon.tails.starting(text.raw, end + len(mark))
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


def _list_mark(raw: str, position: int) -> str | None:
    """Return the mark of a list at the position; 党委政府 is a list of two without one, 下属 opens one."""
    if raw[position : position + 1] in ("、", "和", "与", "及"):
        return raw[position]
    below = next((word for word in ("下属", "所属", "直属") if raw.startswith(word, position)), None)
    if below is not None:
        return below
    return "" if raw.startswith("政府", position) and raw[position - 1] == "委" else None


def _extended(text: Text, lexicon: Lexicon, anchor: Anchor) -> tuple[int, Organ | None]:
    """Return how far the name reaches and the organ or head it ends with; 0 if it is no name."""
    end = anchor.end
    organ: Organ | None = None
    reached = end if anchor.complete else 0
    while end - anchor.start < _LONGEST_NAME and not _ends_before(text.raw, end):
        step = _tail(text, lexicon, end) if not reached or organ is None else None
        step = step or _quoted_head(text, lexicon, end) or _head(text, lexicon, anchor, end, bool(reached))
        if step is None:
            break
        end, organ = step
        reached = end
    return reached, organ


def _ends_before(raw: str, position: int) -> bool:
    """Tell whether what follows opens something else: 市委|市政府, 市住建委|下属房管局."""
    return _SECOND_ORGAN.match(raw, position) is not None or BELOW.match(raw, position) is not None


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
    if not text.ends_word(found.end) and text.word_at(found.end).tag == "v":
        return None
    group = next((g for g in PARTY_GROUPS if found.value.name.endswith(g)), "")
    town = _TOWN.search(text.raw, max(0, position - _LONGEST_TOWN_END), position) is not None
    if group and not town and _opens_title(text, lexicon, found.end - len(group), found.end):
        # 人大常委会党组书记、主任: the offices are the organ's, 党组 belongs to the first title.
        rest = lexicon.tails.ending(text.raw, found.end - len(group))
        return (rest.end, rest.value) if rest is not None and rest.start == position else None
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
    text: Text, lexicon: Lexicon, anchor: Anchor, position: int, complete: bool
) -> tuple[int, Organ] | None:
    """Extend over nouns to the furthest institutional head that is not the start of a title."""
    best: tuple[int, Organ] | None = None
    limit = min(len(text.raw), position + _LONGEST_EXTENSION)
    at = position
    crossed = False
    for word in _words_on(text, position, limit):
        surface = text.raw[word.start : word.end]
        if word.start != at or (surface.endswith("会议") and at > position):
            break
        # 与 after a whole name joins two institutions; inside one it stands before its head (干预与研究中心).
        if surface in JOINTS and best is not None and best[0] == at:
            break
        # Two central organs side by side are two names: 公安部教育部.
        if _between_central(text.raw, lexicon, anchor.start, at):
            break
        if not _continues_name(lexicon, surface, word.tag, at == position):
            # 党的 stands inside names: 中央|党的群众路线教育实践活动领导小组.
            if surface == "的" and text.raw[at - 1] == "党" and _opens_central(text, anchor):
                at = word.end
                continue
            # A department may be called after verbs (慈善事业促进和社会工作司): its title shows it.
            inner = word.tag == "vn" or (anchor.complete and word.tag in ("v", "c"))
            if surface not in _INSPECTION and not (inner and at > position):
                break
            crossed = surface not in _INSPECTION
        if lexicon.titles.starting(text.raw, word.start) and not _head_at(
            lexicon, text.raw, word.start, word.end
        ):
            break
        at = word.end
        found = head_of(lexicon, text.raw, at, surface)
        if found is None or found.start < position:
            continue
        # 办公室主任 is a title too, but 办公室 before 主任 is an office; 部 before 长 is not a department.
        followed = lexicon.titles.starting(text.raw, at) is not None
        titled = followed and at - found.start > 1 and found.value.name not in PARTY_GROUPS
        if not titled and _opens_title(text, lexicon, found.start, at):
            continue
        if crossed and not followed:
            continue
        if (
            titled
            or (
                found.start == position
                and complete
                and not found.value.strong
                and found.value.name not in PARTY_GROUPS
            )
            or found.value.strong
            or at - anchor.start > len(found.value.name)
        ):
            best = (at, found.value)
    return best


def _between_central(raw: str, lexicon: Lexicon, start: int, position: int) -> bool:
    """Tell whether a central organ opens the name and another one begins at the position."""
    first = lexicon.central.starting(raw, start)
    return first is not None and first.end <= position and lexicon.central.starting(raw, position) is not None


def _opens_central(text: Text, anchor: Anchor) -> bool:
    return text.raw[anchor.start : anchor.end].endswith(("中央", "省委", "市委", "区委", "县委"))


def _words_on(text: Text, position: int, limit: int) -> list[Word]:
    """Return the words from the position on; the rest of a word that it cuts counts as one."""
    words = text.words_from(position, limit)
    if position < limit and not text.starts_word(position) and text.raw[position] not in JOINTS:
        cut = text.word_at(position)
        joint = next((at for at in range(position, cut.end) if text.raw[at] in JOINTS), cut.end)
        words.insert(0, Word(position, joint, cut.tag))
    return words


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
    number = bisect_left(text.parentheses, (end, 0))
    if number == len(text.parentheses) or text.parentheses[number][0] != end:
        return end
    close = text.parentheses[number][1]
    inner = text.raw[end + 1 : close - 1]
    head = lexicon.heads.ending(inner, len(inner))
    second = head is not None and len(inner) > len(head.value.name) and "以下" not in inner
    clause = any(w.tag in _CLAUSE_TAGS for w in text.words_from(end + 1, close - 1))
    return close if second and not clause and "、" not in inner else end
