"""A store of invented articles, and a service over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import Store
from tests.kg.sample_facts import samples
from tests.kg.service.running_service import RunningService, serving


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with the sample articles."""
    path = tmp_path_factory.mktemp("service") / "samples.kg"
    with Store.create(path) as store:
        store.add(samples())
    return path


@pytest.fixture(scope="session")
def service(store_path: Path) -> Iterator[RunningService]:
    """A service with small limits, for all tests that leave it as it was."""
    limits = ("--timeout", 4, "--max-rows", 5000, "--max-megabytes", 1, "--max-memory", 150)
    with serving(store_path, *limits, "--workers", 4) as running:
        yield running
