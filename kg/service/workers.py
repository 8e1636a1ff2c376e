"""The pool of workers: queries are answered in processes of their own, several at once, each within limits.

All places but one may be taken by long queries. While they are, any other is tried for a moment only, and
if it is not answered then and somebody waits, it is asked again from the start when there is a place; so a
short query is never kept by long ones. A worker is replaced after a stopped query, a heavy one, or one that
took much memory, so that the memory goes back to the system.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.errors import GovkgError
from kg.service.answer import Answer, RowSink, Sink, TextSink, WrittenAnswer
from kg.service.messages import Outcome, Request, to_wire
from kg.service.problems import FormatError, problem_of, stopped, too_deep, too_many
from kg.service.settings import Limits, Settings
from kg.service.worker_process import WorkerProcess
from kg.sparql import Term

_LONG_SECONDS = 2.0
"""After so many seconds a query counts as long."""

_BRIEF_SECONDS = 0.5
"""A query is tried for so many while as many long ones as may be are being answered."""

_HEAVY_SECONDS = 10.0
"""After so many seconds a query leaves the processors to others first."""

_SPARE = 1
"""How many workers there are beyond those that are busy, so that a short query need not wait for a start."""

_READY = 2
"""How many workers are started at once; the others when they are needed."""

_RETIRING_SHARE = 0.25
"""A worker that has ever taken this share of the memory it may take is replaced."""


class _Run:
    """How far a query is that a worker answers."""

    def __init__(self, limits: Limits, has_place: bool) -> None:
        self.has_place = has_place
        self.gave_way = False
        self._limits = limits
        self._started = 0.0

    def start(self) -> None:
        self._started = time.monotonic()

    def elapsed(self) -> float:
        return time.monotonic() - self._started

    async def wait(self, job: asyncio.Task[Outcome], seconds: float) -> bool:
        """Wait some seconds for the answer and return whether it is there; raise at the limit of time."""
        left = self._limits.seconds - self.elapsed()
        await asyncio.wait([job], timeout=max(0.0, min(seconds, left)))
        if not job.done() and seconds >= left:
            raise stopped("time", self._limits)
        return job.done()


class Workers:
    """A pool of processes that answer queries from the state of the store published last."""

    def __init__(self, store_path: Path, settings: Settings) -> None:
        """Nothing is started yet."""
        self._store_path = store_path
        self._settings = settings
        self._idle: list[WorkerProcess] = []
        self._running: set[WorkerProcess] = set()
        self._long_places = asyncio.Semaphore(settings.workers - 1)
        self._sent_back = 0
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
        sink = RowSink()
        outcome = await self._run(request, chosen, sink)
        return Answer(outcome.kind, tuple(outcome.columns), sink.rows, outcome.cut)

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
        sink = TextSink()
        try:
            outcome = await self._run(request, chosen, sink)
        except BaseException:
            sink.text.close()
            raise
        length = sink.text.tell()
        sink.text.seek(0)
        return WrittenAnswer(outcome.kind, outcome.rows, length, sink.text)

    async def _run(self, request: Request, limits: Limits, sink: Sink) -> Outcome:
        """Return how a query ended, tried for a moment first if too many long ones are being answered."""
        outcome = await self._try(request, limits, sink, has_place=False)
        if outcome is None:
            if self._sent_back >= self._settings.waiting:
                raise too_many()
            self._sent_back += 1
            try:
                await self._long_places.acquire()
            finally:
                self._sent_back -= 1
            sink.clear()
            outcome = await self._try(request, limits, sink, has_place=True)
        assert outcome is not None
        if outcome.problem is not None:
            raise problem_of(outcome, limits)
        return outcome

    async def _try(self, request: Request, limits: Limits, sink: Sink, *, has_place: bool) -> Outcome | None:
        """Return how a query ended; None if it is long, has no place among the long ones, and others wait."""
        run = _Run(limits, has_place)
        try:
            worker = await self._free_worker()
            self._running.add(worker)
            run.start()
            job = asyncio.create_task(worker.answer(request, sink.take))
            try:
                while not run.has_place and not await run.wait(job, _BRIEF_SECONDS):
                    if self._long_places.locked():
                        if self._waiting:
                            return None
                    elif run.elapsed() >= _LONG_SECONDS:
                        await self._long_places.acquire()
                        run.has_place = True
                        self._grow()
                if not await run.wait(job, _HEAVY_SECONDS):
                    worker.give_way()
                    run.gave_way = True
                    await run.wait(job, limits.seconds)
                return job.result()
            finally:
                self._running.discard(worker)
                await self._give_back(worker, job, run.gave_way)
        except MemoryError:
            raise stopped("memory", limits) from None
        except RecursionError:
            raise too_deep() from None
        finally:
            if run.has_place:
                self._long_places.release()

    async def _give_back(self, worker: WorkerProcess, job: asyncio.Task[Outcome], gave_way: bool) -> None:
        """Let the worker answer the next query, or replace it."""
        taken = worker.peak - worker.first_peak
        is_sound = job.done() and not job.cancelled() and job.exception() is None
        heavy = taken > self._settings.limits.memory * _RETIRING_SHARE
        if is_sound and not gave_way and not heavy and not self._stopped:
            self._hand_on(worker)
            return
        job.cancel()
        await asyncio.gather(job, worker.kill(), return_exceptions=True)
        self._grow()

    async def _free_worker(self) -> WorkerProcess:
        if self._idle:
            return self._idle.pop()
        if len(self._waiting) >= self._settings.waiting:
            raise too_many()
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
        if is_wanted and count < self._settings.workers + _SPARE and not self._stopped:
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
