"""What whoever starts the service decides: where it listens, whom it answers, what a query may take."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

PORT = 8765
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""Names of this computer, as a browser writes them in a Host header."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query may take; at the limit it is stopped."""

    seconds: float = 30.0
    """Time from the moment a worker begins."""
    rows: int = 500_000
    """Rows of a table, triples of a graph."""
    bytes: int = 200_000_000
    """Length of the answer as it is written."""
    memory: int = 1_000_000_000
    """Bytes of memory that a worker may take for a query, beyond what it has when idle."""


def _worker_count() -> int:
    return max(8, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the service listens, whom it answers, and what queries may take."""

    host: str = "127.0.0.1"
    port: int = PORT
    hosts: tuple[str, ...] = ()
    """Names besides those of this computer that a Host header may have."""
    origins: tuple[str, ...] = ()
    """Origins of other sites whose pages may ask, such as `https://example.org`; `*` is everyone."""
    limits: Limits = field(default_factory=Limits)
    workers: int = field(default_factory=_worker_count)
    """How many queries are answered at once."""
    waiting: int = 100
    """How many queries may wait for a worker before more are sent away."""
