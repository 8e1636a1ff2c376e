"""Mentions of places: administrative areas of the register and named localities."""

from __future__ import annotations

import re
from collections import Counter

from extract.language.lexicon import Lexicon
from extract.language.places import Place, PlaceRegister
from extract.phrases import Found
from extract.place_forms import GENERIC_COUNTIES, place_forms
from extract.text import DEICTIC, PLACE, Mention, Text

LEVELS = (
    "自治区",
    "自治州",
    "街道",
    "居民区",
    "社区",
    "新区",
    "省",
    "市",
    "区",
    "县",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
    "村",
)
_DEICTIC = re.compile(
    r"(?:我|全|本|该)(省|自治区|市|区|县|州|盟|旗|镇|乡|街道|社区|居民区|村)(?![域场级直内外际])"
)
_IN_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{2,4}?(?:街道|[镇乡村]|社区|居民区)(?=党工委|工委|党委|办事处|人民政府|政府|人大|纪委|派出所|司法所|[一-龥]{2,4}(?:社区|村))"
)
"""A town inside the name of its organ: 水南街道|办事处."""
_LOCALITY = re.compile(r"(?:居民区|新区|开发区|高新区|示范区|街道|社区|[镇乡村苏木])$")
_VENUE = re.compile(
    r"(?:广场|体育馆|体育场|剧院|剧场|会展中心|会议中心|博览中心|展览馆|礼堂|公园|文化馆|文化宫|纪念馆|博物馆)$"
)
_ABBREVIATED = re.compile(
    r"(?<=[在赴来抵到])([\u4e00-\u9fff])(?=召开|举行|举办|开幕|闭幕|启动|成立|发布|调研|考察|开会|出席|参加|落幕|签约|揭牌|会见)"
)
_FEATURE = re.compile(
    r"[东西南北中]?[一二三四五六七八九十]?(?:路|街(?!道)|大道|大街|巷|山|[江河湖](?![东西南北])|岛|桥|大桥|港|站|线|湾|口|岭|关|洲|寨|沟|坝|塘|塔|寺|中学|小学|新桥|古桥"
    r"|宫|阁|亭|海峡|半岛|平原|高原|盆地|流域|镇|乡|村|街道|社区|国际机场|大酒店)"
)
"""What makes a name of its own of a short name: 惠山|南路, 烟台|山, 三山|镇."""
_NO_PLACE_AFTER = re.compile(r"时间|舰|号|烤鸭|话(?!剧)")
"""What makes a short name no place: 北京|时间, 辽宁|舰."""
_NAMED_AFTER = re.compile(r"经验|模式|做法|样本|样板|实践|路径|方案|答卷")
"""What is called after a place, so that a short name before it is one."""
_TOWNSHIPS = re.compile(
    r"(?<![\u4e00-\u9fff])((?:[\u4e00-\u9fff]{2,3}、)+[\u4e00-\u9fff]{2,3}?)等?(?:[0-9]+|[两三四五六七八九十]+)?个?(镇|乡|街道|社区|村)(?![级民域、])"
)
"""Towns that a list names without their kind: 聚美、何埂、松既等镇."""
_NOT_IN_NAMES = frozenset({"r", "d", "m", "u", "p", "c", "w", "TIME"})
_NOT_IN_QUARTERS = _NOT_IN_NAMES - {"m"}
_SIZES = frozenset("小大东西南北上下新老中前后")
_DOING = frozenset({"v", "vn", "vd", "a", "ad", "an"})
"""A verb or adjective of two characters is no part of a quarter's name: 街道|调研|社区治理."""
_TITLE_ENDS = frozenset("长记任席员授理官民事")
"""How titles end, after which a short name is a person's: 县长祁连."""
_AREA_ENDS = frozenset("省市区县州盟旗镇乡村道")
_NAME_TAGS = frozenset({"nz", "nr", "PER", "nw"})
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LEAST_LOCALITY = 3
_LEAST_VILLAGE = 2
"""A village's name may be this short where the place it lies in stands before it: 安吉县|余村."""
_VILLAGE_THERE = re.compile(
    r"该(?:县|区|市|旗|镇|乡|街道)(?P<name>(?!各|每|所|多|全|部分|有|农|贫|行政|自然|试点|重点|城|乡镇|山|一)[\u4e00-\u9fff]{1,3}(?:村|社区|嘎查))"
)
_QUARTERS = frozenset({"社区", "街道", "居民区"})
"""What the tagger often leaves apart from the name it ends: 幸福里|社区, 翠苑一区|社区."""
_NO_QUARTER = re.compile(
    r"(?:[省市县州盟旗镇乡村]|(?<![一二三四五六七八九十东西南北])区|街道|社区|[各全该本此每些个多]|城乡|农村|先进|优秀|文明|最美|特色|[一二三四五]?星级?|绿色|国际|现代|未来|完整|数字|农村|基层|所辖|辖区|示范|试点|老旧|智慧|和谐|平安|幸福|美丽|红色|居民|小区"
    r"|周边|附近|毗邻|邻近|成熟|新建|传统|普通|老|新)$"
)
"""What before 社区 names none: 各|社区, 街道|社区, 智慧|社区."""
_GENERIC_QUARTER = re.compile(
    r"(?:和谐|平安|美丽|智慧|文明|绿色|红色|先进|优秀|最美|国际化?|现代|未来|完整|数字|示范|试点|城乡|农村|老旧|五星级?)+社区"
)
_LONGEST_QUARTER = 6
_OWN_QUARTER = re.compile(
    r"(?:社区|居民区)(?=党委|党总支|党支部|党组织|居委会|居民委员会|书记|主任|党群服务中心|网格)"
)
COUNTRY = "country"
"""The kind of a mention of a country."""
_PLACE_TAGS = frozenset({"LOC", "ORG"})


