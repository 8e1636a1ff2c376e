"""A graph in pieces: each holds the triples of some subjects, so that a change is one of few pieces."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from types import TracebackType
from typing import IO

import pyoxigraph as ox

from kg.sorted_lines import sorted_lines

PIECE = 400
"""About how many triples a piece of a large graph holds."""

_ONE_PIECE = 2000
"""A graph of up to so many triples is one piece."""

_PART_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the `parts` pieces of a graph: how many triples it has, and the digest of them."""

    part: int
    parts: int
    count: int
    digest: str


class GraphPieces:
    """The pieces of one graph of a database, at hand until it is closed, on disk if many.

    A line is a triple as N-Triples writes it, without its end.
    """

    def __init__(self, database: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> None:
        """Cut the graph."""
        self.count = sum(1 for _ in database.quads_for_pattern(None, None, None, graph))
        self.parts = parts_of(self.count)
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=1 << 22)  # noqa: SIM115
        self._starts: dict[int, tuple[int, int]] = {}
        self.pieces: list[Piece] = []
        quads = database.quads_for_pattern(None, None, None, graph)
        for part, lines in groupby(
            sorted_lines(self._numbered(quads)), lambda line: int(line[:_PART_DIGITS])
        ):
            self._add(part, lines)

    def _numbered(self, quads: Iterable[ox.Quad]) -> Iterator[bytes]:
        for quad in quads:
            part = part_of(str(quad.subject).strip("<>"), self.parts)
            yield f"{part:0{_PART_DIGITS}d}{quad.triple}\n".encode()

    def _add(self, part: int, lines: Iterable[bytes]) -> None:
        digest, start, count = hashlib.sha256(), self._file.tell(), 0
        for line in lines:
            self._file.write(line[_PART_DIGITS:])
            digest.update(line[_PART_DIGITS:])
            count += 1
        self._starts[part] = start, self._file.tell()
        self.pieces.append(Piece(part, self.parts, count, digest.hexdigest()))

    def lines(self, piece: Piece) -> list[str]:
        """Return the triples of a piece."""
        start, end = self._starts[piece.part]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8").split("\n")[:-1]

    def close(self) -> None:
        """Give the room back."""
        self._file.close()

    def __enter__(self) -> GraphPieces:
        """Return the pieces themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the room back."""
        self.close()


def parts_of(triples: int) -> int:
    """Return in how many pieces a graph of so many triples is cut; a power of two, so it changes seldom."""
    if triples <= _ONE_PIECE:
        return 1
    return 1 << (triples // PIECE).bit_length()


def part_of(subject: str, parts: int) -> int:
    """Return the number of the piece that a subject's triples stand in."""
    if parts == 1:
        return 0
    return int.from_bytes(hashlib.sha256(subject.encode()).digest()[:4]) % parts
