"""Processes of one machine that extract side by side.

Each has one chunk at a time. What goes between them is packed as data, never pickled. A process that is
lost (killed, out of memory) is replaced and its chunk done again; where a chunk costs a second process, its
articles are tried one by one, and the one that ends a process by itself is named and left out.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self

import msgspec

from extract.chunks import Job, Outcome
from extract.errors import GovkgError
from extract.facts_cache import PackedRules
from extract.sources import Failure, Item

CHUNKS_AHEAD = 4
"""So many chunks a process are begun before the oldest is done; bounds what waits to be given in order."""
_LOST_TWICE = 2
_SECONDS_TO_END = 5.0


class ProcessError(GovkgError):
    """Processes that cannot do their work."""


class Ready(msgspec.Struct, tag="ready"):
    """A process's first message: the code and the rules it works with."""

    code: str
    rules: PackedRules | None


class Broken(msgspec.Struct, tag="broken"):
    """A process's last message: what it cannot go on without."""

    problem: str
    file: str | None = None
    entry: str | int | None = None
    remedy: str | None = None


class Done(msgspec.Struct, tag="done"):
    """What became of a chunk."""

    outcomes: list[Outcome]


_encode = msgspec.msgpack.Encoder().encode
_items = msgspec.msgpack.Decoder(list[Item])
_jobs = msgspec.msgpack.Decoder(Job)
_messages = msgspec.msgpack.Decoder(Ready | Broken | Done)


@dataclass(slots=True, eq=False)
class _Part:
    """What one process is given: a chunk, or one item of a chunk that is tried item by item."""

    chunk: int
    items: list[Item]
    place: int | None = None
    lost: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    connection: Connection
    part: _Part | None = None
    ready: bool = False


