"""`govkg extract` over many articles, as a user runs it: processes, resuming, caches, parts, merging."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.records import read_facts
from kg.cli import main
from kg.cli.pace import WINDOW_SECONDS, Pace

ARTICLES = Path(__file__).parent.parent.parent / "data" / "articles"
SENTENCE = "会议在酒泉市肃州区召开。酒泉市委书记欧阳明川出席会议并讲话。"


def govkg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def process(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)]
    # A process group of its own, as a terminal's Ctrl-C reaches every process of a command.
    return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table with errors in it, long enough to be interrupted."""
    path = tmp_path_factory.mktemp("table") / "news.jsonl"
    text = "\n".join(f"第{number}项。{SENTENCE}" for number in range(10))
    lines = [json.dumps({"id": f"a{number}", "text": f"{number}日，{text}"}) for number in range(320)]
    lines[100], lines[250] = "no JSON", json.dumps({"text": "no Chinese"})
    path.write_text("\n".join(lines))
    return path


@pytest.fixture(scope="module")
def alone(table: Path) -> bytes:
    """What one process writes."""
    out = table.with_name("alone.jsonl")
    result = govkg("extract", table, "-o", out)
    assert result.exit_code == 1
    assert "318 articles" in result.stderr
    return out.read_bytes()


def test_processes_write_the_same_bytes_and_tell_the_same_errors(
    table: Path, alone: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "facts.jsonl"

    result = govkg("extract", table, "-j", "3", "-o", out)

    assert result.exit_code == 1
    assert out.read_bytes() == alone
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert [error.split(": ")[1] for error in errors] == [f"{table}:101", f"{table}:251"]
    assert [path.name for path in tmp_path.iterdir()] == ["facts.jsonl"]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_goes_on_where_it_was(
    jobs: int, how: signal.Signals, table: Path, alone: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "facts.jsonl"
    kept = tmp_path / ".facts.jsonl.resume"
    with process("extract", table, "-j", jobs, "-o", out) as running:
        _wait_for_entries(kept, running)
        os.killpg(running.pid, how)
        assert running.stderr is not None
        said = running.stderr.read().decode()
    assert not out.exists()
    assert kept.exists()
    if how == signal.SIGINT:
        assert running.returncode == 130
        assert "the same command goes on from there" in said
        assert "Traceback" not in said

    result = govkg("extract", table, "-j", jobs, "-o", out)

    assert out.read_bytes() == alone
    assert "of them done before" in result.stderr
    assert not kept.exists()


def _wait_for_entries(cache: Path, running: subprocess.Popen[bytes]) -> None:
    """Wait until a run has kept something, and is still at work."""
    import sqlite3

    deadline = time.monotonic() + 300
    while running.poll() is None and time.monotonic() < deadline:
        if cache.exists():
            try:
                with sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True) as found:
                    if found.execute("SELECT count(*) FROM articles").fetchone()[0]:
                        return
            except sqlite3.Error:
                pass  # it is just being made
        time.sleep(0.05)
    pytest.fail("the run ended, or kept nothing")


def test_a_cache_is_kept_from_run_to_run(tmp_path: Path) -> None:
    cache = tmp_path / "facts.cache"
    first = govkg("extract", ARTICLES, "-o", tmp_path / "one.jsonl", "--cache", cache)
    second = govkg("extract", ARTICLES, "-o", tmp_path / "two.jsonl", "--cache", cache)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "done before" not in first.stderr
    assert "22 articles (22 of them done before)" in second.stderr
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    assert cache.exists()


def test_what_is_no_cache_is_told(tmp_path: Path) -> None:
    other = tmp_path / "thesis.txt"
    other.write_text("years of work " * 100)

    result = govkg("extract", ARTICLES, "-o", tmp_path / "facts.jsonl", "--cache", other)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {other}: cannot be used as a cache of facts")
    assert other.read_text() == "years of work " * 100


def test_parts_need_a_folder(tmp_path: Path) -> None:
    assert govkg("extract", ARTICLES, "--dask", "local").exit_code == 2
    cached = govkg("extract", ARTICLES, "--dask", "local", "-o", tmp_path / "x", "--cache", tmp_path / "c")
    assert cached.exit_code == 2


def test_parts_are_built_and_merged_as_a_stream(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="dask is not installed: the extra `cluster` brings it")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: the extra `parquet` brings it")
    parts, whole = tmp_path / "parts", tmp_path / "whole.jsonl"
    assert govkg("extract", ARTICLES, "-o", whole).exit_code == 0

    made = govkg(
        "extract", ARTICLES, "--dask", "local", "--parts", "parquet", "--part-size", "9", "-o", parts
    )

    assert made.exit_code == 0, made.stderr
    assert "22 articles" in made.stderr
    assert "in 3 parts" in made.stderr
    merged = govkg("merge", parts, "-o", tmp_path / "merged.jsonl")
    assert merged.exit_code == 0, merged.stderr
    assert (tmp_path / "merged.jsonl").read_bytes() == whole.read_bytes()
    built = govkg("build", parts, "--store", tmp_path / "parts.kg")
    assert built.exit_code == 0, built.stderr
    assert "22 articles added" in built.stderr


def test_an_article_that_is_merged_twice_is_told(tmp_path: Path) -> None:
    whole = tmp_path / "whole.jsonl"
    assert govkg("extract", ARTICLES / "01-jiuquan-opening.txt", "-o", whole).exit_code == 0
    (tmp_path / "again.jsonl").write_bytes(whole.read_bytes())

    result = govkg("merge", whole, tmp_path / "again.jsonl", "-o", tmp_path / "merged.jsonl")

    assert result.exit_code == 1
    assert f"stands already in {whole}" in result.stderr
    with (tmp_path / "merged.jsonl").open("rb") as lines:
        assert len(list(read_facts(lines, "merged"))) == 1


def test_parquet_that_holds_something_else_is_told(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: the extra `parquet` brings it")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"id": ["1"]}), tmp_path / "other.parquet")
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 torn")

    result = govkg("merge", tmp_path, "-o", tmp_path / "merged.jsonl")

    assert result.exit_code == 1
    assert result.stderr.count("no facts in Parquet") == 2


# Pace.


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_pace_is_that_of_the_last_seconds() -> None:
    clock = Clock()
    pace = Pace(1_000_000, clock)
    assert str(pace) == ""

    clock.now += 1
    pace.note(10_000, 500_000)  # from a cache
    for second in range(1, 101):
        clock.now += 1
        pace.note(10_000 + 50 * second, 500_000 + 2_000 * second)

    assert pace.rate == pytest.approx(50)
    assert pace.seconds_left == pytest.approx(150)
    assert str(pace) == "50/s, about 2 min left"
    assert WINDOW_SECONDS < 100


def test_without_a_total_nothing_is_said_of_the_end() -> None:
    clock = Clock()
    pace = Pace(None, clock)
    clock.now += 2
    pace.note(3, 0)

    assert str(pace) == "1.5/s"


def test_long_tasks_are_told_in_hours() -> None:
    clock = Clock()
    pace = Pace(10_000, clock)
    clock.now += 10
    pace.note(100, 10)

    assert str(pace) == "10/s, about 2 h 46 min left"
