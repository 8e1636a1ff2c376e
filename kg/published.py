"""The published states of a store: what readers open, while a writer works on a database of its own.

`published/<number>/db` is a whole database that nobody writes to any more, `published/current` the
number of the last one. Oxigraph makes such a state by hard links to files that never change, so it
costs hundredths of a second and no room until the writer's files are replaced by others. The file
`current` is renamed into place, so that a reader finds the state before or the state after. A state
stays as long as a reader holds it; the next publication, or the next writer, takes away the others.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store_lock import StoreLock

PUBLISHED = "published"
_CURRENT = "current"
_DATABASE = "db"
_LOCK = "lock"
_PART = ".part"
_ATTEMPTS = 20


class Held(NamedTuple):
    """A published state that stays as long as its lock is kept: number, folder of the database, lock."""

    number: int
    database: Path
    lock: StoreLock


class PublishedStates:
    """The published states of the store in a folder."""

    def __init__(self, store: Path) -> None:
        """Look into the store's folder; nothing is read yet."""
        self._folder = store / PUBLISHED

    def publish(self, db: ox.Store) -> None:
        """Make what the database holds the state that readers open from now on.

        Raises StoreError if it cannot be written; then the last state stays the current one.
        """
        try:
            self._folder.mkdir(exist_ok=True)
            self.sweep()
            number = self._next()
            part = self._folder / f"{number}{_PART}"
            part.mkdir()
            (part / _LOCK).touch()
            db.backup(str(part / _DATABASE))
            part.rename(self._folder / str(number))
            self._point_to(number)
        except OSError as exc:
            raise StoreError(
                f"the store's new state cannot be published ({exc.strerror or exc})",
                file=str(self._folder),
                remedy="see that there is room on the disk and that you may write here; what was added is"
                " kept, and published when the store is next written to",
            ) from exc
        self.sweep()

    def hold(self) -> Held:
        """Return the current state and keep it from being taken away until its lock is released.

        Raises StoreError if nothing was ever published or it cannot be read.
        """
        for _ in range(_ATTEMPTS):
            number = self.current()
            if number is None:
                break
            folder = self._folder / str(number)
            try:
                lock = StoreLock(folder / _LOCK, exclusive=False)
            except StoreError:
                if number == self.current() and folder.exists():
                    raise
                continue  # a writer has published another state since, and taken this one away
            if (folder / _LOCK).exists():
                return Held(number, folder / _DATABASE, lock)
            lock.release()
        raise StoreError(
            "nothing has been published in the store yet",
            file=str(self._folder.parent),
            remedy="add articles to it with `govkg build`, and let that end",
        )

    def is_superseded(self, number: int, lock: StoreLock) -> bool:
        """Return whether readers open another state by now than the one of a number held by a lock.

        It may have the same number, if the store was built anew; while there is none, the answer is no.
        """
        current = self.current()
        return current is not None and (
            current != number or not lock.is_on(self._folder / str(number) / _LOCK)
        )

    def sweep(self) -> None:
        """Take away the states before the current one that no reader holds, and what is half made."""
        current = self.current()
        for folder in self._others(current):
            if folder.suffix == _PART:
                shutil.rmtree(folder, ignore_errors=True)
            else:
                _take_away(folder)

    def _others(self, current: int | None) -> Iterator[Path]:
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.iterdir()):
            if path.is_dir() and path.name != str(current):
                yield path

    def is_there(self) -> bool:
        """Return whether anything was ever published."""
        return (self._folder / _CURRENT).exists()

    def _next(self) -> int:
        numbers = [int(path.stem) for path in self._folder.iterdir() if path.stem.isdigit()]
        return max(numbers, default=0) + 1

    def current(self) -> int | None:
        """Return the number of the state published last, None if there is none; raises StoreError if
        it cannot be told."""
        try:
            return int((self._folder / _CURRENT).read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as exc:
            raise StoreError(
                "does not say which state of the store is the published one",
                file=str(self._folder / _CURRENT),
                remedy="delete it and run `govkg build` on the store again",
            ) from exc

    def _point_to(self, number: int) -> None:
        scratch = self._folder / f"{_CURRENT}{_PART}"
        with scratch.open("w", encoding="ascii") as out:
            out.write(f"{number}\n")
            out.flush()
            os.fsync(out.fileno())
        scratch.replace(self._folder / _CURRENT)


def _take_away(folder: Path) -> None:
    """Remove the state, unless a reader holds it; while it goes, no reader can take hold of it."""
    try:
        lock = StoreLock(folder / _LOCK, exclusive=True)
    except StoreError:
        return
    with contextlib.suppress(OSError):  # where files in use cannot be moved, the reader's are
        shutil.rmtree(folder.rename(folder.with_name(folder.name + _PART)), ignore_errors=True)
    lock.release()
