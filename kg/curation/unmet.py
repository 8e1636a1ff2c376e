"""Rulings that speak of nothing a store holds: misspelt, or about articles that are not there (yet)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from pyoxigraph import NamedNode

from kg import iris
from kg.curated import means
from kg.rulings import WRONG, FactRuling, Pair, Reference, Rename, Ruling
from kg.stored import Stored
from kg.vocabulary import DATA, DCTERMS, GOV


def unmet(db: ox.Store, rulings: Iterable[Ruling]) -> Iterator[Ruling]:
    """Yield the rulings of which a reference means nothing in the store.

    What a ruling states as missing may name what no article does.
    """
    for ruling in rulings:
        if any(not _is_met(db, reference) for reference in _references(ruling)):
            yield ruling


def _references(ruling: Ruling) -> Iterator[Reference]:
    if isinstance(ruling, Pair):
        yield from (ruling.first, ruling.second)
    elif isinstance(ruling, Rename):
        yield ruling.entity
    elif isinstance(ruling, FactRuling):
        for reference in (ruling.subject, ruling.object):
            if reference is not None and (ruling.kind == WRONG or reference.article is not None):
                yield reference


def _is_met(db: ox.Store, reference: Reference) -> bool:
    if reference.article is not None:
        entities = Stored(db).entities(f"{DATA}article/{reference.article}")
        return any(means(reference, entity) for entity in entities)
    assert reference.iri is not None
    node = NamedNode(reference.iri)
    for predicate in (GOV.refersTo, GOV.key):
        if any(True for _ in db.quads_for_pattern(None, predicate, node, iris.IDENTITY)):
            return True
    return any(True for _ in db.quads_for_pattern(node, DCTERMS.isReplacedBy, None, iris.IDENTITY))
