"""What the pages keep of one published state of the store: labels read, the search index, the overview."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial

from kg.codebook.counts import Counts, count
from kg.entities.overview import Overview, overview
from kg.entities.profile import profile
from kg.entities.reading import Reading
from kg.entities.search_index import SearchIndex, search_index
from kg.service.live_store import LiveStore
from kg.store import Store

_PROFILES = 64


class PageState:
    """One published state as the pages read it; index and overview are made when first asked for."""

    def __init__(self, store: Store) -> None:
        """Read from an open store, as long as it stays open."""
        self._store = store
        self._lock = threading.Lock()
        self.reading = Reading(store.database)
        self.profile = lru_cache(maxsize=_PROFILES)(partial(profile, self.reading))
        """Profiles by IRI; those of whom most is said take a second or two to read."""

    @property
    def number(self) -> int:
        """The number of the state."""
        return self._store.state

    @property
    def index(self) -> SearchIndex:
        """The search index; whoever asks while it is being made waits for it."""
        with self._lock:
            return self._index

    @cached_property
    def _index(self) -> SearchIndex:
        return search_index(self._store.database)

    @property
    def counts(self) -> Counts:
        """How much there is of each term of the ontology."""
        with self._lock:
            return self._counts

    @cached_property
    def _counts(self) -> Counts:
        return count(self._store.database)

    @property
    def overview(self) -> Overview:
        """The overview; whoever asks while it is being made waits for it."""
        with self._lock:
            return self._overview

    @cached_property
    def _overview(self) -> Overview:
        return overview(self._store.database)


class PageStates:
    """Gives the pages the state published last, the same object as long as it is the last."""

    def __init__(self, store: LiveStore) -> None:
        """Follow a store; nothing is read yet."""
        self._store = store
        self._lock = threading.Lock()
        self._state: PageState | None = None

    @contextmanager
    def reading(self) -> Iterator[PageState]:
        """Give the state published last, for the length of the block."""
        with self._store.reading() as store:
            yield self._of(store)

    def _of(self, store: Store) -> PageState:
        with self._lock:
            if self._state is None or self._state.number != store.state:
                self._state = PageState(store)
                self.prepare()
            return self._state

    def prepare(self) -> None:
        """Begin to make index and overview, so that nobody waits long for them."""
        threading.Thread(target=self._prepare, name="search index", daemon=True).start()

    def _prepare(self) -> None:
        with self.reading() as state:
            state.index, state.overview  # noqa: B018
