"""One worker seen from the service: a process to start, to ask, and to kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

import kg
from kg.errors import StoreError
from kg.service.confinement import MEMORY_EXIT
from kg.service.messages import HEADER, OUTCOME, Outcome, Request, frame
from kg.service.problems import WorkerError

_STARTING_SECONDS = 60.0
_LAST_WORDS = 400
_NICENESS = 10


class WorkerProcess:
    """A running worker that answers one request at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Hold a process that was just started."""
        self._process = process
        self.first_peak = 0
        """Bytes of memory it had taken when it was ready."""
        self.peak = 0
        """The most it has taken, as it said last."""

    @classmethod
    async def start(cls, store: Path, memory: int) -> WorkerProcess:
        """Return a worker that is ready; raises StoreError if it cannot open the store."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "kg.service.worker",
            str(store),
            str(memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the service, which then ends its workers
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_STARTING_SECONDS):
                outcome = await worker._outcome(_ignore)
        except BaseException:
            await worker.kill()
            raise
        if outcome.problem is not None:
            await worker.kill()
            raise StoreError(outcome.message, file=str(store), remedy=outcome.remedy or None)
        worker.first_peak = worker.peak = outcome.peak
        return worker

    async def answer(self, request: Request, take: Callable[[bytes], object]) -> Outcome:
        """Return how the request ended, after handing over the pieces of the answer.

        Raises WorkerError if the process ended by itself; whoever stops waiting must kill it.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(frame(OUTCOME, msgspec.json.encode(request)))
            await self._process.stdin.drain()
        except ConnectionError:
            raise await self._ended() from None
        outcome = await self._outcome(take)
        self.peak = outcome.peak
        return outcome

    async def _outcome(self, take: Callable[[bytes], object]) -> Outcome:
        out = self._process.stdout
        assert out is not None
        try:
            while True:
                kind, length = HEADER.unpack(await out.readexactly(HEADER.size))
                payload = await out.readexactly(length)
                if kind == OUTCOME:
                    return msgspec.json.decode(payload, type=Outcome)
                take(payload)
        except asyncio.IncompleteReadError:
            raise await self._ended() from None

    async def _ended(self) -> Exception:
        """Return why the process has ended by itself."""
        assert self._process.stderr is not None
        last_words = (await self._process.stderr.read()).decode("utf-8", "replace").strip()
        status = await self._process.wait()
        if status == MEMORY_EXIT or "memory allocation of" in last_words or "MemoryError" in last_words:
            return MemoryError()
        if status == -signal.SIGSEGV:
            return RecursionError()
        return WorkerError(
            f"the process that answered ended by itself (status {status}) {last_words[-_LAST_WORDS:]}",
            remedy="ask again; if it ends again, simplify the query and report it",
        )

    def give_way(self) -> None:
        """Let other processes go first on the processors."""
        with contextlib.suppress(AttributeError, OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICENESS)

    async def kill(self) -> None:
        """End the process at once, and return when it has gone; twice is no error."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.returncode is None


def _ignore(piece: bytes) -> None:
    """Nothing is answered before the first request."""


def _environment() -> dict[str, str]:
    """The worker imports what this process imports, and nothing from the folder it is started in."""
    here = str(Path(kg.__file__).resolve().parent.parent)
    paths = [here, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "RUST_BACKTRACE": "0"}
