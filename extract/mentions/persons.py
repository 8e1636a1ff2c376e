"""Mentions of persons: tagged names, names the tagger cut or missed after a title, and by-lines."""

from __future__ import annotations

import re
from itertools import chain

from extract.language.lexicon import Lexicon
from extract.mentions.seated_names import seated_names
from extract.mentions.writers import without_writers
from extract.phrases import Phrases
from extract.text import PERSON, Mention, Text, Word

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_MARKS_AFTER_NAME = frozenset("、，。；：）")
_LIST_ITEM = re.compile(r"(?<=[、\u4e00-\u9fff])([\u4e00-\u9fff]{2,3})(?=[、等]|和)")
_DOTS = "·•‧・"
_DOT = re.compile(f"[{_DOTS}]")
_SPACED = re.compile(r"(?<=^[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff]{1,2}$)")
"""Space that sets a short name as wide as the others of a list: 姚　立."""
_LONGEST_PART = 4
_LEAST_GLUED = 2
"""A verb of so many characters that the tagger glues to a name is no part of it: 石某某|组织."""
_AFTER_TAGS = frozenset({"w", "v", "vd", "p", "d", "ad", "c", "u", "xc", "r", "TIME", "t", "vn"})
_MARKS_AFTER = frozenset("、，,。；;：:）)（( 　等")
_NAME_LIKE = frozenset({"PER", "nr", "nz", "nw", "n"})
_VERB_OPENINGS = frozenset("作任称介致讲说率带主出")
_COMMON_SURNAME = 4
"""The weight from which a surname may open a name that is an ordinary word too: 高峰, but not 敬礼."""
_NUMBER_AFTER = re.compile(r"[\[〔［（(]?(?:19|20)\d\d")
"""The year of a document's number, of which the tagger takes the issuer for a name: 苏建办[2001]99号."""
_NO_NAME_ENDS = "线居"
_KIN = re.compile(
    r"(?:老|小)?[\u4e00-\u9fff](?:阿姨|奶奶|爷爷|大爷|大妈|大娘|大叔|大姐|大哥|大嫂|叔叔|伯伯|婆婆|公公|老伯|老汉|女士|先生|师傅|老师|婶|嫂|姐|叔|伯)"
)
"""A surname with what neighbours say to each other names nobody in full: 张奶奶."""
_OPENS_LIST = re.compile(
    r"(?<![^。！？；，\s])[\u4e00-\u9fff]{3}(?=等(?:同志|领导)?(?:一同|一起|分别)?(?:出席|参加|陪同|会见))"
)
_APPOINTED = re.compile(
    r"(?:任命|选举|推选|补选|提名|免去|接受)([\u4e00-\u9fff]{2,3}?)(?=(?:同志)?(?:为|任|担任|辞去|的[^，。]{2,30}职务))"
)
_COMRADE = re.compile(
    r"(?<=[：；，。、:;,\n　 和及])([\u4e00-\u9fff]{2,4})(?=同志(?:任|担任|不再|为|提名|兼任|出任|的))"
    r"|(?<=\n)([\u4e00-\u9fff]{2,3}?)(?=(?:兼)?任[\u4e00-\u9fff]{2,30}[长任记员官席师监])"
)
_VERBS_AFTER_SURNAME = frozenset(
    "来去会要能说称想请让应可作到赴率代任做读为带领将已还也再曾就便均都各借以因趁乘凭靠替帮陪给叫使派盼需肯敢拟是在从向被把用获当先随同与和亦又才正刚仅未不只先更最很即竟却则仍常共齐皆俱频屡"
)
_GLUED_VERB = re.compile(
    r"[\u4e00-\u9fff]作(?=主旨|主题|专题|报告|讲话|发言|动员|总结|交流|了?(?:题为|重要|书面))"
)


