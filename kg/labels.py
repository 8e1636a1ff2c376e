"""Labels: the name in Chinese, and in pinyin for reading and search. Pinyin is never identity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pypinyin
from pyoxigraph import Literal, NamedNode

from kg.vocabulary import RDFS, SKOS

CHINESE = "zh-Hans"
PINYIN = "zh-Latn-pinyin"


def chinese(text: str) -> Literal:
    """Return the text as a Chinese label."""
    return Literal(text, language=CHINESE)


def label_terms(name: str, also: Iterable[str] = ()) -> Iterator[tuple[NamedNode, Literal]]:
    """Yield predicate and literal of a thing's label, its pinyin, and its other names."""
    yield RDFS.label, chinese(name)
    yield RDFS.label, Literal(pinyin(name), language=PINYIN)
    for other in also:
        yield SKOS.altLabel, chinese(other)


@lru_cache(maxsize=65536)
def pinyin(text: str) -> str:
    """Return the text in pinyin with tone marks, syllables apart; what is not Chinese stays.

    >>> pinyin("酒泉市")
    'jiǔ quán shì'
    """
    return " ".join(pypinyin.lazy_pinyin(text, style=pypinyin.Style.TONE))
