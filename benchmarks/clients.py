"""Fifty clients of the service at once: errors, and how long they wait, beside one client alone.

    python -m benchmarks.clients STORE [--clients 50] [--each 20] [--heavy 2]

Every client asks the questions of benchmarks.questions over HTTP, one after the other in an order of its own;
some queries that never end are asked all the while. Prints and writes exports/clients.json.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.questions import asked_of
from kg.store import Store

RESULTS = Path("exports/clients.json")
NEVER_ENDS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_COMMAND = "from kg.cli import main; main()"
_PATIENCE = 300


@contextmanager
def service(store: Path) -> Iterator[str]:
    """Give the address of a service over a store."""
    command = [sys.executable, "-c", _COMMAND, "serve", "--store", str(store), "--port", "0"]
    process = subprocess.Popen([*command, "--timeout", "600"], stderr=subprocess.PIPE)
    assert process.stderr is not None
    try:
        yield process.stderr.readline().decode().split()[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def ask(connection: http.client.HTTPConnection, query: str) -> tuple[int, float]:
    """Return the status of an answer and the seconds until all of it was there."""
    started = time.perf_counter()
    connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
    response = connection.getresponse()
    response.read()
    return response.status, time.perf_counter() - started


def client(address: str, queries: list[str], each: int, seed: int) -> list[tuple[int, float]]:
    """Ask so many queries one after the other."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_PATIENCE)
    chosen = random.Random(seed)
    answers = [ask(connection, chosen.choice(queries)) for _ in range(each)]
    connection.close()
    return answers


def heavy(address: str, done: threading.Event) -> None:
    """Ask what never ends, until the others are done."""
    host, _, port = urlsplit(address).netloc.rpartition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=_PATIENCE)
    connection.request("GET", f"/sparql?query={quote(NEVER_ENDS)}")
    done.wait()
    connection.close()


def figures(answers: list[tuple[int, float]]) -> dict[str, object]:
    """Return how many answers there were by status, and the times."""
    taken = sorted(seconds for _, seconds in answers)
    return {
        "answers": len(answers),
        "statuses": dict(Counter(str(status) for status, _ in answers)),
        "median_s": statistics.median(taken),
        "percentile_95_s": taken[int(0.95 * (len(taken) - 1))],
        "longest_s": taken[-1],
    }


def main() -> None:
    """Ask alone, then all at once, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--heavy", type=int, default=2)
    options = parser.parse_args()
    with Store.open(options.store) as store:
        queries = [asked.text for asked in asked_of(store)]
        quads = len(store.database)
    done = threading.Event()
    found: dict[str, object] = {"quads": quads, "clients": options.clients, "heavy": options.heavy}
    with service(options.store) as address, ThreadPoolExecutor(options.clients + options.heavy) as pool:
        found["one client"] = figures(client(address, queries, options.each, 0))
        endless = [pool.submit(heavy, address, done) for _ in range(options.heavy)]
        started = time.perf_counter()
        asking = [
            pool.submit(client, address, queries, options.each, seed) for seed in range(options.clients)
        ]
        answers = [answer for each in asking for answer in each.result()]
        found["all clients"] = figures(answers)
        found["answers_per_second"] = len(answers) / (time.perf_counter() - started)
        done.set()
        for each in endless:
            each.result()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
