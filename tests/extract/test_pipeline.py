"""What holds of every record the engine gives, on all sample articles and cases."""

from __future__ import annotations

import re
from functools import cache

import pytest

from extract.agreement import grounded_facts
from extract.language.relations import read_relations
from extract.pipeline import Extractor
from extract.records import Article, ArticleFacts, encode, read_facts
from tests.extract.readings import facts_of, read, written
from tests.test_sample_data import articles

_ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_CLOSING = "。！？!?”’」』）)"
_SENTENCE_END = re.compile(r"[。！？!?\n]")


@cache
def sample() -> tuple[Article, ...]:
    return (*articles("articles").values(), *articles("cases").values())


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> list[ArticleFacts]:
    return list(extractor.extract(sample()))


def test_articles_come_back_in_their_order_and_unchanged(records: list[ArticleFacts]) -> None:
    assert [record.article for record in records] == list(sample())
    assert all(record.facts for record in records)


def test_two_runs_give_the_same_bytes(extractor: Extractor, records: list[ArticleFacts]) -> None:
    again = Extractor().extract(sample())

    assert [encode(record) for record in again] == [encode(record) for record in records]


def test_an_article_gives_the_same_whatever_stands_beside_it(
    extractor: Extractor, records: list[ArticleFacts]
) -> None:
    expected = {record.article.id: encode(record) for record in records}
    backwards = extractor.extract(reversed(sample()))
    alone = [next(iter(extractor.extract([article]))) for article in sample()]

    assert {record.article.id: encode(record) for record in backwards} == expected
    assert {record.article.id: encode(record) for record in alone} == expected


def test_no_articles_give_no_records(extractor: Extractor) -> None:
    assert not list(extractor.extract([]))


@pytest.mark.parametrize("text", ["", "\n", "。", "No Chinese here.", "，，，", "\x00\x1b", "“《（"])
def test_a_text_without_content_gives_a_record_without_content(extractor: Extractor, text: str) -> None:
    (record,) = extractor.extract([Article(id="a", text=text, date="2024-02-05")])

    assert (record.entities, record.facts) == ([], [])


def test_every_fact_is_grounded_in_one_sentence(records: list[ArticleFacts]) -> None:
    for record in records:
        for fact, grounded in zip(record.facts, grounded_facts(record), strict=True):
            evidence = record.article.text[slice(*fact.evidence)]
            assert grounded, (record.article.id, fact, evidence)
            assert not _SENTENCE_END.search(evidence.rstrip(_CLOSING)), (record.article.id, evidence)


def test_a_quoted_full_stop_ends_the_sentence_and_the_speech(extractor: Extractor) -> None:
    text = "静宁县民政局局长姚立群说：“我们用好‘积分制’。”庄浪县推广“道德银行”。"
    record = read(extractor, text)

    assert all(grounded_facts(record))
    assert [written(record, fact) for fact in facts_of(record, "discussed")] == [
        "姚立群|积分制|stance=reports"
    ]


def test_every_span_lies_in_the_text(records: list[ArticleFacts]) -> None:
    for record in records:
        length = len(record.article.text)
        spans = [span for entity in record.entities for span in entity.mentions]
        spans += [span for fact in record.facts for span in (fact.evidence, *fact.context)]
        assert all(0 <= start < end <= length for start, end in spans), record.article.id


def test_every_entity_is_mentioned_in_order_and_has_a_name(records: list[ArticleFacts]) -> None:
    for record in records:
        for entity in record.entities:
            assert entity.mentions == sorted(set(entity.mentions)) != [], (record.article.id, entity)
            assert entity.name == entity.name.strip() != "", (record.article.id, entity)
            assert entity.name not in entity.aliases, (record.article.id, entity)


def test_an_alias_stands_in_the_text(records: list[ArticleFacts]) -> None:
    strange = [
        (record.article.id, entity.name, alias)
        for record in records
        for entity in record.entities
        for alias in entity.aliases
        if alias not in record.article.text
    ]
    assert not strange


def test_an_entity_is_listed_once(records: list[ArticleFacts]) -> None:
    for record in records:
        assert len({entity.id for entity in record.entities}) == len(record.entities)
        named = [(entity.type, entity.name, entity.attributes.get("code")) for entity in record.entities]
        assert len(set(named)) == len(named), record.article.id


def test_a_fact_is_given_once(records: list[ArticleFacts]) -> None:
    for record in records:
        said = [(f.subject, f.relation, f.object, tuple(sorted(f.qualifiers.items()))) for f in record.facts]
        assert len(set(said)) == len(said), record.article.id


def test_a_symmetric_fact_is_given_in_one_direction(records: list[ArticleFacts]) -> None:
    relations = read_relations()
    for record in records:
        pairs = {(f.subject, f.relation, f.object) for f in record.facts if relations[f.relation].symmetric}
        assert not [pair for pair in pairs if pair[::-1] in pairs], record.article.id


def test_a_fact_keeps_to_its_relation(records: list[ArticleFacts]) -> None:
    """Known ends, of the domain and range, with qualifiers of the relation, from a rule of it."""
    relations = read_relations()
    for record in records:
        types = {entity.id: entity.type for entity in record.entities}
        for fact in record.facts:
            relation = relations[fact.relation]
            assert types[fact.subject] in relation.domain, (record.article.id, fact)
            if "Date" in relation.range:
                assert _ISO_DATE.fullmatch(fact.object), (record.article.id, fact)
            else:
                assert types[fact.object] in relation.range, (record.article.id, fact)
            assert fact.rule in {f"{relation.name}/{rule.id}" for rule in relation.rules}
            assert 0 < fact.confidence <= 1
            assert fact.subject != fact.object, (record.article.id, fact)


def test_qualifiers_are_those_the_relation_file_names(records: list[ArticleFacts]) -> None:
    relations = read_relations()
    unnamed = {
        f"{fact.relation}: {key}"
        for record in records
        for fact in record.facts
        for key in fact.qualifiers
        if key not in relations[fact.relation].qualifiers
    }
    assert not unnamed


def test_attributes_are_those_of_the_contract(records: list[ArticleFacts]) -> None:
    allowed = {
        "Person": {"public"},
        "Institution": {"kind", "level", "place", "parent", "candidates"},
        "Place": {"code", "candidates"},
        "Event": {"kind"},
        "Practice": {"version"},
        "Document": set[str](),
        "Honour": set[str](),
    }
    beyond = {
        (entity.type, key)
        for record in records
        for entity in record.entities
        for key in entity.attributes
        if key not in allowed[entity.type]
    }
    assert not beyond


def test_records_keep_the_contract(records: list[ArticleFacts]) -> None:
    lines = [encode(record) for record in records]

    assert list(read_facts(lines, "facts.jsonl")) == records
