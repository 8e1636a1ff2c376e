"""Snapshots withhold the names of private people by default; views and exports where they are told to."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.store import Store
from tests.kg.privacy.private_samples import RESIDENT, visit


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stores") / "a.kg"
    with Store.create(path) as made:
        made.add([visit()])
    return path


def govkg(*arguments: object) -> None:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.stderr


def written(path: Path) -> str:
    files = [path] if path.is_file() else sorted(path.iterdir())
    return "".join(f"{file.name}\n{file.read_text(encoding='utf-8')}" for file in files)


@pytest.mark.parametrize(
    ("options", "named", "pseudonymous"),
    [((), False, True), (("show",), True, False), (("leave-out",), False, False)],
)
def test_snapshots(
    store: Path, tmp_path: Path, options: tuple[str, ...], named: bool, pseudonymous: bool
) -> None:
    given = [part for option in options for part in ("--private-people", option)]
    govkg("snapshot", "--store", store, "-o", tmp_path / "s", *given)
    text = written(tmp_path / "s")
    assert (RESIDENT in text) is named
    assert ("匿名者" in text) is pseudonymous


@pytest.mark.parametrize("command", [("explore",), ("export", "gexf"), ("export", "turtle")])
def test_views_and_exports(store: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    govkg(*command, "--store", store, "-o", tmp_path / "named")
    assert RESIDENT in written(tmp_path / "named")
    for how, pseudonymous in (("pseudonyms", True), ("leave-out", False)):
        govkg(*command, "--store", store, "-o", tmp_path / how, "--private-people", how)
        text = written(tmp_path / how)
        assert RESIDENT not in text
        assert ("匿名者" in text) is pseudonymous


def test_the_same_store_gives_the_same_snapshot(store: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        govkg("snapshot", "--store", store, "-o", tmp_path / name)
    assert written(tmp_path / "one") == written(tmp_path / "two")
