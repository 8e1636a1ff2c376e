"""The trials: each does something bad to a command and tells what it left, in counts."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.faults.bench import GOVKG, Bench, Command, article_ids, made, opens, run, start, state

_OVERTIME = 300
_FILLING = 1 << 16


@dataclass
class Outcome:
    """What came of the trials of a kind on a command.

    `hit` counts those in which the fault really struck, `torn` those that left something that is neither the
    state before nor a whole one, `unclear` those whose message had no remedy, `lost` those after which the
    same command, run again without the fault, did not end in the right state.
    """

    fault: str
    command: str
    trials: int = 0
    hit: int = 0
    torn: int = 0
    unclear: int = 0
    lost: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing was torn, unclear or lost."""
        return not (self.torn or self.unclear or self.lost)


def killed(bench: Bench, command: Command, times: int, chance: random.Random) -> Outcome:
    """Kill the command (SIGKILL) at random moments of its life, then run it to its end."""
    outcome = Outcome("killed", command.name)
    for _ in range(times):
        store, beside = bench.fresh("trial")
        process = start(command.arguments(store, beside))
        time.sleep(chance.uniform(0.1, 1.0) * bench.seconds[command.name])
        outcome.hit += process.poll() is None
        process.kill()
        process.communicate()
        outcome.trials += 1
        _check_left(bench, command, store, beside, outcome)
        _check_again(bench, command, store, beside, outcome)
    return outcome


def disk_full(bench: Bench, command: Command, times: int, chance: random.Random) -> Outcome:
    """Run the command on a disk with too little room, then again with enough."""
    outcome = Outcome("disk full", command.name)
    for number in range(times):
        with small_disk(bench.folder / "disk") as disk:
            store, beside = bench.fresh("trial", disk)
            filler = disk / "filler"
            left = chance.randrange(0, 40) * _FILLING if number else 0
            _fill(filler, disk, left)
            process = start(command.arguments(store, beside))
            _, messages = process.communicate(timeout=_OVERTIME)
            outcome.trials += 1
            _check_message(process.returncode, messages, outcome)
            _check_left(bench, command, store, beside, outcome)
            filler.unlink()
            if process.returncode:
                _check_again(bench, command, store, beside, outcome)
    return outcome


def read_only(bench: Bench, command: Command) -> Outcome:
    """Run the command on a disk that cannot be written to."""
    outcome = Outcome("read-only", command.name, trials=1)
    with small_disk(bench.folder / "disk") as disk:
        store, beside = bench.fresh("trial", disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        process = start(command.arguments(store, beside))
        _, messages = process.communicate(timeout=_OVERTIME)
        _check_message(process.returncode, messages, outcome)
        _check_left(bench, command, store, beside, outcome)
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        _check_again(bench, command, store, beside, outcome)
    return outcome


def wrong_clock(bench: Bench, command: Command) -> Outcome:
    """Run the command with the clock at other times; what it makes must be the same."""
    outcome = Outcome("clock", command.name)
    for moment in ("1971-01-01 00:00:00", "2037-12-31 23:59:59", "-40y"):
        store, beside = bench.fresh("trial")
        faketime = ["faketime", "-f", moment] if moment.startswith("-") else ["faketime", moment]
        arguments = [*faketime, *GOVKG, *map(str, command.arguments(store, beside))]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=_OVERTIME)
        outcome.trials += 1
        outcome.hit += 1
        if done.returncode or made(command, store, beside) != bench.after[command.name]:
            outcome.lost += 1
            outcome.notes.append(f"{moment}: {done.stderr[-300:]}")
    return outcome


def two_at_once(bench: Bench, command: Command, times: int) -> Outcome:
    """Start the command twice at once on a store: one of them must win, the other be told."""
    outcome = Outcome("two at once", command.name)
    for _ in range(times):
        store, beside = bench.fresh("trial")
        both = [start(command.arguments(store, beside)) for _ in range(2)]
        ends = [(process.communicate(timeout=_OVERTIME)[1], process.returncode) for process in both]
        outcome.trials += 1
        for messages, status in ends:
            _check_message(status, messages, outcome)
        _check_left(bench, command, store, beside, outcome)
        _check_again(bench, command, store, beside, outcome)
    return outcome


