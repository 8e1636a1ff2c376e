"""What a facts record must keep so that the graph means what its ontology says."""

from __future__ import annotations

from collections.abc import Mapping

from extract.errors import FactsError
from extract.records import ArticleFacts, Entity, Fact
from kg.dates import read_date
from kg.vocabulary import RELATIONS


def check_record(record: ArticleFacts) -> None:
    """Raise FactsError, naming the article, the problem and the remedy, if a record breaks the contract."""
    by_id = {entity.id: entity for entity in record.entities}
    _check_article(record)
    _check_entities(record, by_id)
    for number, fact in enumerate(record.facts):
        _check_fact(record, number, fact, by_id)


def _check_article(record: ArticleFacts) -> None:
    article = record.article
    if not article.id:
        raise FactsError("an article without an id", file=article.path, remedy="give every article an id")
    if article.date and read_date(article.date) is None:
        raise _bad(record, f"the date {article.date!r} is none", "write 2024-02-05, 2024-02 or 2024")


def _check_entities(record: ArticleFacts, by_id: Mapping[str, Entity]) -> None:
    if len(by_id) != len(record.entities):
        raise _bad(record, "two entities have the same id", "give each entity of an article its own id")
    for entity in record.entities:
        if not entity.name.strip():
            raise _bad(record, f"entity {entity.id} has no name", "name every entity")


def _check_fact(record: ArticleFacts, number: int, fact: Fact, by_id: Mapping[str, Entity]) -> None:
    relation = RELATIONS.get(fact.relation)
    if relation is None:
        known = ", ".join(RELATIONS)
        raise _bad(record, f"fact {number} has the unknown relation {fact.relation!r}", f"use one of {known}")
    for name in fact.qualifiers:
        if name != "modality" and name not in relation.qualifiers:
            known = ", ".join((*relation.qualifiers, "modality"))
            raise _bad(record, f"fact {number}: {fact.relation} has no qualifier {name!r}", f"use {known}")
    _check_type(record, number, fact.subject, by_id, relation.domain)
    if "Date" in relation.range:
        if read_date(fact.object) is None:
            problem = f"fact {number}: {fact.object!r} is no date"
            raise _bad(record, problem, "write 2023-06-27, 2023-06 or 2023")
    else:
        _check_type(record, number, fact.object, by_id, relation.range)


def _check_type(
    record: ArticleFacts, number: int, entity_id: str, by_id: Mapping[str, Entity], types: tuple[str, ...]
) -> None:
    entity = by_id.get(entity_id)
    if entity is None:
        problem = f"fact {number} refers to {entity_id!r}, which is no entity of the article"
        raise _bad(record, problem, "list every subject and object under entities")
    if entity.type not in types:
        problem = f"fact {number}: {entity.name} is {entity.type}"
        raise _bad(record, problem, f"{record.facts[number].relation} takes {' or '.join(types)} there")


def _bad(record: ArticleFacts, problem: str, remedy: str) -> FactsError:
    return FactsError(problem, file=record.article.path, entry=record.article.id, remedy=remedy)
