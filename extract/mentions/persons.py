"""Mentions of persons: tagged names, names the tagger cut or missed after a title, and by-lines."""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon
from extract.phrases import Phrases
from extract.text import PERSON, Mention, Text, Word

_BYLINE = re.compile(
    r"(?:本报|本网|见习|特约|实习|通讯员?|首席)?(?:记者|通讯员|撰稿人?|摄影|摄制|责编|责任编辑|(?<![总主副])编辑|作者|供稿|供图)[:：\s]*$"
)
_BYLINE_LIST = re.compile(r"[、,，\s]*$")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
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
_SIGNED = re.compile(r"\s*(?:[/／]?[摄图]|供图|报道|摄影)")


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
    spans.update(_dotted(text, lexicon))
    spans.update(_listed(text, lexicon, spans))
    spans.update(_repeated(text, lexicon, spans))
    doctrine = bytearray(len(text.raw))
    for f in lexicon.doctrines.longest(text.raw):
        doctrine[f.start : f.end] = b"\x01" * (f.end - f.start)
    kept = _without_bylines(text, sorted(spans.items()), bylines)
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
    if len(surface) == 3 and surface[0] in lexicon.surnames and surface[2] in _VERB_OPENINGS:
        return start, end - 1
    glued = next((n for n in (3, 2) if surface[n:] in lexicon.event_breaks), 0)
    if glued and surface[0] in lexicon.surnames and len(surface) - glued >= _LEAST_GLUED:
        return start, start + glued
    return start, end


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


def _plausible(name: str, lexicon: Lexicon) -> bool:
    bare = _bare(name)
    if not bare or bare in lexicon.not_persons or not _HAN.search(bare):
        return False
    if any(dot in bare for dot in _DOTS):
        return bare[-1] not in _DOTS and bare[0] not in _DOTS
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
        words = text.words_from(start, start + 4)
        for word in words:
            if word.tag == "PER" or word.end - start > 4:
                break
            if (
                2 <= word.end - start <= 3
                and _ends_name(text, word.end)
                and _name_like(text.raw[start : word.end], lexicon)
            ):
                if _unlike_a_word(text, lexicon, words[0], word.end):
                    found.append((start, word.end))
                break
    return found


def _unlike_a_word(text: Text, lexicon: Lexicon, first: Word, end: int) -> bool:
    """Tell whether what follows a title can be a name: an adverb or a verb only where a mark follows."""
    surface = text.raw[first.start : first.end]
    if first.tag in ("p", "c", "u", "r", "m", "w", "f", "TIME", "t") or surface in lexicon.name_breaks:
        return False
    if first.tag in ("v", "vd", "d", "ad", "a", "vn", "an"):
        return text.raw[end : end + 1] in _MARKS_AFTER
    return True


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


def _name_like(surface: str, lexicon: Lexicon) -> bool:
    if not _HAN.fullmatch(surface) or surface in lexicon.not_persons:
        return False
    if surface in lexicon.generic_organs or lexicon.titles.ending(surface, len(surface)):
        return False
    return surface[0] in lexicon.surnames


def _repeated(text: Text, lexicon: Lexicon, spans: dict[int, int]) -> dict[int, int]:
    """Return the other places where a name stands.

    A long name counts anywhere; a short one after a title, and, if it once stood there, as a noun of its own.
    """
    names = {text.raw[s:e] for s, e in spans.items() if e - s >= 3}
    short = {text.raw[s:e] for s, e in spans.items() if e - s == 2}
    titled = [t.end for t in lexicon.titles.longest(text.raw) if text.raw[t.end : t.end + 2] in short]
    found = {at: at + 2 for at in titled}
    for name in Phrases(dict.fromkeys(names)).every(text.raw):
        if name.start not in spans:
            found[name.start] = name.end
    for name in Phrases(dict.fromkeys(text.raw[at : at + 2] for at in titled)).every(text.raw):
        word = text.word_at(name.start)
        if (word.start, word.end) == (name.start, name.end) and word.tag in _NAME_LIKE:
            found.setdefault(name.start, name.end)
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
        opening = (
            name in bylines
            and text.locator.at(start).paragraph < 3
            and before.rstrip()[-1:] in "(（、"
            and before.strip()
        )
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
