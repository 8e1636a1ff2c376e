"""Numbered bundles and the items they list: 十大牵引性项目 with ten items, A、B、C、D“四大工程”.

The numeral is the proof: a list counts only if it has as many items as the bundle's name says (or, before
the name and from five up, one fewer, where the reporter left one out).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from extract.segments import Span
from extract.text import PRACTICE, Mention, Text

_NUMERALS = {digit: number for number, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_NUMERAL = re.compile(r"[“‘]?([一二两三四五六七八九十]{1,3})")
_MARKER = re.compile(
    r"(?:(?:^|[；;。\n：:])\s*(?:(?P<n>\d{1,2})[、.．]|[（(](?P<p>[一二三四五六七八九十\d]{1,3})[)）]|(?P<s>[一二三四五六七八九十]{1,3})(?:、|是))"
    r"|[，,](?P<c>[一二三四五六七八九十]{1,3})是)",
    re.MULTILINE,
)
_EXPLAINS = re.compile(
    r"[”’」]?[^，。；：“”、]{0,10}?(?:[，,]\s*)?(?:即|分别是|分别为|也就是|就是|具体为|具体包括|包括|指的是|是指|——|：|[（(])"
)
_LIST = re.compile(r"[^，,。；;：:\n（()）]+")
_COMMON_JOINT = re.compile(r"、")
_ANY_JOINT = re.compile(r"、|以及|和|及")
_COMPOSED = re.compile(
    r"[”’」]?[^，。；：“”、]{0,8}?[，,]?\s*由(?P<items>[^，。；：“”]{2,80}?)(?:[一二三四五六七八九十两\d]+(?:个|大|项|样|类|部分)[^，。；：、]{0,4})?(?:组成|构成)"
)
_COUNTS = re.compile(r"[一二三四五六七八九两](?=[\u4e00-\u9fff])")
_NO_PROGRAMME = re.compile(r"(?:产业|行业|作物|企业|园区|集群|优势|大事)[”’]?$")
"""What is counted in a name that is of no programme: 五大主导产业 are industries."""
_TIMES = re.compile(r"[二两三四五六七八九十]个([\u4e00-\u9fff]{2})[”’]?$")
"""A name that says what each of its items says again: 三个更高."""
_RIGHTS = re.compile(r"(?<!赋)权$")
"""What is split into rights (三权分置) has no steps for its parts."""
_TAIL_CALL = re.compile(r"(?<=[\u4e00-\u9fff]{2})([三四五六七八九])([\u4e00-\u9fff])$")
_MOST_ITEMS = 20
_CALL = re.compile(r"([一二两三四五六七八九])([\u4e00-\u9fff])")
_COUNTED = frozenset("大个项张条治种类级本份支批次年月日点分成")
_ONE_OF = re.compile(r"[一二两三四五六七八九十\d][\u4e00-\u9fff]{1,2}")
_QUOTES = "“”‘’「」"
_ITEM = re.compile(r"(?<=[”’」])?(?:、|和|以及|及)")
_LAST_JOINT = re.compile(r"(?:和|以及|及)(?=[^和及]*$)")
_CALL = re.compile(r"([一二两三四五六七八九])([\u4e00-\u9fff])")
_ITEM = re.compile(r"[^；;。\n，,：:]{2,40}")
_FARTHEST = 400
_LONGEST_ITEM = 16
_LEAST_INLINE = 4
_LEAST_ITEM = 3
_SHORTEST_SIGNED = 2
"""So short an item may be that has the character which the name counts: 联学、联建、联治“三联”机制."""
_SLOGAN = 4
_VERBAL = frozenset({"v", "vd", "ad", "d"})
_FARTHEST_NUMBER = 60
_NEAR_SEGMENTS = 8
_WIDEST_GAP = 6
_LOOSE = re.compile(r"[了等的]")
_FARTHEST_BEFORE = 120
_LISTED_BEFORE = re.compile(r"“(?P<items>[^“”，。；：]+、[^“”，。；：]+)”的?[\u4e00-\u9fff]{0,6}$")
_SEGMENT = re.compile(r"[^，,。；;：:\n“”]+")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle and the items listed for it."""

    whole: Mention
    items: tuple[Mention, ...]
    span: Span


