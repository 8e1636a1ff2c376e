"""Mentions of practices: quoted names, names of the lexicon, numbered bundles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.language.lexicon import KnownPractice, Lexicon
from extract.phrases import Phrases
from extract.segments import Cover
from extract.text import PRACTICE, QUOTE, Mention, Text

_SHORTEST_QUOTE = 3
_FIGURES = re.compile(r"[\d·.—/:：\-]+")
_TURNING = ("到", "向", "变", "转")
_NUMBERED = re.compile(r"[一二三四五六七八九十百千万双多\d]")
_SEVERAL = re.compile(r"[三四五六七八九][^\W\d一二三四五六七八九十百千万农风会夏秋公个项大]")
_SUM = re.compile(r"[\u4e00-\u9fff][+＋]|[+＋][\u4e00-\u9fffNnXx]")
_RUBRIC = re.compile(
    r"(?:专栏|栏目|专题报道|一文|为题|为主题|字样|横幅|标语|界别|一词|二字|四字|有奖征文|征文|摄影展|书画展|演出|晚会|大赛|比赛|竞赛|答题)"
)
_LONGEST_QUOTE = 22
_REACH = 12
_PLAIN_HEAD = 3
_SAFE = "平安"
_MARKS = "“”‘’「」『』"
_BUNDLE = re.compile(
    r"[“‘]?[一二三四五六七八九十两]+(?:大|个|项|张|条)[“‘]?[\u4e00-\u9fff]{0,6}?(?:项目|工程|行动|体系|机制|动力|举措|计划|任务|平台|抓手)[”’]?"
)
_COUNT_ONLY = re.compile(
    r"[一二三四五六七八九十两]+(?:大(?:项目|平台|机制|行动)|大[^“‘]*?(?:举措|计划|任务|动力|抓手)|[个项张条][\u4e00-\u9fff]{0,12})"
)
_CALLED = re.compile(
    r"(?<=[把推抓做实守过好行到立])[三四五六七八九](?![大个项张条种类级年月日点分成次])[\u4e00-\u9fff](?=[，,：]?即?“)"
)
_ENUMERATED = re.compile(
    r"(?P<items>[^，。；：！？“”‘’（）《》\s]{3,60})等(?:一批|一系列|系列|多项|多种|创新|特色|治理|典型|先进|有效|经验|工作|好)*(?:做法|机制|模式|制度|工作法|品牌|载体|方式)"
)
_LONGEST_ITEM = 12
_LEAST_AGAIN = 4
_OWNED_IN_ROW = re.compile(r"[”’][、和及][\u4e00-\u9fff]{2,10}$")
_ROW_REACH = 13
_SUCH_PRACTICES = re.compile(
    r"等(?:一批|一系列|系列|创新|特色|治理|典型|先进|有效|经验)*(?:做法|经验|机制|模式|举措|制度|品牌|载体|平台|工作法)"
)
_CALLED_SO = re.compile(r"(?:名为|名叫|叫做|叫作|取名|取名为|起名|命名为|称为|称作|[个种项套]叫)$")
_LONGEST_CALL = 4
_INNER_STOP = re.compile(r"[。！？；\n]")


def find_practices(text: Text, lexicon: Lexicon, places: list[Mention]) -> list[Mention]:
    """Return the practices that are named as such.

    A quoted name without a practice head that the lexicon does not know is a candidate only
    (`strong` false): it counts where a rule's trigger governs it. `core` is the quoted or listed name
    without its head, which ties “X” and “X”模式 together.
    """
    found = [m for span in text.quotes if (m := _quoted(text, lexicon, *span)) is not None]
    _strengthen_rows(text.raw, found)
    _strengthen_repeated(found)
    spans = {m.span for m in found}
    for f in lexicon.practices.longest(text.raw):
        if (f.start, f.end) in spans or not _word_bounded(text, f.start, f.end):
            continue
        end = _with_head(text, lexicon, f.end)
        root = _root(f.value)
        longer = end - f.end > _PLAIN_HEAD
        if longer:
            root = text.raw[f.start : end]
        strong = f.value.strong or longer
        found.append(Mention(f.start, end, PRACTICE, root, core=root, kind=f.value.kind, strong=strong))
    found += [
        _safe_place(text, lexicon, p) for p in places if p.places and text.raw.endswith(_SAFE, 0, p.start)
    ]
    for match in _CALLED.finditer(text.raw):
        found.append(
            Mention(*match.span(), PRACTICE, match.group(), core=match.group(), kind="bundle", strong=False)
        )
    for match in _BUNDLE.finditer(text.raw):
        if _COUNT_ONLY.fullmatch(match.group()):
            continue
        name = re.sub(f"[{_MARKS}]", "", match.group())
        found.append(
            Mention(match.start(), match.end(), PRACTICE, name, core=name, kind="bundle", strong=False)
        )
    found += _enumerated(text, lexicon)
    return sorted(found, key=lambda m: (m.start, -m.end))


def _enumerated(text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield what a list calls practices, as candidates: 影像定格、身份识别等做法."""
    for match in _ENUMERATED.finditer(text.raw):
        end = match.end("items")
        parts = match.group("items").split("、")
        if len(parts) < 2:
            continue
        start = end - len("、".join(parts[1:])) - 1
        first = _item_start(text, lexicon, match.start(), start, len(parts[1]))
        spans = [(first, start)]
        for part in parts[1:]:
            spans.append((spans[-1][1] + 1, spans[-1][1] + 1 + len(part)))
        if any(not _SHORTEST_QUOTE <= e - s <= _LONGEST_ITEM or "的" in text.raw[s:e] for s, e in spans):
            continue
        for s, e in spans:
            if text.raw[s:e] not in lexicon.generic_words:
                yield Mention(s, e, PRACTICE, text.raw[s:e], core=text.raw[s:e], kind="listed", strong=False)


