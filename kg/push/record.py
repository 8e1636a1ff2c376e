"""What a server has got of a store, kept in the store's folder so that a push that was ended goes on.

A line is added before a piece is sent and after it has arrived, and forced to the disk; a line cut short by
a crash counts as not written. What the record says is compared with the server before it is believed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from kg.errors import StoreError
from kg.push.pieces import Piece
from kg.store_lock import StoreLock

_FOLDER = "pushed"
_SENT, _ARRIVED, _FORGOTTEN = "sent", "arrived", "forgotten"


@dataclass(slots=True)
class Arrived:
    """What is known of a graph on the server: its pieces that arrived, and those not heard of again.

    Of a piece that was sent, `doubtful` has all that may be there: it, and what it was sent to replace.
    """

    parts: int = 0
    pieces: dict[int, Piece] = field(default_factory=dict)
    doubtful: dict[int, list[Piece]] = field(default_factory=dict)

    def agrees(self, on_server: int) -> bool:
        """Tell whether the server can hold so many triples of the graph if the record is right."""
        least = sum(piece.count for piece in self.pieces.values())
        return least <= on_server <= least + sum(p.count for found in self.doubtful.values() for p in found)

    def has(self, piece: Piece) -> bool:
        """Tell whether the piece has arrived as it is."""
        return self.pieces.get(piece.part) == piece

    def parts_with_triples(self) -> set[int]:
        """Return the numbers of the pieces of which anything may be there."""
        return {part for part, piece in self.pieces.items() if piece.count} | self.doubtful.keys()

    def is_stale(self, piece: Piece) -> bool:
        """Tell whether anything else of the piece's subjects may be there than the piece itself."""
        known = [self.pieces[piece.part]] if piece.part in self.pieces else []
        return any(other != piece for other in (*known, *self.doubtful.get(piece.part, ())))


class PushRecord:
    """The record of what one server has got of one store; a context manager, held by one push at a time."""

    def __init__(self, store: Path, target: str) -> None:
        """Open the record of what was sent to a target, named by its addresses.

        Raises StoreError if it cannot be written, or if another push to the target is running.
        """
        name = hashlib.sha256(target.encode()).hexdigest()[:16]
        self.path = store / _FOLDER / f"{name}.jsonl"
        try:
            self.path.parent.mkdir(exist_ok=True)
            self.path.touch()
            self._lock = StoreLock(self.path, exclusive=True)
        except StoreError as exc:
            raise StoreError(
                f"another push to {target} is running", file=str(store), remedy="wait until it has ended"
            ) from exc
        except OSError as exc:
            raise StoreError(
                f"what is sent cannot be noted in the store's folder ({exc.strerror})",
                file=str(self.path),
                remedy="see that you may write there, or push a copy of the store",
            ) from exc
        self._graphs: dict[str, Arrived] = {}
        self._read()
        self._out = self.path.open("ab")

    def _read(self) -> None:
        whole = 0
        data = self.path.read_bytes()
        for line in data.splitlines(keepends=True):
            try:
                what, graph, *values = json.loads(line)
                if not line.endswith(b"\n"):
                    break
                self._note(what, graph, Piece(*values) if values else None)
            except (ValueError, TypeError):
                break
            whole += len(line)
        if whole < len(data):
            os.truncate(self.path, whole)

    def _note(self, what: str, graph: str, piece: Piece | None) -> None:
        if piece is None:
            self._graphs.pop(graph, None)
            return
        known = self._graphs.setdefault(graph, Arrived(piece.parts))
        if what == _ARRIVED:
            known.doubtful.pop(piece.part, None)
            known.pieces[piece.part] = piece
            return
        before = known.pieces.pop(piece.part, None)
        known.doubtful.setdefault(piece.part, []).extend([piece] if before is None else [before, piece])

    def graphs(self) -> Mapping[str, Arrived]:
        """Return what is known of each graph that was sent."""
        return self._graphs

    def arrived(self, graph: str) -> Arrived:
        """Return what is known of a graph; nothing, if it was never sent."""
        return self._graphs.get(graph, Arrived())

    def note_sent(self, pieces: list[tuple[str, Piece]]) -> None:
        """Note that pieces of graphs are about to be sent."""
        self._write(_SENT, pieces)

    def note_arrived(self, pieces: list[tuple[str, Piece]]) -> None:
        """Note that the server has got them."""
        self._write(_ARRIVED, pieces)

    def forget(self, graph: str) -> None:
        """Note that nothing is known of a graph, or that it was cleared on the server."""
        self._append([[_FORGOTTEN, graph]])
        self._note(_FORGOTTEN, graph, None)

    def _write(self, what: str, pieces: list[tuple[str, Piece]]) -> None:
        self._append([[what, graph, p.part, p.parts, p.count, p.digest] for graph, p in pieces])
        for graph, piece in pieces:
            self._note(what, graph, piece)

    def _append(self, lines: list[list[object]]) -> None:
        for line in lines:
            self._out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._out.flush()
        os.fsync(self._out.fileno())

    def compact(self) -> None:
        """Write the record anew without what is no longer of use; all that was sent has arrived."""
        part = self.path.with_suffix(".part")
        with part.open("wb") as out:
            for graph, known in self._graphs.items():
                for piece in known.pieces.values():
                    line = [_ARRIVED, graph, piece.part, piece.parts, piece.count, piece.digest]
                    out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        part.replace(self.path)

    def close(self) -> None:
        """Give the record back."""
        self._out.close()
        self._lock.release()

    def __enter__(self) -> PushRecord:
        """Return the record itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the record back."""
        self.close()
