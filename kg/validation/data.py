"""The data that shapes are checked against: the union of a dataset's graphs, as it is or as it will be.

The union is what the Turtle export holds, where other SHACL engines can be asked the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import islice

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.validation.shapes import Value
from kg.vocabulary import RDF

Properties = dict[NamedNode, dict[Value, None]]
"""What is said of a node: the values of each predicate, none twice, in order."""

_REMEMBERED = 1 << 16
_MUCH = 40
"""Of how many quads on a node is asked for predicate by predicate."""


class Data:
    """The union of a dataset's graphs, read from a database."""

    def __init__(self, db: ox.Store) -> None:
        """Read from a database."""
        self._db = db
        self._known: dict[Value, Properties | None] = {}

    def values(self, node: Value, predicate: NamedNode) -> Iterable[Value]:
        """Return the values of a node's predicate, none twice; nothing is said of a literal."""
        if isinstance(node, Literal):
            return ()
        known = self._properties(node)
        if known is not None:
            return known.get(predicate, ())
        return _once(map(_object, self._said(node, predicate)))

    def fresh_values(self, node: Value, predicate: NamedNode) -> Iterable[Value]:
        """Return the values that may break what is asked of each by itself."""
        return self.values(node, predicate)

    def pointing(self, predicate: NamedNode, node: Value) -> Iterable[Value]:
        """Return the nodes that lead to a node by a predicate."""
        assert not isinstance(node, Literal)
        return _once(map(_subject, self._db.quads_for_pattern(None, predicate, node, None)))

    def targets(self, kind: str, term: NamedNode) -> Iterable[Value]:
        """Return the nodes that a target of a shape means."""
        if kind == "targetNode":
            return [term]
        if kind == "targetClass":
            return self.pointing(RDF.type, term)
        quads = self._db.quads_for_pattern(None, term, None, None)
        return _once(map(_subject if kind == "targetSubjectsOf" else _object, quads))

    def _properties(self, node: NamedNode | BlankNode) -> Properties | None:
        """Return all that is said of a node; None where it is so much that it is better asked for."""
        if node in self._known:
            return self._known[node]
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        quads = list(islice(self._said(node, None), _MUCH + 1))
        self._known[node] = _by_predicate(quads) if len(quads) <= _MUCH else None
        return self._known[node]

    def _said(self, node: NamedNode | BlankNode, predicate: NamedNode | None) -> Iterator[Quad]:
        yield from self._db.quads_for_pattern(node, predicate, None, None)


class ChangedData(Data):
    """The dataset as a change will leave it; only what the change touches is a target.

    What it costs depends on the change alone, however much is said already of what it touches.
    """

    def __init__(self, db: ox.Store, deletes: Set[Quad], inserts: Iterable[Quad]) -> None:
        """Read from a database as if `deletes` had gone and `inserts` had come."""
        super().__init__(db)
        self._deletes = deletes
        self._inserts: dict[Value, list[Quad]] = {}
        self._led_to: dict[NamedNode, list[Value]] = {}
        for quad in inserts:
            self._inserts.setdefault(_subject(quad), []).append(quad)
            self._led_to.setdefault(quad.predicate, []).append(_object(quad))
        self._touched = list(_once((*self._inserts, *map(_subject, deletes))))
        self._hubs: dict[Value, None] = {}
        self._with: dict[NamedNode, list[Value]] = {}
        self._pairs: dict[tuple[NamedNode, Value], list[Value]] = {}
        for node in self._touched:
            assert not isinstance(node, Literal)
            self._note(node)

    def _note(self, node: NamedNode | BlankNode) -> None:
        described = self._properties(node)
        if described is None:
            self._hubs[node] = None
            return
        for predicate, values in described.items():
            self._with.setdefault(predicate, []).append(node)
            for value in values:
                self._pairs.setdefault((predicate, value), []).append(node)

    def _said(self, node: NamedNode | BlankNode, predicate: NamedNode | None) -> Iterator[Quad]:
        for quad in self._inserts.get(node, ()):
            if predicate in (None, quad.predicate):
                yield quad
        yield from (quad for quad in super()._said(node, predicate) if quad not in self._deletes)

    def fresh_values(self, node: Value, predicate: NamedNode) -> Iterable[Value]:
        """Return all values of a predicate, or of a node of which much is said those that are new."""
        if node not in self._hubs:
            return self.values(node, predicate)
        return _once(_object(quad) for quad in self._inserts.get(node, ()) if quad.predicate == predicate)

    def pointing(self, predicate: NamedNode, node: Value) -> Iterable[Value]:
        """Return those nodes that lead to a node by a predicate and that the change touches."""
        hubs = (hub for hub in self._hubs if node in self.values(hub, predicate))
        return _once((*self._pairs.get((predicate, node), ()), *hubs))

    def targets(self, kind: str, term: NamedNode) -> Iterable[Value]:
        """Return those nodes that a target of a shape means and the change touches."""
        if kind == "targetNode":
            return [term]
        if kind == "targetClass":
            return self.pointing(RDF.type, term)
        if kind == "targetObjectsOf":
            led_to = (node for node in self._touched if self._is_stored_object(term, node))
            return _once((*self._led_to.get(term, ()), *led_to))
        hubs = (hub for hub in self._hubs if any(True for _ in self.values(hub, term)))
        return _once((*self._with.get(term, ()), *hubs))

    def _is_stored_object(self, predicate: NamedNode, node: Value) -> bool:
        assert not isinstance(node, Literal)
        found = self._db.quads_for_pattern(None, predicate, node, None)
        return any(quad not in self._deletes for quad in found)


def _by_predicate(quads: Iterable[Quad]) -> Properties:
    found: Properties = {}
    for quad in quads:
        found.setdefault(quad.predicate, {})[_object(quad)] = None
    return found


def _once(values: Iterable[Value]) -> Iterator[Value]:
    """Yield the values in their order, none twice."""
    seen: set[Value] = set()
    for value in values:
        if value not in seen:
            seen.add(value)
            yield value


def _subject(quad: Quad) -> Value:
    assert isinstance(quad.subject, (NamedNode, BlankNode))
    return quad.subject


def _object(quad: Quad) -> Value:
    assert isinstance(quad.object, (NamedNode, BlankNode, Literal))
    return quad.object
