"""The search index: entities by name, alias, pinyin, initials and code, with their types and places.

All written forms stand in one long text, each between line ends, and so do all Latin keys: looking
through them is one pass of a search for a substring, so an answer over fifty thousand entities takes a few
thousandths of a second, and there is no index to keep in step with the store.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import accumulate, islice

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from extract.records import ENTITY_TYPES
from kg import iris
from kg.entities.reading import Graph, Named, value
from kg.explorer.search_keys import reading_keys, search_keys
from kg.labels import CHINESE
from kg.names import fold
from kg.statements import FACTS
from kg.vocabulary import DATA, GOV, ORG, RDF, RDFS, SCHEMA, SKOS

EXACT, OPENING, WITHIN = range(3)
"""How well a form answers: it is what was typed, begins with it, holds it."""

_SHORTEST_WITHIN = 3
"""Fewer Latin letters than this inside a long reading would match nearly everything."""

_LONGEST_CHAIN = 8
_END = "\n"
_LAST = "\U0010ffff"
"""Sorts after every character of a form."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity that can be found; `places` are labels: the one it stands in, then those around it.

    `articles` is how many articles speak of it; `province` is "" where none is known.
    """

    named: Named
    pinyin: str
    aliases: tuple[str, ...]
    places: tuple[str, ...]
    province: str
    articles: int


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, and the alias that was meant where the name does not show why."""

    entry: Entry
    alias: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: all that match, and how they spread over types and provinces.

    `types` counts those of any type in the place asked for, `provinces` those of the type in any place.
    """

    hits: tuple[Hit, ...]
    total: int
    types: Counter[str] = field(default_factory=Counter)
    provinces: Counter[str] = field(default_factory=Counter)


class _Forms:
    """Written forms of entries: searched as one text for what they hold, in order for how they begin."""

    def __init__(self, forms: Iterable[tuple[str, int]]) -> None:
        listed = sorted(forms)
        self._forms = [form for form, _ in listed]
        self._owners = [owner for _, owner in listed]
        self._text = _END.join(("", *self._forms, ""))
        self._starts = [0, *accumulate(len(form) + 1 for form in self._forms)]

    def answering(self, typed: str, *, within: bool) -> dict[int, int]:
        """Return the owners of the forms that answer, with how well the best of theirs does.

        Without `within`, only those count that begin with what was typed.
        """
        if not typed:
            return {}
        first = bisect_left(self._forms, typed)
        same = bisect_right(self._forms, typed, lo=first)
        last = bisect_left(self._forms, typed + _LAST, lo=same)
        found = dict.fromkeys(self._holding(typed), WITHIN) if within else {}
        found.update(dict.fromkeys(self._owners[same:last], OPENING))
        found.update(dict.fromkeys(self._owners[first:same], EXACT))
        return found

    def _holding(self, typed: str) -> Iterator[int]:
        at = self._text.find(typed)
        while at >= 0:
            number = bisect_right(self._starts, at - 1) - 1
            yield self._owners[number]
            at = self._text.find(typed, self._starts[number + 1])


class SearchIndex:
    """Every entity of a dataset, to be found by what a reader types."""

    def __init__(self, entries: Iterable[Entry], codes: Iterable[tuple[str, str]] = ()) -> None:
        """Index the entries; `codes` are pairs of IRI and code."""
        self.entries = sorted(entries, key=lambda e: (-e.articles, e.named.label, e.named.iri))
        place_of = {entry.named.iri: number for number, entry in enumerate(self.entries)}
        self._written = _Forms(
            (folded(name), number)
            for number, entry in enumerate(self.entries)
            for name in (entry.named.label, *entry.aliases)
        )
        self._latin = _Forms(self._keys(codes, place_of))
        self._called: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for name in (entry.named.label, *entry.aliases):
                self._called[name].append(number)
        self._types = [entry.named.type for entry in self.entries]
        self._provinces = [entry.province for entry in self.entries]
        self._in_place: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(self.entries):
            for place in entry.places:
                self._in_place[place].add(number)

    def called(self, name: str) -> list[Entry]:
        """Return the entries that have exactly this name or alias, the best known first."""
        return [self.entries[number] for number in self._called.get(name, ())]

    def _keys(self, codes: Iterable[tuple[str, str]], place_of: dict[str, int]) -> Iterator[tuple[str, int]]:
        for number, entry in enumerate(self.entries):
            for key in (*reading_keys(entry.pinyin), *search_keys(list(entry.aliases))):
                yield key, number
        for iri, code in codes:
            if iri in place_of:
                yield code.lower(), place_of[iri]

    def search(
        self, text: str, *, kinds: Collection[str] = (), place: str = "", limit: int = 20, offset: int = 0
    ) -> Found:
        """Return the entities that answer what was typed, the closest and then the best known first.

        Words apart may be names, readings or places: `zhang 酒泉` finds a Zhang who stands in Jiuquan.
        Without text every entity of the types and place answers; without types those of any.
        """
        closeness = self._closeness(text)
        matching: Collection[int] = range(len(self.entries)) if closeness is None else closeness
        standing = self._in_place.get(place, set())
        here = [number for number in matching if number in standing] if place else matching
        types = Counter(map(self._types.__getitem__, here))
        of_kind = [n for n in matching if self._types[n] in kinds] if kinds else matching
        provinces = Counter(map(self._provinces.__getitem__, of_kind))
        del provinces[""]
        chosen = [number for number in here if self._types[number] in kinds] if kinds else here
        if closeness is None:
            ordered = list(islice(chosen, offset, offset + limit))
        else:
            known = closeness
            ordered = nsmallest(offset + limit, chosen, key=lambda n: (known[n], n))[offset:]
        hits = tuple(self._hit(number, text) for number in ordered)
        return Found(hits, len(chosen), types, provinces)

    def _closeness(self, text: str) -> dict[int, int] | None:
        """Return how well each entry that answers does, None where nothing was typed."""
        words = text.split()
        if not words:
            return None
        found = self._named("".join(words))
        if len(words) > 1:
            for number, close in self._of_words(words).items():
                found[number] = min(close, found.get(number, close))
        return found

    def _of_words(self, words: list[str]) -> dict[int, int]:
        """Entries that every word names or places, by at least one name."""
        found: dict[int, int] | None = None
        for word in words:
            named = self._named(word)
            here = {**dict.fromkeys(self._standing_in(word), WITHIN + 1), **named}
            if found is None:
                found = here
            else:
                found = {n: min(close, here[n]) for n, close in found.items() if n in here}
        return {number: close for number, close in (found or {}).items() if close <= WITHIN}

    def _named(self, word: str) -> dict[int, int]:
        typed = folded(word)
        found = self._written.answering(typed, within=True)
        if not _is_han(typed):
            latin = without_tones(typed)
            for number, close in self._latin.answering(latin, within=len(latin) >= _SHORTEST_WITHIN).items():
                found[number] = min(close, found.get(number, close))
        return found

    def _standing_in(self, word: str) -> Iterator[int]:
        for place, numbers in self._in_place.items():
            if place.startswith(word):
                yield from numbers

    def _hit(self, number: int, text: str) -> Hit:
        entry = self.entries[number]
        typed = folded("".join(text.split()))
        if not typed or typed in folded(entry.named.label):
            return Hit(entry, "")
        return Hit(entry, next((alias for alias in entry.aliases if typed in folded(alias)), ""))


def folded(text: str) -> str:
    """Return a name or what was typed without what readers leave out: marks, spaces, width, case."""
    return fold(text).lower().replace(_END, "")


def without_tones(text: str) -> str:
    """Return a reading with its tone marks taken off, ü as v.

    >>> without_tones("jiǔquán")
    'jiuquan'
    """
    decomposed = unicodedata.normalize("NFD", text).replace("u\u0308", "v")
    return "".join(c for c in decomposed if c.isascii() and c.isalnum())


def _is_han(text: str) -> bool:
    return any(unicodedata.category(char) == "Lo" for char in text)


# Reading a dataset.


def search_index(db: ox.Store) -> SearchIndex:
    """Return the index of a dataset's entities, and of the register's places that it uses."""
    types = {
        value(quad.subject): kind
        for kind in ENTITY_TYPES
        for graph in ((FACTS, iris.REGISTER) if kind == "Place" else (FACTS,))
        for quad in db.quads_for_pattern(None, RDF.type, GOV[kind], graph)
    }
    labels, readings, aliases = _names(db, types)
    articles = _articles(db)
    around = _around(db, labels)
    provinces = _provinces(db, labels)
    entries = (
        Entry(
            Named(iri, labels[iri], kind),
            readings.get(iri, ""),
            tuple(sorted(aliases.get(iri, set()) - {labels[iri]})),
            around.get(iri, ()),
            next((place for place in around.get(iri, ()) if place in provinces), ""),
            articles[iri],
        )
        for iri, kind in types.items()
        if iri in labels
    )
    codes = (
        (value(q.subject), value(q.object))
        for q in db.quads_for_pattern(None, SKOS.notation, None, iris.REGISTER)
    )
    return SearchIndex(entries, codes)


def _provinces(db: ox.Store, labels: dict[str, str]) -> frozenset[str]:
    level = Literal("province")
    found = db.quads_for_pattern(None, GOV.level, level, iris.REGISTER)
    return frozenset(labels.get(value(quad.subject), "") for quad in found)


def _names(
    db: ox.Store, wanted: dict[str, str]
) -> tuple[dict[str, str], dict[str, str], dict[str, set[str]]]:
    """Return labels, readings in pinyin and aliases by IRI; of several labels the first in order."""
    labels: dict[str, str] = {}
    readings: dict[str, str] = {}
    aliases: dict[str, set[str]] = defaultdict(set)
    for graph in (FACTS, iris.REGISTER):
        for predicate in (RDFS.label, SKOS.altLabel):
            for quad in db.quads_for_pattern(None, predicate, None, graph):
                iri, term = value(quad.subject), quad.object
                if iri not in wanted or not isinstance(term, Literal):
                    continue
                if (term.language or "").lower() != CHINESE.lower():
                    readings[iri] = min(term.value, readings.get(iri, term.value))
                elif predicate == SKOS.altLabel:
                    aliases[iri].add(term.value)
                else:
                    labels[iri] = min(term.value, labels.get(iri, term.value))
    return labels, readings, aliases


def _articles(db: ox.Store) -> Counter[str]:
    """Return how many mentions in articles, one an article, each entity stands for."""
    rows = db.query(
        f"SELECT ?entity (COUNT(*) AS ?n) WHERE {{ GRAPH {iris.IDENTITY}"
        f" {{ ?local {GOV.refersTo} ?entity }} }} GROUP BY ?entity"
    )
    assert isinstance(rows, ox.QuerySolutions)
    return Counter({value(row["entity"]): int(value(row["n"])) for row in rows})


_STANDS_BY = (
    # (what stands, by what it stands there); later ones count where earlier ones say nothing
    (GOV.holdsPost, FACTS),
    (GOV.formerlyHeldPost, FACTS),
    (GOV.heldIn, FACTS),
    (GOV.originatedIn, FACTS),
)


def _around(db: ox.Store, labels: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the labels of the place that each entity stands in, and of those around it."""
    own: dict[str, str] = {}
    parent: dict[str, str] = {}
    for predicate, graph, found in (
        (SCHEMA.containedInPlace, iris.NAMES, parent),
        (SCHEMA.containedInPlace, iris.REGISTER, parent),
        (GOV.jurisdiction, iris.NAMES, own),
        (GOV.jurisdiction, FACTS, own),
    ):
        found.update(_links(db, predicate, graph))
    for post, institution in _links(db, ORG.postIn, FACTS):
        if institution in own:
            own[post] = own[institution]
    for predicate, graph in _STANDS_BY:
        stands: dict[str, Counter[str]] = defaultdict(Counter)
        for subject, there in _links(db, predicate, graph):
            place = own.get(there) or (there if there.startswith(f"{DATA}place/") else "")
            if place and subject not in own:
                stands[subject][place] += 1
        own.update((subject, min(c, key=lambda p: (-c[p], p))) for subject, c in stands.items())
    places = {iri for iri in labels if iri.startswith(f"{DATA}place/")}
    return {iri: _chain(own.get(iri, iri), parent, labels) for iri in {*own, *places}}


def _links(db: ox.Store, predicate: NamedNode, graph: Graph) -> Iterator[tuple[str, str]]:
    for quad in db.quads_for_pattern(None, predicate, None, graph):
        yield value(quad.subject), value(quad.object)


def _chain(place: str, parent: dict[str, str], labels: dict[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    here = place
    while here and len(found) < _LONGEST_CHAIN:
        if here in labels:
            found.append(labels[here])
        here = parent.get(here, "")
    return tuple(dict.fromkeys(found))
