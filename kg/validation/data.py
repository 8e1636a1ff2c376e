"""The data that shapes are checked against: the union of a dataset's graphs, as it is or as it will be.

The union is what the Turtle export holds, where other SHACL engines can be asked the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.validation.shapes import Value
from kg.vocabulary import RDF

Properties = dict[NamedNode, dict[Value, None]]
"""What is said of a node: the values of each predicate, none twice, in order."""

_REMEMBERED = 1 << 16


class Data:
    """The union of a dataset's graphs, read from a database."""

    def __init__(self, db: ox.Store) -> None:
        """Read from a database."""
        self._db = db
        self._known: dict[Value, Properties] = {}

    def properties(self, node: Value) -> Properties:
        """Return what is said of a node; nothing is said of a literal."""
        if isinstance(node, Literal):
            return {}
        known = self._known.get(node)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[node] = _by_predicate(self._described(node))
        return known

    def _described(self, node: NamedNode | BlankNode) -> Iterable[Quad]:
        return self._db.quads_for_pattern(node, None, None, None)

    def pointing(self, predicate: NamedNode, node: Value) -> Iterable[Value]:
        """Return the nodes that lead to a node by a predicate."""
        assert not isinstance(node, Literal)
        return dict.fromkeys(_subjects(self._db.quads_for_pattern(None, predicate, node, None)))

    def targets(self, kind: str, term: NamedNode) -> Iterable[Value]:
        """Return the nodes that a target of a shape means."""
        if kind == "targetNode":
            return [term]
        if kind == "targetClass":
            return self.pointing(RDF.type, term)
        quads = self._db.quads_for_pattern(None, term, None, None)
        return dict.fromkeys(_subjects(quads) if kind == "targetSubjectsOf" else _objects(quads))


class ChangedData(Data):
    """The dataset as a change will leave it; only what the change touches is a target."""

    def __init__(self, db: ox.Store, deletes: Set[Quad], inserts: Iterable[Quad]) -> None:
        """Read from a database as if `deletes` had gone and `inserts` had come."""
        super().__init__(db)
        self._deletes = deletes
        self._inserts: dict[Value, list[Quad]] = {}
        self._pairs: dict[tuple[NamedNode, Value], list[Value]] = {}
        self._values: dict[NamedNode, list[Value]] = {}
        for quad in inserts:
            subject, obj = _subject(quad), _object(quad)
            self._inserts.setdefault(subject, []).append(quad)
            self._values.setdefault(quad.predicate, []).append(obj)
        self._with: dict[Value, list[Value]] = {}
        self._touched = dict.fromkeys((*self._inserts, *(_subject(quad) for quad in deletes)))
        for node in self._touched:
            described = self.properties(node)
            for predicate, values in described.items():
                self._with.setdefault(predicate, []).append(node)
                for value in values:
                    self._pairs.setdefault((predicate, value), []).append(node)

    def _described(self, node: NamedNode | BlankNode) -> Iterable[Quad]:
        stored = (quad for quad in super()._described(node) if quad not in self._deletes)
        return (*stored, *self._inserts.get(node, ()))

    def pointing(self, predicate: NamedNode, node: Value) -> Iterable[Value]:
        """Return those nodes that lead to a node by a predicate and that the change touches."""
        return self._pairs.get((predicate, node), ())

    def targets(self, kind: str, term: NamedNode) -> Iterable[Value]:
        """Return those nodes that a target of a shape means and the change touches."""
        if kind == "targetNode":
            return [term]
        if kind == "targetObjectsOf":
            led_to = (node for node in self._touched if self._is_stored_object(term, node))
            return dict.fromkeys((*self._values.get(term, ()), *led_to))
        if kind == "targetClass":
            return self._pairs.get((RDF.type, term), ())
        return self._with.get(term, ())

    def _is_stored_object(self, predicate: NamedNode, node: Value) -> bool:
        assert not isinstance(node, Literal)
        found = self._db.quads_for_pattern(None, predicate, node, None)
        return any(quad not in self._deletes for quad in found)


def _by_predicate(quads: Iterable[Quad]) -> Properties:
    found: Properties = {}
    for quad in quads:
        found.setdefault(quad.predicate, {})[_object(quad)] = None
    return found


def _subjects(quads: Iterable[Quad]) -> Iterator[Value]:
    return (_subject(quad) for quad in quads)


def _objects(quads: Iterable[Quad]) -> Iterator[Value]:
    return (_object(quad) for quad in quads)


def _subject(quad: Quad) -> Value:
    assert isinstance(quad.subject, (NamedNode, BlankNode))
    return quad.subject


def _object(quad: Quad) -> Value:
    assert isinstance(quad.object, (NamedNode, BlankNode, Literal))
    return quad.object
