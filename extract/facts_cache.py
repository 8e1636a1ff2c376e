"""Facts kept from one run to the next: an article that was read before with the same rules is not read again.

One SQLite file, which survives being killed at any moment. An entry is found by a digest of what the rules
see of an article, and holds when no rule that could bear on the article has changed since
(extract.rule_versions). Confidences are kept as the rules gave them, before calibration.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from extract.errors import GovkgError
from extract.phrases import Phrases
from extract.records import Article, ArticleFacts, Entity, Fact
from extract.rule_versions import RuleVersion
from extract.scripts import to_simplified

FORMAT = 1
_WAIT_SECONDS = 60.0
_KEY_BYTES = 16
_COMPRESSION = 1
_SIDE_FILES = ("-wal", "-shm")
_TABLES = """
CREATE TABLE IF NOT EXISTS versions (number INTEGER PRIMARY KEY, digest TEXT UNIQUE, rules BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
  key BLOB PRIMARY KEY, version INTEGER NOT NULL, asked TEXT NOT NULL, facts BLOB NOT NULL);
"""


class CacheError(GovkgError):
    """A cache that cannot be opened, read or written."""


class Found(msgspec.Struct):
    """What the rules found in an article."""

    entities: list[Entity]
    facts: list[Fact]


class Entry(msgspec.Struct):
    """What is kept of an article.

    `asked` are the strings that the lexicon was asked about and that do not stand in what the rules see of
    the article, one a line; `facts` is a Found, packed.
    """

    key: bytes
    asked: str
    facts: bytes


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Found)
_version_decoder = msgspec.msgpack.Decoder(RuleVersion)


def key_of(article: Article, manner: str) -> bytes:
    """Return the digest of what the rules see of an article, read in a manner (options that change facts)."""
    seen = (
        manner,
        article.text,
        article.title,
        article.date,
        article.source,
        article.authors,
        article.editors,
        article.language,
    )
    return blake2b(_encoder.encode(seen), digest_size=_KEY_BYTES).digest()


def seen_in(article: Article) -> str:
    """Return all that the rules see of an article as one text, to look for words in."""
    text = article.text
    simplified = to_simplified(text) if article.language == "zh-Hant" else ""
    others = (article.title or "", article.source or "", *article.authors, *article.editors)
    return "\n".join((text, simplified, *others))


def entry_of(key: bytes, asked: Sequence[str], record: ArticleFacts) -> Entry:
    """Return what is to be kept of an article's record, of which confidences are not calibrated yet."""
    facts = _encoder.encode(Found(record.entities, record.facts))
    return Entry(key, "\n".join(asked), zlib.compress(facts, _COMPRESSION))


class PackedRules(msgspec.Struct, frozen=True):
    """A version of the rules as the cache keeps it: its digest, and itself packed."""

    digest: str
    rules: bytes

    @classmethod
    def of(cls, version: RuleVersion) -> PackedRules:
        """Return the version packed."""
        return cls(version.digest(), zlib.compress(_encoder.encode(version), _COMPRESSION))


class FactsCache:
    """The cache in one file: many may read it, and one at a time writes."""

    def __init__(self, path: Path, current: RuleVersion | None = None, *, write: bool = False) -> None:
        """Open it, made where it is not there and `write` is given.

        `current` is the version of the rules by which entries are judged when they are got. Raises CacheError
        where the file is no cache of ours, or cannot be used.
        """
        self._path = path
        self._current = current
        self._changed: dict[int, Phrases[bool] | None] = {}
        with self._told():
            mode = "rwc" if write else "ro"
            self._table = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_WAIT_SECONDS
            )
            found = self._table.execute("PRAGMA user_version").fetchone()[0]
            if write:
                self._prepare(found)
            elif found != FORMAT:
                raise sqlite3.DatabaseError("it has another format")

    def _prepare(self, found: int) -> None:
        others = self._table.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if found not in (0, FORMAT) or (found == 0 and others):
            raise sqlite3.DatabaseError("it has another format")
        self._table.execute("PRAGMA journal_mode = WAL")
        self._table.execute("PRAGMA synchronous = NORMAL")
        self._table.executescript(_TABLES)
        self._table.execute(f"PRAGMA user_version = {FORMAT}")
        self._table.commit()

    def get(self, key: bytes, seen: str) -> Found | None:
        """Return what was found in the article of the key, if it still holds; see seen_in for `seen`."""
        with self._told():
            row = self._table.execute(
                "SELECT version, asked, facts FROM articles WHERE key = ?", (key,)
            ).fetchone()
            if row is None or not self._holds(row[0], seen, row[1]):
                return None
        try:
            return _decoder.decode(zlib.decompress(row[2]))
        except (zlib.error, msgspec.DecodeError):
            return None  # what was damaged is read anew

    def put(self, entries: Sequence[Entry], rules: PackedRules) -> None:
        """Keep the entries, which were made by the rules; all or none of them."""
        with self._told(), self._table:
            number = self._number(rules)
            rows = [(entry.key, number, entry.asked, entry.facts) for entry in entries]
            self._table.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", rows)

    def _number(self, rules: PackedRules) -> int:
        query = "SELECT number FROM versions WHERE digest = ?"
        row = self._table.execute(query, (rules.digest,)).fetchone()
        if row is None:
            kept = "INSERT INTO versions (digest, rules) VALUES (?, ?) RETURNING number"
            row = self._table.execute(kept, (rules.digest, rules.rules)).fetchone()
        return int(row[0])

    def __len__(self) -> int:
        """Return how many articles it holds."""
        with self._told():
            count: int = self._table.execute("SELECT count(*) FROM articles").fetchone()[0]
            return count

    def close(self) -> None:
        """Close the file."""
        self._table.close()

    def __enter__(self) -> Self:
        """Return the cache, which is closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def _holds(self, version: int, seen: str, asked: str) -> bool:
        """Tell whether nothing that could bear on an article has changed since the version."""
        if version not in self._changed:
            self._changed[version] = self._changed_since(version)
        changed = self._changed[version]
        if changed is None:
            return False
        return not any(True for text in (seen, asked) for _ in changed.every(text))

    def _changed_since(self, version: int) -> Phrases[bool] | None:
        row = self._table.execute("SELECT rules FROM versions WHERE number = ?", (version,)).fetchone()
        if row is None or self._current is None:
            return None
        try:
            words = self._current.changed_words(_version_decoder.decode(zlib.decompress(row[0])))
        except (zlib.error, msgspec.DecodeError):
            return None
        return None if words is None or "" in words else Phrases(dict.fromkeys(words, True))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise CacheError(
                f"cannot be used as a cache of facts ({error})",
                file=str(self._path),
                remedy="delete it, or name another file; a cache holds nothing that cannot be made again",
            ) from error


def delete(path: Path) -> None:
    """Delete the cache in a file, with what SQLite keeps beside it."""
    for name in (path.name, *(path.name + side for side in _SIDE_FILES)):
        path.with_name(name).unlink(missing_ok=True)
