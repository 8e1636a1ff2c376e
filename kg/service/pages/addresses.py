"""Addresses: the path on which the service answers for an IRI of the dataset, and back."""

from __future__ import annotations

from urllib.parse import unquote

from kg import iris
from kg.vocabulary import DATA


def path_of(iri: str) -> str:
    """Return the path of an IRI of the dataset; fragments stay.

    >>> path_of("https://w3id.org/governance-kg/place/620900-酒泉市")
    '/place/620900-酒泉市'
    """
    return "/" + iri.removeprefix(DATA)


def iri_at(raw_path: bytes) -> str | None:
    """Return the IRI that a path means, as it came over the wire; None for one that is no UTF-8.

    However a client encodes the path, the IRI is written as the dataset writes it.

    >>> iri_at(b"/institution/%e9%85%92%E6%B3%89%E5%B8%82%E5%A7%94%2fa")
    'https://w3id.org/governance-kg/institution/酒泉市委%2Fa'
    """
    try:
        segments = [unquote(part, errors="strict") for part in raw_path.decode("ascii").split("/")]
    except UnicodeDecodeError:
        return None
    return DATA + "/".join(map(iris.segment, segments[1:]))
