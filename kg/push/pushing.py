"""Making a server hold what a store holds: what is missing is sent, what is other replaced, the rest left.

Graphs of articles come first, so that the server can tell whether its default graph shows all graphs; the
direct triples come last, and so does the comparison of what is there with the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.endpoint import DEFAULT_GRAPH
from kg.errors import EndpointError, EndpointRefusedError
from kg.push.pieces import GraphPieces, Piece, part_of
from kg.push.record import PushRecord
from kg.push.targets import Target
from kg.store import Store

_AT_ONCE = 2000
"""About how many triples a request adds; Virtuoso takes fewer than 5,000."""

_TOO_MUCH = frozenset((400, 413, 500, 507))
"""What servers answer to a request that is too large for them."""

OnProgress = Callable[[int], None]

_Line = TypeVar("_Line")


@dataclass(slots=True)
class Pushed:
    """How many triples were sent, how many were there already, and how many graphs were taken away.

    `verified` is whether the server was asked what it holds, and holds as much as the store.
    """

    sent: int = 0
    kept: int = 0
    removed: int = 0
    verified: bool = False


def push(
    store: Store,
    target: Target,
    record_in: Path,
    on_progress: OnProgress | None = None,
    *,
    replace: bool = False,
) -> Pushed:
    """Make the target hold what the store holds; return what that took.

    What was sent is noted in the folder `record_in`, so that a push that was ended, however, goes on
    where it was. `on_progress` is told how many triples are done. Without `replace`, a server is left
    alone that holds a dataset of ours which was never sent from there. Raises EndpointError for that, and
    if the server does not do as asked or holds something else in the end; StoreError if nothing can be
    noted.
    """
    with PushRecord(record_in, target.name) as record:
        return _Push(store.database, target, record, on_progress).run(replace)


class _Push:
    """One push; `_held` is how many triples each graph of the store has, by its name on the server."""

    def __init__(
        self, database: ox.Store, target: Target, record: PushRecord, on_progress: OnProgress | None
    ) -> None:
        self._database = database
        self._target = target
        self._record = record
        self._on_progress = on_progress
        self._done = Pushed()
        self._held: dict[str, int] = {}
        self._on_server: dict[str, int] | None = None
        self._waiting: list[tuple[str, Piece, list[str]]] = []

    def run(self, replace: bool) -> Pushed:
        counts = self._target.counts()
        self._on_server = dict(counts) if counts is not None else None
        self._check_ours(replace)
        self._doubt()
        for graph in self._database.named_graphs():
            if isinstance(graph, ox.NamedNode):
                self._push_graph(graph, graph.value)
        self._flush()
        self._push_graph(ox.DefaultGraph(), self._target.direct_graph())
        self._flush()
        self._remove_others()
        self._verify()
        self._record.compact()
        return self._done

    def _check_ours(self, replace: bool) -> None:
        if self._on_server and not self._record.graphs() and not replace:
            held = sum(self._on_server.values())
            raise EndpointError(
                f"the server holds a dataset already ({held:,} triples) that this store has not sent",
                file=self._target.name,
                remedy="if it shall hold this store instead, say so with --replace",
            )

    def _doubt(self) -> None:
        """Forget what is recorded of graphs that are not on the server as they were sent."""
        if self._on_server is None:
            return
        for graph, known in list(self._record.graphs().items()):
            if not known.agrees(self._on_server.get(graph, 0)):
                self._record.forget(graph)

    def _push_graph(self, node: ox.NamedNode | ox.DefaultGraph, graph: str) -> None:
        with GraphPieces(self._database, node) as cut:
            self._held[graph] = cut.count
            stale = self._stale(graph, cut)
            if stale is None:
                self._clear(graph)
                stale = {}
            known = self._record.arrived(graph)
            for piece in cut.pieces:
                if known.has(piece):
                    self._tell(kept=piece.count)
                elif piece.part in stale:
                    self._replace(graph, piece, stale.pop(piece.part), cut.lines(piece))
                else:
                    self._wait(graph, piece, cut.lines(piece))
            for part, subjects in stale.items():
                self._replace(graph, Piece(part, cut.parts, 0, ""), subjects, [])

    def _stale(self, graph: str, cut: GraphPieces) -> dict[int, list[str]] | None:
        """Return the subjects there of pieces that are other there; None if the graph is to be cleared."""
        known = self._record.graphs().get(graph)
        if known is None or known.parts != cut.parts:
            is_empty = self._on_server is not None and not self._on_server.get(graph, 0) and known is None
            return {} if is_empty else None
        now = {piece.part: piece for piece in cut.pieces}
        parts = {part for part in known.parts_with_triples() if part not in now}
        parts |= {piece.part for piece in cut.pieces if known.is_stale(piece)}
        if not parts:
            return {}
        if cut.parts == 1 or not self._target.is_exact:
            return None
        found: dict[int, list[str]] = {part: [] for part in sorted(parts)}
        for subject in self._target.subjects(graph):
            part = part_of(subject, cut.parts)
            if part in found:
                found[part].append(subject)
        return found

    def _clear(self, graph: str) -> None:
        self._record.forget(graph)
        self._target.clear(graph)

    def _replace(self, graph: str, piece: Piece, subjects: Sequence[str], lines: Sequence[str]) -> None:
        self._record.note_sent([(graph, piece)])
        _in_halves(lines, lambda part, first: self._target.change(graph, subjects if first else (), part))
        self._record.note_arrived([(graph, piece)])
        self._tell(sent=piece.count)

    def _wait(self, graph: str, piece: Piece, lines: list[str]) -> None:
        """Keep a piece that is only added until there is enough for a request."""
        self._waiting.append((graph, piece, lines))
        if sum(len(waiting) for _, _, waiting in self._waiting) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if not self._waiting:
            return
        pieces = [(graph, piece) for graph, piece, _ in self._waiting]
        self._record.note_sent(pieces)
        lines = [(graph, line) for graph, _, of_piece in self._waiting for line in of_piece]
        _in_halves(lines, lambda part, _: self._target.add(_by_graph(part)))
        self._record.note_arrived(pieces)
        self._waiting = []
        self._tell(sent=len(lines))

    def _remove_others(self) -> None:
        """Take graphs away that the store does not have."""
        direct = self._target.direct_graph()
        for graph in dict.fromkeys((*self._record.graphs(), *(self._on_server or ()))):
            if graph not in self._held and (graph != DEFAULT_GRAPH or direct == DEFAULT_GRAPH):
                self._clear(graph)
                self._done.removed += 1

    def _verify(self) -> None:
        on_server = self._target.counts()
        if on_server is None:
            return
        held = {graph: count for graph, count in self._held.items() if count}
        others = [graph for graph in {**held, **on_server} if held.get(graph, 0) != on_server.get(graph, 0)]
        for graph in others:
            self._record.forget(graph)
        if others:
            graph = sorted(others)[0]
            raise EndpointError(
                f"the server holds {on_server.get(graph, 0):,} triples of {graph or 'the default graph'}, "
                f"the store {held.get(graph, 0):,}"
                + (f"; {len(others) - 1:,} graphs more differ" if len(others) > 1 else ""),
                file=self._target.name,
                remedy="push again, while nobody else writes there: what differs is then sent anew",
            )
        self._done.verified = True

    def _tell(self, *, sent: int = 0, kept: int = 0) -> None:
        self._done.sent += sent
        self._done.kept += kept
        if self._on_progress is not None:
            self._on_progress(self._done.sent + self._done.kept)


def _by_graph(lines: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for graph, line in lines:
        found[graph].append(line)
    return found


def _in_halves(lines: Sequence[_Line], send: Callable[[Sequence[_Line], bool], None]) -> None:
    """Send the lines at once, or in halves to a server for which they are too many.

    `send` is told whether its lines are the first.
    """
    parts = [(lines, True)]
    while parts:
        part, is_first = parts.pop()
        try:
            send(part, is_first)
        except EndpointRefusedError as refusal:
            if refusal.status not in _TOO_MUCH or len(part) < 2:
                raise
            middle = len(part) // 2
            parts += [(part[middle:], False), (part[:middle], is_first)]