def find_places(text: Text, register: PlaceRegister, date: str | None) -> list[Mention]:
    """Return the places of the text, each with the register codes its surface names.

    Neighbouring names that contain each other (江西赣州) are one mention of the innermost. A name
    that several places bear is settled by the others named in the text; where they do not settle
    it, the mention has no code. Places inside the names of institutions are returned too.
    """
    matches = place_forms(register).longest(text.raw)
    found = [f for f in matches if _stands_alone(text, f, register)]
    found = sorted(found + _listed(text, matches, found))
    found = _supported(text, found, register, date)
    found = sorted(found + _taken_for_persons(text, matches, found, register, date))
    certain = {
        candidates[0].code
        for f in found
        if len(candidates := register.named(f.value, date)) == 1 and candidates[0].level != "county"
    }
    full = _in_full(found, register, date)
    mentions: list[Mention] = []
    for chain in _chains(found):
        mentions.extend(_mentions(chain, register, sorted(certain), date, full))
    mentions = _with_localities(text, mentions)
    mentions.extend(_townships(text, mentions))
    mentions.extend(_villages_there(text, mentions))
    mentions.extend(_deictics(text))
    mentions.extend(_abbreviated(text, register))
    return sorted(mentions, key=lambda m: m.start)


def find_countries(text: Text, lexicon: Lexicon) -> list[Mention]:
    """Return the countries of the text: they hold offices, and are places only where a fact needs them."""
    return [
        Mention(f.start, f.end, PLACE, f.value, kind=COUNTRY, strong=False)
        for f in lexicon.countries.longest(text.raw)
        if text.word_at(f.start).tag in _PLACE_TAGS
    ]


