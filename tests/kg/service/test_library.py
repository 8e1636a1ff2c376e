"""The question library asked of a running service gives the rows that the store gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.answers import run_query
from kg.endpoint import Endpoint
from kg.questions import Question, questions
from kg.store import Store
from tests.kg.service.running_service import RunningService


@pytest.fixture(scope="module")
def endpoint(service: RunningService) -> Iterator[Endpoint]:
    with Endpoint(service.address + "sparql") as opened:
        yield opened


@pytest.mark.parametrize("question", questions().values(), ids=list(questions()))
def test_the_rows_are_the_store_s(endpoint: Endpoint, store_path: Path, question: Question) -> None:
    with Store.open(store_path) as store:
        for values in ({}, {p.name: p.example for p in question.parameters[:1]}):
            expected = run_query(store, question, values)
            found = run_query(endpoint, question, values)
            assert found.columns == expected.columns
            assert sorted(map(str, found.rows)) == sorted(map(str, expected.rows))