def _item_start(text: Text, lexicon: Lexicon, start: int, end: int, width: int) -> int:
    """Return where a list's first item starts: behind the verb or preposition, else as long as the next."""
    for word in reversed(text.words_from(start, end)):
        if text.raw[word.start : word.end] in lexicon.name_breaks:
            return word.end
    exact = end - width
    return exact if exact > start and text.starts_word(exact) else start


def _safe_place(text: Text, lexicon: Lexicon, place: Mention) -> Mention:
    """Return the practice of a safe place (平安甘肃), or what is named after it (平安甘肃…服务热线)."""
    start = place.start - len(_SAFE)
    reach = _with_head(text, lexicon, place.end)
    end = reach if reach - place.end > _PLAIN_HEAD else place.end
    return Mention(start, end, PRACTICE, text.raw[start:end], core=text.raw[start:end])


def _quoted(text: Text, lexicon: Lexicon, start: int, end: int) -> Mention | None:
    core = text.raw[start + 1 : end - 1].strip()
    if not 2 <= len(core) <= _LONGEST_QUOTE or _INNER_STOP.search(core) or core in lexicon.not_practices:
        return None
    known = lexicon.practice_names.get(re.sub(f"[{_MARKS}]", "", core))
    reach = _with_head(text, lexicon, end)
    if _RUBRIC.match(text.raw, end) is not None or _FIGURES.fullmatch(core):
        return None
    if text.raw[start - 1 : start] in ("从", "由") and text.raw.startswith(_TURNING, end):
        return None
    if len(core) < _SHORTEST_QUOTE and known is None and not _counts(core, reach > end):
        return None
    prefix = _version_prefix(text, start)
    if known is not None:
        longer = lexicon.practice_names.get(core + text.raw[end:reach]) if reach > end else None
        name = _root(longer or known)
        if longer is None and reach - end > _PLAIN_HEAD:
            name = prefix + text.raw[start:reach]
            return Mention(start - len(prefix), reach, PRACTICE, name, core=name)
        return Mention(start - len(prefix), reach, PRACTICE, name, core=name, kind=known.kind)
    owned, nouns = _owned_head(text, lexicon, end) if reach == end else (True, reach)
    if not owned and re.search(r"[，,？?！!…]", core):
        return None
    if owned is None or (not owned and core.endswith(lexicon.not_practice_endings)):
        # No practice, but an honour or a document where a trigger says so: “文明村”称号.
        return Mention(start, end, PRACTICE, core, core=core, kind=QUOTE, strong=False)
    if owned and text.raw[end : end + 1] != "的":
        reach = nouns
    if reach > end and prefix:
        start -= len(prefix)
    surface = text.raw[start:reach]
    name = core if reach == end else surface
    own = lexicon.practice_heads.ending(core, len(core))
    headed = own is not None and own.value and (own.start > 0 or _NUMBERED.match(core) is not None)
    summed = _SUM.search(core) is not None and not core.startswith("互联网")
    called = nouns > end and _CALLED_SO.search(text.raw, max(0, start - _LONGEST_CALL), start) is not None
    strong = owned or headed or summed or called or _SUCH_PRACTICES.match(text.raw, end) is not None
    return Mention(start, reach, PRACTICE, name, core=core, strong=strong)


