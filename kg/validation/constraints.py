"""What each kind of constraint asks: of all values of a path together, or of each value by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.validation.data import Data
from kg.validation.shapes import SH, Constraint, Value
from kg.vocabulary import RDF

_KINDS = {SH + "IRI": NamedNode, SH + "Literal": Literal, SH + "BlankNode": BlankNode}

_Bad = Iterator[Value | None]
"""The values that break a constraint, None for a lack or a surplus."""


def _max_count(data: Data, constraint: Constraint, node: Value, values: Collection[Value]) -> _Bad:
    if len(values) > constraint.number:
        yield None


def _unique_lang(data: Data, constraint: Constraint, node: Value, values: Collection[Value]) -> _Bad:
    languages = [value.language for value in values if isinstance(value, Literal) and value.language]
    for _ in {language for language in languages if languages.count(language) > 1}:
        yield None


def _has_value(data: Data, constraint: Constraint, node: Value, values: Collection[Value]) -> _Bad:
    if constraint.values[0] not in values:
        yield None


def _equals(data: Data, constraint: Constraint, node: Value, values: Collection[Value]) -> _Bad:
    others = list(data.values(node, _predicate(constraint)))
    yield from (value for value in values if value not in others)
    yield from (other for other in others if other not in values)


def _less_than(data: Data, constraint: Constraint, node: Value, values: Collection[Value]) -> _Bad:
    for other in data.values(node, _predicate(constraint)):
        for value in values:
            order = _compared(value, other)
            if order is None or order > 0 or (order == 0 and constraint.name == "lessThan"):
                yield value


OF_ALL: dict[str, Callable[[Data, Constraint, Value, list[Value]], _Bad]] = {
    "maxCount": _max_count,
    "uniqueLang": _unique_lang,
    "hasValue": _has_value,
    "equals": _equals,
    "lessThan": _less_than,
    "lessThanOrEquals": _less_than,
}


def _node_kind(data: Data, constraint: Constraint, value: Value) -> bool:
    return isinstance(value, _KINDS[constraint.values[0].value])


def _class(data: Data, constraint: Constraint, value: Value) -> bool:
    return constraint.values[0] in data.values(value, RDF.type)


def _datatype(data: Data, constraint: Constraint, value: Value) -> bool:
    return isinstance(value, Literal) and value.datatype == constraint.values[0]


def _in(data: Data, constraint: Constraint, value: Value) -> bool:
    return value in constraint.values


def _min_inclusive(data: Data, constraint: Constraint, value: Value) -> bool:
    order = _compared(value, constraint.values[0])
    return order is not None and order >= 0


def _max_inclusive(data: Data, constraint: Constraint, value: Value) -> bool:
    order = _compared(value, constraint.values[0])
    return order is not None and order <= 0


def _pattern(data: Data, constraint: Constraint, value: Value) -> bool:
    regex = constraint.regex
    return not isinstance(value, BlankNode) and regex is not None and bool(regex.search(value.value))


def _min_length(data: Data, constraint: Constraint, value: Value) -> bool:
    return not isinstance(value, BlankNode) and len(value.value) >= constraint.number


def _language_in(data: Data, constraint: Constraint, value: Value) -> bool:
    wanted = {allowed.value.lower() for allowed in constraint.values}
    return isinstance(value, Literal) and (value.language or "").lower() in wanted


OF_EACH: dict[str, Callable[[Data, Constraint, Value], bool]] = {
    "nodeKind": _node_kind,
    "class": _class,
    "datatype": _datatype,
    "in": _in,
    "minInclusive": _min_inclusive,
    "maxInclusive": _max_inclusive,
    "pattern": _pattern,
    "minLength": _min_length,
    "languageIn": _language_in,
}


def _compared(one: Value, other: Value) -> int | None:
    """Return -1, 0 or 1 for two numbers or two days, None for what cannot be compared."""
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return None
    left: float | str
    right: float | str
    try:
        left, right = float(one.value), float(other.value)
    except ValueError:
        if one.datatype != other.datatype:
            return None
        left, right = one.value, other.value
        return (left > right) - (left < right)
    return (left > right) - (left < right)


def _predicate(constraint: Constraint) -> NamedNode:
    predicate = constraint.values[0]
    assert isinstance(predicate, NamedNode)
    return predicate
