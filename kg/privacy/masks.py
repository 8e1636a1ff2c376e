"""Masks: names blotted out of a text, character by character, so that what stands beside keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

BLOT = "某"
"""Stands for each character of a name that is withheld, as Chinese papers do."""

Span = tuple[int, int]


def masked(text: str, names: Iterable[str], kept: Iterable[Span] = ()) -> str:
    """Return the text with every occurrence of the names blotted out, save where it overlaps a kept span.

    >>> masked("居民柳青禾说", ["柳青禾"])
    '居民某某某说'
    """
    spans = list(kept)

    def blotted(found: re.Match[str]) -> str:
        start, end = found.span()
        if any(first < end and start < last for first, last in spans):
            return found[0]
        return BLOT * len(found[0])

    longest_first = sorted(filter(None, names), key=lambda name: (-len(name), name))
    if not longest_first:
        return text
    return re.sub("|".join(map(re.escape, longest_first)), blotted, text)


def masked_in_address(address: str, names: Iterable[str]) -> str:
    """Return an address or IRI with the names blotted out, whether written plainly or percent-encoded."""
    for name in sorted(filter(None, names), key=lambda name: (-len(name), name)):
        for form in (name, quote(name, safe=""), quote(name, safe="").lower()):
            address = address.replace(form, BLOT * len(name))
    return address
