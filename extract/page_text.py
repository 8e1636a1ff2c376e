"""Text as pages carry it, cleaned into lines.

Kept as they stand: all visible characters, the width of punctuation, traditional forms. Changed: line
ends become newlines, tabs and no-break spaces become spaces. Dropped: indentation, empty lines, control
and zero-width characters.
"""

from __future__ import annotations

import re

_LINE_END = re.compile("\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = str.maketrans(dict.fromkeys("\t\xa0\u2007\u202f", " "))
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def text_lines(text: str) -> list[str]:
    """Return the lines of a text, cleaned and stripped, empty ones left out.

    >>> text_lines("　　某市召开会议。\\r\\n\\r\\n\\ufeff会议强调……\\u200b")
    ['某市召开会议。', '会议强调……']
    """
    lines = (_UNSEEN.sub("", line).translate(_SPACE).strip() for line in _LINE_END.split(text))
    return [line for line in lines if line]


def one_line(text: str) -> str:
    """Return a text as one line with single spaces, for titles, names and ids."""
    return " ".join(" ".join(text_lines(text)).split())