def find_persons(text: Text, lexicon: Lexicon, bylines: frozenset[str]) -> list[Mention]:
    """Return the persons who are named, without the writers of the article.

    `bylines` are names that the page gives as authors or editors: they are left out where the text
    calls them reporters, and in the line that opens the article.
    """
    spans: dict[int, int] = {}
    for word in text.words:
        if word.tag == "PER":
            start, end = _repaired(text, lexicon, word.start, word.end)
            if _plausible(text.raw[start:end], lexicon, _titled(text, lexicon, start)) and not _unlikely(
                text, lexicon, start, end
            ):
                spans.setdefault(start, end)
    spans.update(
        (m.start(), m.end()) for m in _OPENS_LIST.finditer(text.raw) if _opens_list(text, lexicon, m)
    )
    for start, end in _after_titles(text, lexicon):
        spans.setdefault(start, end)
    spans.update(seated_names(text, lexicon))
    spans.update(_dotted(text, lexicon))
    appointed = _appointed(text, lexicon)
    spans.update(appointed)
    spans.update(_listed(text, lexicon, spans))
    spans.update(_repeated(text, lexicon, spans, appointed))
    doctrine = bytearray(len(text.raw))
    for f in lexicon.doctrines.longest(text.raw):
        doctrine[f.start : f.end] = b"\x01" * (f.end - f.start)
    kept = without_writers(text, sorted(spans.items()), bylines)
    return [
        Mention(start, end, PERSON, _bare(text.raw[start:end]))
        for start, end in _disjoint(kept)
        if not doctrine[start]
    ]


