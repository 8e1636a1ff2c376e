"""The benchmarks' parts run, on little; what they compare agrees. What they measure is not tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks import measuring, pages, parts, stores
from extract.pipeline import Extractor
from extract.records import write_facts
from tests.test_sample_data import articles

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("facts") / "facts.jsonl"
    with target.open("wb") as out:
        write_facts(Extractor().extract(articles("articles").values()), out)
    return target


def test_all_stores_give_the_same_rows_for_the_same_quads(facts: Path, tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").symlink_to(facts)
    rows = {}
    for name, measure in stores.MEASURES.items():
        figures: measuring.Figures = {}
        measure(tmp_path, 2000, figures)
        rows[name] = figures

    assert len({figures["rows"] for figures in rows.values()}) == 1
    assert len({figures["quads"] for figures in rows.values()}) == 1
    assert set(rows) == {"ours, from facts", "pyoxigraph", "rdflib"}


def test_pages_and_files_of_a_store_are_written_by_all(facts: Path, tmp_path: Path) -> None:
    done = _run(tmp_path, "benchmarks.pages", "--facts", str(facts), "--texts", "3")

    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "exports" / "benchmarks.json").read_text(encoding="utf-8"))["pages"]
    assert set(kept) == {f"3 {name}" for name in pages.MEASURES}
    assert all(figures["bytes"] for figures in kept.values())


def test_an_unknown_part_is_refused_with_those_there_are(tmp_path: Path) -> None:
    done = _run(tmp_path, "benchmarks.parts", "pagse")

    assert done.returncode == 2
    assert "no such part: pagse" in done.stderr
    assert all(part in done.stderr for part in parts.PARTS)


@pytest.mark.parametrize("part", parts.PARTS)
def test_the_commands_of_a_part_can_be_run(part: str, tmp_path: Path) -> None:
    for module, *_ in parts.commands(part, 5, tmp_path):
        done = _run(tmp_path, module, "--help")
        assert done.returncode == 0, done.stderr


def _run(folder: Path, module: str, *arguments: Iterable[str]) -> subprocess.CompletedProcess[str]:
    (folder / "exports").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
