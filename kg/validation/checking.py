"""Validation: which nodes of a dataset break which shapes.

A whole dataset is checked node by node; what a change adds is checked before it is written, against the
dataset as it will be (kg/validation/data.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode

from extract.language.relations import Text
from kg.validation.constraints import OF_ALL, OF_EACH
from kg.validation.data import Data
from kg.validation.shapes import Constraint, Shape, Step, Value, ontology_shapes


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a shape: what must hold, and the value that does not let it.

    `path` is the last predicate that leads to the value, None where the node itself breaks the shape;
    `value` is None where a value is missing or there are too many.
    """

    focus: Value
    shape: str
    component: str
    message: Text
    path: NamedNode | None = None
    value: Value | None = None


def violations(data: Data, shapes: Iterable[Shape] | None = None) -> Iterator[Violation]:
    """Yield what breaks the shapes, by default the ontology's, shape by shape."""
    for shape in ontology_shapes() if shapes is None else shapes:
        nodes: dict[Value, None] = {}
        for kind, term in shape.targets:
            nodes.update(dict.fromkeys(data.targets(kind, term)))
        for node in nodes:
            yield from _broken(data, shape, node, None)


def _broken(data: Data, shape: Shape, node: Value, path: NamedNode | None) -> Iterator[Violation]:
    """Yield how a node breaks a shape; for a property shape, how the values at its path do."""
    if shape.path:
        path = shape.path[-1].predicate
    values: list[Value] | None = None
    for constraint in shape.constraints:
        if constraint.name == "minCount":
            if len(list(islice(_reached(data, shape, node), constraint.number))) < constraint.number:
                yield Violation(node, shape.iri, constraint.name, shape.message, path)
            continue
        if values is None:
            values = list(_reached(data, shape, node))
        if constraint.name in OF_ALL:
            for bad in OF_ALL[constraint.name](data, constraint, node, values):
                yield Violation(node, shape.iri, constraint.name, shape.message, path, bad)
            continue
        for value in values:
            yield from _broken_by_value(data, shape, constraint, node, value, path)
    for each in shape.properties:
        for value in _reached(data, shape, node):
            yield from _broken(data, each, value, path)


def _broken_by_value(
    data: Data, shape: Shape, constraint: Constraint, node: Value, value: Value, path: NamedNode | None
) -> Iterator[Violation]:
    if constraint.name == "node":
        for inner in constraint.shapes:
            yield from _broken(data, inner, value, path)
    elif constraint.name == "or":
        if not any(_keeps(data, inner, value) for inner in constraint.shapes):
            yield Violation(node, shape.iri, constraint.name, shape.message, path, value)
    elif not OF_EACH[constraint.name](data, constraint, value):
        yield Violation(node, shape.iri, constraint.name, shape.message, path, value)


def _keeps(data: Data, shape: Shape, node: Value) -> bool:
    return next(_broken(data, shape, node, None), None) is None


def _reached(data: Data, shape: Shape, node: Value) -> Iterator[Value]:
    """Yield what a shape is about: the node, or for a property shape the values at its path, none twice.

    Values that a change leaves as they were are passed over where only new ones can break the shape.
    """
    if not shape.path:
        return iter((node,))
    if shape.is_of_target:
        return iter(data.fresh_values(node, shape.path[0].predicate))
    return _followed(data, [node], shape.path)


def _followed(data: Data, nodes: Iterable[Value], path: tuple[Step, ...]) -> Iterator[Value]:
    for step in path:
        nodes = _stepped(data, nodes, step)
    seen: set[Value] = set()
    for node in nodes:
        if node not in seen:
            seen.add(node)
            yield node


def _stepped(data: Data, nodes: Iterable[Value], step: Step) -> Iterator[Value]:
    for node in nodes:
        if step.inverse:
            yield from data.pointing(step.predicate, node)
        else:
            yield from data.values(node, step.predicate)
