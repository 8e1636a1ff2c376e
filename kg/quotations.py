"""Quotations: the sentence around a span of an article's text."""

from __future__ import annotations

from extract.records import Span

_SENTENCE_MARKS = "。！？!?\n"
_CLOSING = "”’」』）)"
_LONGEST_SIDE = 400
"""Characters looked at on either side: a sentence without an end costs no more than that."""


def sentence_around(text: str, span: Span) -> tuple[str, str]:
    """Return what stands before and after the span in its sentence, at most 400 characters each.

    >>> sentence_around("会议开幕。昨日，甲县举办论坛，乙县参加。", (8, 14))
    ('昨日，', '，乙县参加。')
    """
    start, end = span
    lowest = max(0, start - _LONGEST_SIDE)
    opening = max(text.rfind(mark, lowest, start) for mark in _SENTENCE_MARKS) + 1
    opening = max(opening, lowest)
    while opening < start and text[opening] in _CLOSING:
        opening += 1
    return text[opening:start].lstrip(), text[end : _ending(text, end)]


def _ending(text: str, end: int) -> int:
    highest = min(len(text), end + _LONGEST_SIDE)
    if text[end - 1 : end] in _SENTENCE_MARKS and end > 0:
        return end
    at = next((i for i in range(end, highest) if text[i] in _SENTENCE_MARKS), highest)
    if at < highest and text[at] != "\n":
        at += 1
        while at < highest and text[at] in _CLOSING:
            at += 1
    return at
