"""The answer to a query as it comes from a worker: rows of terms for the pages, a text for the endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

import msgspec
import pyoxigraph as ox

from kg.service.messages import Kind, WireTerm, from_wire

AnyTerm = ox.NamedNode | ox.Literal | ox.BlankNode

_IN_MEMORY = 1_000_000
"""Bytes of a written answer that are kept in memory; a longer one goes to a file."""

_ROWS = msgspec.json.Decoder(list[list[WireTerm | None]])


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query as rows of terms; a graph's are triples, that of ASK one row with `answer`."""

    kind: Kind
    columns: tuple[str, ...]
    rows: list[tuple[AnyTerm | None, ...]]
    cut: bool
    """Whether there were more rows than the limit, which were left out."""


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """The whole answer to a query as text in a format, in a file that its taker closes."""

    kind: Kind
    rows: int
    length: int
    text: IO[bytes]


class Sink(Protocol):
    """Where the pieces of an answer go."""

    def take(self, piece: bytes) -> None:
        """Take the next piece."""

    def clear(self) -> None:
        """Forget them: the answer begins anew."""


class RowSink:
    """Keeps the rows of terms."""

    def __init__(self) -> None:
        """Nothing is there yet."""
        self.rows: list[tuple[AnyTerm | None, ...]] = []

    def take(self, piece: bytes) -> None:
        """Take the next piece."""
        for row in _ROWS.decode(piece):
            self.rows.append(tuple(from_wire(term) if term is not None else None for term in row))

    def clear(self) -> None:
        """Forget them."""
        self.rows.clear()


class TextSink:
    """Keeps the text, a long one in a file."""

    def __init__(self) -> None:
        """Nothing is there yet."""
        self.text = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - whoever takes the answer closes it

    def take(self, piece: bytes) -> None:
        """Take the next piece."""
        self.text.write(piece)

    def clear(self) -> None:
        """Forget them."""
        self.text.seek(0)
        self.text.truncate()
