"""Antecedents: the organ that a bare title speaks of, named earlier in the article (…学校…校长李某某).

The title says which kind of organ it leads (title_organs.tsv). The nearest such organ of the paragraph
before the title is meant; from farther before only the one organ of that kind which the article names. Where
the kind itself stands before the title (学院院长, 局党委书记) the last organ of that kind is meant.
"""

from __future__ import annotations

from bisect import bisect_left

from extract.language.lexicon import Lexicon
from extract.offices import Office
from extract.text import INSTITUTION, Mention, Text

_NEAR = 32
"""So many organs before a title are looked at, so that an endless list costs linear time."""


class Antecedents:
    """The institutions of one article, asked for the one that a bare title leads."""

    def __init__(self, text: Text, lexicon: Lexicon, organs: list[Mention]) -> None:
        """Look among the organs of the text."""
        self._text = text
        self._endings = lexicon.title_organs
        self._institutions = sorted((m for m in organs if m.type == INSTITUTION), key=_start)
        self._only: dict[tuple[str, ...], Mention | None] = {}

    def of(self, chain: list[Office]) -> Mention | None:
        """Return the organ that a chain of offices without one speaks of, or None."""
        for office in chain:
            if office.bare:
                found = self._endings.starting(office.bare, 0)
                return self._last(office.start, found.value if found is not None else (office.bare,))
            found = self._endings.ending(office.title, len(office.title))
            if found is not None and office.kind != "role":
                near = self._before(office.start, found.value)
                sole = self._sole(found.value) if near is None else None
                return near or (sole if sole is not None and sole.end <= office.start else None)
        return None

    def _last(self, position: int, endings: tuple[str, ...]) -> Mention | None:
        """Return the last organ before the position, in whatever paragraph, of a kind that the text says."""
        last = bisect_left(self._institutions, position, key=_start)
        near = reversed(self._institutions[max(0, last - _NEAR) : last])
        return next((m for m in near if m.end <= position and m.name.endswith(endings)), None)

    def _before(self, position: int, endings: tuple[str, ...]) -> Mention | None:
        paragraph = self._text.locator.at(position).paragraph
        last = bisect_left(self._institutions, position, key=_start)
        for mention in reversed(self._institutions[max(0, last - _NEAR) : last]):
            if self._text.locator.at(mention.start).paragraph != paragraph:
                return None
            if mention.end <= position and mention.name.endswith(endings):
                return mention
        return None

    def _sole(self, endings: tuple[str, ...]) -> Mention | None:
        if endings not in self._only:
            fitting = {m.name: m for m in reversed(self._institutions) if m.name.endswith(endings)}
            self._only[endings] = next(iter(fitting.values())) if len(fitting) == 1 else None
        return self._only[endings]


def _start(mention: Mention) -> int:
    return mention.start
