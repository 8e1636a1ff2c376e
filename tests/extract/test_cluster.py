"""Extraction on a dask cluster: real schedulers and workers, some of which are lost or not of our version."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import extract
from extract.chunks import Job
from extract.cluster import ClusterError, connected, make_parts
from extract.inputs import find_files
from extract.parquet_facts import read_parquet
from extract.parts import PartDone, PartOrder, PartsError
from extract.read_options import ReadOptions
from extract.records import ArticleFacts, encode
from extract.running import run
from extract.sources import Item, find_sources

pytest.importorskip("distributed", reason="dask is not installed: the extra `cluster` brings it")
ARTICLES = Path(__file__).parent.parent.parent / "data" / "articles"


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with connected("local", workers=2) as client:
        yield client


@pytest.fixture(scope="module")
def alone() -> bytes:
    """What one process gives."""
    return b"".join(outcome.line for outcome in run(items(), Job()))


def items(folder: Path = ARTICLES) -> Iterator[Item]:
    return find_sources(find_files([folder], base=None, on_error=_fail), options=ReadOptions())


def _fail(error: Exception) -> None:
    raise error


def made(
    client: Any, place: Path, given: Iterator[Item] | None = None, suffix: str = ".jsonl"
) -> list[tuple[PartOrder, PartDone, bool]]:
    notes: list[str] = []
    parts = make_parts(
        given or items(), Job(), client, str(place), suffix=suffix, part_articles=5, on_note=notes.append
    )
    return list(parts)


def content(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*.jsonl")))


def test_parts_hold_what_one_process_gives(client: Any, alone: bytes, tmp_path: Path) -> None:
    parts = made(client, tmp_path)

    assert content(tmp_path) == alone
    assert [order.number for order, _, _ in parts] == [0, 1, 2, 3, 4]
    assert sum(done.articles for _, done, _ in parts) == 22
    assert not any(was_there for _, _, was_there in parts)


def test_parquet_holds_the_same(client: Any, alone: bytes, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: the extra `parquet` brings it")
    made(client, tmp_path, suffix=".parquet")

    records: list[ArticleFacts] = []
    for path in sorted(tmp_path.glob("part-*.parquet")):
        with path.open("rb") as stream:
            records += read_parquet(stream, str(path))
    assert b"".join(map(encode, records)) == alone


def test_only_parts_whose_inputs_changed_are_made_again(client: Any, tmp_path: Path) -> None:
    articles, place = tmp_path / "articles", tmp_path / "parts"
    shutil.copytree(ARTICLES, articles)
    made(client, place, items(articles))
    changed = articles / "01-jiuquan-opening.txt"
    changed.write_text(changed.read_text() + "\n市委书记主持会议。\n")
    (articles / "zz-broken.txt").write_text("")

    parts = made(client, place, items(articles))

    assert [was_there for _, _, was_there in parts] == [False, True, True, True, False]
    assert content(place) == b"".join(outcome.line for outcome in run(items(articles), Job()))
    assert [failure.problem for failure in parts[-1][1].failures] == ["an empty file"]
    again = made(client, place, items(articles))
    assert [failure.problem for failure in again[-1][1].failures] == ["an empty file"]


def test_parts_that_the_run_has_no_part_in_are_taken_away(client: Any, tmp_path: Path) -> None:
    made(client, tmp_path, suffix=".parquet")
    made(client, tmp_path, iter(list(items())[:10]))

    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "part-000000.json",
        "part-000000.jsonl",
        "part-000001.json",
        "part-000001.jsonl",
    ]


def test_a_folder_with_other_things_is_left_alone(client: Any, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(PartsError, match=r"thesis\.docx"):
        made(client, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_place_that_cannot_be_written_is_told(client: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ClusterError, match="cannot be used"):
        made(client, tmp_path / "file" / "parts")


def test_a_worker_that_is_killed_loses_nothing(client: Any, alone: bytes, tmp_path: Path) -> None:
    parts = make_parts(
        items(), Job(), client, str(tmp_path), suffix=".jsonl", part_articles=1, on_note=lambda note: None
    )
    next(parts)
    victim = min(client.run(os.getpid).values())
    os.kill(victim, signal.SIGKILL)

    rest = list(parts)

    assert len(rest) == 21
    assert content(tmp_path) == alone


@pytest.fixture
def strange_worker(client: Any, tmp_path: Path) -> Iterator[str]:
    """A worker of the same cluster whose rules are not ours."""
    theirs = tmp_path / "theirs" / "extract"
    shutil.copytree(Path(extract.__file__).parent, theirs, ignore=shutil.ignore_patterns("__pycache__"))
    rules = theirs / "language" / "relations" / "chaired.toml"
    rules.write_text(rules.read_text() + "\n# theirs\n")
    command = [sys.executable, "-m", "distributed.cli.dask_worker", client.scheduler.address]
    options = ["--name", "strange", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    log = (tmp_path / "worker.log").open("wb")
    with (
        log,
        subprocess.Popen(
            [*command, *options],
            cwd=tmp_path / "theirs",
            env={**os.environ, "PYTHONPATH": str(tmp_path / "theirs")},
            stdout=log,
            stderr=log,
        ) as process,
    ):
        client.wait_for_workers(3, timeout=60)
        yield next(
            address
            for address, info in client.scheduler_info(n_workers=-1)["workers"].items()
            if info["name"] == "strange"
        )
        process.terminate()


def test_a_worker_with_other_rules_is_refused(
    client: Any, strange_worker: str, alone: bytes, tmp_path: Path
) -> None:
    notes: list[str] = []
    place = tmp_path / "parts"

    list(
        make_parts(items(), Job(), client, str(place), suffix=".jsonl", part_articles=2, on_note=notes.append)
    )

    assert content(place) == alone
    assert len(notes) == 1
    assert notes[0].startswith(f"refused: worker {strange_worker} has version ")


@pytest.mark.parametrize("address", ["tcp://192.0.2.7:8786", "192.0.2.7:8786", "tcp://head.example:8786"])
def test_a_cluster_elsewhere_is_not_spoken_to_in_the_clear(address: str) -> None:
    with pytest.raises(ClusterError, match="tls://"), connected(address, workers=1):
        pass
