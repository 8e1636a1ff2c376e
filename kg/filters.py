"""Filters: which statements count in a network: by place, period, relation, source and confidence.

A statement counts if it passes every filter that is set:

- `places`: its subject or its object stands in one of the places (see kg.whereabouts);
- `since`, `until`: one of its periods has a day between them; one without any date does not count;
- `relations`: it states one of the relations;
- `sources`: its article is from one of the sources;
- `min_confidence`: its confidence is at least that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from kg.dates import read_date
from kg.errors import ViewError
from kg.network_facts import EntityLabels, Stated
from kg.periods import Period, touches
from kg.vocabulary import RELATIONS
from kg.whereabouts import Whereabouts

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the statements; empty is no filter.

    `places` are names or register codes, `since` and `until` ISO days, months or years, both
    included.
    """

    places: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    relations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    min_confidence: float = 0.0

    @property
    def are_set(self) -> bool:
        """Whether anything is filtered."""
        return self != NO_FILTERS

    def __str__(self) -> str:
        """Return what is asked in one line, "" if nothing."""
        said = [
            f"in {'、'.join(self.places)}" if self.places else "",
            f"since {self.since}" if self.since else "",
            f"until {self.until}" if self.until else "",
            f"only {', '.join(self.relations)}" if self.relations else "",
            f"from {'、'.join(self.sources)}" if self.sources else "",
            f"of confidence {self.min_confidence:g} and more" if self.min_confidence else "",
        ]
        return "; ".join(part for part in said if part)


NO_FILTERS = Filters()


def passing(
    statements: Mapping[str, Stated],
    periods: Mapping[str, tuple[Period, ...]],
    filters: Filters,
    entities: Mapping[str, EntityLabels],
    whereabouts: Whereabouts,
) -> dict[str, Stated]:
    """Return the statements that pass; `periods` are theirs, by IRI.

    Raises ViewError for a place, relation or source that is not known, naming those like it.
    """
    _check_relations(filters.relations)
    _check_sources(filters.sources, {stated.source for stated in statements.values()} - {""})
    since, until = _days(filters)
    places = [place_named(name, entities, whereabouts) for name in filters.places]
    standing: dict[str, bool] = {}

    def is_there(entity: str) -> bool:
        if entity not in standing:
            standing[entity] = whereabouts.is_within(entity, places)
        return standing[entity]

    return {
        iri: stated
        for iri, stated in statements.items()
        if stated.confidence >= filters.min_confidence
        and (not filters.relations or stated.relation in filters.relations)
        and (not filters.sources or stated.source in filters.sources)
        and (not (since or until) or any(touches(period, since, until) for period in periods[iri]))
        and (not places or is_there(stated.subject) or is_there(stated.object))
    }


def place_named(name: str, entities: Mapping[str, EntityLabels], whereabouts: Whereabouts) -> str:
    """Return the IRI of the place of that name, other name, or register code.

    Raises ViewError where there is none, or where there are several, naming them with their codes.
    """
    places = {iri: entity for iri, entity in entities.items() if entity.type == "Place"}
    register = whereabouts.register
    found = [iri for iri in places if iri in register and register[iri].code == name]
    found = found or [iri for iri, entity in places.items() if entity.label == name]
    found = found or [iri for iri, entity in places.items() if name in entity.aliases]
    if len(found) == 1:
        return found[0]
    if not found:
        raise ViewError(
            f"the store knows no place {name!r}",
            remedy=_nearest(name, {entity.label for entity in places.values()}, "give a name or a code"),
        )
    told = ", ".join(
        f"{register[iri].code if iri in register else 'no code'} "
        f"{''.join(whereabouts.labels.get(place, '') for place in reversed(whereabouts.around(iri)))}"
        for iri in found[:_MOST_NAMED]
    )
    raise ViewError(f"several places are called {name}: {told}", remedy="give the code of the one you mean")


def _check_relations(names: Iterable[str]) -> None:
    for name in names:
        if name not in RELATIONS:
            otherwise = f"choose one of {', '.join(RELATIONS)}"
            raise ViewError(f"unknown relation {name!r}", remedy=_nearest(name, RELATIONS, otherwise))


def _check_sources(names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            shown = ", ".join(sorted(known)[:_MOST_NAMED]) or "none of the articles has a source"
            raise ViewError(
                f"no article is from {name!r}", remedy=_nearest(name, known, f"sources of the store: {shown}")
            )


def _nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    close = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    return f"did you mean {' or '.join(close)}? " + otherwise if close else otherwise


def _days(filters: Filters) -> tuple[str, str]:
    since, until = read_date(filters.since), read_date(filters.until)
    for name, text, date in (("since", filters.since, since), ("until", filters.until, until)):
        if text and date is None:
            raise ViewError(f"{name} is no date: {text!r}", remedy="write 2023, 2023-06 or 2023-06-27")
    if since and until and since.earliest > until.latest:
        raise ViewError(
            f"the period ends before it begins: {filters.since} to {filters.until}",
            remedy="exchange since and until",
        )
    return since.earliest if since else "", until.latest if until else ""
