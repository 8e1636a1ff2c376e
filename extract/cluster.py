"""Extraction on a cluster of dask.distributed: parts are made by its workers, and survive the loss of any.

Workers read what they can reach themselves (files of their own, object storage) and write the parts; entries
of tables go to them with the order. A worker with other code or rules is refused.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import msgspec

from extract.chunks import Job, Outcome
from extract.cluster_messages import Made, Read, Refused, Unable, pack, unpack_answer
from extract.code_version import code_version
from extract.errors import GovkgError
from extract.parts import PartDone, PartOrder, PartsFolder, write_part
from extract.sources import Failure, Item

LOCAL = "local"
PART_ARTICLES = 500
"""So many inputs make a part, unless another number is asked for."""

_AHEAD = 2
"""Parts ordered for each thread of the cluster: one is made, one waits."""
_FIRST = "FIRST_COMPLETED"
_LOOKS_SECONDS = 5.0
_PATIENCE_SECONDS = 60.0
_INSTALL = "install the extra: pip install 'governance-kg[cluster]'"

OnNote = Callable[[str], None]


class ClusterError(GovkgError):
    """A cluster that cannot be reached, or that cannot do the work."""


@contextmanager
def connected(address: str, *, workers: int, trust_network: bool = False) -> Iterator[Any]:
    """Give a client of the scheduler at the address; for `local` a cluster of so many processes here.

    Raises ClusterError where there is none, or where it would be spoken to in the clear over a network
    that is not trusted: whoever can speak to a dask cluster can run programs on it.
    """
    distributed = _distributed()
    if address == LOCAL:
        with (
            distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                memory_limit=0,
                silence_logs=logging.CRITICAL,
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
        return
    if not trust_network and not _is_private(address):
        raise ClusterError(
            "whoever shares the network could run programs on a cluster that is spoken to in the clear",
            file=address,
            remedy="give it certificates and name it tls://…, or, in a network of your own, --trust-network",
        )
    try:
        client = distributed.Client(address)
    except (OSError, ValueError, TypeError) as error:
        remedy = "check the address that `dask scheduler` printed, and that it runs"
        raise ClusterError(f"no scheduler answers ({error})", file=address, remedy=remedy) from error
    with client:
        yield client


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ClusterError("dask.distributed is not installed", remedy=_INSTALL) from error
    return distributed


def _is_private(address: str) -> bool:
    """Tell whether nobody else can listen on the way to the address."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme in ("tls", "wss", "inproc"):
        return True
    host = parts.hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def make_parts(
    items: Iterable[Item],
    job: Job,
    client: Any,
    place: str,
    *,
    suffix: str,
    part_articles: int = PART_ARTICLES,
    on_note: OnNote,
) -> Iterator[tuple[PartOrder, PartDone, bool]]:
    """Have the parts made; yield each order with what was made, in order, and whether it was there before.

    `on_note` is told of what concerns no input: workers that are refused, waiting. Raises ClusterError where
    no worker can do the work, StorageError and PartsError where the place is of no use.
    """
    folder = PartsFolder(place)
    source = iter(items)
    code = code_version()
    run = _Run(client, on_note, code)
    run.look_at_workers()

    def orders() -> Iterator[PartOrder]:
        number = 0
        while batch := list(islice(source, part_articles)):
            yield PartOrder(place, number, suffix, job, batch, code)
            number += 1

    count = 0
    for order, done, was_there in run.made(orders(), folder):
        count += 1
        yield order, done, was_there
    folder.keep(count, suffix)


