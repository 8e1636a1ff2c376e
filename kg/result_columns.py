"""Columns of an answer as Python values, each of one type: for tables of data frames and of Parquet."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from pyoxigraph import Literal

from kg.answers import QueryResult
from kg.sparql import Term
from kg.vocabulary import PREFIXES

Value = str | int | float | bool | datetime.date


class ValueType(Enum):
    """What the values of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"


_TYPES: dict[str, ValueType] = {
    "integer": ValueType.INTEGER,
    "int": ValueType.INTEGER,
    "long": ValueType.INTEGER,
    "decimal": ValueType.NUMBER,
    "double": ValueType.NUMBER,
    "float": ValueType.NUMBER,
    "boolean": ValueType.BOOLEAN,
    "date": ValueType.DAY,
}
_READ: dict[ValueType, Callable[[str], Value]] = {
    ValueType.TEXT: str,
    ValueType.INTEGER: int,
    ValueType.NUMBER: float,
    ValueType.BOOLEAN: lambda text: text in ("true", "1"),
    ValueType.DAY: datetime.date.fromisoformat,
}
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column with its values, None where a row has none."""

    name: str
    type: ValueType
    values: list[Value | None]


def value_columns(result: QueryResult) -> list[ValueColumn]:
    """Return the answer's columns; what is not of one type throughout is text.

    Dates of less precision than a day make a column text, as they are no days.
    """
    return [_column(name, [row[place] for row in result.rows]) for place, name in enumerate(result.columns)]


def _column(name: str, terms: list[Term | None]) -> ValueColumn:
    type_ = _common_type(term for term in terms if term is not None)
    try:
        values = [None if term is None else _READ[type_](term.value) for term in terms]
    except ValueError:  # a literal that is none of its datatype
        type_ = ValueType.TEXT
    if type_ is ValueType.INTEGER and any(
        abs(int(term.value)) > _LARGEST for term in terms if term is not None
    ):
        type_ = ValueType.TEXT
    if type_ is ValueType.TEXT:
        values = [None if term is None else term.value for term in terms]
    return ValueColumn(name, type_, values)


def _common_type(terms: Iterable[Term]) -> ValueType:
    types = {_type_of(term) for term in terms}
    if types == {ValueType.INTEGER, ValueType.NUMBER}:
        return ValueType.NUMBER
    return types.pop() if len(types) == 1 else ValueType.TEXT


def _type_of(term: Term) -> ValueType:
    if not isinstance(term, Literal):
        return ValueType.TEXT
    return _TYPES.get(term.datatype.value.removeprefix(PREFIXES["xsd"]), ValueType.TEXT)
