"""Successions: institutions that took over from others; related, and told apart."""

from __future__ import annotations

from functools import lru_cache

from kg.identity.lexicon import read_table

_PLACE_SUFFIX = "省市县区州盟旗"


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Successors by whole name, and by the organ after a place."""
    found: dict[str, dict[str, tuple[str, ...]]] = {"name": {}, "organ": {}}
    for row in read_table("successions"):
        found[row["what"]][row["former"]] = tuple(row["later"].split(";"))
    return found["name"], found["organ"]


@lru_cache(maxsize=65536)
def successors(name: str) -> tuple[str, ...]:
    """Return the names of the institutions that took over from the one of that name.

    >>> successors("酒泉市工商局")
    ('酒泉市市场监管局',)
    """
    names, organs = _tables()
    if name in names:
        return names[name]
    for start in range(2, len(name)):
        if name[start:] in organs and name[start - 1] in _PLACE_SUFFIX:
            return tuple(name[:start] + later for later in organs[name[start:]])
    return ()
