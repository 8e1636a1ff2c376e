"""The store as an rdflib Dataset, answered by Oxigraph through oxrdflib.

rdflib's own SPARQL engine reads files named in FROM and opens connections for SERVICE. It is never
reached: every query goes to Oxigraph as text, after the same check as `Store.query`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rdflib.plugins.sparql
from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib.query import Result

from kg.errors import QueryError, StoreError
from kg.sparql import check_read_only
from kg.store import Store
from kg.vocabulary import PREFIXES


class _ReadOnlyStore(OxigraphStore):
    """An open store behind rdflib's interface; closing it closes the store."""

    def __init__(self, store: Store) -> None:
        super().__init__(store=store.database)
        self._owner = store

    def query(
        self,
        query: object,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        if not isinstance(query, str):
            raise QueryError("prepared queries are not supported here", remedy="pass the query as text")
        check_read_only(query)
        return super().query(query, initNs, initBindings, queryGraph, **kwargs)

    def update(self, *args: object, **kwargs: object) -> None:
        raise self._read_only()

    def add(self, *args: object, **kwargs: object) -> None:
        raise self._read_only()

    def addN(self, *args: object, **kwargs: object) -> None:  # noqa: N802
        raise self._read_only()

    def remove(self, *args: object, **kwargs: object) -> None:
        raise self._read_only()

    def add_graph(self, graph: object) -> None:
        """Naming a graph to look into writes nothing."""

    def remove_graph(self, graph: object) -> None:
        raise self._read_only()

    def close(self, commit_pending_transaction: bool = False) -> None:
        self._store = None
        self._owner.close()

    def _read_only(self) -> StoreError:
        return StoreError(
            "the dataset is for reading",
            file=str(self._owner.path),
            remedy="change articles with `govkg build`",
        )


def open_dataset(path: str | Path) -> Dataset:
    """Return an rdflib Dataset over the store in a folder, for reading."""
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    dataset = Dataset(store=_ReadOnlyStore(Store.open(path)), default_union=False)
    for prefix, base in PREFIXES.items():
        dataset.bind(prefix, base, override=True)
    return dataset