class Processes:
    """Some processes that do a job chunk by chunk."""

    def __init__(self, job: Job, count: int) -> None:
        """Prepare as many processes as `count`; each is started when there is something for it to do."""
        self._job = msgspec.msgpack.encode(job)
        self._count = count
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._waiting: deque[_Part] = deque()
        self._unfinished: set[int] = set()
        self._taken = 0
        self._apart: dict[int, dict[int, Outcome]] = {}
        self._sizes: dict[int, int] = {}
        self._never_ready = 0
        self._code: str | None = None
        self.rules: PackedRules | None = None
        """The rules that the processes work with, known once one has begun, if the job has a cache."""

    def run(self, chunks: Iterable[list[Item]]) -> Iterator[tuple[int, list[Outcome]]]:
        """Yield the number of each chunk with what became of its items, as they are done, in any order.

        Raises ProcessError where no process can be started, and what a process cannot go on without.
        """
        numbered = enumerate(chunks)
        while True:
            self._fetch(numbered)
            self._assign()
            busy = {w.connection: w for w in self._workers if w.part is not None or not w.ready}
            if not busy:
                return
            for connection in wait(list(busy)):
                assert isinstance(connection, Connection)
                yield from self._hear(busy[connection])

    def _fetch(self, numbered: Iterator[tuple[int, list[Item]]]) -> None:
        """Take chunks until each process could be given one, unless too many are begun beyond the oldest."""
        while len(self._waiting) < self._count:
            if self._taken - min(self._unfinished, default=self._taken) >= CHUNKS_AHEAD * self._count:
                return
            found = next(numbered, None)
            if found is None:
                return
            number, items = found
            self._taken = number + 1
            self._unfinished.add(number)
            self._waiting.append(_Part(number, items))

    def _assign(self) -> None:
        idle = [w for w in self._workers if w.ready and w.part is None]
        starting = sum(not w.ready for w in self._workers)
        while len(self._workers) < self._count and len(self._waiting) > len(idle) + starting:
            self._workers.append(self._started())
            starting += 1
        for worker in idle[: len(self._waiting)]:
            part = self._waiting.popleft()
            worker.part = part
            with suppress(OSError):  # a process that is lost is heard of
                worker.connection.send_bytes(_encode(part.items))

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._job), daemon=True)
        try:
            process.start()
        except OSError as error:
            problem = f"no process can be started ({error.strerror or error})"
            raise ProcessError(problem, remedy="ask for fewer with -j") from error
        theirs.close()
        return _Worker(process, ours)

    def _hear(self, worker: _Worker) -> Iterator[tuple[int, list[Outcome]]]:
        try:
            message = _messages.decode(worker.connection.recv_bytes())
        except (EOFError, OSError):
            yield from self._lost(worker)
            return
        if isinstance(message, Broken):
            raise ProcessError(message.problem, file=message.file, entry=message.entry, remedy=message.remedy)
        if isinstance(message, Ready):
            self._begin(worker, message)
        elif worker.part is not None:
            part, worker.part = worker.part, None
            yield from self._done(part, message.outcomes)

    def _begin(self, worker: _Worker, message: Ready) -> None:
        if self._code not in (None, message.code):
            raise ProcessError(
                "the program or its rules were changed while they were at work",
                remedy="start again; what is done is kept",
            )
        self._code, self.rules = message.code, message.rules
        self._never_ready = 0
        worker.ready = True

    def _lost(self, worker: _Worker) -> Iterator[tuple[int, list[Outcome]]]:
        """Take leave of a process that has ended, and have its part done by another."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        part = worker.part
        if part is None:
            self._never_ready += 1
            if self._never_ready > self._count + _LOST_TWICE:
                raise ProcessError(
                    f"processes end before they begin ({_how(worker.process.exitcode)})",
                    remedy="look for their last words above, or do without -j",
                )
            return
        part.lost += 1
        if part.place is not None:
            yield from self._done(part, [_culprit(part.items[0], worker.process.exitcode)])
        elif part.lost < _LOST_TWICE:
            self._waiting.appendleft(part)
        else:
            self._apart[part.chunk] = {}
            self._sizes[part.chunk] = len(part.items)
            self._waiting.extendleft(
                _Part(part.chunk, [item], place) for place, item in reversed(list(enumerate(part.items)))
            )

    def _done(self, part: _Part, outcomes: list[Outcome]) -> Iterator[tuple[int, list[Outcome]]]:
        if part.place is not None:
            found = self._apart[part.chunk]
            found[part.place] = outcomes[0]
            if len(found) < self._sizes[part.chunk]:
                return
            outcomes = [found[place] for place in range(len(found))]
            del self._apart[part.chunk], self._sizes[part.chunk]
        self._unfinished.discard(part.chunk)
        yield part.chunk, outcomes

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_SECONDS_TO_END)
            if worker.process.is_alive():
                worker.process.kill()
        self._workers.clear()

    def __enter__(self) -> Self:
        """Return the processes, which end with the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes."""
        self.close()


def _culprit(item: Item, exitcode: int | None) -> Outcome:
    """Return the outcome of an article that ends the process which reads it."""
    if isinstance(item, Failure):
        return Outcome(failure=item)
    problem = f"left out: the process that read it ended ({_how(exitcode)})"
    remedy = "if memory ran out, use fewer processes; else please report it, with the article"
    return Outcome(failure=Failure(problem, item.file, item.entry, remedy))


def _how(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        with suppress(ValueError):
            return f"killed by {signal.Signals(-exitcode).name}"
    return f"exit status {exitcode}"


def _serve(connection: Connection, job: bytes) -> None:
    """Do what the other end of the connection sends, until it is closed; interrupts are for that end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from extract.chunk_extractor import ChunkExtractor
    from extract.code_version import code_version

    wanted = _jobs.decode(job)
    try:
        extractor = ChunkExtractor(wanted)
        rules = PackedRules.of(extractor.version) if wanted.cache is not None else None
        connection.send_bytes(_encode(Ready(code_version(), rules)))
        while True:
            items = _items.decode(connection.recv_bytes())
            connection.send_bytes(_encode(Done(extractor.outcomes(items))))
    except GovkgError as error:
        broken = Broken(error.problem, error.file, error.entry, error.remedy)
        with suppress(OSError):
            connection.send_bytes(_encode(broken))
    except (EOFError, OSError):
        return  # nobody is there any more
