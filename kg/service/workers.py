"""The pool of workers: queries are answered in processes of their own, several at once, each within limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.service.messages import Kind
from kg.service.settings import Limits, Settings
from kg.sparql import Term

AnyTerm = ox.NamedNode | ox.Literal | ox.BlankNode


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query as rows of terms; a graph's are triples, that of ASK one row with `answer`."""

    kind: Kind
    columns: tuple[str, ...]
    rows: list[tuple[AnyTerm | None, ...]]
    cut: bool
    """Whether there were more rows than the limit, which were left out."""


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """The whole answer to a query as text in a format, in a file that its taker closes."""

    kind: Kind
    rows: int
    length: int
    text: BinaryIO


class Workers:
    """A pool of processes that answer queries from the state of the store published last."""

    def __init__(self, store_path: Path, settings: Settings) -> None:
        """Nothing is started yet."""
        self._store_path = store_path
        self._settings = settings

    async def start(self) -> None:
        """Start the workers; raises StoreError if the store cannot be opened."""

    async def stop(self) -> None:
        """End the workers, whatever they are doing."""

    async def ask(
        self,
        sparql: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> Answer:
        """Return the answer as rows, at most `limits.rows` of them.

        Raises QueryError if the query is wrong or refused, LimitReached if it was stopped, Busy if too many
        wait.
        """
        raise NotImplementedError
