"""A lexicon that notes which strings it is asked about, so that it is known what could have been found.

Nothing but asking is possible: a table of a watched lexicon cannot be gone through, so that no entry has an
effect without a string that it was compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, Generic, TypeVar

from extract.language.lexicon import Lexicon
from extract.phrases import Found, Phrases

T = TypeVar("T")
_Note = Callable[[str], None]


class Watch:
    """The strings that a lexicon was asked about since they were last taken."""

    def __init__(self) -> None:
        """Begin with none."""
        self._asked: set[str] = set()

    def watched(self, lexicon: Lexicon) -> Lexicon:
        """Return the lexicon with its tables watched; those that hold no words are left as they are."""
        changed: dict[str, Any] = {}
        for field in fields(lexicon):
            watched = _watched(getattr(lexicon, field.name), self._asked.add)
            if watched is not None and field.name != "trigger_tables":
                changed[field.name] = watched
        return replace(lexicon, **changed)

    def take(self, known: str) -> list[str]:
        """Return the strings asked about that do not stand in the known text, and forget all."""
        found = sorted(asked for asked in self._asked if asked not in known)
        self._asked.clear()
        return found


class WatchedPhrases(Generic[T]):
    """Phrases that note the texts they are sought in."""

    def __init__(self, phrases: Phrases[T], note: _Note) -> None:
        """Watch the phrases."""
        self._phrases = phrases
        self._note = note

    def every(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found[T]]:
        """See Phrases."""
        self._note(text)
        return self._phrases.every(text, start, end)

    def longest(self, text: str, start: int = 0, end: int | None = None) -> list[Found[T]]:
        """See Phrases."""
        self._note(text)
        return self._phrases.longest(text, start, end)

    def starting(self, text: str, position: int) -> Found[T] | None:
        """See Phrases."""
        self._note(text)
        return self._phrases.starting(text, position)

    def ending(self, text: str, position: int) -> Found[T] | None:
        """See Phrases."""
        self._note(text)
        return self._phrases.ending(text, position)

    def all_ending(self, text: str, position: int) -> list[Found[T]]:
        """See Phrases."""
        self._note(text)
        return self._phrases.all_ending(text, position)


class WatchedWords:
    """A set of words, or a table by word, that notes the words it is asked for."""

    __iter__ = None
    """It cannot be gone through; without this, Python would try numbers as words."""

    def __init__(self, words: Any, note: _Note) -> None:
        """Watch the words."""
        self._words = words
        self._note = note

    def __contains__(self, word: str) -> bool:
        """Tell whether the word is one of them."""
        self._note(word)
        return word in self._words

    def __getitem__(self, word: str) -> Any:
        """Return what the table says of the word."""
        self._note(word)
        return self._words[word]

    def get(self, word: str, default: Any = None) -> Any:
        """Return what the table says of the word, or the default."""
        self._note(word)
        return self._words.get(word, default)


def _watched(table: Any, note: _Note) -> Any:
    if isinstance(table, Phrases):
        return WatchedPhrases(table, note)
    if isinstance(table, frozenset):
        return WatchedWords(table, note)
    if not isinstance(table, dict):
        return None
    if all(isinstance(value, Phrases) for value in table.values()):
        return {name: WatchedPhrases(value, note) for name, value in table.items()}
    return WatchedWords(table, note)
