"""The pool of workers: queries are answered in processes of their own, several at once, each within limits.

A query that runs long keeps its worker, so at most all workers but one may be long at a time: one that
would be the last is sent away, and a short query always finds a worker soon. Long ones also give way to
short ones on the processors. A worker is replaced after a long query, a stopped one, or one that took much
memory, so that the memory goes back to the system.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

import msgspec
import pyoxigraph as ox

from extract.errors import GovkgError
from kg.errors import QueryError
from kg.service.messages import Kind, Limit, Outcome, Request, WireTerm, from_wire, to_wire
from kg.service.problems import BusyError, FormatError, LimitReachedError, WorkerError
from kg.service.settings import Limits, Settings
from kg.service.worker_process import WorkerProcess
from kg.sparql import Term

AnyTerm = ox.NamedNode | ox.Literal | ox.BlankNode

_LONG_SECONDS = 2.0
"""After so many seconds a query counts as long."""

_BRIEF_SECONDS = 0.5
"""A query has so many while as many long ones as may be are being answered."""

_READY = 2
"""How many workers are started at once; the others when they are needed."""

_IN_MEMORY = 1_000_000
"""Bytes of a written answer that are kept in memory; a longer one goes to a file."""

_RETIRING_SHARE = 0.25
"""A worker that has ever taken this share of the memory it may take is replaced."""

_Rows = msgspec.json.Decoder(list[list[WireTerm | None]])


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


class Workers:
    """A pool of processes that answer queries from the state of the store published last."""

    def __init__(self, store_path: Path, settings: Settings) -> None:
        """Nothing is started yet."""
        self._store_path = store_path
        self._settings = settings
        self._idle: list[WorkerProcess] = []
        self._running: set[WorkerProcess] = set()
        self._long = 0
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._stopped = False

    async def start(self) -> None:
        """Start the first workers; raises StoreError if the store cannot be opened."""
        first = await self._started()
        self._idle.append(first)
        self._grow()

    async def stop(self) -> None:
        """End the workers, whatever they are doing."""
        self._stopped = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for future in self._waiting:
            future.cancel()
        for worker in (*self._idle, *self._running):
            await worker.kill()
        self._idle.clear()

    async def ask(
        self,
        sparql: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> Answer:
        """Return the answer as rows, at most `limits.rows` of them.

        Raises QueryError if the query is wrong or refused, LimitReachedError if it was stopped, BusyError
        if too many others are being answered.
        """
        chosen = limits or self._settings.limits
        request = _request(sparql, bindings or {}, default_graphs, named_graphs, chosen)
        rows: list[tuple[AnyTerm | None, ...]] = []

        def take(piece: bytes) -> None:
            for row in _Rows.decode(piece):
                rows.append(tuple(from_wire(term) if term is not None else None for term in row))

        outcome = await self._run(request, chosen, take)
        return Answer(outcome.kind, tuple(outcome.columns), rows, outcome.cut)

    async def write(
        self,
        sparql: str,
        *,
        solutions_format: str | None,
        graph_format: str | None,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> WrittenAnswer:
        """Return the whole answer written in the format for its kind, a name of kg.service.formats.

        Raises what `ask` raises, LimitReachedError too if there are more rows than may be, and FormatError
        if there is no format for the answer's kind.
        """
        chosen = limits or self._settings.limits
        request = _request(sparql, bindings or {}, default_graphs, named_graphs, chosen)
        request.solutions_format = solutions_format or ""
        request.graph_format = graph_format or ""
        if not (solutions_format or graph_format):
            raise FormatError("no format of answers is accepted", remedy="accept JSON, CSV or Turtle")
        text = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - whoever takes the answer closes it
        try:
            outcome = await self._run(request, chosen, text.write)
        except BaseException:
            text.close()
            raise
        length = text.tell()
        text.seek(io.SEEK_SET)
        return WrittenAnswer(outcome.kind, outcome.rows, length, text)

    async def _run(self, request: Request, limits: Limits, take: Callable[[bytes], object]) -> Outcome:
        worker = await self._free_worker()
        self._running.add(worker)
        job = asyncio.create_task(worker.answer(request, take))
        is_long = False
        try:
            for until, since in ((_BRIEF_SECONDS, 0.0), (_LONG_SECONDS, _BRIEF_SECONDS)):
                if not job.done() and limits.seconds > since:
                    await asyncio.wait([job], timeout=min(until, limits.seconds) - since)
                    if not job.done() and self._long >= self._settings.workers - 1:
                        raise _too_many_long()
            if not job.done() and limits.seconds > _LONG_SECONDS:
                is_long = True
                self._long += 1
                worker.give_way()
                self._grow()
                await asyncio.wait([job], timeout=limits.seconds - _LONG_SECONDS)
            if not job.done():
                raise _stopped("time", limits)
            outcome = job.result()
            if outcome.problem is not None:
                raise _error(outcome, limits)
            return outcome
        except MemoryError:
            raise _stopped("memory", limits) from None
        except RecursionError:
            raise _too_deep() from None
        finally:
            self._long -= is_long
            self._running.discard(worker)
            await self._give_back(worker, job, is_long)

    async def _give_back(self, worker: WorkerProcess, job: asyncio.Task[Outcome], was_long: bool) -> None:
        """Let the worker answer the next query, or replace it."""
        taken = worker.peak - worker.first_peak
        is_sound = job.done() and not job.cancelled() and job.exception() is None
        heavy = taken > self._settings.limits.memory * _RETIRING_SHARE
        if is_sound and not was_long and not heavy and not self._stopped:
            self._hand_on(worker)
            return
        job.cancel()
        await asyncio.gather(job, worker.kill(), return_exceptions=True)
        self._grow()

    async def _free_worker(self) -> WorkerProcess:
        if self._idle:
            return self._idle.pop()
        if len(self._waiting) >= self._settings.waiting:
            raise BusyError(
                "too many queries are waiting to be answered", remedy="ask again in a few seconds"
            )
        future: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._grow()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._hand_on(future.result())
            raise
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(future)

    def _hand_on(self, worker: WorkerProcess) -> None:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._idle.append(worker)

    def _grow(self) -> None:
        """Start another worker if one is wanted and there may be more."""
        count = len(self._idle) + len(self._running) + len(self._starting)
        is_wanted = bool(self._waiting) or count < _READY or not (self._idle or self._starting)
        if is_wanted and count < self._settings.workers and not self._stopped:
            task = asyncio.create_task(self._start_another())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start_another(self) -> None:
        try:
            worker = await self._started()
        except GovkgError as error:
            while self._waiting and not (self._idle or self._running):
                future = self._waiting.popleft()
                if not future.done():
                    future.set_exception(error)
            return
        self._hand_on(worker)

    async def _started(self) -> WorkerProcess:
        return await WorkerProcess.start(self._store_path, self._settings.limits.memory)


def _request(
    sparql: str,
    bindings: Mapping[str, Term],
    default_graphs: Sequence[str],
    named_graphs: Sequence[str],
    limits: Limits,
) -> Request:
    bound = {name: sent for name, term in bindings.items() if (sent := to_wire(term)) is not None}
    return Request(
        sparql, bound, list(default_graphs), list(named_graphs), limits.seconds, limits.rows, limits.bytes
    )


def _error(outcome: Outcome, limits: Limits) -> GovkgError:
    problem = outcome.problem
    if problem == "refused":
        return QueryError(outcome.message, entry=outcome.entry or None, remedy=outcome.remedy or None)
    if problem == "format":
        what = "a graph" if outcome.kind == "graph" else "a table"
        return FormatError(
            f"the answer is {what}, and none of the formats asked for can hold it",
            remedy="accept Turtle, N-Triples, JSON-LD or RDF/XML"
            if outcome.kind == "graph"
            else "accept SPARQL JSON or XML, CSV or TSV",
        )
    if problem in ("time", "rows", "bytes", "memory"):
        return _stopped(problem, limits)
    return WorkerError(outcome.message, remedy=outcome.remedy or None)


def _stopped(limit: Limit, limits: Limits) -> LimitReachedError:
    reached = {
        "time": f"{limits.seconds:g} seconds",
        "rows": f"{limits.rows:,} rows",
        "bytes": f"{limits.bytes:,} bytes of answer",
        "memory": f"{limits.memory:,} bytes of memory",
    }
    return LimitReachedError(
        f"the query was stopped at the limit of {reached[limit]}",
        remedy="ask for less at a time, with LIMIT and OFFSET or with more conditions; whoever runs the"
        " service can raise the limit",
    )


def _too_deep() -> QueryError:
    return QueryError("the query is nested too deeply", remedy="take out brackets, or split it")


def _too_many_long() -> BusyError:
    return BusyError(
        "too many long queries are being answered, and this one is long too",
        remedy="ask again when they have finished, or ask for less",
    )
