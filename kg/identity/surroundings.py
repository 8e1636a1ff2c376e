"""Surroundings: what an article says around an entity, as far as it tells which one of several is meant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from extract.language.places import Place, read_places
from extract.records import ArticleFacts, Entity

_REACH = 12
_LARGER = ("镇", "乡")
"""What makes a name of a division part of a longer one (新化 in 新化镇)."""

_SENTENCE_ENDS = "。！？\n\r"
_BREAKS = frozenset("。！？；，\n\r")


@dataclass(frozen=True)
class Surroundings:
    """An article's text and the divisions it mentions, for the keys of its other entities."""

    record: ArticleFacts

    @cached_property
    def divisions(self) -> dict[str, Place]:
        """The divisions of the register that the article's places and institutions carry, by code."""
        found = {}
        for entity in self.record.entities:
            code = entity.attributes.get("code" if entity.type == "Place" else "place")
            place = read_places().get(code) if isinstance(code, str) else None
            if place is not None:
                found[place.code] = place
        return found

    @cached_property
    def _mentions(self) -> list[tuple[int, str]]:
        """Where mentions of divisions end, with their codes, in the order of the text."""
        return sorted(
            (end, place.code)
            for entity in self.record.entities
            if entity.type == "Place" and (place := self._division(entity)) is not None
            for _, end in entity.mentions
            if self.record.article.text[end : end + 1] not in _LARGER
        )

    def _division(self, entity: Entity) -> Place | None:
        code = entity.attributes.get("code")
        place = self.divisions.get(code) if isinstance(code, str) else None
        return place if place is not None and is_named(place.code, entity.name) else None

    def before(self, entity: Entity) -> str | None:
        """Return the code of the division named just before one of the entity's mentions."""
        text = self.record.article.text
        for start, _ in sorted(entity.mentions):
            for end, code in reversed(self._mentions):
                if end <= start and start - end <= _REACH:
                    if _BREAKS.isdisjoint(text[end:start]):
                        return code
                    break
        return None

    def ending_in(self, suffix: str, levels: tuple[str, ...]) -> Place | None:
        """Return the only division of that suffix and level that what the article speaks of is or lies in."""
        register = read_places()
        found = {
            each.code: each
            for place in self.divisions.values()
            for each in (place, *register.parents(place.code))
            if each.name.endswith(suffix) and each.level in levels
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def left_of(self, entity: Entity) -> str:
        """Return what its sentence says before the entity's first mention."""
        start = min(start for start, _ in entity.mentions) if entity.mentions else 0
        left = self.record.article.text[:start]
        return left[max(left.rfind(mark) for mark in _SENTENCE_ENDS) + 1 :]


def is_named(code: str, name: str) -> bool:
    """Return whether a place that had the code was called so."""
    return any(name == place.name or name in place.short_forms for place in read_places().history(code))