def numeral(name: str) -> int:
    """Return the number a bundle's name opens with (“六大体系”: 6), or 0."""
    match = _NUMERAL.match(name)
    if match is None:
        return 0
    digits = match.group(1)
    tens, ten, ones = digits.partition("十")
    if not ten:
        return _NUMERALS.get(digits, 0)
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)


def find_bundles(text: Text, practices: list[Mention]) -> list[Bundle]:
    """Return the bundles whose items are listed, before the name or by numbers after it."""
    bundles = []
    by_span: dict[Span, Mention] = {}
    for practice in practices:
        by_span.setdefault(practice.span, practice)
    for whole in practices:
        items = _items(text, whole, by_span)
        if items:
            span = min(whole.start, items[0].start), max(whole.end, items[-1].end)
            bundles.append(Bundle(whole, tuple(items), span))
    return bundles


def _items(text: Text, whole: Mention, known: dict[Span, Mention]) -> list[Mention]:
    core = text.raw[whole.start : whole.end].lstrip("“‘")
    composed = _composed(text, whole, known)
    count = _total(whole.core) or numeral(core)
    if composed or not 2 <= count <= _MOST_ITEMS:
        return composed or _tail_called(text, whole, known)
    if _NO_PROGRAMME.search(whole.core):
        return []
    items = _explained(text, whole, count, known) or _quoted_before(text, whole, count, known)
    # A slogan that everybody knows is not listed by what stands around it.
    if items or whole.kind not in ("", "bundle"):
        return items
    listed = (
        _before(text, whole, count, known)
        or _after(text, whole, count, known)
        or _inline(text, whole, count, known)
        or _called(text, whole, count, known)
    )
    said = _TIMES.match(core)
    return listed if said is None or any(said.group(1) in item.core for item in listed) else []


def _total(core: str) -> int:
    """Return the sum of the numerals of a name that counts twice or more (两会一约: 3), else 0."""
    counts = [_NUMERALS[n] for n in _COUNTS.findall(core)]
    told = 1 < len(counts) < sum(counts) and "、" not in core and _NUMERAL.match(core) is not None
    return sum(counts) if told else 0


def _composed(text: Text, whole: Mention, known: dict[Span, Mention]) -> list[Mention]:
    """Read the items of a whole that consists of them: “小院管家”行动由A、B、C组成."""
    limit = text.locator.at(whole.start).end
    match = _COMPOSED.match(text.raw, whole.end, limit)
    if match is None:
        return []
    spans = _split(match.group("items"), match.start("items"), _ANY_JOINT)
    if len(spans) < 2 or any(
        not 2 <= e - s <= _LONGEST_ITEM or _LOOSE.search(text.raw, s, e) for s, e in spans
    ):
        return []
    return [_item(text, *span, known) for span in spans]


def _tail_called(text: Text, whole: Mention, known: dict[Span, Mention]) -> list[Mention]:
    """Read the items of a name that counts at its end: “界河四联”, 信息联通、治安联防、矛盾联调、平安联创."""
    call = _TAIL_CALL.search(whole.core)
    if call is None or whole.kind != "":
        return []
    count, sign = _NUMERALS[call.group(1)], call.group(2)
    for match in _LIST.finditer(text.raw, whole.end, whole.end + _FARTHEST):
        spans = _split(match.group(), match.start(), _COMMON_JOINT)
        if len(spans) == count and all(sign in text.raw[s:e] and e - s <= _LONGEST_ITEM for s, e in spans):
            return [_item(text, *span, known) for span in spans]
    return []


