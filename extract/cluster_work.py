"""What a worker of a cluster does: one part at a time, after telling which code and rules it has.

Orders and answers are bytes that are packed here; dask carries them.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec

from extract.chunks import Job, Outcome, chunks_of
from extract.cluster_messages import Made, Read, Refused, Unable, pack, unpack_order
from extract.code_version import code_version
from extract.errors import GovkgError
from extract.parts import write_part
from extract.sources import Item

if TYPE_CHECKING:
    from extract.chunk_extractor import ChunkExtractor

_one_at_a_time = threading.Lock()
"""A worker's threads share one model, and Python runs one of them at a time anyway."""
_extractors: dict[bytes, ChunkExtractor] = {}
"""The extractor of the last job, by the job packed."""


def make_part(order: bytes) -> bytes:
    """Make the part of a packed PartOrder, and write it; return the packed Answer."""
    wanted = unpack_order(order)
    if wanted.code != code_version():
        return pack(_refused())
    try:
        return pack(Made(write_part(wanted, _outcomes(wanted.job, wanted.items))))
    except GovkgError as error:
        return pack(Unable(error.problem, error.file, error.entry, error.remedy))


def read_items(order: bytes) -> bytes:
    """Read the items of a packed PartOrder without writing anything; return the packed Answer."""
    wanted = unpack_order(order)
    if wanted.code != code_version():
        return pack(_refused())
    return pack(Read(_outcomes(wanted.job, wanted.items)))


def _outcomes(job: Job, items: list[Item]) -> list[Outcome]:
    from extract.chunk_extractor import ChunkExtractor

    with _one_at_a_time:
        key = msgspec.msgpack.encode(job)
        if key not in _extractors:
            _extractors.clear()
            _extractors[key] = ChunkExtractor(job)
        extractor = _extractors[key]
        return [outcome for chunk in chunks_of(items) for outcome in extractor.outcomes(chunk)]


def _refused() -> Refused:
    from distributed import get_worker

    return Refused(get_worker().address, code_version())
