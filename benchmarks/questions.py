"""Ten questions of the library on a store: ours beside bare pyoxigraph and rdflib's own store, in one run.

    python -m benchmarks.questions STORE [--rounds 7] [--without-rdflib]

Each question is asked about the person, institution, place or practice that the store says most of. Ours
and bare pyoxigraph take turns in one process; rdflib has the same quads in memory in a process of its own,
and is stopped at a question when it has taken forty times as long as ours. Prints a table and writes
exports/questions.json. Trust the ratios; absolute times are the machine's.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.answers import bindings, run_query
from kg.query_text import bound_text
from kg.questions import Question, questions
from kg.sparql import Term
from kg.store import Store

RESULTS = Path("exports/questions.json")
ABOUT = {
    "offices-of": "Person",
    "career-of": "Person",
    "appear-together": "Person",
    "events-of": "Institution",
    "cooperation": "Institution",
    "shared-people": "Institution",
    "events-in": "Place",
    "practises": "Practice",
    "origin-of": "Practice",
    "most-spread": "Practice",
}
MOST_TIMES = 40
LEAST_SECONDS = 5.0

_MOST_SAID = """
SELECT ?name (COUNT(?local) AS ?said) {
  GRAPH <https://w3id.org/governance-kg/graph/identity> { ?local gov:refersTo ?entity }
  ?entity a ?class ; rdfs:label ?name FILTER(LANG(?name) = "zh-hans")
} GROUP BY ?name ORDER BY DESC(?said) ?name LIMIT 1
"""


class Asked(NamedTuple):
    """A question and the value of its first parameter."""

    question: Question
    values: dict[str, str]

    @property
    def terms(self) -> dict[str, Term]:
        """The value as the term that is bound."""
        return bindings(self.question, self.values)

    @property
    def text(self) -> str:
        """The query with the value in it."""
        return bound_text(self.question.text, self.terms)


def asked_of(store: Store) -> list[Asked]:
    """Return the ten questions, each about what the store says most of."""
    most = {kind: _most_said(store, kind) for kind in set(ABOUT.values())}
    library = questions()
    return [Asked(library[name], {library[name].parameters[0].name: most[ABOUT[name]]}) for name in ABOUT]


def _most_said(store: Store, kind: str) -> str:
    named = _MOST_SAID.replace("?class", f"gov:{kind}")
    (row,) = store.select(named)
    return str(row["name"].value)


def bare(store: Store, asked: Asked) -> int:
    """Ask pyoxigraph alone, by a query with the value in it; return how many rows there are."""
    answer: Any = store.database.query(asked.text)
    return len([tuple(row) for row in answer])


def ours(store: Store, asked: Asked) -> int:
    """Ask as `kg.answers` does; return how many rows there are."""
    return len(run_query(store, asked.question, asked.values).rows)


def seconds(work: Callable[[], int]) -> float:
    """Return how long a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_turns(store: Store, asked: Asked, rounds: int) -> tuple[float, float, int]:
    """Return the least seconds of ours and of bare pyoxigraph, taking turns, and the rows."""
    rows = ours(store, asked)
    if rows != bare(store, asked):
        raise SystemExit(f"{asked.question.name}: ours and bare pyoxigraph differ")
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(rounds):
        pair = [("ours", ours), ("bare", bare)]
        for name, ask in pair if number % 2 else reversed(pair):
            taken[name].append(seconds(lambda ask=ask: ask(store, asked)))  # type: ignore[misc]
    return min(taken["ours"]), min(taken["bare"]), rows


def rdflib_asked(quads: str, answers: Connection) -> None:
    """Answer questions from rdflib's own store, one a message: (text, bindings, seconds it may take)."""
    import rdflib

    def out_of_time(signal_number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, out_of_time)
    data = rdflib.Dataset()
    data.parse(quads, format="nquads")
    answers.send(len(data))
    while message := answers.recv():
        text, bound, most = message
        terms = {name: rdflib.Literal(value, lang=language) for name, (value, language) in bound.items()}
        signal.setitimer(signal.ITIMER_REAL, most)
        started = time.perf_counter()
        try:
            rows: int | None = len(list(data.query(text, initBindings=terms)))
        except TimeoutError:
            rows = None
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.send((time.perf_counter() - started, rows))


def beside_rdflib(store: Store, ten: list[Asked], taken: list[float]) -> Iterator[tuple[float, int | None]]:
    """Yield rdflib's seconds and rows for each question; no rows if it was stopped."""
    with tempfile.TemporaryDirectory() as folder:
        quads = Path(folder) / "store.nq"
        store.database.dump(str(quads), ox.RdfFormat.N_QUADS)
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=rdflib_asked, args=(str(quads), there))
        process.start()
        started = time.perf_counter()
        print(
            f"rdflib holds {here.recv():,} quads after {time.perf_counter() - started:.0f} s", file=sys.stderr
        )
        for asked, ours_took in zip(ten, taken, strict=True):
            bound = {n: (t.value, getattr(t, "language", None)) for n, t in asked.terms.items()}
            here.send((asked.question.text, bound, max(LEAST_SECONDS, MOST_TIMES * ours_took)))
            yield here.recv()
        here.send(None)
        process.join()


def main() -> None:
    """Ask, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--without-rdflib", action="store_true")
    options = parser.parse_args()
    with Store.open(options.store) as store:
        ten = asked_of(store)
        lines: list[dict[str, Any]] = []
        for asked in ten:
            ours_took, bare_took, rows = in_turns(store, asked, options.rounds)
            (value,) = asked.values.values()
            lines.append(
                {
                    "question": asked.question.name,
                    "about": value,
                    "rows": rows,
                    "ours_ms": ours_took * 1000,
                    "bare_ms": bare_took * 1000,
                    "ours_to_bare": ours_took / bare_took,
                }
            )
            print(_line(lines[-1]), flush=True)
        if not options.without_rdflib:
            taken = [line["ours_ms"] / 1000 for line in lines]
            for line, (took, found) in zip(lines, beside_rdflib(store, ten, taken), strict=True):
                line.update(
                    rdflib_ms=took * 1000, rdflib_rows=found, rdflib_to_ours=took * 1000 / line["ours_ms"]
                )
                print(_line(line), flush=True)
        quads = len(store.database)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"quads": quads, "questions": lines}, ensure_ascii=False, indent=1) + "\n")


def _line(figures: dict[str, Any]) -> str:
    told = (
        f"{figures['question']:16} {figures['rows']:6,} rows  ours {figures['ours_ms']:9.1f} ms"
        f"  to bare pyoxigraph {figures['ours_to_bare']:5.2f}"
    )
    if "rdflib_ms" in figures:
        stopped = "stopped at " if figures["rdflib_rows"] is None else ""
        told += f"  rdflib {stopped}{figures['rdflib_to_ours']:7.1f} times"
    return f"{told}  {figures['about']}"


if __name__ == "__main__":
    main()
