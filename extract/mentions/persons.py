"""Mentions of persons: tagged names, names the tagger cut or missed after a title, and by-lines."""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon
from extract.text import PERSON, Mention, Text

_BYLINE = re.compile(
    r"(?:本报|本网|见习|特约|实习|通讯员?|首席)?(?:记者|通讯员|撰稿人?|摄影|摄制|责编|责任编辑|编辑|作者|供稿|供图)[:：\s]*$"
)
_BYLINE_LIST = re.compile(r"[、,，\s]*$")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LIST_ITEM = re.compile(r"(?<=[、\u4e00-\u9fff])([\u4e00-\u9fff]{2,3})(?=[、等]|和)")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•‧][\u4e00-\u9fff]{1,10})+")
_AFTER_NAME = re.compile(r"[、，,。；;：:）)（(\s]|和|及|与|等|同志|分别|主持|出席|参加|致辞|讲话|发言|表示|指出|强调|介绍|说|$")
_SIGNED = re.compile(r"^\s*(?:[/／]?[摄图]|供图|报道|摄影)")


def find_persons(text: Text, lexicon: Lexicon, bylines: frozenset[str]) -> list[Mention]:
    """Return the persons who are named, without the writers of the article.

    `bylines` are names that the page gives as authors or editors: they are left out where the text
    calls them reporters, and in the line that opens the article.
    """
    spans: dict[int, int] = {}
    for word in text.words:
        if word.tag == "PER":
            start, end = _repaired(text, lexicon, word.start, word.end)
            if _plausible(text.raw[start:end], lexicon):
                spans.setdefault(start, end)
    for start, end in _after_titles(text, lexicon):
        spans.setdefault(start, end)
    for match in _FOREIGN.finditer(text.raw):
        word = text.word_at(match.start())
        if word.tag in ("PER", "nr", "nz") and text.starts_word(match.start()):
            spans[match.start()] = match.end()
    spans.update(_listed(text, lexicon, spans))
    spans.update(_repeated(text, spans))
    doctrines = [(f.start, f.end) for f in lexicon.doctrines.longest(text.raw)]
    kept = _without_bylines(text, sorted(spans.items()), bylines)
    return [
        Mention(start, end, PERSON, text.raw[start:end].strip())
        for start, end in _disjoint(kept)
        if not any(s <= start < e for s, e in doctrines)
    ]


def _repaired(text: Text, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Join a given name that the tagger cut off (马卫|中) where a mark follows at once."""
    surface = text.raw[start:end]
    if len(surface) == 2 and surface[0] in lexicon.surnames and end < len(text.raw):
        following = text.word_at(end)
        if following.end - following.start == 1 and _HAN.fullmatch(text.raw[end : end + 1]) and _AFTER_NAME.match(text.raw, following.end):
            if following.tag in ("n", "nr", "nz", "ns") and text.raw[end] not in "等和及与同":
                return start, following.end
    return start, end


def _plausible(name: str, lexicon: Lexicon) -> bool:
    bare = name.strip()
    if not bare or bare in lexicon.not_persons or not _HAN.search(bare):
        return False
    if "·" in bare or "•" in bare:
        return True
    if not _HAN.fullmatch(bare) or not 2 <= len(bare) <= 4:
        return False
    return len(bare) > 2 or bare[0] in lexicon.surnames


def _after_titles(text: Text, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return names the tagger took for other words: surname and given name between a title and a mark."""
    found = []
    for title in lexicon.titles.longest(text.raw):
        if len(title.value.name) < 2 or not text.starts_word(title.end):
            continue
        start = at = title.end
        for word in text.words_from(start, start + 4):
            if word.tag == "PER" or word.end - start > 4:
                break
            at = word.end
            if 2 <= at - start <= 3 and _AFTER_NAME.match(text.raw, at):
                if _name_like(text.raw[start:at], lexicon) and text.word_at(start).tag not in ("v", "d", "p", "c", "u", "r", "m"):
                    found.append((start, at))
                break
    return found


def _listed(text: Text, lexicon: Lexicon, spans: dict[int, int]) -> dict[int, int]:
    """Return names that stand in a list of persons: between 、 and a person, or the other way round."""
    ends = set(spans.values())
    found = {}
    for match in _LIST_ITEM.finditer(text.raw):
        start, end = match.span(1)
        neighbour = start - 1 in ends or end + 1 in spans
        if neighbour and text.starts_word(start) and text.ends_word(end) and _name_like(match.group(1), lexicon):
            found[start] = end
    return found


def _name_like(surface: str, lexicon: Lexicon) -> bool:
    if not _HAN.fullmatch(surface) or surface in lexicon.not_persons:
        return False
    if surface in lexicon.generic_organs or lexicon.titles.ending(surface, len(surface)):
        return False
    return surface[0] in lexicon.surnames


def _repeated(text: Text, spans: dict[int, int]) -> dict[int, int]:
    """Return the other places where a name of three characters or more stands."""
    names = {text.raw[s:e] for s, e in spans.items() if e - s >= 3}
    found = {}
    for name in names:
        at = text.raw.find(name)
        while at >= 0:
            if at not in spans:
                found[at] = at + len(name)
            at = text.raw.find(name, at + len(name))
    return found


def _without_bylines(
    text: Text, spans: list[tuple[int, int]], bylines: frozenset[str]
) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    writer_end = -1
    for start, end in spans:
        before = text.raw[max(0, start - 12) : start]
        name = re.sub(r"\s", "", text.raw[start:end])
        chained = writer_end >= 0 and _BYLINE_LIST.fullmatch(text.raw, writer_end, start)
        signed = _SIGNED.match(text.raw, end) and text.raw[end : end + 3].strip()[:1] in "摄图供/／"
        opening = name in bylines and text.locator.at(start).paragraph < 3 and before.rstrip()[-1:] in "(（、" and before.strip()
        if _BYLINE.search(before) or chained or signed or opening:
            writer_end = end
            continue
        kept.append((start, end))
    return kept


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and start < kept[-1][1]:
            if end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end)
            continue
        kept.append((start, end))
    return kept
