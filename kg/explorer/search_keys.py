"""What a reader may type to find a name: its pinyin without tones, and its initials."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pypinyin import lazy_pinyin


def search_keys(names: list[str], pinyin: str = "") -> list[str]:
    """Return the Latin keys of the names, without repeats: full pinyin, then initials.

    `pinyin` is the reading that the graph holds for the first name; it is added to the one made
    here, for the two may read a surname or a place differently. Keys are lower case, without
    tones, spaces or marks, ü written v.
    """
    keys: list[str] = []
    for name in names:
        syllables = [_plain(part) for part in lazy_pinyin(name)]
        keys.append("".join(syllables))
        keys.append("".join(part if part.isdigit() else part[:1] for part in syllables))
    if pinyin:
        keys.append(_plain(pinyin))
    return [key for key in dict.fromkeys(keys) if key]


def reading_keys(pinyin: str) -> list[str]:
    """Return the Latin keys of a name from its reading, syllables apart, as labels have it.

    >>> reading_keys("jiǔ quán shì")
    ['jiuquanshi', 'jqs']
    """
    syllables = [_plain(part) for part in pinyin.split()]
    initials = "".join(part if part.isdigit() else part[:1] for part in syllables)
    return [key for key in dict.fromkeys(("".join(syllables), initials)) if key]


@lru_cache(maxsize=4096)
def _plain(reading: str) -> str:
    """Return the letters and digits of a reading, lower case, tone marks taken off."""
    decomposed = unicodedata.normalize("NFD", reading.lower()).replace("u\u0308", "v")
    return "".join(c for c in decomposed if c.isascii() and c.isalnum())
