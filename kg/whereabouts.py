"""Whereabouts: in which place, province and level of government each entity stands.

- a place stands in itself, and in every place of the register around it;
- an institution in the place its name gives it; an organ of the centre in none, at level `central`;
- a person where the institutions and places stand in which they hold or held office;
- an event where the place or institution stands in which it was held;
- practices, documents and honours stand nowhere.

Of several places the main one is that of most statements; of equals that of the higher level, then
that of the lower code. A place that the register does not know has the level its name ends in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from extract.language.lexicon_files import TABLES, read_table, split_list
from kg.network_facts import (
    EntityLabels,
    RegisterPlace,
    Stated,
    read_jurisdictions,
    read_register,
)
from kg.resolve import POST_RELATION
from kg.store import Store

LEVELS = ("central", "province", "prefecture", "county", "functional", "township", "village")
"""The levels from the highest down; `functional` are development zones and the like."""

_PLACED_BY = {"Person": POST_RELATION, "Event": "heldIn"}
# Stands among places for the organs of the centre; it is no entity.
_CENTRE = "centre"
_ENDINGS = {"街道": "township", "镇": "township", "乡": "township", "社区": "village", "村": "village"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entity stands: the label, code and level of its main place, and its province's label.

    `places` are the IRIs of all its places. "" is what is not known.
    """

    place: str = ""
    code: str = ""
    level: str = ""
    province: str = ""
    places: frozenset[str] = frozenset()


NOWHERE = Standing()


@dataclass(slots=True)
class Whereabouts:
    """The places of a store's register, and the standing of its entities by IRI."""

    register: Mapping[str, RegisterPlace]
    labels: Mapping[str, str]
    standings: dict[str, Standing] = field(default_factory=dict)

    def standing(self, entity: str) -> Standing:
        """Return where an entity stands."""
        return self.standings.get(entity, NOWHERE)

    def around(self, place: str) -> list[str]:
        """Return the place and every place around it, from the inside out."""
        chain = [place]
        while (known := self.register.get(chain[-1])) and known.parent and known.parent not in chain:
            chain.append(known.parent)
        return chain

    def is_within(self, entity: str, places: Iterable[str]) -> bool:
        """Return whether any of the entity's places is one of these, or lies in one."""
        wanted = set(places)
        return any(wanted.intersection(self.around(place)) for place in self.standing(entity).places)

    def province(self, place: str) -> str:
        """Return the IRI of the province a place lies in, "" if the register does not tell."""
        for each in self.around(place):
            if each in self.register and self.register[each].level == "province":
                return each
        return ""


def read_whereabouts(
    store: Store, entities: Mapping[str, EntityLabels], statements: Iterable[Stated]
) -> Whereabouts:
    """Return where the entities of a store stand; every statement counts, former offices too."""
    labels = {iri: entity.label for iri, entity in entities.items() if entity.type == "Place"}
    found = Whereabouts(read_register(store), labels)
    own: dict[str, Counter[str]] = {iri: Counter((iri,)) for iri in labels}
    for institution, places in read_jurisdictions(store).items():
        own[institution] = Counter(places)
    for iri, entity in entities.items():
        if entity.type == "Institution" and entity.label in _central_organs():
            own[iri] = Counter((_CENTRE,))
    placed: dict[str, Counter[str]] = {}
    for stated in statements:
        subject = entities.get(stated.subject)
        if subject is not None and _PLACED_BY.get(subject.type) == stated.relation:
            placed.setdefault(stated.subject, Counter()).update(own.get(stated.object, Counter()))
    for iri, counts in (own | placed).items():
        if counts:
            found.standings[iri] = _standing(found, counts)
    return found


def _standing(known: Whereabouts, counts: Counter[str]) -> Standing:
    main = min(counts, key=lambda place: (-counts[place], _rank(known, place), _code(known, place), place))
    return Standing(
        place=known.labels.get(main, ""),
        code=_code(known, main),
        level=_level(known, main),
        province=known.labels.get(known.province(main), ""),
        places=frozenset(counts) - {_CENTRE},
    )


def _code(known: Whereabouts, place: str) -> str:
    return known.register[place].code if place in known.register else ""


def _level(known: Whereabouts, place: str) -> str:
    if place == _CENTRE:
        return LEVELS[0]
    if place in known.register:
        return known.register[place].level
    label = known.labels.get(place, "")
    return next((level for ending, level in _ENDINGS.items() if label.endswith(ending)), "")


def _rank(known: Whereabouts, place: str) -> int:
    level = _level(known, place)
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


@lru_cache(maxsize=1)
def _central_organs() -> frozenset[str]:
    columns = [column.name for column in TABLES["central_organs"]]
    found: set[str] = set()
    for row in read_table("central_organs"):
        cells = dict(zip(columns, row, strict=True))
        found.update((cells["name"], *split_list(cells["aliases"])))
    return frozenset(found)
