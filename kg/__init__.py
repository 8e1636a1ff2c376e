"""The knowledge graph: from facts to a store, questions, networks and exports.

`kg.open(folder)` gives a store to rdflib users.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import Dataset


def open(path: str | Path) -> Dataset:
    """Return an rdflib Dataset over the store in a folder, for reading.

    Its default graph holds the direct triples, and only those. Queries are answered by Oxigraph;
    SERVICE and updates are refused. `dataset.close()` gives the store back.
    Raises StoreError if there is no store, or if it is being written.
    """
    from kg.rdflib_dataset import open_dataset

    return open_dataset(path)
