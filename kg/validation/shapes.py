"""Shapes: the SHACL part of the ontology as data, read from ontology.ttl.

Only what the ontology uses of SHACL Core is understood; anything else is an error, so that no
constraint somebody adds is passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

from extract.language.relations import Text
from kg.errors import OntologyError
from kg.ontology import find_ontology
from kg.vocabulary import PREFIXES, RDF

SH = PREFIXES["sh"]

TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
"""How a shape says what it is about."""

OF_ALL_VALUES = ("minCount", "maxCount", "uniqueLang", "equals", "lessThan", "lessThanOrEquals", "hasValue")
"""Constraints on the values of a path taken together."""

CONSTRAINTS = (
    *OF_ALL_VALUES, "nodeKind", "class", "datatype", "in", "minInclusive", "maxInclusive", "pattern",
    "minLength", "languageIn", "or", "node",
)  # fmt: skip
"""The kinds of constraint that shapes may hold, by their names in SHACL."""

_STRUCTURE = ("path", "property", "message")
_NO_MESSAGE = Text("", "")

Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a predicate, followed forwards or backwards."""

    predicate: NamedNode
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint: its name in SHACL and what it asks for.

    `values` are the terms of a list or the one term; `shapes` those of `or` and `node`; `regex` that of
    `pattern`.
    """

    name: str
    values: tuple[Value, ...] = ()
    shapes: tuple[Shape, ...] = ()
    regex: re.Pattern[str] | None = None

    @property
    def number(self) -> int:
        """The one value as a whole number."""
        return int(self.values[0].value)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or a property shape, which has a path.

    `iri` is that of the outermost shape; `message` says what must hold. `is_of_target` tells that the
    path is the predicate whose subjects the shape is about, and that it asks of each value by itself: then
    only values that are new to it can break it.
    """

    iri: str
    message: Text
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...] = ()
    path: tuple[Step, ...] = ()
    targets: tuple[tuple[str, NamedNode], ...] = ()
    is_of_target: bool = False


@lru_cache(maxsize=1)
def ontology_shapes() -> tuple[Shape, ...]:
    """Return the shapes of the project's ontology."""
    path = find_ontology()
    return read_shapes(path.read_text(encoding="utf-8"), str(path))


def read_shapes(turtle: str, file: str | Path) -> tuple[Shape, ...]:
    """Return the shapes of a Turtle text that have targets, by IRI.

    Raises OntologyError naming file and shape where the text is no Turtle, or where a shape holds what is
    not understood here.
    """
    try:
        graph = ox.Store()
        graph.bulk_extend(ox.Quad(*t.triple) for t in ox.parse(turtle.encode(), RdfFormat.TURTLE))
    except SyntaxError as exc:
        raise OntologyError(str(exc), file=str(file), remedy="mend the Turtle") from exc
    return _Reader(graph, str(file)).read()


