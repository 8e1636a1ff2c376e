"""Which place a relative name speaks of: 市委, 我省, 区政府.

The nearest place of the level in the sentence comes first (or the one that contains the nearest), then
the places the article names directly, by weight, then what contains those. A level that no place of
the article has stays unresolved: never a guess shown as a certainty.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from extract.language.places import PlaceRegister
from extract.place_forms import GENERIC_COUNTIES, place_forms
from extract.segments import Sentence
from extract.text import DEICTIC, Mention, Text

_ELSEWHERE = frozenset({"academic", "media", "business", "social"})
_LOCAL_LEVELS = ("镇", "乡", "街道", "村", "社区", "居民区")
_TITLE_WEIGHT = 3
_LEAD_WEIGHT = 2
_SOURCE_WEIGHT = 1
_UNREGISTERED = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,3}(?P<level>[市区县旗]))(?:委|政府|人大|政协)")
"""An organ of a place that the register does not know by this name."""
_NEAR = 32
"""So many places before a relative name are looked at, so that an endless sentence costs linear time."""


@dataclass(frozen=True, slots=True)
class Referent:
    """The place a relative name means: register code if it has one, name, and the span that says so."""

    name: str
    code: str | None
    span: tuple[int, int] | None


class Jurisdictions:
    """The places of one article, asked by level and position."""

    def __init__(
        self,
        text: Text,
        places: list[Mention],
        institutions: list[Mention],
        register: PlaceRegister,
        title: str,
        source: str,
        date: str | None,
    ) -> None:
        """Weigh the places that the text, its title and its source name.

        A place in the name of a university or a company says little about where the article is; one in the
        name of a party or state organ counts.
        """
        self._register = register
        self._text = text
        aside = {at for i in institutions if i.kind in _ELSEWHERE for at in range(i.start, i.end)}
        self._explicit = [
            p
            for p in places
            if p.kind != DEICTIC and (p.places or p.kind == "locality") and p.start not in aside
        ]
        self._weights: Counter[str] = Counter()
        self._first: dict[str, Mention] = {}
        for mention in self._explicit:
            for code in mention.places:
                lead = text.locator.at(mention.start).paragraph <= 1
                self._weights[code] += _LEAD_WEIGHT if lead else 1
                self._first.setdefault(code, mention)
        self._localities = {
            level: [p for p in self._explicit if p.kind == "locality" and p.name.endswith(level)]
            for level in _LOCAL_LEVELS
        }
        self._short: dict[str, dict[str, tuple[int, int]]] = {}
        for organ in institutions:
            opening = _UNREGISTERED.match(organ.name) if not (organ.places or organ.level) else None
            if opening is not None:
                self._short.setdefault(opening["level"], {}).setdefault(opening["name"], organ.span)
        self._heaviest: dict[str, Referent | None] = {}
        self._usual: dict[str, Mention | None] = {}
        self._weigh_line(title, _TITLE_WEIGHT, date)
        self._weigh_line(source, _SOURCE_WEIGHT, date)

    def _weigh_line(self, line: str, weight: int, date: str | None) -> None:
        for found in place_forms(self._register).longest(line):
            if found.value in GENERIC_COUNTIES:
                continue
            candidates = self._register.named(found.value, date)
            known = [c for c in candidates if c.code in self._weights]
            large = [c for c in candidates if c.level in ("province", "prefecture")]
            full = [c for c in candidates if c.name == found.value]
            for choice in (known, large, full):
                if len(choice) == 1:
                    self._weights[choice[0].code] += weight
                    break

    def referent(self, level: str, position: int) -> Referent | None:
        """Return the place of the level that a relative name at the position means, or None."""
        sentence = self._text.locator.at(position)
        return (
            self._in_sentence(level, position, sentence)
            or self._locality(level, position)
            or self._by_weight(level)
            or self._unregistered(level)
        )

    def _in_sentence(self, level: str, position: int, sentence: Sentence) -> Referent | None:
        first = bisect_left(self._explicit, sentence.start, key=_start)
        last = bisect_left(self._explicit, position, key=_start)
        nearest = reversed(self._explicit[max(first, last - _NEAR) : last])
        before = [p for p in nearest if p.places and p.end <= position]
        for mention in before:
            found = self._at_level(mention.places, level)
            if found:
                return Referent(self._name(found), found, mention.span)
        for mention in before:
            found = self._at_level(self._ancestors(mention.places[-1]), level)
            if found:
                return Referent(self._name(found), found, mention.span)
        return None

    def _locality(self, level: str, position: int) -> Referent | None:
        """Return the last town of the paragraph, or else the one that the article names most."""
        named = self._localities.get(level, [])
        before = bisect_left(named, position, key=_start)
        paragraph = self._text.locator.at(position).paragraph
        near = named[before - 1] if before else None
        if near is not None and self._text.locator.at(near.start).paragraph != paragraph:
            near = None
        chosen = near or self._often_named(level, named)
        return Referent(chosen.name, None, chosen.span) if chosen is not None else None

    def _unregistered(self, level: str) -> Referent | None:
        """Return the only place of the level that the register has under another name: 昆区, of 昆区区委."""
        named = self._short.get(level, {})
        name = next(iter(named)) if len(named) == 1 else ""
        return Referent(name, None, named[name]) if name else None

    def _often_named(self, level: str, named: list[Mention]) -> Mention | None:
        """Return the town named most often, or None if two are named as often."""
        if level not in self._usual:
            counts = Counter(place.name for place in named).most_common(2)
            alone = len(counts) == 1 or (len(counts) == 2 and counts[0][1] > counts[1][1])
            self._usual[level] = next((p for p in named if alone and p.name == counts[0][0]), None)
        return self._usual[level]

    def _by_weight(self, level: str) -> Referent | None:
        if level not in self._heaviest:
            self._heaviest[level] = self._heaviest_of(level)
        return self._heaviest[level]

    def _heaviest_of(self, level: str) -> Referent | None:
        ranked = [code for code, _ in sorted(self._weights.items(), key=lambda item: (-item[1], item[0]))]
        for codes in (ranked, [a for code in ranked for a in self._ancestors(code)]):
            found = self._at_level(codes, level, outermost_last=False)
            if found:
                mention = self._first.get(found)
                return Referent(self._name(found), found, mention.span if mention else self._witness(found))
        return None

    def _witness(self, code: str) -> tuple[int, int] | None:
        """Return the first mention of a place inside the one that is meant."""
        for mention in self._explicit:
            if mention.places and self._register.within(mention.places[-1], code):
                return mention.span
        return None

    def _at_level(
        self, codes: tuple[str, ...] | list[str], level: str, outermost_last: bool = True
    ) -> str | None:
        ordered = reversed(codes) if outermost_last else codes
        for code in ordered:
            if has_level(self._name(code), level):
                return code
        return None

    def _ancestors(self, code: str) -> list[str]:
        # Nearest last, so that the search, which starts at the end, meets the nearest first.
        return [place.code for place in reversed(self._register.parents(code))]

    def _name(self, code: str) -> str:
        place = self._register.get(code)
        return place.name if place else ""


def _start(place: Mention) -> int:
    return place.start


def has_level(name: str, level: str) -> bool:
    """Tell whether a place's name is of a level, as 酒泉市 is of 市; 内蒙古自治区 is not of 区."""
    if level == "区":
        return name.endswith("区") and not name.endswith(("自治区", "特别行政区", "社区", "居民区"))
    if level == "州":
        return name.endswith("自治州")
    if level == "县":
        return name.endswith("县")
    return name.endswith(level)
