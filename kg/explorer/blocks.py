"""Blocks: data inside the page, as JSON between script tags, the large ones packed.

A packed block is a table by columns, deflated and in base64: a fifth of the size of the same rows as
JSON, and nothing in it can be read as markup. The browser unpacks it without asking anybody.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_LEVEL = 9


def json_text(value: object) -> str:
    """Return the value as JSON without spaces; lone surrogates, which UTF-8 cannot hold, become `?`."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")


def script_json(value: object) -> str:
    """Return the value as JSON that can stand between script tags: no `<` opens or closes anything."""
    text = json_text(value).replace("<", "\\u003c")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def packed(value: object) -> str:
    """Return the value as deflated JSON in base64; the same value gives the same text."""
    return base64.b64encode(zlib.compress(json_text(value).encode("utf-8"), _LEVEL)).decode("ascii")


def columns(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> dict[str, list[Any]]:
    """Return the rows as one list a name; what a row lacks, or is empty, is 0 in its column."""
    found: dict[str, list[Any]] = {name: [] for name in names}
    for row in rows:
        for name, column in found.items():
            column.append(row.get(name) or 0)
    return found
