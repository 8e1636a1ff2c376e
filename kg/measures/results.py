"""Results: what was measured, as tables that can be printed, written and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.language.relations import Text

RESULTS = (
    "overview", "nodes", "communities", "brokerage-province", "brokerage-level", "mixing-type",
    "mixing-level", "mixing-province", "years", "adoptions", "curves", "practice-years", "spread-province",
    "spread-level", "paths",
)  # fmt: skip
"""The names of all results; the last six are those of practices."""

Cell = str | int | float | None
"""None is what is not defined or not known."""


@dataclass(frozen=True)
class Result:
    """A table of measures: `name` for files and options, `columns` for programs, rows in order.

    `about` says in a line what the rows are and what to mind in reading them.
    """

    name: str
    title: Text
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: str = ""


def result(
    name: str, zh: str, en: str, columns: str, rows: Sequence[Sequence[Cell]], about: str = ""
) -> Result:
    """Return a result; `columns` are names between spaces."""
    return Result(name, Text(zh=zh, en=en), tuple(columns.split()), tuple(map(tuple, rows)), about)


def cell_text(cell: Cell, places: int | None = None) -> str:
    """Return a cell as text, "" for None; decimals to so many significant places, or in full.

    >>> cell_text(0.1234567, 3), cell_text(1200), cell_text(None)
    ('0.123', '1200', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(cell) if places is None else f"{cell:.{places}g}"
    return str(cell)