def _stands_alone(text: Text, found: Found[str], register: PlaceRegister) -> bool:
    word = text.word_at(found.start)
    full = any(place.name == found.value for place in register.forms()[found.value])
    following = text.raw[found.end : found.end + 1]
    if full and found.value[-1] in "区县市" and following in ("域", "场", "级"):
        return False
    if full and len(found.value) > 2:
        return word.start == found.start or word.tag in _PLACE_TAGS
    if _FEATURE.match(text.raw, found.end) is not None and found.end < word.end:
        return False
    if _NO_PLACE_AFTER.match(text.raw, found.end) is not None:
        return False
    return word.tag in _PLACE_TAGS and (word.start == found.start or _after_place(text, found, register))


def _after_place(text: Text, found: Found[str], register: PlaceRegister) -> bool:
    """Tell whether another place ends where a short name begins inside a word: 江西|赣州, not 高黎|贡山."""
    outer = place_forms(register).ending(text.raw, found.start)
    if outer is None:
        return False
    wider = {place.code for place in register.named(outer.value)}
    return any(
        above.code in wider for place in register.named(found.value) for above in register.parents_of(place)
    )


def _quoted(text: Text, found: Found[str]) -> bool:
    return text.raw[found.start - 1 : found.start] in ("“", "‘") and text.raw[found.end : found.end + 1] in (
        "”",
        "’",
    )


def _supported(
    text: Text, found: list[Found[str]], register: PlaceRegister, date: str | None
) -> list[Found[str]]:
    """Leave out short names of counties that stand once and that no other place of the text bears out.

    Such a word is as often no place at all (海西, 通江). A generic name (矿区) needs the place it is in.
    """
    counts = Counter(f.value for f in found)
    ends = {f.end for f in found}
    provinces: Counter[str] = Counter()
    for value in counts:
        for code in {place.code[:2] for place in register.named(value, date)}:
            provinces[code] += 1
    kept = []
    for item in found:
        if item.value in GENERIC_COUNTIES and item.start not in ends:
            continue
        places = register.named(item.value, date)
        short = all(p.level == "county" and p.name != item.value for p in places)
        short = short and _NAMED_AFTER.match(text.raw, item.end) is None
        if places[0].level != "province" and _quoted(text, item):
            continue
        if short and counts[item.value] == 1 and all(provinces[p.code[:2]] < 2 for p in places):
            continue
        kept.append(item)
    return kept


def _in_full(found: list[Found[str]], register: PlaceRegister, date: str | None) -> dict[str, Place]:
    """Return what short names mean because the text also gives the full one: 永川 beside 永川市."""
    meant: dict[str, Place] = {}
    for value in dict.fromkeys(f.value for f in found):
        place = register.resolve(value, (), date).place
        if place is not None and place.name == value:
            for form in place.short_forms:
                meant.setdefault(form, place)
    return meant


def _taken_for_persons(
    text: Text, matches: list[Found[str]], found: list[Found[str]], register: PlaceRegister, date: str | None
) -> list[Found[str]]:
    """Return short names that the tagger takes for persons though the text names the place in full: 余庆."""
    full = _in_full(found, register, date)
    known = set(found)
    return [
        f
        for f in matches
        if f.value in full
        and f not in known
        and text.word_at(f.start).tag == "PER"
        and text.starts_word(f.start)
        and text.ends_word(f.end)
        and text.raw[f.start - 1 : f.start] not in _TITLE_ENDS
    ]


def _listed(text: Text, matches: list[Found[str]], found: list[Found[str]]) -> list[Found[str]]:
    """Return words that are places by their company: 白银 in 金昌、白银."""
    ends, starts = {f.end for f in found}, {f.start for f in found}
    known = set(found)
    return [
        f
        for f in matches
        if f not in known
        and text.starts_word(f.start)
        and text.ends_word(f.end)
        and (
            (text.raw[f.start - 1 : f.start] == "、" and f.start - 1 in ends)
            or (text.raw[f.end : f.end + 1] == "、" and f.end + 1 in starts)
        )
    ]


def _chains(found: list[Found[str]]) -> list[list[Found[str]]]:
    chains: list[list[Found[str]]] = []
    for item in found:
        if chains and chains[-1][-1].end == item.start:
            chains[-1].append(item)
        else:
            chains.append([item])
    return chains


