"""IRIs of the dataset: readable, with Chinese characters kept and everything unsafe percent-encoded.

Nothing here looks anything up: an IRI is a function of the names and ids it is made from.
"""

from __future__ import annotations

import unicodedata

from pyoxigraph import NamedNode

from kg.vocabulary import DATA

IDENTITY = NamedNode(DATA + "graph/identity")
REGISTER = NamedNode(DATA + "graph/register")
NAMES = NamedNode(DATA + "graph/names")
LEDGER = NamedNode(DATA + "graph/ledger")
REPRINTS = NamedNode(DATA + "graph/reprints")
CURATION = NamedNode(DATA + "graph/curation")
"""Reserved for what a curator states; nothing writes it yet."""

_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@,:()")
_READABLE = frozenset(("Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Mn", "Nd", "Nl", "No", "Pc", "Pd"))


def segment(text: str) -> str:
    """Return the text as one path segment of an IRI, percent-encoded where it must be.

    Letters and digits of any script stay; spaces, quotes, slashes, controls, bidirectional marks
    and private characters are encoded, so two different texts never give the same segment.

    >>> segment("酒泉市委/a b")
    '酒泉市委%2Fa%20b'
    """
    return "".join(char if _keeps(char) else _encoded(char) for char in text)


def article(article_id: str) -> str:
    """Return the IRI of an article, which is also that of its named graph."""
    return f"{DATA}article/{segment(article_id)}"


def local_entity(article_iri: str, local_id: str) -> str:
    """Return the IRI of an entity as one article gives it."""
    return f"{article_iri}#e-{segment(local_id)}"


def statement(article_iri: str, number: int) -> str:
    """Return the IRI of the article's fact of that number, counted from 0."""
    return f"{article_iri}#f{number}"


def span(article_iri: str, start: int, end: int) -> str:
    """Return the IRI of a stretch of the article's text in characters, end exclusive (RFC 5147)."""
    return f"{article_iri}#char={start},{end}"


def offsets(span_iri: str) -> tuple[int, int]:
    """Return start and end of the stretch that `span` gave this IRI."""
    start, end = span_iri.rsplit("#char=", 1)[1].split(",")
    return int(start), int(end)


def entity(kind: str, key: str) -> str:
    """Return a canonical IRI: the entity type in lower case and the key."""
    return f"{DATA}{kind.lower()}/{segment(key)}"


def post(holder: str, title: str) -> str:
    """Return the IRI of an office: a title in an institution or place, given by its canonical IRI."""
    return f"{DATA}post/{_tail(holder)}/{segment(title) or '_'}"


def membership(person: str, post_iri: str, former: bool) -> str:
    """Return the IRI of a spell: a person in a post, held or held formerly."""
    path = f"{DATA}membership/{_tail(person)}/{post_iri.removeprefix(DATA + 'post/')}"
    return path + "/former" if former else path


def _tail(iri: str) -> str:
    """The part that names the entity, its type left out where only institutions are meant."""
    return iri.removeprefix(DATA).removeprefix("institution/").removeprefix("person/")


def _keeps(char: str) -> bool:
    if char < "\x80":
        return char in _SAFE
    if "\uff00" <= char <= "\uffef" or "\ufff0" <= char <= "\uffff":
        return False
    return unicodedata.category(char) in _READABLE


def _encoded(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))