class _Reader:
    def __init__(self, graph: ox.Store, file: str) -> None:
        self._graph = graph
        self._file = file

    def read(self) -> tuple[Shape, ...]:
        found = {
            quad.subject.value: quad.subject
            for quad in self._graph.quads_for_pattern(None, RDF.type, NamedNode(SH + "NodeShape"), None)
            if isinstance(quad.subject, NamedNode)
        }
        shapes = (self._shape(node, iri) for iri, node in sorted(found.items()))
        return tuple(shape for shape in shapes if shape.targets)

    def _shape(self, node: Node, iri: str, outer: Text | None = None) -> Shape:
        targets: list[tuple[str, NamedNode]] = []
        constraints: list[Constraint] = []
        properties: list[Node] = []
        message = self._message(node) or outer or _NO_MESSAGE
        for name, value in self._parameters(node):
            if name in TARGETS and isinstance(value, NamedNode):
                targets.append((name, value))
            elif name in CONSTRAINTS:
                constraints.append(self._constraint(name, value, iri, message))
            elif name == "property" and not isinstance(value, Literal):
                properties.append(value)
            elif name not in _STRUCTURE:
                known = ", ".join((*TARGETS, *CONSTRAINTS))
                raise self._error(iri, f"sh:{name} is not understood", f"use {known}")
        if constraints and message == _NO_MESSAGE:
            raise self._error(iri, "a shape without a message", "give it sh:message in @zh-Hans and @en")
        return Shape(
            iri,
            message,
            tuple(sorted(constraints, key=lambda c: (CONSTRAINTS.index(c.name), str(c.values)))),
            tuple(sorted((self._property(p, iri, message, targets) for p in properties), key=str)),
            self._path(node, iri),
            tuple(sorted(targets, key=str)),
        )

    def _property(self, node: Node, iri: str, outer: Text, targets: list[tuple[str, NamedNode]]) -> Shape:
        shape = self._shape(node, iri, outer)
        about = [term for kind, term in targets if kind == "targetSubjectsOf"]
        of_each = all(constraint.name not in OF_ALL_VALUES for constraint in shape.constraints)
        return replace(shape, is_of_target=of_each and [step.predicate for step in shape.path] == about)

    def _parameters(self, node: Node) -> Iterator[tuple[str, Value]]:
        for quad in self._graph.quads_for_pattern(node, None, None, None):
            if quad.predicate.value.startswith(SH):
                assert isinstance(quad.object, (NamedNode, BlankNode, Literal))
                yield quad.predicate.value.removeprefix(SH), quad.object

    def _constraint(self, name: str, value: Value, iri: str, message: Text) -> Constraint:
        if name == "or":
            shapes = tuple(self._shape(_node(each), iri, message) for each in self._list(_node(value)))
            return Constraint(name, shapes=shapes)
        if name == "node":
            return Constraint(name, shapes=(self._shape(_node(value), iri, message),))
        if name in ("in", "languageIn"):
            return Constraint(name, tuple(self._list(_node(value))))
        if name == "pattern":
            return Constraint(name, (value,), regex=re.compile(value.value))
        return Constraint(name, (value,))

    def _path(self, node: Node, iri: str) -> tuple[Step, ...]:
        paths = [value for name, value in self._parameters(node) if name == "path"]
        return tuple(self._steps(_node(paths[0]), iri)) if paths else ()

    def _steps(self, path: Node, iri: str) -> Iterator[Step]:
        inverse = [value for name, value in self._parameters(path) if name == "inversePath"]
        if isinstance(path, NamedNode):
            yield Step(path)
        elif inverse and isinstance(inverse[0], NamedNode):
            yield Step(inverse[0], inverse=True)
        else:
            steps = list(self._list(path))
            if not steps:
                raise self._error(iri, "a path that is not understood", "use predicates, sequences, inverses")
            for step in steps:
                yield from self._steps(_node(step), iri)

    def _list(self, node: Node) -> Iterator[Value]:
        rdf = PREFIXES["rdf"]
        while node != NamedNode(rdf + "nil"):
            first = self._object(node, NamedNode(rdf + "first"))
            rest = self._object(node, NamedNode(rdf + "rest"))
            if first is None or rest is None:
                return
            yield first
            node = _node(rest)

    def _object(self, node: Node, predicate: NamedNode) -> Value | None:
        for quad in self._graph.quads_for_pattern(node, predicate, None, None):
            assert isinstance(quad.object, (NamedNode, BlankNode, Literal))
            return quad.object
        return None

    def _message(self, node: Node) -> Text | None:
        found = {
            value.language: value.value
            for name, value in self._parameters(node)
            if name == "message" and isinstance(value, Literal)
        }
        return Text(found["zh-hans"], found["en"]) if {"zh-hans", "en"} <= found.keys() else None

    def _error(self, iri: str, problem: str, remedy: str) -> OntologyError:
        return OntologyError(problem, file=self._file, entry=iri, remedy=remedy)


def _node(value: Value) -> Node:
    assert not isinstance(value, Literal)
    return value
