"""Statements: facts over mentions, before the mentions are known as entities."""

from __future__ import annotations

from dataclasses import dataclass

from extract.dates import DateMention
from extract.language.relations import Relation, Rule
from extract.segments import Span
from extract.text import Mention


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact over mentions: what a rule read, where, and what it inherits from."""

    subject: Mention
    relation: str
    object: Mention | DateMention
    rule: str
    confidence: float
    evidence: Span
    context: tuple[Span, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def by(
        cls,
        relation: Relation,
        rule: Rule,
        subject: Mention,
        object: Mention | DateMention,
        evidence: Span,
        context: tuple[Span, ...] = (),
        *,
        cost: float = 0.0,
        qualifiers: tuple[tuple[str, str], ...] = (),
    ) -> Statement:
        """Return what a rule of a relation states; `cost` is taken from the rule's confidence."""
        confidence = round(rule.confidence - cost, 2)
        named = f"{relation.name}/{rule.id}"
        return cls(subject, relation.name, object, named, confidence, evidence, context, qualifiers)
