"""Answers as pandas data frames. Needs pandas, the extra `pandas`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.answers import QueryResult
from kg.errors import QueryError
from kg.result_columns import ValueType, value_columns

if TYPE_CHECKING:
    from pandas import DataFrame

_TYPES = {
    ValueType.TEXT: "string",
    ValueType.INTEGER: "Int64",
    ValueType.NUMBER: "Float64",
    ValueType.BOOLEAN: "boolean",
    ValueType.DAY: "datetime64[s]",
}


def frame(result: QueryResult) -> DataFrame:
    """Return the answer as a data frame with a typed column for each of its columns; missing is missing.

    Raises QueryError if pandas is not installed.
    """
    if find_spec("pandas") is None:
        raise QueryError("a data frame needs pandas", remedy="pip install 'governance-kg[pandas]'")
    import pandas as pd

    columns = value_columns(result)
    return pd.DataFrame(
        {column.name: pd.Series(column.values, dtype=_TYPES[column.type]) for column in columns},
        columns=[column.name for column in columns],
    )
