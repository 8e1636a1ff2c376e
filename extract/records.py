"""The facts contract: articles, entities and facts, and their JSON Lines form.

One JSON object a line, one article an object. `govkg extract` writes it and `govkg build` reads
it; either half can be replaced by somebody else's program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

import msgspec

from extract.errors import FactsError

Span = tuple[int, int]
"""Start and end in characters of the article's text, end exclusive."""

ENTITY_TYPES = ("Person", "Institution", "Place", "Event", "Practice", "Document", "Honour")


class Article(msgspec.Struct, kw_only=True):
    """A news article: its body without page furniture, and what the page says about it.

    `date` is ISO 8601 (`2024-02-05`), or None where the page gives none; `sha256` is the digest
    of `text` in UTF-8; `path` is where it was read from, with the entry number for tables.
    """

    id: str
    text: str
    path: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    authors: list[str] = []
    editors: list[str] = []
    language: str = "zh"
    sha256: str = ""


class Entity(msgspec.Struct, kw_only=True):
    """One thing an article speaks of, with every place where it is mentioned.

    `aliases` are other forms found in the text; `attributes` is the closed set of the design
    (Place `code`, `candidates`; Institution `kind`, `level`, `place`, `parent`; Person `public`;
    Practice `version`; Event `kind`).
    """

    id: str
    type: str
    name: str
    aliases: list[str] = []
    mentions: list[Span] = []
    attributes: dict[str, Any] = {}


class Fact(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One thing an article states.

    `object` is an entity id, or an ISO date where the relation's range is Date. `evidence` is the
    clause or sentence that states it; `context` are spans elsewhere that the fact inherits from.
    `rule` names the relation file's rule, as `relation/rule-id`.
    """

    subject: str
    relation: str
    object: str
    evidence: Span
    rule: str
    confidence: float
    qualifiers: dict[str, str] = {}
    context: list[Span] = []


class ArticleFacts(msgspec.Struct, kw_only=True):
    """What one article gives: itself, its entities, its facts."""

    article: Article
    entities: list[Entity] = []
    facts: list[Fact] = []


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(ArticleFacts)


def encode(record: ArticleFacts) -> bytes:
    """Return the record as one JSON line, newline included."""
    return _encoder.encode(record) + b"\n"


def write_facts(records: Iterable[ArticleFacts], out: IO[bytes]) -> int:
    """Write each record as a line; return how many were written."""
    count = 0
    for record in records:
        out.write(encode(record))
        count += 1
    return count


def read_facts(
    lines: Iterable[bytes], file: str, on_error: Callable[[FactsError], None] | None = None
) -> Iterator[ArticleFacts]:
    """Yield the records of a facts file.

    A line that is no record (broken JSON, another shape, an entity type outside the guide, a fact
    that refers to an entity the line does not list) gives a FactsError naming `file` and the line:
    handed to `on_error` where there is one, so that the other lines are still read, else raised.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = _decode(line, file, number)
        except FactsError as error:
            if on_error is None:
                raise
            on_error(error)
            continue
        yield record


def _decode(line: bytes, file: str, number: int) -> ArticleFacts:
    try:
        record = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise FactsError(
            f"not a facts record ({exc})",
            file=file,
            entry=number,
            remedy="write it with `govkg extract`, one JSON object a line",
        ) from exc
    _check(record, file, number)
    return record


def _check(record: ArticleFacts, file: str, number: int) -> None:
    length = len(record.article.text)
    known = set()
    for entity in record.entities:
        if entity.type not in ENTITY_TYPES:
            raise FactsError(
                f"entity {entity.id} has the unknown type {entity.type!r}",
                file=file,
                entry=number,
                remedy=f"use one of {', '.join(ENTITY_TYPES)}",
            )
        known.add(entity.id)
    for fact in record.facts:
        start, end = fact.evidence
        if not 0 <= start < end <= length:
            raise FactsError(
                f"evidence {start}-{end} lies outside the text of {length} characters",
                file=file,
                entry=number,
                remedy="offsets count characters of article.text, end exclusive",
            )
        if fact.subject not in known:
            raise FactsError(
                f"fact refers to {fact.subject!r}, which is no entity of the article",
                file=file,
                entry=number,
                remedy="list every subject under entities",
            )
