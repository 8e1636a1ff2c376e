"""What a page says of a view: facts as a reader sees them, and the sentences that state them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of an article and the part of it that states a fact.

    `start` and `end` count characters of `sentence`, end exclusive. `date` is ISO 8601.
    """

    sentence: str
    start: int
    end: int
    article_title: str | None = None
    source: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class FactReading:
    """A statement as a reader sees it.

    `relation` is the relation's name; `subject` and `object` are IRIs of canonical entities, or an
    ISO date for `object` where the relation's range is Date; the labels are what to print where the
    entity is not in the page.
    """

    relation: str
    subject: str
    subject_label: str
    object: str
    object_label: str
    confidence: float
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    quotations: Sequence[Quotation] = ()
