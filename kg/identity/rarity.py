"""Rarity: how much a shared name says by itself, from how often its characters stand in names."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from extract.language.lexicon_files import read_table as read_lexicon
from kg.identity.lexicon import read_table

_TOTALS = ("所有", "单名")
_UNSEEN = 0.5
_CHINESE = re.compile("[\u3400-\u9fff]{2,4}")
_FOREIGN = {2: 1.4, 3: 0.5}
"""Of transliterations by length; the longer are rarer."""
_FOREIGN_LONG = -0.5


@lru_cache(maxsize=1)
def _counts() -> tuple[dict[str, int], dict[str, int]]:
    rows = read_table("name_characters")
    return (
        {row["character"]: int(row["surname"]) for row in rows},
        {row["character"]: int(row["given"]) for row in rows},
    )


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Return the surnames of the lexicon that are more often one than not."""
    columns = ("surname", "weight", "kind")
    rows = (dict(zip(columns, row, strict=True)) for row in read_lexicon("surnames"))
    return frozenset(row["surname"] for row in rows if row["kind"] != "minority" and row["weight"] != "1")


@lru_cache(maxsize=65536)
def commonness(name: str) -> float:
    """Return the decimal logarithm of how many of a million names are this one.

    A name that does not look Chinese is a transliteration: short ones are shared more often (米勒).

    >>> commonness("王军") > 2 > 0 > commonness("欧阳修远")
    True
    """
    surname = name[:2] if len(name) > 2 and name[:2] in surnames() else name[:1]
    given = name[len(surname) :]
    if not _CHINESE.fullmatch(name) or surname not in surnames() or not 1 <= len(given) <= 2:
        return foreign_commonness(name)
    of_surname, of_given = _counts()
    all_names, single = of_surname[_TOTALS[0]], of_surname[_TOTALS[1]]
    share = (of_surname.get(surname, 0) or _UNSEEN) / all_names
    share *= single / all_names if len(given) == 1 else 1 - single / all_names
    for character in given:
        share *= (of_given.get(character, 0) or _UNSEEN) / of_given[_TOTALS[0]]
    return math.log10(share * 1_000_000)


def foreign_commonness(name: str) -> float:
    """Return the same for a name that is known to be a transliteration."""
    return _FOREIGN.get(len(name), _FOREIGN_LONG)