def _before(text: Text, whole: Mention, count: int, known: dict[Span, Mention]) -> list[Mention]:
    """Read the `count` items that 、 joins right before the bundle's name."""
    sentence = text.locator.at(whole.start)
    number = bisect_right(sentence.clauses, whole.start, key=lambda clause: clause[0])
    clause_start = sentence.clauses[number - 1][0] if number else sentence.start
    parts: list[Span] = []
    end = whole.start - text.raw.endswith(("的", "这"), 0, whole.start)
    while len(parts) < count:
        begin = max(text.raw.rfind("、", clause_start, end) + 1, clause_start)
        parts.insert(0, (begin, end))
        if begin == clause_start:
            break
        end = begin - 1
    if count < 3 or (len(parts) != count and (len(parts) != count - 1 or count < 5)):
        return []
    quote = text.raw.find("“", *parts[0])
    if (quote, parts[0][1]) in known:
        first = quote
    else:
        first = _first_item_start(text, *parts[0], widths=[e - s for s, e in parts[1:]])
    spans = [(first, parts[0][1]), *parts[1:]]
    call = _CALL.match(whole.core)
    signed = call is not None and all(call.group(2) in text.raw[s:e] for s, e in spans)
    least = _SHORTEST_SIGNED if signed else _LEAST_ITEM
    if any(not least <= e - s <= _LONGEST_ITEM or _LOOSE.search(text.raw, s, e) for s, e in spans):
        return []
    if any(text.raw.find("”", s, e - 1) >= 0 for s, e in spans):
        return []
    if max(e - s for s, e in spans) - min(e - s for s, e in spans) > _WIDEST_GAP:
        return []
    return [_item(text, *span, known) for span in spans]


def _first_item_start(text: Text, start: int, end: int, widths: list[int]) -> int:
    """The first item follows a verb (构建党建领和): items of one list are about as long as each other."""
    exact = end - widths[0]
    if exact > start and text.starts_word(exact) and len(set(widths)) == 1:
        return exact
    verbal = text.word_at(end + 1).tag in _VERBAL
    for word in text.words_from(start, end):
        if word.tag == "p" or (word.tag in _VERBAL and not verbal and end - word.end >= _LEAST_ITEM):
            continue
        return word.start
    return start


def _after(text: Text, whole: Mention, count: int, known: dict[Span, Mention]) -> list[Mention]:
    """Read the `count` items that numbers mark after the bundle's name."""
    window = text.raw[whole.end : whole.end + _FARTHEST]
    items: list[Mention] = []
    for match in _MARKER.finditer(window):
        number = match.group("n") or match.group("p") or match.group("s") or match.group("c")
        value = int(number) if number.isdigit() else numeral(number)
        if value != len(items) + 1:
            continue
        if value == 1 and match.start() > _FARTHEST_NUMBER:
            return []
        found = _ITEM.match(window, match.end())
        if found is None:
            break
        start, end = whole.end + found.start(), whole.end + found.end()
        items.append(_item(text, start, end, known))
        if len(items) == count:
            return items
    return []


def _explained(text: Text, whole: Mention, count: int, known: dict[Span, Mention]) -> list[Mention]:
    """Read the `count` items that follow the name in its sentence after 即, 包括, a colon or a bracket."""
    limit = text.locator.at(whole.start).end
    opening = _EXPLAINS.match(text.raw, whole.end, limit)
    if opening is None:
        return []
    segment = _LIST.match(text.raw, opening.end(), limit)
    if segment is None:
        return []
    listed = segment.group()
    spans = _split(listed, segment.start(), _COMMON_JOINT)
    if len(spans) != count and count > 2:
        spans = _split(listed, segment.start(), _ANY_JOINT)
    if len(spans) != count or any(not 2 <= e - s <= _LONGEST_ITEM for s, e in spans):
        return []
    if any(_LOOSE.search(text.raw, s, e) or _RIGHTS.search(text.raw[s:e]) for s, e in spans):
        return []
    return [_item(text, *span, known) for span in spans]


