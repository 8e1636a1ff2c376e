"""The snapshot a page came from: enough to cite it and to tell whether another page shows the same."""

from __future__ import annotations

import hashlib

from kg.network_facts import rows
from kg.store import Store
from kg.store_folder import tool_version

Snapshot = dict[str, object]

_ARTICLES = """
SELECT ?id ?sha256 ?issued WHERE { GRAPH ?article {
  ?article dcterms:identifier ?id ; gov:sha256 ?sha256 .
  OPTIONAL { ?article dcterms:issued ?issued }
} }
"""


def snapshot(store: Store) -> Snapshot:
    """Return what identifies the store's content.

    `articles` counts them, `first` and `last` are the days of the earliest and the latest, "" if none has
    a date; `digest` is the SHA-256 of the sorted identifiers and digests of the articles; `version` is
    ours.
    """
    articles = sorted(set(rows(store, _ARTICLES, "id", "sha256", "issued")))
    digest = hashlib.sha256()
    for identifier, sha256, _ in articles:
        digest.update(f"{identifier}\t{sha256}\n".encode("utf-8", "replace"))
    days = sorted(issued for _, _, issued in articles if issued)
    return {
        "articles": len(articles),
        "first": days[0] if days else "",
        "last": days[-1] if days else "",
        "digest": digest.hexdigest(),
        "version": tool_version(),
    }
