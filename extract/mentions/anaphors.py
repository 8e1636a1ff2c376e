"""Words that take up an organ or a place named before: 该中心, 该社区, and, opening a clause, 学校 or 社区.

An organ is taken up as the last one before the word whose name ends so; a place as the level that it says,
which the article's places settle (extract/jurisdiction.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from extract.language.lexicon import Lexicon
from extract.segments import Cover
from extract.text import DEICTIC, INSTITUTION, PLACE, Mention, Text

_ORGANS = (
    r"中心|学校|学院|大学|中学|小学|医院|法院|检察院|研究院|研究所|研究中心|公司|集团|企业|协会|学会|商会|联合会|基金会|合作社"
    r"|居委会|村委会|党支部|党总支|支部|工作室|支队|大队|派出所|司法所|院|校|局|厅|所|站|馆|台"
)
_THIS_ORGAN = re.compile(rf"(?:该|本)(?P<organ>{_ORGANS})(?![长员])")
_BARE_ORGAN = re.compile(
    r"(?P<organ>学校|学院|医院|法院|检察院|研究院|研究所|公司|集团|协会|学会|商会|居委会|村委会|党支部|党总支|中心|分局|派出所|司法所|法庭)"
)
_BARE_PLACE = re.compile(r"(?P<level>社区|街道|居民区)|(?P<inside>村|镇|乡|区|县|市)[里上]")
_OPENS = frozenset("，。；：！？、“‘\n 　")
_GOES_ON = frozenset({"v", "vd", "d", "ad"})
_PREPOSITIONS = frozenset(
    {"以", "把", "将", "通过", "依托", "围绕", "按照", "针对", "在", "从", "根据", "为", "用"}
)
_KINDS = {"企业": ("公司", "集团"), "支部": ("党支部", "支部")}
_NEAR = 32
_ADVERBIAL = re.compile(r"(?:近年来|目前|如今|现在|今年|去年|同时|此外|随后|今年以来|为此)，?$")


def find_anaphors(text: Text, lexicon: Lexicon, mentions: list[Mention]) -> list[Mention]:
    """Return the words that take up an organ of `mentions` or a place, none inside one of them, in order."""
    institutions = sorted((m for m in mentions if m.type == INSTITUTION), key=lambda m: m.start)
    taken = Cover(m.span for m in mentions)
    found: list[Mention | None] = [
        _place(text, m) for m in _BARE_PLACE.finditer(text.raw) if _opens_clause(text, m)
    ]
    for match in _THIS_ORGAN.finditer(text.raw):
        found.append(_taken_up(text, lexicon, institutions, match))
    for match in _BARE_ORGAN.finditer(text.raw):
        if _opens_clause(text, match):
            found.append(_taken_up(text, lexicon, institutions, match))
    known = (m for m in found if m is not None and not taken.touches(*m.span))
    return sorted(known, key=lambda m: m.start)


def _opens_clause(text: Text, match: re.Match[str]) -> bool:
    """Tell whether the word is a clause's subject: nothing before it, and a verb or adverb after it."""
    start, end = match.span()
    if (
        start
        and text.raw[start - 1] not in _OPENS
        and not _ADVERBIAL.search(text.raw, max(0, start - 6), start)
    ):
        return False
    if end >= len(text.raw) or not (text.starts_word(start) and text.starts_word(end)):
        return False
    after = text.word_at(end)
    return after.tag in _GOES_ON or (after.tag == "p" and text.raw[after.start : after.end] in _PREPOSITIONS)


def _place(text: Text, match: re.Match[str]) -> Mention:
    level = match["level"] or match["inside"]
    return Mention(match.start(), match.end(), PLACE, "", level=level, kind=DEICTIC)


def _taken_up(
    text: Text, lexicon: Lexicon, institutions: list[Mention], match: re.Match[str]
) -> Mention | None:
    """Return a mention of the last such organ before the word, in its paragraph or the one before."""
    kind = match["organ"]
    known = lexicon.title_organs.starting(kind, 0)
    endings = _KINDS.get(kind) or (known.value if known is not None and known.end == len(kind) else (kind,))
    before = bisect_left(institutions, match.start(), key=lambda m: m.start)
    paragraph = text.locator.at(match.start()).paragraph
    for organ in reversed(institutions[max(0, before - _NEAR) : before]):
        if text.locator.at(organ.start).paragraph < paragraph - 1:
            return None
        if organ.end <= match.start() and organ.name.endswith(endings) and organ.name != kind:
            # Another one between, which nothing names in full, may be meant as well.
            if kind in text.raw[organ.end : match.start()]:
                return None
            return Mention(
                match.start(), match.end(), INSTITUTION, organ.name,
                level=organ.level, places=organ.places, core=organ.core, kind=DEICTIC,
            )  # fmt: skip
    return None
