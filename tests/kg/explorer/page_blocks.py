"""Reads the data blocks of a page back, as the browser does."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any


def block(page: str, name: str) -> Any:
    """Return what the packed block of that name holds."""
    found = re.search(rf'id="{name}-data">([^<]*)</script>', page)
    assert found
    return json.loads(zlib.decompress(base64.b64decode(found[1])))


def rows(table: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Return a table by columns as rows."""
    names = list(table)
    return [dict(zip(names, values, strict=True)) for values in zip(*table.values(), strict=True)]
