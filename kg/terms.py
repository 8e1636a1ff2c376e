"""Python values as RDF literals."""

from __future__ import annotations

from pyoxigraph import Literal

from kg.dates import PartialDate, read_date
from kg.vocabulary import XSD


def date_literal(text: str) -> Literal:
    """Return the date as xsd:date, xsd:gYearMonth or xsd:gYear, or plain text if it is no ISO date."""
    date = read_date(text)
    return partial_literal(date) if date is not None else Literal(text)


def partial_literal(date: PartialDate) -> Literal:
    """Return the date as written, with the type of its precision."""
    return Literal(date.text, datatype=XSD[date.datatype])


def day_literal(day: str) -> Literal:
    """Return an ISO day as xsd:date."""
    return Literal(day, datatype=XSD.date)


def boolean(value: bool) -> Literal:
    """Return xsd:boolean."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def decimal(value: float) -> Literal:
    """Return xsd:decimal in canonical form, so that what is stored equals what was written."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return Literal(text or "0", datatype=XSD.decimal)
