"""Which ids articles have taken: a table on disk, so that memory does not grow with their number."""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import Self

_CACHE_KILOBYTES = 16_384


class ArticleIds:
    """The ids taken so far, each with the path of the article that took it."""

    def __init__(self) -> None:
        """Begin with none; the table is a temporary file that SQLite removes by itself."""
        self._table = sqlite3.connect("", isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KILOBYTES}"):
            self._table.execute(f"PRAGMA {setting}")
        self._table.execute("CREATE TABLE ids (id TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID")
        self._table.execute("BEGIN")

    def take(self, id_: str, path: str) -> str | None:
        """Give the id to the article at the path, or return the path of the one that has it."""
        if self._table.execute("INSERT OR IGNORE INTO ids VALUES (?, ?)", (id_, path)).rowcount:
            return None
        return self.owner(id_)

    def owner(self, id_: str) -> str | None:
        """Return the path of the article that has the id."""
        row = self._table.execute("SELECT path FROM ids WHERE id = ?", (id_,)).fetchone()
        return row[0] if row else None

    def __enter__(self) -> Self:
        """Return the ids, whose table goes at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the table."""
        self._table.close()
