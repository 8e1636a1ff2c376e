"""A worker: a process that answers one query after the other and may be killed in the middle of any.

Oxigraph cannot be told to stop, so what a query may take is enforced from outside: time by whoever
started the worker, memory by the operating system, rows and length while the answer is written. The worker
reads the store as it was published last, and opens the next state when there is one. Where the system
allows it the process gives up its network first, so that not even an error of ours could let a query out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, cast

import msgspec
import pyoxigraph as ox

from extract.errors import GovkgError
from kg.errors import QueryError
from kg.reading import Answered, ReadStore, answer
from kg.service.confinement import die_after, leave_network, limit_memory, peak_memory
from kg.service.counting import TooMuch, counting
from kg.service.formats import GRAPH_FORMATS, SOLUTIONS_FORMATS
from kg.service.messages import (
    HEADER,
    OUTCOME,
    PIECE,
    Kind,
    Outcome,
    Request,
    WireTerm,
    frame,
    from_wire,
    to_wire,
)
from kg.sparql import Term
from kg.vocabulary import PREFIXES

_ROWS_AT_ONCE = 500
_BUFFER = 1 << 17


def main() -> None:
    """Answer the requests on standard input until it ends: `python -m kg.service.worker STORE MEMORY`."""
    path, memory = Path(sys.argv[1]), int(sys.argv[2])
    out = os.fdopen(os.dup(1), "wb", buffering=_BUFFER)
    os.dup2(2, 1)  # nothing but frames goes to whoever started this
    leave_network()
    try:
        store = _opened(path, memory)
    except GovkgError as error:
        _send(out, _failure(error))
        return
    _send(out, Outcome(state=store.state, peak=peak_memory()))
    decoder = msgspec.json.Decoder(Request)
    while header := sys.stdin.buffer.read(HEADER.size):
        _, length = HEADER.unpack(header)
        request = decoder.decode(sys.stdin.buffer.read(length))
        die_after(request.seconds)
        if store.is_superseded():
            store.close()
            store = _opened(path, memory)
        outcome = _answer(store, request, out)
        die_after(0)
        outcome.state, outcome.peak = store.state, peak_memory()
        _send(out, outcome)


def _opened(path: Path, memory: int) -> ReadStore:
    store = ReadStore.open(path)
    limit_memory(memory)
    return store


def _send(out: IO[bytes], outcome: Outcome) -> None:
    out.write(frame(OUTCOME, msgspec.json.encode(outcome)))
    out.flush()


def _answer(store: ReadStore, request: Request, out: IO[bytes]) -> Outcome:
    try:
        answered = answer(
            store.database,
            request.sparql,
            {name: _bound(term) for name, term in request.bindings.items()},
            default_graphs=request.default_graphs,
            named_graphs=request.named_graphs,
        )
        if request.solutions_format or request.graph_format:
            return _write(answered, request, out)
        return _send_rows(answered, request, out)
    except TooMuch as stopped:
        return stopped.outcome
    except GovkgError as error:
        return _failure(error)
    except MemoryError:
        return Outcome(problem="memory")


def _failure(error: GovkgError) -> Outcome:
    return Outcome(
        problem="refused" if isinstance(error, QueryError) else "failed",
        message=error.problem,
        remedy=error.remedy or "",
        entry=str(error.entry or ""),
    )


def _bound(term: WireTerm) -> Term:
    value = from_wire(term)
    if isinstance(value, ox.BlankNode):
        raise QueryError("a blank node cannot be bound", remedy="bind an IRI or a literal")
    return value


def _kind(answered: Answered) -> Kind:
    if isinstance(answered, ox.QueryBoolean):
        return "boolean"
    return "graph" if isinstance(answered, ox.QueryTriples) else "solutions"


def _write(answered: Answered, request: Request, out: IO[bytes]) -> Outcome:
    """Write the answer as text in the format that was asked for."""
    kind = _kind(answered)
    name = request.graph_format if kind == "graph" else request.solutions_format
    if not name:
        return Outcome(problem="format", kind=kind)
    counter = counting(name, _PieceWriter(out), request)
    text = cast("IO[bytes]", counter)
    if isinstance(answered, ox.QueryTriples):
        triples = counter.each(answered)
        ox.serialize(triples, text, GRAPH_FORMATS[name].syntax, prefixes=PREFIXES)
    else:
        answered.serialize(text, SOLUTIONS_FORMATS[name].syntax)
    return Outcome(kind=kind, rows=counter.rows)


class _PieceWriter:
    """Sends what is written to it as pieces of the answer."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        self._out.write(frame(PIECE, data))
        return len(data)


def _send_rows(answered: Answered, request: Request, out: IO[bytes]) -> Outcome:
    """Send the answer as rows of terms, as many as may be."""
    encode = msgspec.json.Encoder().encode
    rows: list[list[WireTerm | None]] = []
    outcome = Outcome(kind=_kind(answered))
    if isinstance(answered, ox.QueryBoolean):
        outcome.columns = ["answer"]
        outcome.rows = 1
        truth = ox.Literal(bool(answered))
        out.write(frame(PIECE, encode([[to_wire(truth)]])))
        return outcome
    if isinstance(answered, ox.QuerySolutions):
        outcome.columns = [variable.value for variable in answered.variables]
    else:
        outcome.columns = ["subject", "predicate", "object"]
    for row in answered:
        if outcome.rows == request.rows:
            outcome.cut = True
            break
        outcome.rows += 1
        rows.append([to_wire(term) for term in row])
        if len(rows) == _ROWS_AT_ONCE:
            out.write(frame(PIECE, encode(rows)))
            rows = []
    if rows:
        out.write(frame(PIECE, encode(rows)))
    return outcome


if __name__ == "__main__":
    main()
