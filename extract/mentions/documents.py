"""Mentions of documents and honours: titles in 《》, texts called 关于…的通知, names before 称号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.language.lexicon import Lexicon
from extract.segments import Cover, Span
from extract.text import DOCUMENT, HONOUR, PRACTICE, Mention, Text

_ABBREVIATED = re.compile(r"[（(]以下(?:简)?称[“‘]?《?([^《》“”‘’）)]{2,20})》?[”’]?[）)]")
_EDITION = re.compile(r"[（(][^（()）]{1,12}[)）]$")
_ABOUT = re.compile(r"关于[^，。；：:！？\n《》（()）]{3,60}?的")
_ABOUT_HEADS = re.compile(
    r"(?:实施|指导)?意见|(?:实施)?方案|通知|决定|决议|公告|通告|通报|批复|办法|建议|倡议书?|规定|报告|措施|请示"
)
_ARTICLES = re.compile(r"[一二三四五六七八九十百\d]+条$")
_BESTOWED = re.compile(r"(?:光荣|荣誉)?称号|荣誉|奖(?!励|补|金|惩)|奖项|奖牌|牌匾")
_ANNOUNCED = re.compile(r"(?:揭晓|公布|评选出|评出|评选|表彰|通报表扬|颁发)了?[^，。；、]{0,10}$")
_SCOPE = re.compile(r"(?:全国|全省|全市|全区|全县|国家级|省级|市级|中国)[\u4e00-\u9fff]*$")
_LONGEST_SCOPE = 20
_LEAST_HONOUR, _LONGEST_HONOUR = 3, 26
_LEAST_FULL = 8
"""A title from this length on gives its last word as a short form for what follows: 《意见》."""


def find_documents(text: Text, lexicon: Lexicon) -> list[Mention]:
    """Return titled texts in 《》: documents, and practices whose title a practice head follows.

    A title that the article shortens (以下简称《工作方案》, or 《意见》 later on) goes with its short form.
    """
    found = []
    reach = 0
    short_forms: dict[str, str] = {}
    for start, end in text.titles:
        title = text.raw[start + 1 : end - 1]
        if end < reach:
            continue
        reach = end
        if len(title) < 2 or (lexicon.media.starting(title, 0) is not None and "方案" not in title):
            continue
        abbreviated = _ABBREVIATED.match(text.raw, end)
        if abbreviated is not None:
            short_forms[abbreviated.group(1)] = title
        if len(title) >= _LEAST_FULL:
            for head in lexicon.document_heads.all_ending(title, len(title)):
                short_forms.setdefault(title[head.start :], title)
        found.append(_document(text, lexicon, start, end, short_forms.get(title, title)))
    return sorted([*found, *_untitled(text, lexicon, Cover(text.titles))], key=lambda m: m.start)


def _untitled(text: Text, lexicon: Lexicon, titles: Cover) -> Iterator[Mention]:
    """Yield the texts that are called by what they are about, without 《》: 关于…的通知."""
    for match in _ABOUT.finditer(text.raw):
        start, end = match.span()
        head = lexicon.document_heads.starting(text.raw, end)
        if head is None or _ABOUT_HEADS.fullmatch(text.raw, head.start, head.end) is None:
            continue
        if (
            titles.touches(start, head.end)
            or not text.ends_word(head.end)
            or text.raw[head.end : head.end + 1] == "的"
        ):
            continue
        name = text.raw[start : head.end]
        yield Mention(start, head.end, DOCUMENT, name, core=name)


def _document(text: Text, lexicon: Lexicon, start: int, end: int, title: str) -> Mention:
    following = lexicon.practice_heads.starting(text.raw, end)
    inner = lexicon.practice_heads.ending(title, len(title))
    bare = _EDITION.sub("", title)
    headed = lexicon.document_heads.ending(bare, len(bare)) is not None or _ARTICLES.search(bare) is not None
    if not headed and inner is not None and inner.value:
        return Mention(start, end, PRACTICE, title, core=title)
    if not headed and following is not None and following.value:
        return Mention(start, following.end, PRACTICE, title, core=title)
    return Mention(start, end, DOCUMENT, title, core=title, strong=headed)


def find_honours(text: Text, lexicon: Lexicon) -> list[Mention]:
    """Return the honours of the lexicon and those quoted as such (“…”称号); rules capture others."""
    known = [
        _honour(text, _honour_start(text, lexicon, f.start), f.end)
        for f in lexicon.honours.longest(text.raw)
        if text.raw[f.end : f.end + 1] != "式"
    ]
    return [*known, *_quoted_honours(text), *_announced_honours(text, lexicon)]


def _announced_honours(text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the names in quotes that a verb of announcing winners governs: 揭晓了“全市十佳案例”."""
    heads = lexicon.capture_heads["honour_heads"]
    for start, end in text.quotes:
        core = text.raw[start + 1 : end - 1].strip()
        if not _LEAST_HONOUR <= len(core) <= _LONGEST_HONOUR or heads.ending(core, len(core)) is None:
            continue
        if _ANNOUNCED.search(text.raw, max(0, start - _LONGEST_SCOPE), start):
            yield Mention(start, end, HONOUR, core, core=core)


def _honour(text: Text, start: int, end: int) -> Mention:
    """Return an honour named by its surface: an alias may be of another degree (三八红旗手标兵)."""
    name = text.raw[start:end]
    return Mention(start, end, HONOUR, name, core=name)


def _honour_start(text: Text, lexicon: Lexicon, start: int) -> int:
    """Return where the name begins if it opens before the lexicon's part: 全国乡村治理|优秀案例."""
    opening = _SCOPE.search(text.raw, max(0, start - _LONGEST_SCOPE), start)
    if opening is None or not text.starts_word(opening.start()):
        return start
    words = text.words_from(opening.start(), start)
    broken = any(text.raw[w.start : w.end] in lexicon.name_breaks or w.tag in ("u", "d", "p") for w in words)
    return start if broken else opening.start()


def _quoted_honours(text: Text) -> Iterator[Mention]:
    """Yield the names in quotes that 称号 follows, after the last of a row of them too."""
    row: list[Span] = []
    for start, end in text.quotes:
        if row and start != row[-1][1] and text.raw[row[-1][1] : start] not in ("、", "和", "及"):
            row = []
        row.append((start, end))
        behind = end + text.raw.startswith("等", end)
        bestowed = _BESTOWED.match(text.raw, behind)
        if bestowed is None:
            continue
        for first, last in row:
            core = text.raw[first + 1 : last - 1].strip()
            if _LEAST_HONOUR <= len(core) <= _LONGEST_HONOUR:
                yield Mention(first, last, HONOUR, core, core=core)
        row = []
