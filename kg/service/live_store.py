"""The store as it was published last, open in this process for lookups that take milliseconds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.store import Store


class LiveStore:
    """Follows the store's published states; whoever reads an older one keeps it open until done."""

    def __init__(self, path: Path) -> None:
        """Open the state published last; raises StoreError if there is none."""
        self._path = path
        self._lock = threading.Lock()
        self._store = Store.open(path)
        self._readers: dict[Store, int] = {self._store: 0}

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Give the store in the state published last, the same for the whole block.

        `store.state` is the number of that state: what is kept of one is right as long as the number is.
        """
        with self._lock:
            store = self._newest()
            self._readers[store] += 1
        try:
            yield store
        finally:
            with self._lock:
                self._readers[store] -= 1
                self._close_unread()

    def close(self) -> None:
        """Close the store, at the end of the service."""
        with self._lock:
            for store in self._readers:
                store.close()
            self._readers.clear()

    def _newest(self) -> Store:
        if self._store.is_superseded():
            self._store = Store.open(self._path)
            self._readers[self._store] = 0
            self._close_unread()
        return self._store

    def _close_unread(self) -> None:
        for store, readers in list(self._readers.items()):
            if readers == 0 and store is not self._store:
                store.close()
                del self._readers[store]
