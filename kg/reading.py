"""A published state of a store, open for questions alone: little is loaded, so it opens at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.dataset_clause import queried_graphs
from kg.published import Held, PublishedStates
from kg.sparql import Term, check_read_only, evaluate
from kg.store_folder import check_manifest, open_database

Answered = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class ReadStore:
    """The state of a store that was published last when it was opened; get one from `ReadStore.open`."""

    def __init__(self, path: Path, held: Held, database: ox.Store) -> None:
        """Hold an open state."""
        self.state = held.number
        self.database = database
        self._path = path
        self._lock = held.lock

    @classmethod
    def open(cls, path: Path) -> ReadStore:
        """Open the state of the store in a folder that was published last.

        Raises StoreError if there is none or it cannot be read.
        """
        check_manifest(path)
        held = PublishedStates(path).hold()
        try:
            return cls(path, held, open_database(held.database, write=False))
        except BaseException:
            held.lock.release()
            raise

    def is_superseded(self) -> bool:
        """Return whether a writer has published another state since."""
        return PublishedStates(self._path).is_superseded(self.state, self._lock)

    def close(self) -> None:
        """Give the state back; nothing more can be asked."""
        del self.database
        self._lock.release()


def answer(
    database: ox.Store,
    sparql: str,
    bindings: Mapping[str, Term],
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Answered:
    """Answer a SPARQL 1.1 query over a database; `bindings` are terms for its variables.

    Project prefixes may be used undeclared. `default_graphs` and `named_graphs` are IRIs of graphs that the
    query is asked of instead of those it names. Raises QueryError for a syntax error, an update, SERVICE, or
    a graph that the database lacks: nothing is fetched and nothing is written.
    """
    check_read_only(sparql)
    graphs = queried_graphs(database, sparql, default_graphs, named_graphs)
    return evaluate(database, sparql, bindings, graphs)
