"""What answers SPARQL: a store (kg.store), or a service that holds one (kg.endpoint)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pyoxigraph as ox

from kg.sparql import Term


class Answering(Protocol):
    """Answers questions; raises QueryError for what cannot be asked."""

    def query(
        self, sparql: str, bindings: Mapping[str, Term] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a SPARQL 1.1 query; `bindings` are terms for its variables."""

    def select(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
        """Answer a SELECT query."""
