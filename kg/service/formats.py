"""The formats of answers: their short names, media types and syntaxes, and which one a request wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.service.negotiation import choose

Syntax = TypeVar("Syntax", RdfFormat, QueryResultsFormat)


@dataclass(frozen=True, slots=True)
class Format(Generic[Syntax]):
    """A format of answers; the first of its media types is the one that is sent."""

    name: str
    media_types: tuple[str, ...]
    ending: str
    iri: str
    syntax: Syntax

    @property
    def content_type(self) -> str:
        """The media type with the encoding, where the type does not fix it."""
        media_type = self.media_types[0]
        return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


SolutionsFormat = Format[QueryResultsFormat]
GraphFormat = Format[RdfFormat]

_NAMES = "http://www.w3.org/ns/formats/"


def _by_name(*formats: Format[Syntax]) -> dict[str, Format[Syntax]]:
    return {form.name: form for form in formats}


SOLUTIONS_FORMATS = _by_name(
    Format(
        "json",
        ("application/sparql-results+json", "application/json"),
        "srj",
        _NAMES + "SPARQL_Results_JSON",
        QueryResultsFormat.JSON,
    ),
    Format(
        "xml",
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        "srx",
        _NAMES + "SPARQL_Results_XML",
        QueryResultsFormat.XML,
    ),
    Format("csv", ("text/csv",), "csv", _NAMES + "SPARQL_Results_CSV", QueryResultsFormat.CSV),
    Format(
        "tsv", ("text/tab-separated-values",), "tsv", _NAMES + "SPARQL_Results_TSV", QueryResultsFormat.TSV
    ),
)
"""For SELECT and ASK, by name; the first is the one for those who do not care."""

GRAPH_FORMATS = _by_name(
    Format("turtle", ("text/turtle", "application/x-turtle"), "ttl", _NAMES + "Turtle", RdfFormat.TURTLE),
    Format("ntriples", ("application/n-triples",), "nt", _NAMES + "N-Triples", RdfFormat.N_TRIPLES),
    Format(
        "jsonld", ("application/ld+json", "application/json"), "jsonld", _NAMES + "JSON-LD", RdfFormat.JSON_LD
    ),
    Format(
        "rdfxml",
        ("application/rdf+xml", "application/xml", "text/xml"),
        "rdf",
        _NAMES + "RDF_XML",
        RdfFormat.RDF_XML,
    ),
)
"""For CONSTRUCT and DESCRIBE, and for descriptions of entities and of the service."""


def media_types(formats: Mapping[str, Format[Syntax]]) -> list[str]:
    """Return the media types of formats, those of the first one first."""
    return [media_type for form in formats.values() for media_type in form.media_types]


def wanted(accept: str, formats: Mapping[str, Format[Syntax]]) -> Format[Syntax] | None:
    """Return which of the formats an Accept header wants, None if none of them."""
    by_type: dict[str, Format[Syntax]] = {}
    for form in formats.values():
        for media_type in form.media_types:
            by_type.setdefault(media_type, form)
    chosen = choose(accept, list(by_type))
    return by_type[chosen] if chosen is not None else None
