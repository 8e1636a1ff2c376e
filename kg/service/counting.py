"""Counting what is written of an answer: its bytes and rows, so that it stops at the limit.

Oxigraph writes whole answers, far quicker than they could be written here, in pieces of some kilobytes that
may end anywhere. What is counted in them are the marks that stand once a row and never inside a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from kg.service.messages import Outcome, Request

_Triple = TypeVar("_Triple")

_INSIDE = re.compile(rb'(?:[^"\\]|\\.)*', re.DOTALL)
"""As much as there is of a string, but for a backslash whose character comes with the next piece."""

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


class TooMuch(Exception):  # noqa: N818
    """The answer has reached a limit; `outcome` says which."""

    def __init__(self, outcome: Outcome) -> None:
        """Carry the outcome."""
        super().__init__(outcome.problem)
        self.outcome = outcome


class Sink(Protocol):
    """Where the answer's text goes."""

    def write(self, data: bytes) -> int:
        """Take a piece of it."""


class Counter:
    """Passes an answer's text on and counts it; raises TooMuch at a limit of the request."""

    _head_lines = 0

    def __init__(self, sink: Sink, request: Request) -> None:
        """Nothing is written yet."""
        self.rows = -self._head_lines
        self.bytes = 0
        self._sink = sink
        self._request = request

    def write(self, data: bytes) -> int:
        """Count a piece of the answer and pass it on."""
        self.bytes += len(data)
        if self.bytes > self._request.bytes:
            raise TooMuch(Outcome(problem="bytes"))
        self._count(bytes(data))
        self._check_rows()
        return self._sink.write(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def each(self, triples: Iterable[_Triple]) -> Iterator[_Triple]:
        """Yield the triples, each counted as a row."""
        for triple in triples:
            self.rows += 1
            self._check_rows()
            yield triple

    def _count(self, data: bytes) -> None:
        """A graph's triples are counted before they are written."""

    def _check_rows(self) -> None:
        if self.rows > self._request.rows:
            raise TooMuch(Outcome(problem="rows"))


class _Json(Counter):
    """Outside of strings a row begins after `[` or `,`, and nothing else that has braces does."""

    _cut = b""
    _in_string = False

    def _count(self, data: bytes) -> None:
        text = self._cut + data
        if self._in_string:
            end = _INSIDE.match(text).end()  # type: ignore[union-attr]
            if not text.startswith(b'"', end):
                self._cut = text[end:]
                return
            text = text[end + 1 :]
        bare, quote, string = _STRING.sub(b"", text).partition(b'"')
        self.rows += bare.count(b"[{") + bare.count(b",{")
        self._in_string = bool(quote)
        self._cut = string[_INSIDE.match(string).end() :] if quote else bare[-1:]  # type: ignore[union-attr]


class _Xml(Counter):
    """`<` is escaped in values."""

    _tail = b""

    def _count(self, data: bytes) -> None:
        text = self._tail + data
        self.rows += text.count(b"<result>")
        self._tail = text[-len(b"<result") :]


class _Lines(Counter):
    """Line ends are escaped in values; the first line has the names."""

    _head_lines = 1

    def _count(self, data: bytes) -> None:
        self.rows += data.count(b"\n")


class _Csv(Counter):
    """A line end inside quotes is a value's."""

    _head_lines = 1
    _quoted = False

    def _count(self, data: bytes) -> None:
        for number, part in enumerate(data.split(b'"')):
            if number:
                self._quoted = not self._quoted
            if not self._quoted:
                self.rows += part.count(b"\n")


_COUNTERS = {"json": _Json, "xml": _Xml, "csv": _Csv, "tsv": _Lines}


def counting(format_name: str, sink: Sink, request: Request) -> Counter:
    """Return a counter for a format that passes on to the sink; a graph's triples go through `each`."""
    return _COUNTERS.get(format_name, Counter)(sink, request)