def _repaired(text: Text, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Mend a name that the tagger cut: a given name left outside (马卫|中), or a verb taken in (白帆作)."""
    surface = text.raw[start:end]
    following = text.word_at(end) if end < len(text.raw) else None
    compound = len(surface) == 2 and surface in lexicon.surnames
    single = len(surface) == 2 and surface[0] in lexicon.surnames
    paired = _paired(text, lexicon, end) if compound else None
    if paired is not None:
        return start, paired
    if following is not None and following.start == end and (compound or single):
        size = following.end - end
        given = text.raw[end : following.end]
        if (
            size <= 1 + compound
            and _HAN.fullmatch(given)
            and given not in lexicon.name_breaks
            and given not in "等和及与同"
        ):
            nominal = following.tag in ("n", "nr", "nz", "ns", "PER", "a", "f")
            titled = lexicon.titles.starting(text.raw, following.end) is not None
            if (nominal or compound) and (titled or _ends_name(text, following.end)):
                return start, following.end
    glued_on = _GLUED_VERB.match(text.raw, end) is not None or (following is not None and _parted(text, end))
    if single and glued_on and _titled(text, lexicon, start):
        return start, end + 1
    if len(surface) == 3 and surface[0] in lexicon.surnames and surface[2] in _VERB_OPENINGS:
        # 魏凤和、: no conjunction stands before a mark.
        whole = surface[2] == "和" and text.raw[end : end + 1] in _MARKS_AFTER_NAME
        return start, end if whole else end - 1
    if surface[-1] == "等" and len(surface) > 2 + compound and surface[0] in lexicon.surnames:
        return start, end - 1
    follower = lexicon.name_followers.starting(text.raw, end - 1) if len(surface) == 3 else None
    if follower is not None and follower.end > end and surface[0] in lexicon.surnames:
        return start, end - 1
    glued = next((n for n in (3, 2) if surface[n:] in lexicon.event_breaks), 0)
    if glued and surface[0] in lexicon.surnames and len(surface) - glued >= _LEAST_GLUED:
        return start, start + glued
    return start, end


def _parted(text: Text, end: int) -> bool:
    """Tell whether a single character between a name and a verb is the name's: 闵行|知|出席."""
    word = text.word_at(end)
    if word.end - word.start != 1 or word.tag not in ("v", "a", "d") or text.raw[end] in _VERBS_AFTER_SURNAME:
        return False
    if text.raw[end] in _VERB_OPENINGS or word.end >= len(text.raw):
        return False
    after = text.word_at(word.end)
    return after.tag == "v" and after.end - after.start > 1


def _paired(text: Text, lexicon: Lexicon, position: int) -> int | None:
    """Return where a name of two parts ends whose second part the tagger missed: 扎西|才让."""
    ends = (position + size for size in range(_LONGEST_PART, 1, -1))
    return next((e for e in ends if text.raw[position:e] in lexicon.surnames and text.ends_word(e)), None)


def _ends_name(text: Text, position: int) -> bool:
    """Tell whether a name may end here: before a mark, or a word that no name goes on with."""
    if position >= len(text.raw):
        return True
    word = text.word_at(position)
    return word.start == position and word.tag in _AFTER_TAGS


def _bare(name: str) -> str:
    return _SPACED.sub("", name.strip())


def _titled(text: Text, lexicon: Lexicon, position: int) -> bool:
    """Tell whether a title ends right before the position."""
    title = lexicon.titles.ending(text.raw, position)
    return title is not None and len(title.value.name) > 1


def _unlikely(text: Text, lexicon: Lexicon, start: int, end: int) -> bool:
    """Tell whether what the tagger took for a name is something else: 苏建办[2001]号, 周在云|上, 焦柳线."""
    name = text.raw[start:end]
    if _NUMBER_AFTER.match(text.raw, end) and not _titled(text, lexicon, start):
        return True
    if text.raw[start - 1 : start] in ("“", "‘") and text.raw[end : end + 1] in ("”", "’"):
        return True
    if name[1:2] in ("在", "于") and text.word_at(min(end, len(text.raw) - 1)).tag == "f":
        return True
    if len(name) == 2 and name[0] == name[1] and not _titled(text, lexicon, start):
        return True
    return len(name) == 3 and name[-1] in _NO_NAME_ENDS


def _opens_list(text: Text, lexicon: Lexicon, found: re.Match[str]) -> bool:
    """Tell whether a clause opens with a name that the tagger did not see: 许其亮|等参加."""
    name = found.group()
    common = lexicon.surnames.get(name[0], 0) >= _COMMON_SURNAME
    return common and text.ends_word(found.end()) and _name_like(name, lexicon)


def _plausible(name: str, lexicon: Lexicon, titled: bool = False) -> bool:
    bare = _bare(name)
    reason = lexicon.not_persons.get(bare)
    if not bare or not _HAN.search(bare) or (reason is not None and not (titled and reason == "place")):
        return False
    if _KIN.fullmatch(bare):
        return False
    if any(dot in bare for dot in _DOTS):
        return bare[-1] not in _DOTS and bare[0] not in _DOTS
    group = lexicon.titles.starting(bare, 0)
    if group is not None and group.value.kind == "role" and len(bare) <= group.end + 1:
        return False
    if (title := lexicon.titles.ending(bare, len(bare))) is not None and title.start <= 2:
        return False
    if not _HAN.fullmatch(bare) or not 2 <= len(bare) <= 4:
        return False
    return len(bare) > 2 or bare[0] in lexicon.surnames


def _after_titles(text: Text, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return names the tagger took for other words: surname and given name right after a title."""
    found = []
    for title in lexicon.titles.longest(text.raw):
        if len(title.value.name) < 2 or not text.starts_word(title.end):
            continue
        start = title.end
        if text.word_at(title.start).tag == "PER":
            continue
        words = text.words_from(start, start + 4)
        for word in words:
            if word.tag == "PER" or word.end - start > 4:
                break
            if (
                2 <= word.end - start <= 3
                and _ends_name(text, word.end)
                and _name_like(text.raw[start : word.end], lexicon)
            ):
                if _unlike_a_word(text, lexicon, words[0], word.end, title.value.kind == "role"):
                    found.append((start, word.end))
                break
    return found


def _unlike_a_word(text: Text, lexicon: Lexicon, first: Word, end: int, role: bool) -> bool:
    """Tell whether what follows a title can be a name: an adverb or a verb only where a mark follows.

    A noun after what says a role is the role's own (市民|游客).
    """
    surface = text.raw[first.start : first.end]
    if first.tag in ("p", "c", "u", "r", "m", "w", "f", "TIME", "t") or surface in lexicon.name_breaks:
        return False
    if first.tag in ("v", "vd", "d", "ad", "a", "vn", "an"):
        long = len(surface) > 2 and "不" not in surface
        common = first.end < end or long or lexicon.surnames.get(surface[0], 0) >= _COMMON_SURNAME
        return common and text.raw[end : end + 1] in _MARKS_AFTER
    return not (role and first.tag == "n" and first.end == end)


def _opening(text: Text, lexicon: Lexicon, start: int, dot: int) -> int:
    """Return where a name really begins whose first part the tagger cut: 买|买提·艾力."""
    begins = (at for at in range(max(0, dot - _LONGEST_PART), start) if text.starts_word(at))
    return next((at for at in begins if text.raw[at:dot] in lexicon.surnames), start)


def _dotted(text: Text, lexicon: Lexicon) -> dict[int, int]:
    """Return names with a dot, such as 努尔兰·别克: the words on either side of each dot belong to them."""
    found: dict[int, int] = {}
    last: int | None = None
    for match in _DOT.finditer(text.raw, 1, max(1, len(text.raw) - 1)):
        at = match.start()
        before, after = text.word_at(at - 1), text.word_at(at + 1)
        start, end = _opening(text, lexicon, before.start, at), after.end
        parts = text.raw[start:at], text.raw[at + 1 : end]
        if not all(
            _HAN.fullmatch(part.strip(_DOTS)) and len(part) <= 6 for part in parts if part.strip(_DOTS)
        ):
            continue
        tags = {before.tag, text.word_at(at).tag, after.tag}
        if "PER" not in tags and not tags & {"nr", "nz"}:
            continue
        if last is None or not (found[last] == at or last <= start < found[last]):
            last = start
        found[last] = end
    return found


def _listed(text: Text, lexicon: Lexicon, spans: dict[int, int]) -> dict[int, int]:
    """Return names that stand in a list of persons: between 、 and a person, or the other way round."""
    ends = set(spans.values())
    found = {}
    for match in _LIST_ITEM.finditer(text.raw):
        start, end = match.span(1)
        neighbour = start - 1 in ends or end + 1 in spans
        if (
            neighbour
            and text.starts_word(start)
            and text.ends_word(end)
            and _name_like(match.group(1), lexicon)
        ):
            found[start] = end
    return found


def _common(name: str, lexicon: Lexicon) -> bool:
    return lexicon.surnames.get(name[0], 0) > 1


def _name_like(surface: str, lexicon: Lexicon) -> bool:
    if not _HAN.fullmatch(surface) or surface in lexicon.not_persons:
        return False
    organ = lexicon.central.starting(surface, 0)
    if organ is not None and organ.end == len(surface):
        return False
    if surface in lexicon.generic_organs or lexicon.titles.ending(surface, len(surface)):
        return False
    return surface[0] in lexicon.surnames


def _appointed(text: Text, lexicon: Lexicon) -> dict[int, int]:
    """Return names that a verb of appointing governs: 任命宋词为…."""
    found = {}
    for match in chain(_APPOINTED.finditer(text.raw), _COMRADE.finditer(text.raw)):
        group = match.lastindex or 1
        start, end = match.span(group)
        # 成 of 成为 may be a name's last character: 任命某某成|为….
        ended = text.ends_word(end) or text.raw.startswith("成为", end - 1)
        whole = text.starts_word(start) and ended
        listed = text.raw[start - 1 : start] in ("", "\n") and _common(match.group(group), lexicon)
        if (whole or listed) and _name_like(match.group(group), lexicon):
            found[start] = end
    return found


def _repeated(
    text: Text, lexicon: Lexicon, spans: dict[int, int], appointed: dict[int, int]
) -> dict[int, int]:
    """Return the other places where a name stands.

    A long name counts anywhere; a short one after a title, and, if it once stood there, as a noun of its own.
    """
    names = {text.raw[s:e] for s, e in spans.items() if e - s >= 3}
    short = {text.raw[s:e] for s, e in spans.items() if e - s == 2}
    titled = [
        t.end
        for t in lexicon.titles.longest(text.raw)
        if text.raw[t.end : t.end + 2] in short and t.end not in spans
    ]
    found = {at: at + 2 for at in titled}
    for name in Phrases(dict.fromkeys(names)).every(text.raw):
        if spans.get(name.start, 0) < name.end:
            found[name.start] = name.end
    sure = [text.raw[at : at + 2] for at in titled] + [text.raw[s:e] for s, e in appointed.items()]
    for name in Phrases(dict.fromkeys(sure)).every(text.raw):
        word = text.word_at(name.start)
        if (word.start, word.end) == (name.start, name.end) and word.tag in _NAME_LIKE:
            found.setdefault(name.start, name.end)
    return found


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and start < kept[-1][1]:
            if end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end)
            continue
        kept.append((start, end))
    return kept
