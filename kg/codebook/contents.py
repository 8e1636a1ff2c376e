"""The contents of the codebook: each class and relation with all that is known of it, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from extract.language.relations import Relation, Rule, Text
from extract.records import ENTITY_TYPES
from kg.codebook.counts import Counts, RelationCount
from kg.codebook.measured import SET_NAMES, Measure, Measured, RuleMeasure
from kg.codebook.words import FIELDS
from kg.term_labels import Term, ontology_terms
from kg.vocabulary import CORE_PROPERTIES, RELATIONS

_SHOWN_APART = ("id", "examples")
_EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """The figures of a class or relation on one set."""

    set: Text
    measure: Measure


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule: its parts as label and value, its figures on all sets together, its statements in the store."""

    rule: Rule
    parts: tuple[tuple[Text, object], ...]
    measure: RuleMeasure | None
    statements: int | None


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A class, how well its entities are found, how many there are in the store, and some of them."""

    term: Term
    measured: tuple[MeasuredRow, ...]
    count: int | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationEntry:
    """A relation, how well it is found and by which rules, and how often in the store."""

    relation: Relation
    measured: tuple[MeasuredRow, ...]
    count: RelationCount | None
    rules: tuple[RuleEntry, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All entries; `articles` is how many the store holds, None without a store."""

    classes: tuple[ClassEntry, ...]
    relations: tuple[RelationEntry, ...]
    properties: tuple[Term, ...]
    articles: int | None


def codebook(measured: Measured, counts: Counts | None) -> Codebook:
    """Return the codebook with the figures, and with the counts of a store where they are given."""
    terms = ontology_terms()
    return Codebook(
        classes=tuple(_class_entry(terms[kind], measured, counts) for kind in ENTITY_TYPES),
        relations=tuple(_relation_entry(each, measured, counts) for each in RELATIONS.values()),
        properties=tuple(terms[name] for name in CORE_PROPERTIES if name in terms),
        articles=counts.articles if counts is not None else None,
    )


def _class_entry(term: Term, measured: Measured, counts: Counts | None) -> ClassEntry:
    figures = ((each.name, each.classes) for each in measured.sets)
    known = counts.examples.get(term.name, []) if counts is not None else list(_named_in_rules(term.name))
    return ClassEntry(
        term=term,
        measured=tuple(_rows(figures, term.name)),
        count=counts.classes[term.name] if counts is not None else None,
        examples=tuple(known[:_EXAMPLES]),
    )


def _named_in_rules(kind: str) -> Iterator[str]:
    """Yield what the rules' examples name at an end where only the class can stand."""
    seen: set[str] = set()
    for relation in RELATIONS.values():
        for place, kinds in enumerate((relation.domain, relation.range)):
            if kinds != (kind,):
                continue
            for example in (e for rule in relation.rules for e in rule.examples):
                for fact in example.facts:
                    name = fact.split("|")[place]
                    if name not in seen:
                        seen.add(name)
                        yield name


def _relation_entry(relation: Relation, measured: Measured, counts: Counts | None) -> RelationEntry:
    figures = ((each.name, each.relations) for each in measured.sets)
    return RelationEntry(
        relation=relation,
        measured=tuple(_rows(figures, relation.name)),
        count=counts.relations[relation.name] if counts is not None else None,
        rules=tuple(_rule_entry(relation, rule, measured, counts) for rule in relation.rules),
    )


def _rule_entry(relation: Relation, rule: Rule, measured: Measured, counts: Counts | None) -> RuleEntry:
    name = f"{relation.name}/{rule.id}"
    found = [each.rules[name] for each in measured.sets if name in each.rules]
    total = RuleMeasure(sum(m.found for m in found), sum(m.wrong for m in found)) if found else None
    return RuleEntry(
        rule=rule,
        parts=tuple(_parts(rule)),
        measure=total,
        statements=counts.rules[name] if counts is not None else None,
    )


def _parts(rule: Rule) -> Iterator[tuple[Text, object]]:
    """Yield what a rule says beyond what goes without saying."""
    for field in msgspec.structs.fields(rule):
        value = getattr(rule, field.name)
        if field.name in _SHOWN_APART or (not field.required and value == field.default):
            continue
        if isinstance(value, msgspec.Struct):
            value = msgspec.structs.asdict(value)
        yield FIELDS.get(field.name, Text(field.name, field.name)), value


def _rows(figures: Iterable[tuple[str, dict[str, Measure]]], name: str) -> Iterator[MeasuredRow]:
    for set_name, measures in figures:
        if name in measures:
            yield MeasuredRow(SET_NAMES.get(set_name, Text(set_name, set_name)), measures[name])
