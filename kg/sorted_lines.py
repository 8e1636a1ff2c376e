"""Lines in order, however many: sorted in runs that fit into memory, and merged from files."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO

RUN = 400_000
"""How many lines are sorted at once: about 100 MB of N-Quads."""


def sorted_lines(lines: Iterable[bytes], run: int = RUN) -> Iterator[bytes]:
    """Yield the lines, each with its end, in the order of their bytes."""
    source = iter(lines)
    first = sorted(islice(source, run))
    if len(first) < run:
        yield from first
        return
    with ExitStack() as stack:
        runs = [_written(first, stack)]
        while more := sorted(islice(source, run)):
            runs.append(_written(more, stack))
        del first, more
        yield from heapq.merge(*runs)


def _written(lines: list[bytes], stack: ExitStack) -> IO[bytes]:
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    file.writelines(lines)
    file.seek(0)
    return file