def _quoted_before(text: Text, whole: Mention, count: int, known: dict[Span, Mention]) -> list[Mention]:
    """Read the `count` items that one quotation before the name lists: “A、B、C”的社区“三融”模式."""
    opening = text.locator.at(whole.start).start
    match = _LISTED_BEFORE.search(text.raw, max(opening, whole.start - _FARTHEST_BEFORE), whole.start)
    if match is None:
        return []
    spans = _split(match.group("items"), match.start("items"), _COMMON_JOINT)
    fits = all(_LEAST_ITEM <= e - s <= _LONGEST_ITEM for s, e in spans)
    return [_item(text, *span, known) for span in spans] if len(spans) == count and fits else []


def _split(listed: str, start: int, joint: re.Pattern[str]) -> list[Span]:
    """Return the spans of a list's items in the text; `start` is where the list stands."""
    spans, begin = [], 0
    for match in joint.finditer(listed):
        spans.append((start + begin, start + match.start()))
        begin = match.end()
    return [*spans, (start + begin, start + len(listed))]


def _called(text: Text, whole: Mention, count: int, known: dict[Span, Mention]) -> list[Mention]:
    """Read the `count` phrases of four characters that share the character the name counts.

    “六联” counts 组织联建, 产业联营 …: each with 联 at the same place, at the end of a clause or in a list.
    """
    call = _CALL.match(whole.core.lstrip("“‘"))
    if call is None or len(whole.core.strip(_QUOTES)) != 2 or call.group(2) in _COUNTED:
        return []
    for place in (2, 1, 0, 3):
        shape = "[\u4e00-\u9fff]" * place + call.group(2) + "[\u4e00-\u9fff]" * (3 - place)
        pattern = re.compile(shape + r"(?=[”’」]?[，,。；;、：:）)”\n])")
        spans: dict[str, Span] = {}
        for match in pattern.finditer(text.raw, whole.end, whole.end + _FARTHEST):
            if text.starts_word(match.start()):
                spans.setdefault(match.group(), match.span())
        # Where others look like them, those that one verb governs are meant: 推动组织联建, 推动产业联营.
        verbs = Counter(text.raw[start - 2 : start] for start, _ in spans.values())
        alike = [s for s in spans.values() if verbs[text.raw[s[0] - 2 : s[0]]] == count]
        chosen = list(spans.values()) if len(spans) == count else alike
        if len(chosen) == count:
            return [_item(text, *span, known) for span in chosen]
    return []


def _inline(text: Text, whole: Mention, count: int, known: dict[Span, Mention]) -> list[Mention]:
    """Read a list of parallel items in the rest of the sentence or in the next one."""
    number = text.locator.index(whole.start)
    limit = min(text.sentences[min(number + 1, len(text.sentences) - 1)].end, whole.end + _FARTHEST)
    for match in islice(_SEGMENT.finditer(text.raw, whole.end, limit), _NEAR_SEGMENTS):
        parts = match.group().split("、")
        if len(parts) < _LEAST_INLINE:
            continue
        width = len(parts[1])
        # Four characters an item is how slogans are listed; there the reporter may leave one out.
        if len(parts) != count and (width != _SLOGAN or len(parts) != count - 1):
            continue
        last = parts[-1][:width]
        if any(len(part) != width for part in parts[1:-1]) or len(last) < width or width < 2:
            continue
        start = match.start() + len(parts[0]) - width
        if start < match.start():
            continue
        spans = [(start + i * (width + 1), start + i * (width + 1) + width) for i in range(len(parts))]
        return [_item(text, *span, known) for span in spans]
    return []


def _item(text: Text, start: int, end: int, known: dict[Span, Mention]) -> Mention:
    while start < end and text.raw[start] in " 　":
        start += 1
    practice = known.get((start, end)) or _quoted_in(text, start, end, known)
    if practice is not None:
        practice.strong = True
        return practice
    name = text.raw[start:end].strip()
    return Mention(start, end, PRACTICE, name, core=name, kind="item")


def _quoted_in(text: Text, start: int, end: int, known: dict[Span, Mention]) -> Mention | None:
    """Return the quoted practice that is all the item counts: 一间“百姓说事室”."""
    quote = text.raw.find("“", start, end)
    counted = quote >= 0 and _ONE_OF.fullmatch(text.raw, start, quote) is not None
    return known.get((quote, end)) if counted else None
