"""Where paragraphs, sentences and clauses begin and end.

All offsets are characters of the text, end exclusive. Every function is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

Span = tuple[int, int]

SENTENCE_END = "。！？!?；"
LONGEST_PIECE = 320
"""The tagger gets no longer piece than this many characters; longer ones are cut at a comma."""

_PIECE = re.compile(r"[^\n。！？；]*[。！？；]+[”’」』）)]*|[^\n。！？；]+")
_OPEN = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "「": "」", "『": "』", "【": "】", "〈": "〉"}
_CLOSE = frozenset(_OPEN.values())
_CLAUSE_END = frozenset("，,；;：:。！？!?—")
_LONGEST_BRACKET = 120
_WHOLE_SENTENCE = re.compile("[。！？!?]")
_MAY_END_SENTENCE = re.compile("[。！？!?.]")
_MAY_END_CLAUSE = re.compile(f"[{''.join(sorted(_CLAUSE_END))}.]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its paragraph's number, and its clauses."""

    start: int
    end: int
    paragraph: int
    clauses: tuple[Span, ...]


def pieces(text: str) -> list[Span]:
    """Return the spans to tag: sentences, semicolon parts, and nothing over LONGEST_PIECE."""
    spans: list[Span] = []
    for match in _PIECE.finditer(text):
        start, end = match.span()
        while end - start > LONGEST_PIECE:
            cut = _last_comma(text, start, start + LONGEST_PIECE)
            spans.append((start, cut))
            start = cut
        if text[start:end].strip():
            spans.append((start, end))
    return spans


def _last_comma(text: str, start: int, end: int) -> int:
    return max((text.rfind(mark, start, end) for mark in "，,、 "), default=-1) + 1 or end


def brackets(text: str, marks: str = "“‘《（(「『【〈") -> list[Span]:
    """Return the spans between paired marks, marks included, outermost and nested ones.

    A mark without its partner within the line or within 120 characters opens nothing.
    """
    found: list[Span] = []
    stack: list[tuple[str, int]] = []
    for match in _bracket_marks(marks).finditer(text):
        char, at = match.group(), match.start()
        if char == "\n":
            stack.clear()
        elif char in _OPEN:
            stack.append((_OPEN[char], at))
        else:
            while stack:
                partner, start = stack[-1]
                if partner == char:
                    stack.pop()
                    if at - start <= _LONGEST_BRACKET:
                        found.append((start, at + 1))
                    break
                if not any(p == char for p, _ in stack[-4:]):
                    break
                stack.pop()
    return sorted(found)


@lru_cache
def _bracket_marks(opening: str) -> re.Pattern[str]:
    """Return what finds these opening marks, every closing one, and the ends of lines."""
    return re.compile(f"[\n{re.escape(opening)}{re.escape(''.join(sorted(_CLOSE)))}]")


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text, each within one line, whitespace at its ends left out."""
    inside = _short_brackets(text)
    result: list[Sentence] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        for start, end in _sentence_spans(text, at, at + len(line), inside):
            result.append(Sentence(start, end, number, tuple(_clauses(text, start, end, inside))))
        at += len(line) + 1
    return result


def _short_brackets(text: str) -> bytearray:
    """Mark the characters inside brackets that hold no whole sentence; a title never does."""
    inside = bytearray(len(text))
    for start, end in brackets(text):
        if text[start] in "《〈" or not _WHOLE_SENTENCE.search(text, start + 1, end - 1):
            inside[start + 1 : end] = b"\x01" * (end - start - 1)
    return inside


def _sentence_spans(text: str, start: int, end: int, inside: bytearray) -> Iterator[Span]:
    begin = start
    for match in _MAY_END_SENTENCE.finditer(text, start, end):
        at = match.start()
        if at >= begin and _ends_sentence(text, at) and not inside[at]:
            while at + 1 < end and (text[at + 1] in SENTENCE_END or text[at + 1] in _CLOSE):
                at += 1
            yield from _trimmed(text, begin, at + 1)
            begin = at + 1
    yield from _trimmed(text, begin, end)


def _ends_sentence(text: str, at: int) -> bool:
    """Tell whether a mark ends a sentence; a half-width stop does between Chinese words: ...给予指导."""
    char = text[at]
    if char == ".":
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        ends = not after or after.isspace() or after in '”’"」』）)' or _is_han(after)
        return ends and _ends_word(before)
    return char in SENTENCE_END and char != "；"


def _ends_word(char: str) -> bool:
    return bool(char) and (_is_han(char) or char in _CLOSE)


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _clauses(text: str, start: int, end: int, inside: bytearray) -> Iterator[Span]:
    begin = start
    for match in _MAY_END_CLAUSE.finditer(text, start, end):
        at = match.start()
        if (text[at] in _CLAUSE_END or _ends_sentence(text, at)) and not inside[at]:
            yield from _trimmed(text, begin, at)
            begin = at + 1
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


class Cover:
    """Spans, asked whether they hold or touch another; each question costs a binary search."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Index the spans, which may overlap and come in any order."""
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Tell whether the span lies wholly within one of the spans."""
        number = bisect_right(self._starts, start)
        return number > 0 and self._reach[number - 1] >= end

    def touches(self, start: int, end: int) -> bool:
        """Tell whether the span shares a character with one of the spans."""
        number = bisect_left(self._starts, end)
        return number > 0 and self._reach[number - 1] > start


class Locator:
    """Finds the sentence that holds a position."""

    def __init__(self, spans: list[Sentence]) -> None:
        """Index sentences in the order of the text."""
        self._sentences = spans
        self._starts = [s.start for s in spans]

    def index(self, position: int) -> int:
        """Return the number of the sentence that holds the position, or that stands before it."""
        return max(0, bisect_right(self._starts, position) - 1)

    def at(self, position: int) -> Sentence:
        """Return the sentence that holds the position, or that stands before it."""
        return self._sentences[self.index(position)]
