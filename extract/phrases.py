"""Many strings sought in a text at once (Aho and Corasick, 1975)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """Where a phrase stands, and what it means."""

    start: int
    end: int
    value: T


class Phrases(Generic[T]):
    """A set of phrases, each with a value; every search is linear in the text."""

    def __init__(self, phrases: Mapping[str, T]) -> None:
        """Build the automaton; an empty phrase is left out."""
        self._automaton = ahocorasick.Automaton()
        self._longest = 0
        for phrase, value in phrases.items():
            if phrase:
                self._automaton.add_word(phrase, (len(phrase), value))
                self._longest = max(self._longest, len(phrase))
        self._any = bool(self._longest)
        if self._any:
            self._automaton.make_automaton()

    def every(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found[T]]:
        """Yield every occurrence within the span, overlapping ones too, in the order of their ends."""
        if not self._any:
            return
        for last, (length, value) in self._automaton.iter(text, start, len(text) if end is None else end):
            yield Found(last - length + 1, last + 1, value)

    def longest(self, text: str, start: int = 0, end: int | None = None) -> list[Found[T]]:
        """Return occurrences that do not overlap: leftmost first, the longest of those."""
        ordered = sorted(self.every(text, start, end), key=lambda f: (f.start, -f.end))
        kept: list[Found[T]] = []
        for found in ordered:
            if not kept or found.start >= kept[-1].end:
                kept.append(found)
        return kept

    def starting(self, text: str, position: int) -> Found[T] | None:
        """Return the longest phrase that starts at the position."""
        best: Found[T] | None = None
        for found in self.every(text, position, min(len(text), position + self._longest)):
            if found.start == position:
                best = found
        return best

    def ending(self, text: str, position: int) -> Found[T] | None:
        """Return the longest phrase that ends at the position."""
        return next(iter(self.all_ending(text, position)), None)

    def all_ending(self, text: str, position: int) -> list[Found[T]]:
        """Return every phrase that ends at the position, the longest first."""
        ends = [f for f in self.every(text, max(0, position - self._longest), position) if f.end == position]
        return sorted(ends, key=lambda f: f.start)