def _mentions(
    chain: list[Found[str]],
    register: PlaceRegister,
    context: list[str],
    date: str | None,
    full: dict[str, Place],
) -> list[Mention]:
    mentions: list[Mention] = []
    outer: Place | None = None
    for item in chain:
        nearer = [outer.code, *context] if outer else context
        place = full.get(item.value) if outer is None else None
        place = place or register.resolve(item.value, nearer, date).place
        if place and outer and register.within(place.code, outer.code):
            last = mentions[-1]
            mentions[-1] = Mention(last.start, item.end, PLACE, place.name, places=(*last.places, place.code))
        else:
            codes = (place.code,) if place else ()
            mentions.append(
                Mention(item.start, item.end, PLACE, place.name if place else item.value, places=codes)
            )
        outer = place or outer
    return mentions


def _with_localities(text: Text, areas: list[Mention]) -> list[Mention]:
    """Return the areas and the towns, streets, villages, zones and venues, which the register does not hold.

    An area right before a locality (肃州区 + 西峰镇) is no mention of its own.
    """
    by_end = {m.end: m for m in areas}
    covered = {position for m in areas for position in range(m.start, m.end)}
    found: list[Mention] = []
    joined: set[int] = set()
    for word in text.words:
        if word.tag not in _PLACE_TAGS:
            continue
        surface = text.raw[word.start : word.end]
        start = word.start
        while start in covered and start < word.end:
            start += 1
        start = _with_size(text, start, by_end)
        name = text.raw[start : word.end]
        venue = _VENUE.search(surface) is not None
        settled = _LOCALITY.search(surface) is not None
        whole = settled and word.tag == "LOC"
        inner = _IN_ORGAN.match(text.raw, start, word.end) if not whole else None
        if inner is not None and not venue:
            outer = by_end.get(start)
            begin, places = (outer.start, outer.places) if outer is not None else (start, ())
            joined.add(id(outer))
            found.append(Mention(begin, inner.end(), PLACE, inner.group(), places=places, kind="locality"))
            continue
        outer = by_end.get(start)
        within = word.tag == "LOC" and (outer is not None or _after_town(text, start))
        least = _LEAST_VILLAGE if within else _LEAST_LOCALITY
        if len(name) < least or not (venue or settled) or _GENERIC_QUARTER.fullmatch(name):
            continue
        begin, places = (outer.start, outer.places) if outer is not None else (start, ())
        joined.add(id(outer))
        found.append(Mention(begin, word.end, PLACE, name, places=places, kind="locality", strong=not venue))
    found += _quarters(text, by_end)
    joined |= {id(by_end[m.start]) for m in found if m.start in by_end}
    starts = {m.start for m in found}
    for area in areas:
        town = _IN_ORGAN.match(text.raw, area.end)
        if town is None or area.start in starts or not text.starts_word(area.end):
            continue
        if all(word.tag not in _NOT_IN_NAMES for word in text.words_from(area.end, town.end())):
            joined.add(id(area))
            found.append(
                Mention(area.start, town.end(), PLACE, town.group(), places=area.places, kind="locality")
            )
    return [m for m in areas if id(m) not in joined] + found


def _with_size(text: Text, position: int, by_end: dict[int, Mention]) -> int:
    """Return where a name begins whose first character the tagger parts from it: 西湖街道|小|西湖社区."""
    at = position - 1
    if at < 0 or text.raw[at] not in _SIZES or not text.starts_word(position) or not text.starts_word(at):
        return position
    return at if at in by_end or _after_town(text, at) else position


def _after_town(text: Text, position: int) -> bool:
    """Tell whether the name of a town or a street ends at the position: 溪口镇|石村."""
    before = text.word_at(position - 1) if position else None
    return before is not None and before.tag == "LOC" and text.raw[position - 1] in "镇乡道"


