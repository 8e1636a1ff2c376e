"""Runs of extraction in one process or several: the same outcomes in the same order, whatever is lost."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from extract.chunks import CHUNK_ARTICLES, Job, Outcome, chunks_of
from extract.facts_cache import FactsCache
from extract.inputs import find_files
from extract.processes import CHUNKS_AHEAD, ProcessError, Processes
from extract.read_options import ReadOptions
from extract.running import run
from extract.sources import Failure, Item, Source, find_sources

ARTICLES = Path(__file__).parent.parent.parent / "data" / "articles"
SENTENCE = "会议在酒泉市肃州区召开。酒泉市委书记欧阳明川出席会议并讲话。"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Articles in several chunks, with inputs among them that are none."""
    folder = tmp_path_factory.mktemp("inputs")
    lines = [json.dumps({"id": f"a{number}", "text": f"{number}日，{SENTENCE}"}) for number in range(150)]
    lines[20], lines[90] = "no JSON", json.dumps({"text": "no Chinese"})
    lines[91] = json.dumps({"id": "a3", "text": SENTENCE})
    (folder / "table.jsonl").write_text("\n".join(lines))
    (folder / "empty.txt").write_text("")
    return [ARTICLES, folder]


def items(inputs: list[Path]) -> Iterator[Item]:
    return find_sources(find_files(inputs, base=None, on_error=_fail), options=ReadOptions())


def _fail(error: Exception) -> None:
    raise error


@pytest.fixture(scope="module")
def alone(inputs: list[Path]) -> list[Outcome]:
    return list(run(items(inputs), Job()))


def essence(outcomes: Iterable[Outcome]) -> list[tuple[object, ...]]:
    return [(o.line, o.failure, o.characters, o.entities, o.facts, o.position) for o in outcomes]


def test_what_is_no_article_keeps_its_place(alone: list[Outcome]) -> None:
    problems = {
        number: outcome.failure.problem for number, outcome in enumerate(alone) if outcome.failure is not None
    }

    assert len(alone) == 22 + 1 + 150
    assert list(problems) == [22, 43, 113, 114]
    assert problems[22] == "an empty file"
    assert problems[114].startswith("the id 'a3' is already that of ")


def test_two_processes_give_what_one_gives(inputs: list[Path], alone: list[Outcome]) -> None:
    assert essence(run(items(inputs), Job(), processes=2)) == essence(alone)


def test_positions_tell_how_far_the_inputs_are_read(inputs: list[Path], alone: list[Outcome]) -> None:
    size = sum(path.stat().st_size for folder in inputs for path in folder.iterdir())

    positions = [outcome.position for outcome in alone]

    assert positions == sorted(positions)
    assert positions[-1] == size


def test_a_process_that_is_killed_loses_nothing(inputs: list[Path], alone: list[Outcome]) -> None:
    with Processes(Job(), 2) as pool:
        done = pool.run(chunks_of(items(inputs)))
        found = dict([next(done)])
        for worker in pool._workers[:1]:
            assert worker.process.pid is not None
            os.kill(worker.process.pid, signal.SIGKILL)
        found |= dict(done)

    assert essence(o for number in sorted(found) for o in found[number]) == essence(alone)


class _Fatal(Processes):
    """Processes of which any is killed that is given a certain article."""

    def _assign(self) -> None:
        super()._assign()
        for worker in self._workers:
            if worker.part is not None and any(_is_fatal(item) for item in worker.part.items):
                assert worker.process.pid is not None
                os.kill(worker.process.pid, signal.SIGKILL)


def _is_fatal(item: Item) -> bool:
    return isinstance(item, Source) and item.id == "a100"


def test_an_article_that_ends_processes_is_named_and_the_others_are_read(
    inputs: list[Path], alone: list[Outcome]
) -> None:
    with _Fatal(Job(), 2) as pool:
        found = dict(pool.run(chunks_of(items(inputs))))

    outcomes = [outcome for number in sorted(found) for outcome in found[number]]
    wrong = [
        at for at, (one, other) in enumerate(zip(outcomes, alone, strict=True)) if one.line != other.line
    ]
    assert len(wrong) == 1
    failure = outcomes[wrong[0]].failure
    assert isinstance(failure, Failure)
    assert "the process that read it ended (killed by SIGKILL)" in failure.problem
    assert (Path(failure.file or "").name, failure.entry) == ("table.jsonl", 101)


def test_a_slow_chunk_does_not_let_others_pile_up() -> None:
    slow = list(items([ARTICLES])) * 3
    quick: list[Item] = [Source(f"q{n}", "q", "table", 90, fields={"text": SENTENCE}) for n in range(60)]
    taken = 0

    def counted() -> Iterator[list[Item]]:
        nonlocal taken
        for chunk in [slow, *([item] for item in quick)]:
            taken += 1
            yield chunk

    taken_before_slow = 0
    with Processes(Job(), 2) as pool:
        for number, _ in pool.run(counted()):
            if number == 0:
                break
            taken_before_slow = taken

    assert 2 <= taken_before_slow <= CHUNKS_AHEAD * 2


def test_chunks_are_bounded_by_articles_and_by_bytes() -> None:
    few = [Source(str(number), "f", "table", 10) for number in range(CHUNK_ARTICLES + 1)]
    long = [Source(str(number), "f", "table", 3_000_000) for number in range(3)]

    assert [len(chunk) for chunk in chunks_of([*few, *long])] == [CHUNK_ARTICLES, 2, 1, 1]


def test_processes_that_cannot_use_the_cache_say_so(inputs: list[Path], tmp_path: Path) -> None:
    job = Job(cache=str(tmp_path / "nowhere"))

    with Processes(job, 2) as pool, pytest.raises(ProcessError, match="cannot be used as a cache"):
        list(pool.run(chunks_of(items(inputs))))


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_done_before_is_not_done_again(
    processes: int, inputs: list[Path], alone: list[Outcome], tmp_path: Path
) -> None:
    job = Job(cache=str(tmp_path / "facts.cache"))
    begun = run(items(inputs), job, processes=processes)
    first = [next(begun) for _ in range(30)]
    begun.close()
    with FactsCache(Path(job.cache or "")) as cache:
        assert len(cache) >= len([outcome for outcome in first if outcome.failure is None])

    again = list(run(items(inputs), job, processes=processes))

    assert essence(again) == essence(alone)
    assert all(outcome.cached for outcome in again[:30] if outcome.failure is None)


def test_no_process_outlives_its_parent(inputs: list[Path]) -> None:
    with Processes(Job(), 2) as pool:
        next(pool.run(chunks_of(items(inputs))))
        processes = [worker.process for worker in pool._workers]
        assert processes

    deadline = time.monotonic() + 30
    while any(process.is_alive() for process in processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(process.is_alive() for process in processes)
