"""Many strings sought in a text at once (Aho and Corasick, 1975)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

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
        self._values = {phrase: value for phrase, value in phrases.items() if phrase}
        self._opening = _lengths((phrase[0], len(phrase)) for phrase in self._values)
        self._closing = _lengths((phrase[-1], len(phrase)) for phrase in self._values)
        self._meanings = list(self._values.values())

    def entries(self) -> Mapping[str, T]:
        """Return every phrase with its value."""
        return self._values

    def every(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found[T]]:
        """Yield every occurrence within the span, overlapping ones too, in the order of their ends."""
        return self._found(self._overlapping, text, start, end, overlapping=True)

    def longest(self, text: str, start: int = 0, end: int | None = None) -> list[Found[T]]:
        """Return occurrences that do not overlap: leftmost first, the longest of those."""
        return list(self._found(self._leftmost, text, start, end))

    @cached_property
    def _overlapping(self) -> AhoCorasick:
        return self._automaton(MatchKind.Standard)

    @cached_property
    def _leftmost(self) -> AhoCorasick:
        return self._automaton(MatchKind.LeftmostLongest)

    def _automaton(self, kind: MatchKind) -> AhoCorasick:
        # The implementation that is built fastest: many sets are the names of one text.
        return AhoCorasick(
            self._values, matchkind=kind, store_patterns=False, implementation=Implementation.NoncontiguousNFA
        )

    def _found(
        self, automaton: AhoCorasick, text: str, start: int, end: int | None, *, overlapping: bool = False
    ) -> Iterator[Found[T]]:
        part = text[start:end] if start or end is not None else text
        try:
            matches = automaton.find_matches_as_indexes(part, overlapping)
        except UnicodeEncodeError:
            matches = automaton.find_matches_as_indexes(_SURROGATE.sub("\ufffd", part), overlapping)
        meanings = self._meanings
        for number, first, last in matches:
            yield Found(first + start, last + start, meanings[number])

    def starting(self, text: str, position: int) -> Found[T] | None:
        """Return the longest phrase that starts at the position."""
        for length in self._opening.get(text[position : position + 1], ()):
            end = position + length
            value = self._values.get(text[position:end], _NONE) if end <= len(text) else _NONE
            if value is not _NONE:
                return Found(position, end, value)
        return None

    def ending(self, text: str, position: int) -> Found[T] | None:
        """Return the longest phrase that ends at the position."""
        return next(self._ending(text, position), None)

    def all_ending(self, text: str, position: int) -> list[Found[T]]:
        """Return every phrase that ends at the position, the longest first."""
        return list(self._ending(text, position))

    def _ending(self, text: str, position: int) -> Iterator[Found[T]]:
        if position <= 0:
            return
        for length in self._closing.get(text[position - 1 : position], ()):
            start = position - length
            value = self._values.get(text[start:position], _NONE) if start >= 0 else _NONE
            if value is not _NONE:
                yield Found(start, position, value)


_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a character, which cannot be written; no phrase holds one."""
_NONE: Any = object()
"""What no phrase has as its value."""


def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Return the lengths of the phrases with each first or last character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for char, length in pairs:
        lengths.setdefault(char, set()).add(length)
    return {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}
