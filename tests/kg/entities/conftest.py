"""A store of the sample articles, and what reads it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.entities.reading import Reading
from kg.store import Store
from tests.kg.sample_facts import samples


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("entities") / "a.kg") as store:
        store.add(samples())
        yield store


@pytest.fixture
def reading(store: Store) -> Reading:
    return Reading(store.database)
