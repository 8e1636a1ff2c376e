"""A store of the sample articles, and servers that hold it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import Store
from tests.kg.remote.commands import govkg
from tests.kg.remote.servers import VIRTUOSO_PASSWORD, VIRTUOSO_USER, Server, oxigraph, virtuoso
from tests.kg.sample_store import contrary, make_sample_store


@pytest.fixture(scope="session", autouse=True)
def credentials() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOVKG_ENDPOINT_USER", VIRTUOSO_USER)
        patch.setenv("GOVKG_ENDPOINT_PASSWORD", VIRTUOSO_PASSWORD)
        yield


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "sample.kg"
    with make_sample_store(path) as store:
        store.add([contrary()])
    return path


@pytest.fixture(scope="session")
def sample_store(sample: Path) -> Iterator[Store]:
    with Store.open(sample) as store:
        yield store


@pytest.fixture(scope="session", params=["Oxigraph", "Virtuoso"])
def holding_sample(
    request: pytest.FixtureRequest, sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Each server in turn, with the sample articles pushed to it."""
    start = oxigraph if request.param == "Oxigraph" else virtuoso
    with start(tmp_path_factory.mktemp(request.param)) as server:
        pushed = govkg("push", "--store", sample, "--endpoint", server.writing)
        assert pushed.exit_code == 0, pushed.stderr
        yield server


@pytest.fixture(params=["Oxigraph", "Virtuoso"])
def empty_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """Each server in turn, new."""
    folder = tmp_path / "server"
    folder.mkdir()
    with (oxigraph if request.param == "Oxigraph" else virtuoso)(folder) as server:
        yield server
