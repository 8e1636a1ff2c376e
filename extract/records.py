"""The facts contract: articles, entities and facts, and their JSON Lines form.

One JSON object a line, one article an object. `govkg extract` writes it and `govkg build` reads
it; either half can be replaced by somebody else's program.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

import msgspec

from extract.errors import FactsError

Span = tuple[int, int]
"""Start and end in characters of the article's text, end exclusive."""

_ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
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
    (Place `code`, `candidates`; Institution `kind`, `level`, `place`, `parent`, `candidates`; Person
    `public`; Practice `version`; Event `kind`). An institution with empty `candidates` is of a place that
    the article does not say (市住建委): it is another one in each article.
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

    A line that is no record gives a FactsError naming `file` and the line: handed to `on_error` where
    there is one, so that the other lines are still read, else raised. No record is: broken JSON, another
    shape, a type outside the guide, two entities of one id, a fact of an entity the line does not list, a
    span outside the text, a confidence outside 0 to 1.
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
    problem = _problem(record)
    if problem is not None:
        raise FactsError(problem[0], file=file, entry=number, remedy=problem[1])
    return record


Problem = tuple[str, str]
"""What is wrong, and what to do about it."""


def _problem(record: ArticleFacts) -> Problem | None:
    """Return the first breach of the contract that the types do not rule out."""
    length = len(record.article.text)
    known: set[str] = set()
    for entity in record.entities:
        if entity.type not in ENTITY_TYPES:
            return (
                f"entity {entity.id} has the unknown type {entity.type!r}",
                f"use one of {', '.join(ENTITY_TYPES)}",
            )
        if entity.id in known:
            return (
                f"two entities have the id {entity.id!r}",
                "give each entity of an article an id of its own",
            )
        known.add(entity.id)
        problem = _outside("mention", entity.mentions, length)
        if problem is not None:
            return problem
    for fact in record.facts:
        problem = _fact_problem(fact, known, length)
        if problem is not None:
            return problem
    return None


def _fact_problem(fact: Fact, known: set[str], length: int) -> Problem | None:
    if fact.subject not in known:
        return (
            f"fact refers to {fact.subject!r}, which is no entity of the article",
            "list every subject under entities",
        )
    if fact.object not in known and not _is_date(fact.object):
        return (
            f"fact refers to {fact.object!r}, which is neither an entity of the article nor a date",
            "list every object under entities, or write a date as 2024-02-05, 2024-02 or 2024",
        )
    if not 0 <= fact.confidence <= 1:
        return f"confidence {fact.confidence} is no share", "write confidence as a number from 0 to 1"
    return _outside("evidence", [fact.evidence], length) or _outside("context", fact.context, length)


def _is_date(text: str) -> bool:
    """Tell whether a text is a day, a month or a year in ISO 8601."""
    if _ISO_DATE.fullmatch(text) is None:
        return False
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - len("2024") :])
    except ValueError:
        return False
    return True


def _outside(what: str, spans: list[Span], length: int) -> Problem | None:
    """Return what is wrong with the first span that is empty or does not lie in the text."""
    for start, end in spans:
        if not 0 <= start < end <= length:
            return (
                f"{what} {start}-{end} lies outside the text of {length} characters",
                "offsets count characters of article.text, end exclusive",
            )
    return None
