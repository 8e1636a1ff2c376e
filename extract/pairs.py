"""Who 两地, 两县 or 双方 are: the last two that the article named together, or the last two of that sort."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.text import INSTITUTION, PLACE, Mention

PAIR = re.compile(
    r"(?:[^，]{0,7}(?:年|月|日|前|后|时|间|此|起|来|天|还|并|也))?"
    r"(?P<number>[双两三])(?:个|所|家)?(?P<sort>方|地|县|市|区|镇|乡|村|省|校|单位|社区|街道)(?![一二两三四])"
)
"""Opens a clause, after words of time at most."""
_NUMBERS = {"双": 2, "两": 2, "三": 3}
_TOGETHER = frozenset({"方", "单位"})
_SCHOOLS = ("大学", "学院", "学校", "中学", "小学", "党校")


def pair_meant(match: re.Match[str], groups: Sequence[Sequence[Mention]]) -> tuple[Mention, ...] | None:
    """Return those that a matched PAIR means, or None; `groups` are those named before, the last one last."""
    number, sort = _NUMBERS[match["number"]], match["sort"]
    for group in reversed(groups):
        if len(group) == number and all(_is_of(mention, sort) for mention in group):
            return tuple(group)
    if sort in _TOGETHER or sort == "地":
        return None
    found: dict[str, Mention] = {}
    for mention in (mention for group in reversed(groups) for mention in reversed(group)):
        if _is_of(mention, sort):
            found.setdefault(mention.name, mention)
    return tuple(reversed(list(found.values())[:number])) if len(found) >= number else None


def _is_of(mention: Mention, sort: str) -> bool:
    if sort in _TOGETHER:
        return mention.type in (INSTITUTION, PLACE)
    if sort == "校":
        return mention.name.endswith(_SCHOOLS)
    return mention.type == PLACE and (sort == "地" or mention.name.endswith(sort))
