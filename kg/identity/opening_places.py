"""Opening places: the places that a name begins with, each in the one before (河北正定县委)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extract.language.organ_forms import organ_forms
from extract.language.places import Place, read_places

LONGEST = 16
"""The longest name of a division."""

_OF_THEIR_OWN = ("大学", "学院", "学校", "中学", "小学", "日报", "晚报", "电视台", "代表团")
"""What takes the short name of a place into its own name (浙江师范大学)."""


class Opening(NamedTuple):
    """The places that open a name, the greatest first, and what follows them."""

    places: tuple[Place, ...]
    rest: str
    whole: bool
    """Whether the last place stands there by its full name."""


def leading_places(name: str) -> tuple[tuple[Place, ...], str]:
    """Return the places that open a name, each in the one before, and what follows them.

    >>> [place.name for place in leading_places("甘肃省酒泉市委政法委")[0]]
    ['甘肃省', '酒泉市']
    """
    parsed = opening(name, None)
    return parsed.places, parsed.rest


@lru_cache(maxsize=65536)
def opening(name: str, hint: str | None, within: str | None = None) -> Opening:
    """Follow the places a name opens with, each in the one before; a short form needs more after it."""
    register = read_places()
    for length in range(min(len(name) - 1, LONGEST), 1, -1):
        prefix, rest = name[:length], name[length:]
        found = [p for p in register.named(prefix) if within is None or _lies_in(p, within)]
        place = _one_of(found, hint) or _one_containing(found, rest, hint)
        if place is None:
            continue
        deeper = opening(rest, hint, place.code) if rest else Opening((), rest, False)
        whole = prefix == place.name
        if deeper.places:
            return Opening((place, *deeper.places), deeper.rest, deeper.whole)
        if whole or (rest in organ_forms() and not rest.endswith(_OF_THEIR_OWN)):
            return Opening((place,), rest, whole)
    return Opening((), name, False)


def _lies_in(place: Place, code: str) -> bool:
    return place.code != code and any(above.code == code for above in read_places().parents_of(place))


def _one_of(places: list[Place], hint: str | None) -> Place | None:
    """The only place, or of several namesakes the one near what the extractor found."""
    if len({p.code for p in places}) == 1:
        return places[0]
    if hint is not None:
        register = read_places()
        near = [p for p in places if register.within(p.code, hint) or register.within(hint, p.code)]
        if len({p.code for p in near}) == 1:
            return near[0]
    return None


def _one_containing(places: list[Place], rest: str, hint: str | None) -> Place | None:
    """The only of several namesakes that contains the place which the rest of the name opens with."""
    found = [place for place in places if opening(rest, hint, place.code).places]
    return found[0] if len(found) == 1 else None
