"""Captured mentions: names that only a trigger gives away, such as what 荣获 or 成立 governs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from extract.clauses import Trigger
from extract.language.relations import Capture
from extract.phrases import Phrases
from extract.segments import Span
from extract.text import DOCUMENT, EVENT, HONOUR, INSTITUTION, PRACTICE, Mention, Text, Word

_LONGEST = 40
_LONGEST_REACH = 400
_LONGEST_MENTION = 160
_MOST_NEAR = 256
_AT_ONE_PLACE = 64
_LEAST_LISTED = 4
_LEADING = re.compile(
    r"(?:了|过|起|出|的|为|将?提交[^，。；、]{2,24}?审议的|一批|一个|一支|一系列|全国|首个|多个|各类|，|\s|[一二三四五六七八九十\d]+[个项支类])*"
)
_LEAST_TOLD = 8
"""So long a name of a body says enough, though of common words: 乡村治理指导中心."""
_COMPOSED = re.compile(r"(?:起|了)?[由以][^，。；]{2,30}?(?:为组长|任组长|牵头|组成|参加|参与|为主体|为主)的")
"""Who belongs to it, before the name of what was founded: 由党员、楼栋长组成的…."""
_ADVERBIAL = frozenset({"时", "地", "得", "后", "前", "以来", "过程", "期间"})
_ATTRIBUTES = frozenset({"的", "了", "着"})
_NAMED = frozenset({"Event", "Document", "Honour", "Person"})
_JOINTS = frozenset({"与", "和", "及"})
_LISTING = _JOINTS | {"以及"}
_DRAFT = re.compile(r"[（(](?:草案|试行|征求意见稿|讨论稿|修订|暂行|试用)[^（()）]{0,6}[)）]")
_EDITION = re.compile(r"[（(][^（()）]{1,8}[)）]$")
_INNER = frozenset({"v", "vn", "n", "vd"})
_NOUNS = frozenset({"n", "nz", "vn", "an", "LOC", "ORG", "nw"})
_LONGEST_COUNT = 8
_LONGEST_HEAD = 5
_COUNT_AFTER = re.compile(r"(?:\d{1,6}|[二三四五六七八九十百千]+)余?[支个家所]")
_COUNT_BEFORE = re.compile(r"(?:[2-9]|[1-9]\d+|[二三四五六七八九十百千两]+|多|数)余?[支个家所]$")
_PLAIN_KINDS = frozenset({"activity", "campaign"})
_TITLE_AFTER = re.compile(
    r"(?:先进|优秀|示范|模范|文明|最佳|十佳)[\u4e00-\u9fff]{1,6}?(?=称号|荣誉|奖|[，。、；])"
)
"""The title itself, after the campaign that it was won in: “爱心献功臣行动”|先进县."""
_BODIES = ("委员会", "部门", "办公室", "机关", "领导小组", "工作组", "专家组", "服务", "研究")
"""What follows the words of a document where they name a body: 宪法和法律|委员会."""
_CLOSES = ("", *"，。；、！？,;的等")
_STOPS = frozenset("，。；：！？,;:!?\n、")


def capture(
    text: Text,
    triggers: list[Trigger],
    mentions: list[Mention],
    heads: dict[str, Phrases[bool]],
    breaks: frozenset[str],
    generic: frozenset[str],
) -> list[Mention]:
    """Return new mentions that triggers capture; quoted names already found change to the captured type."""
    found: list[Mention] = []
    known = sorted(mentions, key=lambda m: m.start)
    met = Counter(m.core for m in known if m.type == PRACTICE)
    for number, trigger in enumerate(triggers):
        if trigger.rule.capture is None:
            continue
        spec = trigger.rule.capture
        limit = _limit(text, trigger, triggers[number + 1 : number + 1 + _AT_ONE_PLACE])
        near = _near(known, trigger.end, limit) + [m for m in found[-_AT_ONE_PLACE:] if m.end > trigger.end]
        if _retype(text, spec, trigger.end, limit, near, heads, met) or not spec.heads:
            continue
        others = [m for m in near if m.type != spec.type and m.type in _NAMED and m.strong]
        parts = _phrases(text, spec, trigger.end, limit, near, heads[spec.heads], breaks, generic)
        found.extend(p for p in parts if not any(m.start < p.end and p.start < m.end for m in others))
    return found


def _near(known: list[Mention], start: int, limit: int) -> list[Mention]:
    """Return the mentions that reach into a span; no mention is longer than 160 characters."""
    first = bisect_left(known, start - _LONGEST_MENTION, key=lambda m: m.start)
    last = bisect_left(known, limit, key=lambda m: m.start)
    return [m for m in known[first : min(last, first + _MOST_NEAR)] if m.end > start]


def _limit(text: Text, trigger: Trigger, following: list[Trigger]) -> int:
    sentence = text.locator.at(trigger.start)
    number = bisect_right(sentence.clauses, trigger.start, key=lambda c: c[0]) - 1
    clause_end = sentence.clauses[number][1] if number >= 0 else sentence.end
    reach = min(clause_end, trigger.end + _LONGEST_REACH)
    if trigger.rule.capture is not None and trigger.rule.capture.type == HONOUR:
        # What is honoured is told in verbs: 入选|社区治理创新十佳案例.
        return reach
    return next((t.start for t in following if trigger.end <= t.start < reach and t.rule.capture), reach)


def _retype(
    text: Text,
    spec: Capture,
    start: int,
    limit: int,
    near: list[Mention],
    heads: dict[str, Phrases[bool]],
    met: Counter[str],
) -> bool:
    """Give quoted names on the right the captured type; tell whether there are any.

    Where institutions are captured, a quoted name stays a practice without an institution's head, and if the
    article names it as one elsewhere (`met` counts how often).
    """
    if not spec.quoted:
        return False
    any_found = False
    for mention in near:
        if (
            start <= mention.start
            and mention.end <= limit
            and mention.core
            and text.raw[mention.start] in "“‘「"
            and _is_object(text, start, mention)
            and not (spec.type == INSTITUTION and _counted(text, mention.span))
            and not _heads_on(text, spec, mention, heads)
        ):
            headed = heads[spec.heads].ending(mention.core, len(mention.core)) if spec.heads else None
            if (
                mention.type == PRACTICE
                and spec.type == INSTITUTION
                and (headed is None or met[mention.core] > 1)
            ):
                mention.strong = mention.strong or text.raw[mention.end : mention.end + 1] in _CLOSES
                any_found = any_found or mention.strong
                continue
            if mention.type != spec.type and not _takes(text, spec, mention):
                continue
            if spec.type == HONOUR and (title := _TITLE_AFTER.match(text.raw, mention.end)) is not None:
                mention.end = title.end()
                mention.core = mention.name = text.raw[mention.start : mention.end]
            # A candidate practice needs no more: rules that capture practices take it as it is.
            mention.strong = mention.strong or spec.type != PRACTICE
            any_found = True
    return any_found


def _heads_on(text: Text, spec: Capture, mention: Mention, heads: dict[str, Phrases[bool]]) -> bool:
    """Tell whether a head behind the quotation makes a name of both: “红色管家”服务队."""
    if spec.type != INSTITUTION or not spec.heads or mention.type != PRACTICE:
        return False
    word = text.words_from(mention.end, mention.end + _LONGEST_HEAD)
    return any(
        (found := heads[spec.heads].ending(text.raw, w.end)) is not None and found.start >= mention.end
        for w in word
    )


def _is_object(text: Text, start: int, mention: Mention) -> bool:
    """Tell whether what the trigger governs is the name: 获得资质的公司“某某” names who has it."""
    between = text.raw[start : mention.start]
    return "的" not in between or between.endswith("的")


def _takes(text: Text, spec: Capture, mention: Mention) -> bool:
    """Give a quoted name of another type the captured one; tell whether it could take it.

    An event keeps its type unless only a plain head follows the quotation (“法律六进”活动).
    """
    if mention.type == EVENT:
        quote = bisect_left(text.quotes, (mention.start, 0))
        closed = text.quotes[quote][1] if quote < len(text.quotes) else mention.start
        if mention.kind not in _PLAIN_KINDS or text.raw[closed : mention.end] not in ("", mention.core):
            return False
        mention.name = text.raw[mention.start : mention.end]
        mention.core = text.raw[mention.start + 1 : closed - 1]
    else:
        mention.name = mention.core
    mention.type, mention.kind = spec.type, ""
    return True


def _phrases(
    text: Text,
    spec: Capture,
    start: int,
    limit: int,
    mentions: list[Mention],
    heads: Phrases[bool],
    breaks: frozenset[str],
    generic: frozenset[str],
) -> list[Mention]:
    composed = _COMPOSED.match(text.raw, start, limit) if spec.type == INSTITUTION else None
    start = composed.end() if composed is not None else start
    taken = [m for m in mentions if m.type == spec.type and m.start < limit and m.end > start]
    found = []
    parts = _parts(text, start, limit)
    if spec.across:
        parts = [part for joined in parts for part in _after_heads(text, *joined, heads)]
    # An item of a list is a name by its company; a phrase by itself has to be longer to be one.
    listed = len(parts) > 1 and all(end - begin > 1 for begin, end in parts)
    least = min(spec.least, _LEAST_LISTED) if listed else spec.least
    for number, (begin, end) in enumerate(parts):
        span = _phrase(text, begin, end, heads, breaks, spec, least)
        if span is None:
            opens = number == 0 and not spec.across
            if opens and not any(m.start < end and m.end > begin for m in mentions):
                # What opens the list is no name: 信息的收集、报告和通报制度 lists no names.
                break
            continue
        same = [m for m in taken if m.end == span[1]]
        if same:
            # The recogniser began at a place inside the name: the trigger shows where it really begins.
            if same[0].start > span[0] and not any(m.end <= same[0].start for m in taken if m.end > span[0]):
                same[0].start, same[0].name, same[0].level = span[0], text.raw[slice(*span)], ""
            continue
        if (
            (spec.type == INSTITUTION and _counted(text, span))
            or _generic(text, span, generic, spec.type)
            or any(m.strong and span[0] <= m.start < m.end <= span[1] for m in taken)
        ):
            continue
        if any(
            m.start < span[1] and m.end > span[0] and not span[0] <= m.start < m.end < span[1] for m in taken
        ):
            continue
        for mention in taken:
            mention.inside = mention.inside or span[0] <= mention.start < span[1]
        found.append(
            Mention(*span, spec.type, text.raw[slice(*span)], core=text.raw[slice(*span)], kind="captured")
        )
    return found


def _generic(text: Text, span: Span, generic: frozenset[str], kind: str) -> bool:
    """Tell whether a phrase consists of words that name nothing."""
    if kind == INSTITUTION and span[1] - span[0] >= _LEAST_TOLD:
        return False
    return all(text.raw[word.start : word.end] in generic for word in text.words_from(*span))


def _counted(text: Text, span: Span) -> bool:
    """Tell whether several bodies are counted, none of which is named: 组建应急服务队816支, 2个监察室."""
    before = text.raw[max(0, span[0] - _LONGEST_COUNT) : span[0]]
    return _COUNT_AFTER.match(text.raw, span[1]) is not None or _COUNT_BEFORE.search(before) is not None


def _is_head(text: Text, word: Word, heads: Phrases[bool]) -> bool:
    """Tell whether a word ends such names itself: 报告 stops the name of an organ, not that of a document."""
    found = heads.ending(text.raw, word.end)
    return found is not None and found.start <= word.start


def _parts(text: Text, start: int, limit: int) -> list[Span]:
    """Return the items that 、 separates."""
    parts = []
    begin = start
    for at in range(start, min(limit, start + 4 * _LONGEST)):
        if text.raw[at] == "、":
            parts.append((begin, at))
            begin = at + 1
    parts.append((begin, limit))
    return parts


def _after_heads(text: Text, start: int, end: int, heads: Phrases[bool]) -> Iterator[Span]:
    """Yield the parts that 和 separates after a head: 议程（草案）和工作报告."""
    begin = start
    for word in text.words_from(start, min(end, start + 4 * _LONGEST)):
        if text.raw[word.start : word.end] not in _LISTING:
            continue
        before = _EDITION.sub("", text.raw[begin : word.start])
        if heads.ending(before, len(before)) is not None:
            yield begin, word.start
            begin = word.end
    yield begin, end


def _is_inside(text: Text, heads: Phrases[bool], spec: Capture, word: Word, best: Span | None) -> bool:
    """Tell whether a word that ends names is inside one here: 组织|奖, 督查|专班, 推进…的|意见."""
    if spec.across and best is None and word.tag in _INNER:
        return True
    at_word, behind = heads.starting(text.raw, word.start), heads.starting(text.raw, word.end)
    return (at_word is not None and at_word.end > word.end) or (behind is not None and word.tag in _INNER)


def _closes(text: Text, position: int) -> bool:
    """Tell whether a list item or a clause ends at the position, or 称号 follows."""
    return text.raw[position : position + 1] in _CLOSES or text.raw.startswith("称号", position)


def _phrase(
    text: Text,
    begin: int,
    limit: int,
    heads: Phrases[bool],
    breaks: frozenset[str],
    spec: Capture,
    least: int,
) -> Span | None:
    """Return the phrase from after the last 的 up to the furthest head."""
    start = begin + len(_LEADING.match(text.raw, begin, limit).group())  # type: ignore[union-attr]
    best: Span | None = None
    after = ""
    reach = start
    for word in text.words_from(start, min(limit, start + _LONGEST)):
        surface = text.raw[word.start : word.end]
        if surface in _ATTRIBUTES and not spec.across:
            start, best = word.end, None
            continue
        if surface in _JOINTS and word.start > start and best is None:
            continue
        ends = surface in breaks and spec.across and _is_head(text, word, heads)
        if surface in breaks and not ends and _is_inside(text, heads, spec, word, best):
            reach = word.end
            continue
        if (
            surface in _STOPS
            or (spec.type == DOCUMENT and surface in _ADVERBIAL)
            or (surface in breaks and not ends)
            or (word.tag in ("p", "r", "d") and not spec.across)
        ):
            break
        if word.start == start and word.tag in ("v", "vd", "ad") and not spec.across:
            start = word.end
            continue
        if not spec.across and (
            word.tag in ("m", "f") if word.start == start else word.tag == "m" and best is not None
        ):
            break
        after = word.tag if best is not None and word.start == best[1] else after
        head = heads.ending(text.raw, word.end)
        if head is not None and head.start >= start and word.end - start >= least and word.end <= limit:
            best, after = (start, word.end), ""
        reach = word.end if word.tag in _NOUNS else start
    if best is None and spec.open and reach - start >= least and _closes(text, reach):
        best = (start, reach)
    if best is not None and spec.type == DOCUMENT and text.raw.startswith(_BODIES, best[1]):
        return None
    # A noun that follows shows that the head was not the end of the name: 重点平台工业设备.
    if after in ("n", "nz", "nw") and spec.type == PRACTICE:
        return None
    if best is not None and spec.across:
        edition = _DRAFT.match(text.raw, best[1], limit)
        best = (best[0], edition.end()) if edition is not None else best
    return best
