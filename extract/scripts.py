"""Scripts: whether a text is Chinese, and in simplified or traditional characters."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_OTHER_LETTER = re.compile(
    "[A-Za-z\u00c0-\u024f\u0370-\u052f\u0590-\u06ff\u0900-\u0fff\u3040-\u30ff\uac00-\ud7af]"
)
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_LEAST_HAN = 0.2
_MOST_KANA = 0.1
_ENOUGH = 20_000


def language_of(text: str) -> str | None:
    """Return the language of a text by its first 20,000 characters: zh, zh-Hant, or None if not Chinese.

    A text is zh-Hant if more of its distinct characters are only traditional than are only simplified.

    >>> language_of("某市召开会议"), language_of("某市召開會議"), language_of("A meeting in 北京")
    ('zh', 'zh-Hant', None)
    """
    text = text[:_ENOUGH]
    han = _HAN.findall(text)
    others = len(_OTHER_LETTER.findall(text))
    kana = len(_KANA_OR_HANGUL.findall(text))
    if not han or len(han) < _LEAST_HAN * (len(han) + others) or kana > _MOST_KANA * len(han):
        return None
    distinct = sorted(set(han))
    traditional = sum(_is_traditional(char) for char in distinct)
    simplified = sum(_is_simplified(char) for char in distinct)
    return "zh-Hant" if traditional > simplified else "zh"


def traditional_forms(form: str) -> set[str]:
    """Return a simplified form's traditional ones, as written in general, in Taiwan and in Hong Kong.

    >>> sorted(traditional_forms("发布时间"))
    ['發佈時間']
    """
    return {_converter(name).convert(form) for name in ("s2t", "s2tw", "s2hk")} - {form}


def to_simplified(text: str) -> str:
    """Return the text with each traditional character replaced by its simplified one; its length is kept.

    >>> to_simplified("某市召開會議")
    '某市召开会议'
    """
    return "".join(map(_simplified, text))


@cache
def _simplified(char: str) -> str:
    converted: str = _converter("t2s").convert(char)
    return converted if len(converted) == 1 else char


@cache
def _is_traditional(char: str) -> bool:
    return bool(_converter("t2s").convert(char) != char)


@cache
def _is_simplified(char: str) -> bool:
    return bool(_converter("s2t").convert(char) != char)


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)
