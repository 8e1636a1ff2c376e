"""The knowledge graph: from facts to a store, questions, networks and exports.

`kg.open(folder)` gives a store to rdflib users, `kg.network(store, view)` a view of one to networkx
users, `kg.explore(graph)` the explorer page of a network, `kg.query(store, question)` the answer to a
question as a pandas data frame.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from networkx import MultiDiGraph
    from pandas import DataFrame
    from rdflib import Dataset

    from kg.answering import Answering
    from kg.explorer.notebook import Explorer
    from kg.questions import Question
    from kg.store import Store
    from kg.view_files import View, Weight


def open(path: str | Path) -> Dataset:
    """Return an rdflib Dataset over the store in a folder, for reading.

    Its default graph holds the direct triples, and only those. Queries are answered by Oxigraph;
    SERVICE and updates are refused. `dataset.close()` gives the store back.
    Raises StoreError if there is no store, or if it is being written.
    """
    from kg.rdflib_dataset import open_dataset

    return open_dataset(path)


def network(
    store: Store | str | Path,
    view: str | View = "all",
    *,
    places: Sequence[str] = (),
    since: str = "",
    until: str = "",
    relations: Sequence[str] = (),
    sources: Sequence[str] = (),
    min_confidence: float = 0.0,
    weight: Weight | None = None,
    one_mode: str | None = None,
) -> MultiDiGraph[str]:
    """Return a view of a store, given open or by its folder, as a networkx graph.

    What nodes and edges carry is said in kg.projection, what the filters ask in kg.filters: `places`
    are names or codes, `since` and `until` ISO days, months or years. `weight` names a rule other than
    the view's own, such as "shared_by_size"; `one_mode` an entity type whose members are tied through
    the other nodes. Raises ViewError for whatever of these is not known, saying what is.

    >>> kg.network("exports/demo.kg", "coattendance", places=["甘肃省"], since="2023")  # doctest: +SKIP
    """
    from kg.filters import Filters
    from kg.projection import network as project
    from kg.store import Store

    filters = Filters(tuple(places), since, until, tuple(relations), tuple(sources), min_confidence)
    if isinstance(store, Store):
        return project(store, view, filters=filters, weight=weight, one_mode=one_mode)
    with Store.open(store) as opened:
        return project(opened, view, filters=filters, weight=weight, one_mode=one_mode)


def explore(
    graph: MultiDiGraph[str],
    *,
    store: Store | str | Path | None = None,
    title: str | None = None,
    limit: int | None = None,
    height: int = 640,
) -> Explorer:
    """Return the explorer page of a network of ours, or of any part of one; a notebook shows it inline.

    With the store it was made from, given open or by its folder, the page quotes sentences; `limit` is how
    many entities it opens on, `height` its pixels in a notebook. `.save(path)` writes it to a file. Raises
    GovkgError for a node that cannot be drawn.
    """
    from kg.explorer.notebook import explore as explorer

    return explorer(graph, store=store, title=title, limit=limit, height=height)


def query(store: Answering | str | Path, question: str | Question, **parameters: object) -> DataFrame:
    """Return the answer to a question as a pandas data frame with typed columns.

    The store is given open, by its folder, or by the address of a SPARQL service that holds it. The question
    is a name of the library (`kg.questions.questions()` has them), SPARQL text, or the path of a .rq file;
    the parameters are those that it declares. Raises QueryError for what cannot be asked, and without pandas.

    >>> kg.query("exports/demo.kg", "practises", practice="枫桥经验")  # doctest: +SKIP
    """
    from kg.answers import run_query
    from kg.endpoint import Endpoint
    from kg.frames import frame
    from kg.store import Store

    values = {name: str(value) for name, value in parameters.items()}
    if not isinstance(store, (str, os.PathLike)):
        return frame(run_query(store, question, values))
    is_address = str(store).startswith(("http://", "https://"))
    with Endpoint(str(store)) if is_address else Store.open(store) as opened:
        return frame(run_query(opened, question, values))