def _quarters(text: Text, by_end: dict[int, Mention]) -> list[Mention]:
    """Return the quarters whose names the tagger parts from 社区 or 街道: 幸福里|社区.

    A run of other words (建设|社区) is a name only behind a town or street, or before its own organ.
    """
    found = []
    for word in text.words:
        if text.raw[word.start : word.end] not in _QUARTERS or not word.start:
            continue
        start = _quarter_start(text, word.start, by_end)
        before = text.raw[start : word.start]
        if not before or _NO_QUARTER.search(before) or not _HAN.fullmatch(before):
            continue
        outer = by_end.get(start)
        begin, places = (outer.start, outer.places) if outer is not None else (start, ())
        name = text.raw[start : word.end]
        found.append(Mention(begin, word.end, PLACE, name, places=places, kind="locality"))
    return found


def _quarter_start(text: Text, position: int, by_end: dict[int, Mention]) -> int:
    """Return where the name of a quarter begins, or the position itself if it has none."""
    last = text.word_at(position - 1)
    at = position
    while at > 0 and position - at <= _LONGEST_QUARTER:
        if at < position and (at in by_end or _after_town(text, at)):
            return at
        word = text.word_at(at - 1)
        if word.tag in _NOT_IN_QUARTERS or (word.tag in _DOING and word.end - word.start > 1):
            break
        at = word.start
    if last.end in by_end or last.end - last.start < _LEAST_VILLAGE:
        return position
    before = text.word_at(last.start - 1) if last.start else None
    if before is not None and before.tag in _NAME_TAGS:
        return position
    if before is not None and before.tag == last.tag == "LOC" and before.end not in by_end:
        # 扎西|曲登|社区, but 枫桥镇|东溪|社区.
        return last.start if text.raw[before.end - 1] in _AREA_ENDS else before.start
    named = _OWN_QUARTER.match(text.raw, position) is not None and last.tag in _NAME_TAGS
    return last.start if last.tag == "LOC" or named else position


def _townships(text: Text, places: list[Mention]) -> list[Mention]:
    """Return the towns of lists that name their kind once, at the end."""
    taken = {p.start for p in places}
    found: list[Mention] = []
    for listed in _TOWNSHIPS.finditer(text.raw):
        at = listed.start(1)
        for name in listed.group(1).split("、"):
            if at not in taken and text.starts_word(at):
                found.append(Mention(at, at + len(name), PLACE, name + listed.group(2), kind="locality"))
            at += len(name) + 1
    return found


def _villages_there(text: Text, places: list[Mention]) -> list[Mention]:
    """Return the villages that 该镇 or 该县 stands before, whatever the tagger makes of them: 该镇|成东村."""
    taken = {p.end for p in places}
    return [
        Mention(m.start("name"), m.end(), PLACE, m["name"], kind="locality")
        for m in _VILLAGE_THERE.finditer(text.raw)
        if m.end() not in taken and text.ends_word(m.end()) and not _NO_QUARTER.search(m["name"][:-1])
    ]


def _of(by_end: dict[int, Mention], position: int) -> tuple[str, ...]:
    """Return the codes of the area that ends at the position."""
    outer = by_end.get(position)
    return outer.places if outer is not None else ()


def _abbreviated(text: Text, register: PlaceRegister) -> list[Mention]:
    """Return places named by one character after a preposition: 在京召开."""
    known = register.abbreviations()
    return [
        Mention(m.start(1), m.end(1), PLACE, place.name, places=(place.code,))
        for m in _ABBREVIATED.finditer(text.raw)
        if (place := known.get(m.group(1))) is not None
    ]


def _deictics(text: Text) -> list[Mention]:
    return [
        Mention(m.start(), m.end(), PLACE, "", level=m.group(1), kind=DEICTIC)
        for m in _DEICTIC.finditer(text.raw)
        if text.starts_word(m.start())
    ]
