"""Inputs that are nearly right, made from bytes: a value changed within a record, tokens within a query."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

HOSTILE: tuple[Any, ...] = (
    *(None, True, 0, -1, 0.5, 1e308, 2**63, [], {}, [[0, 0]], [[5, 2]], [[0, 10**9]], ["a"] * 300),
    *("", "\x00", "\n", "#", "\u202e", "\ud7ff\uffff", "é" * 50, "🏛" * 20, "x" * 5000, "%00"),
    *("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "javascript:alert(1)", "http://a b"),
    *("../../etc/passwd", "article/1", "a/../b", "p1", "e1", "Person", "holdsPost", "planned"),
    *("2024-02-30", "9999", "0000-00-00", {"title": "书记"}),
)
_TOKEN = re.compile(r"<[^>]*>|\"[^\"]*\"|[?\w:-]+|[{}().;,|/*+!=<>&^]|#[^\n]*\n")


def changed_record(records: Sequence[Any], data: bytes) -> bytes:
    """Return one of the records as a JSON line, a few values in it replaced by hostile ones.

    The first byte chooses the record; then each three bytes choose a value (two) and what it becomes.
    """
    record = copy.deepcopy(records[data[0] % len(records)]) if data else {}
    for at in range(1, min(len(data), 13) - 2, 3):
        places = list(_places(record))
        if places:
            holder, key = places[int.from_bytes(data[at : at + 2], "big") % len(places)]
            holder[key] = HOSTILE[data[at + 2] % len(HOSTILE)]
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each value within, as what holds it and under which key."""
    keys: Any = ()
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = range(len(value))
    for key in keys:
        yield value, key
        yield from _places(value[key])


def changed_query(queries: Sequence[str], data: bytes) -> str:
    """Return one of the queries with tokens of others in the place of some of its own.

    The first byte chooses the query; then each four bytes choose a token and its replacement.
    """
    if not data:
        return ""
    tokens = _TOKEN.findall(queries[data[0] % len(queries)])
    pool = [token for query in queries for token in _TOKEN.findall(query)]
    for at in range(1, min(len(data), 33) - 3, 4):
        place = int.from_bytes(data[at : at + 2], "big") % len(tokens)
        tokens[place] = pool[int.from_bytes(data[at + 2 : at + 4], "big") % len(pool)]
    return " ".join(tokens)
