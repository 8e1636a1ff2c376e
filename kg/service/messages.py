"""What the service and its workers say to each other: typed records, each a frame on a pipe.

A frame is a kind of one byte, a length of four and that many bytes. The service sends one request; the
worker answers with any number of pieces of the answer's text and then one outcome.
"""

from __future__ import annotations

import struct
from typing import Literal

import msgspec
import pyoxigraph as ox

PIECE = b"p"
OUTCOME = b"o"
HEADER = struct.Struct(">cI")

Kind = Literal["solutions", "boolean", "graph"]
Limit = Literal["time", "rows", "bytes", "memory"]
Problem = Limit | Literal["refused", "format", "failed"]


class WireTerm(msgspec.Struct, array_like=True, omit_defaults=True):
    """An RDF term: its kind (iri, literal, blank), its text, its language or datatype."""

    kind: Literal["i", "l", "b"]
    value: str
    language: str = ""
    datatype: str = ""


class Request(msgspec.Struct):
    """A query to be answered, by a text in one of two formats or, without formats, by rows."""

    sparql: str
    bindings: dict[str, WireTerm]
    default_graphs: list[str]
    named_graphs: list[str]
    seconds: float
    rows: int
    bytes: int
    solutions_format: str = ""
    graph_format: str = ""


class Outcome(msgspec.Struct, omit_defaults=True):
    """How a query ended: what the answer is, or which problem there was, and what to do about it."""

    problem: Problem | None = None
    message: str = ""
    remedy: str = ""
    entry: str = ""
    kind: Kind = "solutions"
    columns: list[str] = []
    rows: int = 0
    cut: bool = False
    state: int = 0
    peak: int = 0


def to_wire(term: object) -> WireTerm | None:
    """Return the term as it is sent; what is neither IRI, literal nor blank node goes as its text."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return WireTerm("i", term.value)
    if isinstance(term, ox.BlankNode):
        return WireTerm("b", term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return WireTerm("l", term.value, language=term.language)
        return WireTerm("l", term.value, datatype=term.datatype.value)
    return WireTerm("l", str(term))


def from_wire(term: WireTerm) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    """Return the term that was sent."""
    if term.kind == "i":
        return ox.NamedNode(term.value)
    if term.kind == "b":
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype) if term.datatype else None)


def frame(kind: bytes, payload: bytes) -> bytes:
    """Return a frame."""
    return HEADER.pack(kind, len(payload)) + payload
