"""The README is true: every command in it runs, every output and figure is what comes out."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import readme

README = (readme.ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def scratch() -> Iterator[Path]:
    with readme.scratch_folder() as folder:
        yield folder


def commands() -> list[str]:
    return [line for block in readme.blocks(README, "sh") for line in block.splitlines()]


@pytest.mark.parametrize("command", [line for line in commands() if not line.startswith("make ")])
def test_command_runs(command: str, scratch: Path) -> None:
    before = set(scratch.rglob("*"))

    readme.run(command, scratch)

    assert set(scratch.rglob("*")) - before


@pytest.mark.parametrize("command", [*(c for c in commands() if c.startswith("make ")), "make bench"])
def test_make_target_exists(command: str) -> None:
    if shutil.which("make") is None:
        pytest.skip("no make")
    done = subprocess.run([*command.split(), "--dry-run"], cwd=readme.ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "git add" not in done.stdout


def test_outputs_shown_are_what_comes_out(scratch: Path) -> None:
    assert readme.with_outputs(README, scratch) == README, "run `make readme`"


def test_figures_shown_are_what_comes_out() -> None:
    assert readme.with_figures(README) == README, "run `make readme`"


def test_judged_facts_shown_are_those_kept() -> None:
    page = (readme.ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")

    assert readme.with_judged(page) == page, "run `make readme`"


def test_python_shown_runs(scratch: Path) -> None:
    (code,) = readme.blocks(README, "python")

    printed = readme.python_output(code, scratch).splitlines()

    assert printed[0] == "[('酒泉市', 'LOC'), ('肃州区', 'LOC')]"
    assert printed[2] == "True"
    assert int(printed[3]) > 10


def test_files_and_pictures_named_are_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README)
    named += [name for name in re.findall(r"`([\w./-]+/|[\w.-]+\.(?:ttl|cff))`", README) if name[0].isalpha()]
    named = [name for name in named if not name.startswith(("exports/", "my-articles"))]

    assert len(named) > 8
    assert not [name for name in named if not (readme.ROOT / name).exists()]


def test_citation_has_what_the_format_requires() -> None:
    lines = (readme.ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    keys = {line.partition(":")[0]: line.partition(":")[2].strip() for line in lines if line[0] not in " -"}

    assert {"cff-version", "message", "title", "authors"} <= keys.keys()
    assert keys["cff-version"] == "1.2.0"
    pyproject = (readme.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{keys["version"]}"' in pyproject
    assert f'license = "{keys["license"]}"' in pyproject
