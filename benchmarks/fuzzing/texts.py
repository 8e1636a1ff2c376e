"""Article texts made from bytes: the words of the genre in any order, between anything at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.records import Article

_WORDS = (
    *(Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split(),
    *("\n", "\n\n", "\t", "\u3000", "\u202e", "\ufeff", "\x00", "e\u0301", "\u2028"),
)
_RUN = 0xF0
_LONGEST_RUN = 400


def text_of(data: bytes) -> str:
    """Return a text: each byte a word of the genre, some of them a run of the word before, or any character.

    >>> text_of(bytes([0, 2, 15]))
    '市委书记陈立新出席'
    """
    return "".join(_pieces(data))


def article_of(data: bytes) -> Article:
    """Return an article of such a text; what its first byte is decides title and date."""
    first = data[0] if data else 0
    title = text_of(data[1:12]).replace("\n", " ") if first & 1 else ""
    date = ("2024-02-05", "2024-02", "2024", None)[first >> 1 & 3]
    return Article(id="fuzz", text=text_of(data[1:]), title=title, date=date)


def _pieces(data: bytes) -> Iterator[str]:
    last = "、"
    at = 0
    while at < len(data):
        byte, at = data[at], at + 1
        if byte < len(_WORDS):
            last = _WORDS[byte]
            yield last
        elif byte >= _RUN:
            length = int.from_bytes(data[at : at + 2], "big") % _LONGEST_RUN
            at += 2
            yield last * length
        else:
            code = int.from_bytes(data[at : at + 2], "big") % 0xD800
            at += 2
            yield chr(code)
