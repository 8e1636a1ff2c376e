"""What docs/security.md promises: no network unasked, nothing run that was read, bombs refused."""

from __future__ import annotations

import ast
import gzip
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "security.md"
SOURCES = sorted([*(ROOT / "kg").rglob("*.py"), *(ROOT / "extract").rglob("*.py")])
GOVKG = [sys.executable, "-m", "kg.cli"]

UNPICKLERS = frozenset(("pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "yaml"))
RUNNERS = frozenset(("eval", "exec", "compile", "__import__"))
NETWORKS = {
    "kg/web.py": "stores elsewhere, by --endpoint and govkg push",
    "extract/cluster": "extraction on a cluster, by --dask",
    "extract/storage.py": "articles and facts on object storage, named by an address",
}
"""The modules that may open connections, and when they are asked to."""
CLIENTS = frozenset(
    ("requests", "urllib.request", "http.client", "httpx", "aiohttp", "distributed", "ftplib")
)


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_was_read_is_run_and_only_named_modules_reach_a_network(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = imported(tree)
    assert not {name for name in names if name.partition(".")[0] in UNPICKLERS}
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & RUNNERS
    if not str(path.relative_to(ROOT)).startswith(tuple(NETWORKS)):
        assert not {name for name in names if any(name == c or name.startswith(f"{c}.") for c in CLIENTS)}


def isolated(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command where there is no network at all."""
    return subprocess.run(
        ["unshare", "--map-root-user", "--net", *GOVKG, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )


def test_everything_works_without_a_network(tmp_path: Path) -> None:
    tried = shutil.which("unshare") and subprocess.run(
        ["unshare", "--map-root-user", "--net", "true"], capture_output=True
    )
    if not tried or tried.returncode:
        pytest.skip("no right to leave the network")
    store = tmp_path / "my.kg"
    article = ROOT / "data" / "articles" / "01-jiuquan-opening.txt"
    for command in (
        ("build", article, "--store", store),
        ("query", "evidence", "--store", store),
        ("explore", "--store", store, "-o", tmp_path / "page.html"),
        ("export", "gexf", "--store", store, "-o", tmp_path / "net.gexf"),
        ("snapshot", "--store", store, "-o", tmp_path / "snapshot"),
    ):
        done = isolated(*command)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.html.gz", "bomb.jsonl.gz", "bomb.csv.gz"])
def test_a_small_file_that_unpacks_to_gigabytes_is_refused(name: str, tmp_path: Path) -> None:
    packed = gzip.compress("市委召开会议。".encode() * 1_000_000)
    (tmp_path / name).write_bytes(packed * 150)  # three gigabytes, members one after the other

    def little_memory() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))

    done = subprocess.run(
        [*GOVKG, "extract", str(tmp_path / name), "-o", str(tmp_path / "facts.jsonl")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=little_memory,
        timeout=300,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert name in done.stderr


def test_the_page_names_tests_that_there_are() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)
    assert len(named) > 20
    for file, test in named:
        assert (ROOT / file).is_file(), file
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), test