class _Run:
    """The orders given to a cluster."""

    def __init__(self, client: Any, on_note: OnNote, code: str) -> None:
        self._client = client
        self._note = on_note
        self._code = code
        self._refused: set[str] = set()
        self._orders: dict[Any, PartOrder] = {}
        self._chosen: dict[Any, frozenset[str]] = {}
        self._waited = 0.0

    def look_at_workers(self) -> None:
        """Ask the workers for their version, and refuse those with another.

        Raises ClusterError if there are none, or none with ours.
        """
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
        except TimeoutError as error:
            remedy = "start some with `dask worker ADDRESS --nthreads 1 --nworkers auto`"
            raise ClusterError("the cluster has no workers", remedy=remedy) from error
        for worker, found in self._client.run(code_version, on_error="return").items():
            if found != self._code:
                self._refuse(worker, found)
        if not self._usable():
            raise ClusterError(
                "every worker has another version of the code or the rules",
                remedy="install the same version, with the same rules, on all machines",
            )

    def _refuse(self, worker: str, found: object) -> None:
        if worker not in self._refused:
            self._refused.add(worker)
            what = f"version {found[:12]}" if isinstance(found, str) else f"no version ({found})"
            self._note(
                f"refused: worker {worker} has {what} of code and rules, not {self._code[:12]}; "
                "install the same version there"
            )

    def _usable(self) -> frozenset[str]:
        return frozenset(self._client.nthreads()) - self._refused

    def made(
        self, orders: Iterator[PartOrder], folder: PartsFolder
    ) -> Iterator[tuple[PartOrder, PartDone, bool]]:
        """Yield what is made of the orders, in order; what is in the folder already is not made again."""
        waiting: dict[int, tuple[PartOrder, PartDone, bool]] = {}
        following = 0
        left = True
        while left or self._orders or waiting:
            while left and len(self._orders) + len(waiting) < self._room():
                order = next(orders, None)
                if order is None:
                    left = False
                    break
                there = folder.done(order)
                if there is not None:
                    waiting[order.number] = (order, there, True)
                    break
                self._submit(order)
            if self._orders and following not in waiting:
                for order, done in self._heard():
                    waiting[order.number] = (order, done, False)
            while following in waiting:
                yield waiting.pop(following)
                following += 1

    def _room(self) -> int:
        threads: int = sum(self._client.nthreads().values())
        return max(2, _AHEAD * threads)

    def _submit(self, order: PartOrder) -> None:
        from extract import cluster_work

        future = self._sent(cluster_work.make_part, order)
        self._orders[future] = order
        self._chosen[future] = self._usable() if self._refused else frozenset()

    def _sent(self, work: Callable[[bytes], bytes], order: PartOrder) -> Any:
        """Send an order to a worker; only to those with our version once there are others."""
        chosen = list(self._usable()) if self._refused else None
        return self._client.submit(work, pack(order), workers=chosen, pure=False)

    def _heard(self) -> Iterator[tuple[PartOrder, PartDone]]:
        """Wait for some of the orders; yield those that are carried out."""
        orders = list(self._orders)
        try:
            finished = _distributed().wait(orders, timeout=_LOOKS_SECONDS, return_when=_FIRST).done
        except TimeoutError:
            self._look_after()
            return
        self._waited = 0.0
        for future in finished:
            order = self._orders.pop(future)
            self._chosen.pop(future)
            done = self._made_of(order, future)
            if done is None:
                self._submit(order)
            else:
                yield order, done

    def _made_of(self, order: PartOrder, future: Any) -> PartDone | None:
        """Return what a future tells of an order that ended, or None if it must be given again."""
        try:
            answer = unpack_answer(future.result())
        except _distributed().KilledWorker:
            return write_part(order, [self._alone(order, item) for item in order.items])
        except CancelledError as error:
            raise _gone(error) from error
        if isinstance(answer, Refused):
            self._refuse(answer.worker, answer.code)
            return None
        if isinstance(answer, Unable):
            raise ClusterError(answer.problem, file=answer.file, entry=answer.entry, remedy=answer.remedy)
        assert isinstance(answer, Made)
        return answer.done

    def _alone(self, order: PartOrder, item: Item) -> Outcome:
        """Return what becomes of one item of a part over which workers were lost again and again."""
        from extract import cluster_work

        single = msgspec.structs.replace(order, items=[item])
        while True:
            try:
                answer = unpack_answer(self._sent(cluster_work.read_items, single).result())
            except _distributed().KilledWorker as error:
                if isinstance(item, Failure):
                    return Outcome(failure=item)
                problem = f"left out: the workers that read it were lost ({error})"
                remedy = "if memory ran out, give workers more; else please report it, with the article"
                return Outcome(failure=Failure(problem, item.file, item.entry, remedy))
            except CancelledError as error:
                raise _gone(error) from error
            if isinstance(answer, Read):
                return answer.outcomes[0]
            assert isinstance(answer, Refused)
            self._refuse(answer.worker, answer.code)

    def _look_after(self) -> None:
        """Give orders again whose workers are all gone; raise ClusterError if none has come for a while."""
        usable = self._usable()
        if usable:
            self._waited = 0.0
        else:
            self._waited += _LOOKS_SECONDS
            if self._waited == _LOOKS_SECONDS:
                self._note("waiting: no worker with our version is left")
            if self._waited >= _PATIENCE_SECONDS:
                remedy = "start workers, and give the same command: the parts that are done are kept"
                raise ClusterError("no worker with our version is left", remedy=remedy)
        stuck = [future for future, chosen in self._chosen.items() if chosen and not chosen & usable]
        for future in stuck if usable else ():
            order = self._orders.pop(future)
            self._chosen.pop(future)
            future.cancel()
            self._submit(order)


def _gone(error: CancelledError) -> ClusterError:
    remedy = "start it again, and give the same command: the parts that are done are kept"
    return ClusterError(f"the scheduler is gone ({error})", remedy=remedy)