def other_format(bench: Bench, command: Command) -> Outcome:
    """Run the command on a store whose manifest names another format, or nothing."""
    outcome = Outcome("other format", command.name)
    for text in (
        '{"format": 1}',
        '{"format": 99}',
        '{"format": "x"}',
        "{}",
        "[]",
        "",
        "\x00\xff",
        '{"format": 2',
    ):
        store, beside = bench.fresh("trial")
        manifest = store / "store.json"
        was = manifest.read_text(encoding="utf-8")
        manifest.write_text(text, encoding="utf-8")
        process = start(command.arguments(store, beside))
        _, messages = process.communicate(timeout=_OVERTIME)
        outcome.trials += 1
        _check_message(process.returncode, messages, outcome)
        outcome.unclear += process.returncode == 0
        manifest.write_text(was, encoding="utf-8")
        outcome.torn += state(store) != bench.before
    return outcome


def damaged_database(bench: Bench, command: Command, times: int, chance: random.Random) -> Outcome:
    """Cut or overwrite a file of the database: the command ends well or says what to do, it never dies."""
    outcome = Outcome("damaged database", command.name)
    for _ in range(times):
        store, beside = bench.fresh("trial")
        files = sorted(path for path in store.rglob("*") if path.is_file() and path.stat().st_size)
        victim = chance.choice(files)
        data = bytearray(victim.read_bytes())
        at = chance.randrange(len(data))
        damaged = data[:at] if chance.random() < 0.5 else data[:at] + os.urandom(40) + data[at + 40 :]
        victim.unlink()  # files are linked with the published state
        victim.write_bytes(damaged)
        process = start(command.arguments(store, beside))
        _, messages = process.communicate(timeout=_OVERTIME)
        outcome.trials += 1
        _check_message(process.returncode, messages, outcome)
    return outcome


@contextmanager
def small_disk(folder: Path, megabytes: int = 64) -> Iterator[Path]:
    """Give a file system of so many megabytes; needs the right to mount one."""
    folder.mkdir(exist_ok=True)
    size = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(filler: Path, disk: Path, left: int) -> None:
    """Write a file until only so many bytes are left on the disk."""
    with filler.open("wb") as out, suppress(OSError):
        while shutil.disk_usage(disk).free > left:
            room = shutil.disk_usage(disk).free - left
            out.write(bytes(min(room, 1 << 20)))
            out.flush()


def _check_message(status: int, messages: str, outcome: Outcome) -> None:
    """A command that fails must not die of an error that is not ours, and says what to do."""
    if not status:
        return
    outcome.hit += 1
    if "Traceback" in messages or status < 0 or not messages.strip():
        outcome.unclear += 1
        outcome.notes.append(f"{status}: {messages.strip()[-600:]}")


def _check_left(bench: Bench, command: Command, store: Path, beside: Path, outcome: Outcome) -> None:
    """Readers can open the store; what the command makes is not there, or whole."""
    problem = ""
    if not opens(store):
        problem = "the store cannot be opened"
    elif command.made is not None:
        left = made(command, store, beside)
        if left not in ("", bench.after[command.name]):
            problem = f"half of {command.made}"
        elif state(store) != bench.before:
            problem = "the store has changed"
    if problem:
        outcome.torn += 1
        outcome.notes.append(problem)


def _check_again(bench: Bench, command: Command, store: Path, beside: Path, outcome: Outcome) -> None:
    """Run again without the fault, the command must end in the state that it ends in undisturbed."""
    try:
        if command.name != "remove" or bench.removed in article_ids(store):
            if command.made is not None and (beside / command.made).exists():
                return  # it was finished, and is the right one
            run(command.arguments(store, beside))
        right = made(command, store, beside) == bench.after[command.name]
    except subprocess.CalledProcessError as error:
        right = False
        outcome.notes.append(error.stderr.decode("utf-8", "replace")[-600:])
    outcome.lost += not right
