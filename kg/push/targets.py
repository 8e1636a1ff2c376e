"""The two ways to write to a server: SPARQL Update, and the Graph Store Protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kg.dataset_clause import FACTS_GRAPH
from kg.endpoint import DEFAULT_GRAPH, IS_OURS, Endpoint
from kg.errors import EndpointRefusedError
from kg.web import Web


class Target(Protocol):
    """A server to write to; graphs are named by their IRIs, the default graph by DEFAULT_GRAPH."""

    name: str
    """The addresses, in a word."""

    is_exact: bool
    """Whether the triples of chosen subjects can be deleted; else a graph is deleted as a whole."""

    def direct_graph(self) -> str:
        """Return where direct triples go, once the first article is there."""

    def counts(self) -> Mapping[str, int] | None:
        """Return how many triples each graph has, those of the dataset alone; None if it cannot be asked."""

    def subjects(self, graph: str) -> Iterable[str]:
        """Return the dataset's subjects in a graph."""

    def clear(self, graph: str) -> None:
        """Take the dataset's triples out of a graph."""

    def change(self, graph: str, gone: Sequence[str], lines: Sequence[str]) -> None:
        """Delete all triples of the subjects that are gone, and add the lines."""

    def add(self, lines: Mapping[str, Sequence[str]]) -> None:
        """Add lines to graphs."""


class UpdateTarget:
    """A server that is written to by SPARQL Update."""

    is_exact = True

    def __init__(self, endpoint: Endpoint, update: Web) -> None:
        """Write to the address `update`, and ask the endpoint what is there."""
        self.name = update.url
        self._endpoint = endpoint
        self._web = update

    def direct_graph(self) -> str:
        """Return where direct triples go, once the first article is there."""
        return direct_graph(self._endpoint)

    def counts(self) -> Mapping[str, int]:
        """Return how many triples each graph has, those of the dataset alone."""
        return self._endpoint.graphs()

    def subjects(self, graph: str) -> Iterable[str]:
        """Return the dataset's subjects in a graph."""
        pattern = _inside(graph, "?s ?p ?o")
        for row in self._endpoint.select(f"SELECT DISTINCT ?s WHERE {{ {pattern} {IS_OURS} }}"):
            yield row["s"].value

    def clear(self, graph: str) -> None:
        """Take the dataset's triples out of a graph."""
        if graph == DEFAULT_GRAPH:
            self._update(f"DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o {IS_OURS} }}")
        else:
            self._update(f"CLEAR SILENT GRAPH <{graph}>")

    def change(self, graph: str, gone: Sequence[str], lines: Sequence[str]) -> None:
        """Delete all triples of the subjects that are gone, and add the lines."""
        steps = []
        if gone:
            values = " ".join(f"<{subject}>" for subject in gone)
            pattern = _inside(graph, "?s ?p ?o")
            steps.append(f"DELETE {{ {pattern} }} WHERE {{ VALUES ?s {{ {values} }} {pattern} }}")
        if lines:
            steps.append(_insert({graph: lines}))
        self._update(" ;\n".join(steps))

    def add(self, lines: Mapping[str, Sequence[str]]) -> None:
        """Add lines to graphs."""
        self._update(_insert(lines))

    def _update(self, text: str) -> None:
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._web.send("POST", body=text.encode(), headers=headers, again=True)


class GraphStoreTarget:
    """A server that is written to by the Graph Store Protocol."""

    is_exact = False

    def __init__(self, store: Web, endpoint: Endpoint | None) -> None:
        """Write to the address `store`, and ask the endpoint, if there is one, what is there."""
        self.name = store.url
        self._web = store
        self._endpoint = endpoint
        self._direct: str | None = None

    def direct_graph(self) -> str:
        """Return where direct triples go; without an endpoint, the default graph if there is one to write."""
        if self._direct is None:
            self._direct = direct_graph(self._endpoint) if self._endpoint else self._writable()
        return self._direct

    def _writable(self) -> str:
        try:
            self.add({DEFAULT_GRAPH: []})
        except EndpointRefusedError as refusal:
            if refusal.status in (401, 403):
                raise
            return FACTS_GRAPH
        return DEFAULT_GRAPH

    def counts(self) -> Mapping[str, int] | None:
        """Return how many triples each graph has; None if it cannot be asked."""
        return self._endpoint.graphs() if self._endpoint is not None else None

    def subjects(self, graph: str) -> Iterable[str]:
        """Return nothing: a graph is deleted as a whole."""
        return ()

    def clear(self, graph: str) -> None:
        """Delete a graph, of whomever its triples are."""
        try:
            self._web.send("DELETE", params=_named(graph), again=True)
        except EndpointRefusedError as refusal:
            if refusal.status != 404:
                raise

    def change(self, graph: str, gone: Sequence[str], lines: Sequence[str]) -> None:
        """Add the lines."""
        self.add({graph: lines})

    def add(self, lines: Mapping[str, Sequence[str]]) -> None:
        """Add lines to graphs."""
        headers = {"Content-Type": "application/n-triples"}
        for graph, triples in lines.items():
            body = "".join(f"{line} .\n" for line in triples).encode()
            self._web.send("POST", params=_named(graph), body=body, headers=headers, again=True)


def direct_graph(endpoint: Endpoint) -> str:
    """Return where direct triples go: a graph of their own where the default graph shows all graphs."""
    return FACTS_GRAPH if endpoint.is_union() else DEFAULT_GRAPH


def _inside(graph: str, pattern: str) -> str:
    return f"GRAPH <{graph}> {{ {pattern} }}" if graph else pattern


def _insert(lines: Mapping[str, Sequence[str]]) -> str:
    blocks = (_inside(graph, "\n".join(f"{line} ." for line in of)) for graph, of in lines.items())
    return f"INSERT DATA {{ {' '.join(blocks)} }}"


def _named(graph: str) -> dict[str, str]:
    return {"graph": graph} if graph else {"default": ""}
