"""Where the names of institutions may begin: at places, bare levels, tagged names, and before titles."""

from __future__ import annotations

from dataclasses import dataclass

from extract.language.lexicon import Lexicon, Organ
from extract.mentions.places import LEVELS
from extract.phrases import Found
from extract.text import Mention, Text

_LEAST_OWN_NAME = 1
_LONGEST_GLUED = 2
_LONGEST_NAME = 60
JOINTS = "与和、同及"
_WORD_FORMING = "域场民长区内外级属直情容面貌村镇"
_RUN_TAGS = frozenset({"n", "vn", "nz", "v", "an", "j"})
_RELATIVE_LEVELS = tuple(level for level in LEVELS if level not in ("社区", "村", "新区"))
_LEVEL_OPENINGS = frozenset(level[0] for level in _RELATIVE_LEVELS)


@dataclass(slots=True)
class Anchor:
    """Where an institution's name may begin, and how far it is known to reach."""

    start: int
    end: int
    complete: bool
    level: str = ""
    name: str = ""
    kind: str = ""


def find_anchors(text: Text, lexicon: Lexicon, places: list[Mention]) -> list[Anchor]:
    """Return every place where a name may begin, in no order; several may share one."""
    anchors = [
        Anchor(f.start, f.end, True, name=f.value)
        for phrases in (lexicon.central, lexicon.media)
        for f in phrases.longest(text.raw)
        if text.starts_word(f.start) or text.word_at(f.start).tag == "ORG"
    ]
    anchors += [Anchor(p.start, p.end, False) for p in places if p.kind != "deictic"]
    anchors += _relative(text, lexicon, places)
    anchors += [
        Anchor(s, e, False) for s, e in text.titles if lexicon.heads.starting(text.raw, e) is not None
    ]
    anchors += _tagged(text, lexicon)
    anchors += _before_titles(text, lexicon)
    return anchors


def _relative(text: Text, lexicon: Lexicon, places: list[Mention]) -> list[Anchor]:
    """Return the bare levels that may open a relative name: 市委, 全省综治中心's 省."""
    place_ends = {p.end for p in places if p.kind != "deictic"}
    inside = {at for p in places if p.kind != "deictic" for at in range(p.start, p.end)}
    found = []
    for word in text.words:
        surface = text.raw[word.start : word.end]
        # 市域 and 区块 are words of their own; 市委 and 省政府 are a level and an organ.
        level = _level(lexicon, surface)
        if not level or word.start in inside or word.start in place_ends:
            continue
        found.append(Anchor(word.start, word.start + len(level), False, level=level))
    return found


def _level(lexicon: Lexicon, surface: str) -> str:
    """Return the bare level that a word opens with, if an organ follows it: 市 of 市委."""
    if surface[:1] not in _LEVEL_OPENINGS:
        return ""
    level = next((lv for lv in _RELATIVE_LEVELS if surface.startswith(lv)), "")
    if not level or surface == level:
        return level
    rest = surface[len(level) :]
    if rest[0] in _WORD_FORMING:
        return ""
    if lexicon.tails.starting(rest, 0) is not None:
        return level
    return level if lexicon.heads.ending(rest, len(rest)) is not None else ""


def _before_titles(text: Text, lexicon: Lexicon) -> list[Anchor]:
    """Return names that only the title after them shows to be organs: 排水管理处 before 副书记."""
    anchors = []
    for title in lexicon.titles.every(text.raw):
        if not title.start:
            continue
        last = text.word_at(title.start - 1)
        head = head_of(lexicon, text.raw, title.start, text.raw[last.start : title.start])
        if head is None or not text.starts_word(title.start):
            continue
        start = title.start
        while start > title.start - _LONGEST_NAME and start > 0:
            word = text.word_at(start - 1)
            surface = text.raw[word.start : word.end]
            glued = word.tag == "ORG" and len(surface) <= _LONGEST_GLUED
            if not (word.tag in _RUN_TAGS or glued) or surface in lexicon.name_breaks or not surface.strip():
                break
            start = word.start
        if head.start - start >= _LEAST_OWN_NAME:
            level = _level(lexicon, text.raw[start : title.start])
            anchors.append(Anchor(start, title.start, True, level=level, kind=head.value.kind))
    return anchors


def _tagged(text: Text, lexicon: Lexicon) -> list[Anchor]:
    anchors = []
    for word in text.words:
        if word.tag not in ("ORG", "nz", "nt"):
            continue
        start, end = _before_joint(text, lexicon, word.start, word.end)
        surface = text.raw[start:end]
        head = head_of(lexicon, text.raw, end, surface[-2:]) or lexicon.tails.ending(text.raw, end)
        complete = bool(head and head.start > start) and len(surface) > 3
        level = _level(lexicon, surface)
        if word.tag == "ORG" or complete:
            kind = head.value.kind if head else ""
            anchors.append(Anchor(start, end, complete, level=level, kind=kind))
    return anchors


def _before_joint(text: Text, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Cut a tagged name where 与 or 和 joins two institutions that it glues together."""
    for at in range(start + 2, end - 2):
        if text.raw[at] in JOINTS:
            left = lexicon.heads.ending(text.raw, at) or lexicon.tails.ending(text.raw, at)
            if left is not None and left.start > start and left.value.strong:
                return start, at
    return start, end


def head_of(lexicon: Lexicon, raw: str, end: int, word: str) -> Found[Organ] | None:
    """Return the institutional head that ends here, unless the word only looks like one (社会, 现场会)."""
    head = lexicon.heads.ending(raw, end)
    if head is None or word in lexicon.head_lookalikes:
        return None
    event = lexicon.event_heads.ending(raw, end)
    return None if event is not None and event.start < head.start else head
