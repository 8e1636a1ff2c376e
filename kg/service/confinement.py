"""What a worker may not do, by the operating system's force: take more memory or time, reach a network."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has none of these limits
    resource = None  # type: ignore[assignment]

MEMORY_EXIT = 71
"""Exit status of a worker that ended itself for taking too much memory."""

_GRACE = 5.0
"""Seconds beyond its time after which a worker dies even if nobody is left to kill it."""

_NEW_USERS = 0x10000000
_NEW_NETWORK = 0x40000000
_WATCH_EVERY = 0.1
_STATUS = Path("/proc/self/status")


def leave_network() -> bool:
    """Give up the process's network where the system lets it, and return whether it did.

    The process gets a network of its own with no interface up. Must be called while there is one thread.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_NETWORK | _NEW_USERS))


def limit_memory(beyond: int) -> None:
    """Let the process take so many bytes more than it has now; beyond them it dies."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (_status("VmData") + beyond, hard))
    else:
        threading.Thread(target=_watch_memory, args=(peak_memory() + beyond,), daemon=True).start()


def _watch_memory(most: int) -> None:
    while peak_memory() <= most:
        time.sleep(_WATCH_EVERY)
    os._exit(MEMORY_EXIT)


def peak_memory() -> int:
    """Return the most bytes of memory that the process has had, 0 where that is not known."""
    if sys.platform == "linux":
        return _status("VmHWM")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if resource is not None else 0


def _status(name: str) -> int:
    with _STATUS.open(encoding="ascii") as lines:
        found = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(found[0]) * 1024


def die_after(seconds: float) -> None:
    """Have the system end the process some time after these seconds, unless told otherwise; 0 is never.

    Whoever started the process kills it in time; this is for the case that he is gone.
    """
    with contextlib.suppress(AttributeError):  # Windows has no timers
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE if seconds else 0)