def _counts(core: str, headed: bool) -> bool:
    """Tell whether so short a name counts something: “四融”党建工作模式, and, without a head, 党员“四聘”."""
    return (_NUMBERED if headed else _SEVERAL).match(core) is not None


def _owned_head(text: Text, lexicon: Lexicon, end: int) -> tuple[bool | None, int]:
    """Tell what the nouns behind a quoted name make of it, and where they end: “X”的模式, “X”服务.

    True if they end in a practice head that is strong, False if in a weak one or if there are none; None
    if they name something else (“X”的氛围, “X”冻结机).
    """
    at = end + text.raw.startswith("的", end)
    head: bool | None = None
    last = at
    for word in text.words_from(at, at + _REACH):
        if word.start != last or word.tag not in ("n", "nz", "vn", "a", "an", "nw", "j", "b"):
            break
        last = word.end
        found = lexicon.practice_heads.ending(text.raw, last)
        head = found.value if found is not None and found.start >= at else None
    return (False, end) if last == at else (head, last)


def _root(practice: KnownPractice) -> str:
    """Return the name an article's versions share: 新时代枫桥经验 is 枫桥经验 within one article."""
    if (
        practice.name.startswith("新时代")
        and practice.version_of
        and practice.name.endswith(practice.version_of)
    ):
        return practice.version_of
    return practice.name


def _version_prefix(text: Text, start: int) -> str:
    return "新时代" if text.raw.endswith("新时代", 0, start) else ""


def _with_head(text: Text, lexicon: Lexicon, end: int) -> int:
    """Return where the name ends once the nouns up to a practice head belong to it."""
    at = end
    best = end
    for word in text.words_from(end, end + _REACH):
        surface = text.raw[word.start : word.end]
        if (
            word.start != at
            or word.tag not in ("n", "nz", "vn", "v", "a", "an", "nw", "j", "b", "ORG")
            or surface in lexicon.name_breaks
        ):
            break
        at = word.end
        head = lexicon.practice_heads.ending(text.raw, at)
        if head is not None and head.start >= end and head.value:
            best = at
    return best


def _strengthen_rows(raw: str, quoted: list[Mention]) -> None:
    """Make names in a row of quotes as strong as the last one, which carries the head for all."""
    by_end = {m.end: m for m in quoted}
    for mention in sorted(quoted, key=lambda m: -m.start):
        at = mention.start
        while at > 0 and raw[at - 1] in "、和及":
            at -= 1
        before = by_end.get(at)
        if before is None:
            # 海口“候鸟党支部”、三亚“海上枫桥”等做法: each name may have its place before it.
            owned = _OWNED_IN_ROW.search(raw, max(0, mention.start - _ROW_REACH), mention.start)
            before = by_end.get(owned.start() + 1) if owned is not None else None
        if before is not None and mention.strong:
            before.strong = True


def _strengthen_repeated(quoted: list[Mention]) -> None:
    """Make a quoted name used twice, or once as a practice, a practice wherever it stands."""
    by_core: dict[str, list[Mention]] = {}
    for mention in quoted:
        by_core.setdefault(mention.core, []).append(mention)
    for same in by_core.values():
        telling = len(same[0].core) > _SHORTEST_QUOTE or _NUMBERED.match(same[0].core) is not None
        if len(same) > 1 and (telling or any(m.strong for m in same)):
            for mention in same:
                mention.strong = True
                mention.kind = "" if mention.kind == QUOTE else mention.kind


def find_recurrences(text: Text, practices: list[Mention]) -> list[Mention]:
    """Return where the names of quoted practices and of listed items stand without quotation marks."""
    cores = {
        m.core: m for m in practices if m.strong and m.kind in ("", "item") and len(m.core) >= _LEAST_AGAIN
    }
    taken = Cover(m.span for m in practices)
    return [
        Mention(f.start, f.end, PRACTICE, f.value.name, core=f.value.core, kind=f.value.kind)
        for f in Phrases(cores).longest(text.raw)
        if not taken.touches(f.start, f.end) and _word_bounded(text, f.start, f.end)
    ]


def _word_bounded(text: Text, start: int, end: int) -> bool:
    return text.starts_word(start) and text.ends_word(end)
