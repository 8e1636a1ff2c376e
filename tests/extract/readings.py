"""From a text to what the engine reads in it, written out for comparison."""

from __future__ import annotations

from extract.pipeline import Extractor
from extract.records import Article, ArticleFacts, Fact


def read(extractor: Extractor, text: str, date: str | None = None) -> ArticleFacts:
    """Return the facts of an article that is nothing but this text and perhaps a date."""
    return next(iter(extractor.extract([Article(id="a", text=text, date=date)])))


def names(record: ArticleFacts, *types: str) -> list[str]:
    """Return the names of the entities of these types, sorted."""
    return sorted(entity.name for entity in record.entities if entity.type in types)


def facts_of(record: ArticleFacts, relation: str) -> list[Fact]:
    """Return the record's facts of one relation."""
    return [fact for fact in record.facts if fact.relation == relation]


def written(record: ArticleFacts, fact: Fact) -> str:
    """Return a fact as `subject|object|qualifier=value…`, by the names of its entities."""
    by_id = {entity.id: entity.name for entity in record.entities}
    ends = [by_id[fact.subject], by_id.get(fact.object, fact.object)]
    return "|".join(ends + [f"{key}={value}" for key, value in fact.qualifiers.items()])
