"""Every rule of every relation file, run on the examples that the file gives for it."""

from __future__ import annotations

import pytest

from extract.language.relations import Example, Relation, Rule, read_relations
from extract.pipeline import Extractor
from tests.extract.readings import facts_of, read, written

RULES = [
    pytest.param(relation, rule, id=f"{relation.name}/{rule.id}")
    for relation in read_relations().values()
    for rule in relation.rules
]
EXAMPLES = [
    pytest.param(relation, example, id=f"{relation.name}/{rule.id}/{number}")
    for relation in read_relations().values()
    for rule in relation.rules
    for number, example in enumerate(rule.examples, 1)
]


@pytest.mark.parametrize(("relation", "example"), EXAMPLES)
def test_an_example_gives_its_facts_and_no_others(
    extractor: Extractor, relation: Relation, example: Example
) -> None:
    record = read(extractor, example.text, example.date)

    found = sorted(written(record, fact) for fact in facts_of(record, relation.name))
    assert found == sorted(example.facts), example.text


@pytest.mark.parametrize(("relation", "rule"), RULES)
def test_a_rule_is_set_off_by_one_of_its_examples(
    extractor: Extractor, relation: Relation, rule: Rule
) -> None:
    fired = {
        fact.rule
        for example in rule.examples
        if example.facts
        for fact in facts_of(read(extractor, example.text, example.date), relation.name)
    }

    assert f"{relation.name}/{rule.id}" in fired


@pytest.mark.parametrize(("relation", "rule"), RULES)
def test_a_rule_has_examples_of_both_kinds(relation: Relation, rule: Rule) -> None:
    assert any(example.facts for example in rule.examples)
    assert any(not example.facts for example in rule.examples)
