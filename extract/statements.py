"""Statements: facts over mentions, before the mentions are known as entities."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.dates import DateMention
from extract.language.relations import Relation, Rule
from extract.segments import Span
from extract.text import Mention

Qualifiers = tuple[tuple[str, str], ...]
"""What a fact adds, by name: (("title", "副书记"),)."""

_PLANNED = ("modality", "planned")


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
    qualifiers: Qualifiers = ()

    @property
    def planned(self) -> bool:
        """Whether this is announced and not yet done."""
        return _PLANNED in self.qualifiers

    @property
    def ends(self) -> tuple[Mention, ...]:
        """Subject and object, as far as they are mentions."""
        if isinstance(self.object, DateMention):
            return (self.subject,)
        return self.subject, self.object

    def as_planned(self) -> Statement:
        """Return the statement as something announced."""
        return replace(self, qualifiers=(*self.qualifiers, _PLANNED))

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
        qualifiers: Qualifiers = (),
    ) -> Statement:
        """Return what a rule of a relation states; `cost` is taken from the rule's confidence."""
        confidence = round(rule.confidence - cost, 2)
        named = f"{relation.name}/{rule.id}"
        return cls(subject, relation.name, object, named, confidence, evidence, context, qualifiers)
