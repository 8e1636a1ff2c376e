"""Locks on files: one writer to a store, any number of readers of a state; the system releases them when a
process ends, however it ends."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows: Oxigraph's own lock still keeps a second writer out
    fcntl = None  # type: ignore[assignment]


class StoreLock:
    """A shared (holding) or exclusive (writing, taking away) lock on a file that is there."""

    def __init__(self, file: Path, *, exclusive: bool) -> None:
        """Take the lock at once or raise StoreError."""
        try:
            self._file = file.open("r+b" if exclusive else "rb")
        except OSError as exc:
            remedy = "check its permissions" if exclusive else "check that it is readable"
            raise StoreError(f"cannot be opened ({exc.strerror})", file=str(file), remedy=remedy) from exc
        if fcntl is None:
            self._file.close()
            return
        mode = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        try:
            fcntl.flock(self._file, mode | fcntl.LOCK_NB)
        except OSError as exc:
            self._file.close()
            raise StoreError(
                "the store is being written by another program",
                file=str(file.parent),
                remedy="try again when it has finished; reading is possible meanwhile",
            ) from exc

    def is_on(self, file: Path) -> bool:
        """Return whether this is the file that is locked, and not another one of that name."""
        if self._file.closed:
            return True  # Windows: nobody can have taken it away
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), file.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Give the lock back; twice is no error."""
        self._file.close()
