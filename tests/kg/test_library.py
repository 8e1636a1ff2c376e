"""Every question of the library, asked of the sample articles with its own example, in two engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.query import ResultRow

from kg.answers import bindings, run_query
from kg.questions import Parameter, Question, questions
from kg.rdf_export import export
from kg.sparql import Term
from kg.store import Store
from tests.kg.sample_facts import samples
from tests.kg.sample_store import contrary, make_sample_store

NAMES = list(questions())
ABSENT = {"label": "查无此名", "text": "查无此文", "relation": "supported", "number": "-1"}
OUT_OF_TIME = {"since": "2999", "until": "1000", "on": "1000"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with make_sample_store(tmp_path_factory.mktemp("stores") / "sample.kg") as store:
        yield store


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("stores") / "small.kg") as store:
        store.add([*samples(), contrary()])
        yield store


def in_rdflib(store: Store, path: Path) -> rdflib.Dataset:
    """The same data in rdflib's own store."""
    export(store, path)
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(path, format="nquads")
    return dataset


@pytest.fixture(scope="module")
def dataset(store: Store, tmp_path_factory: pytest.TempPathFactory) -> rdflib.Dataset:
    return in_rdflib(store, tmp_path_factory.mktemp("rdf") / "all.nq")


@pytest.fixture(scope="module")
def small_dataset(small_store: Store, tmp_path_factory: pytest.TempPathFactory) -> rdflib.Dataset:
    return in_rdflib(small_store, tmp_path_factory.mktemp("rdf") / "small.nq")


def examples(question: Question) -> dict[str, str]:
    return {parameter.name: parameter.example for parameter in question.parameters}


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_its_own_example(store: Store, name: str) -> None:
    question = questions()[name]
    found = run_query(store, question, examples(question)).rows

    assert found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", NAMES)
def test_each_parameter_narrows_the_answer(store: Store, name: str) -> None:
    question = questions()[name]
    everything = run_query(store, question).rows

    for parameter, example in examples(question).items():
        column = [c.name for c in question.columns].index(parameter)
        wanted = bindings(question, {parameter: example})[parameter]
        found = run_query(store, question, {parameter: example}).rows
        assert 0 < len(found) <= len(everything)
        assert {row[column] for row in found} == {wanted}


def absent(parameter: Parameter) -> str:
    return OUT_OF_TIME[parameter.name] if parameter.type == "date" else ABSENT[parameter.type]


@pytest.mark.parametrize("name", NAMES)
def test_a_value_that_is_not_there_gives_nothing(store: Store, name: str) -> None:
    question = questions()[name]
    for parameter in question.parameters:
        others = {p: value for p, value in examples(question).items() if p != parameter.name}
        assert run_query(store, question, {**others, parameter.name: absent(parameter)}).rows == []


@pytest.mark.parametrize("name", NAMES)
def test_another_engine_gives_the_same_rows(store: Store, dataset: rdflib.Dataset, name: str) -> None:
    question = questions()[name]
    values = examples(question)

    assert rows(store, question, values) == rows_in_rdflib(dataset, question, bindings(question, values))


@pytest.mark.parametrize("name", NAMES)
def test_another_engine_gives_the_same_rows_about_everything(
    small_store: Store, small_dataset: rdflib.Dataset, name: str
) -> None:
    question = questions()[name]

    assert rows(small_store, question, {}) == rows_in_rdflib(small_dataset, question, {})


def rows(store: Store, question: Question, values: Mapping[str, str]) -> list[list[str]]:
    found = run_query(store, question, values).rows
    return sorted([term.value if term is not None else "" for term in row] for row in found)


def rows_in_rdflib(dataset: rdflib.Dataset, question: Question, bound: Mapping[str, Term]) -> list[list[str]]:
    terms: dict[str, Any] = {name: rdflib.util.from_n3(str(term)) for name, term in bound.items()}
    found = dataset.query(question.text, initBindings=terms)
    solutions = [row for row in found if isinstance(row, ResultRow)]
    return sorted([str(value) if value is not None else "" for value in row] for row in solutions)
