"""The wheel holds all it needs, and works from another folder; so does the editable install."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
    ]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return target


def source_files() -> set[str]:
    files = {
        path.relative_to(ROOT).as_posix()
        for package in ("kg", "extract")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return {*files, "kg/ontology.ttl"}


def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert held == source_files()
    for kind in (
        "lexicon/places.tsv",
        "relations/holdsPost.toml",
        ".rq",
        "views/all.toml",
        "assets/explorer.js",
    ):
        assert any(name.endswith(kind) for name in held), kind


def test_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        about = archive.read(next(n for n in names if n.endswith("dist-info/METADATA"))).decode()

    assert any(name.endswith("LICENSE") for name in names)
    assert "License-Expression: Apache-2.0" in about
    assert "Requires-Python: >=3.11" in about


def run(command: list[str], cwd: Path, **environment: str) -> str:
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    at = {"PYTHONPATH": str(installed)}
    govkg = [sys.executable, str(installed / "bin" / "govkg")]
    article = tmp_path / "one.txt"
    article.write_text("会议在酒泉市肃州区召开。酒泉市委书记欧阳明川出席会议并讲话。", encoding="utf-8")

    origin = run(
        [sys.executable, "-c", "import kg, extract; print(kg.__file__, extract.__file__)"], tmp_path, **at
    )
    assert origin.count(str(installed)) == 2
    assert run([*govkg, "--version"], tmp_path, **at) == "govkg, version 0.1.0\n"
    assert "offices-of" in run([*govkg, "query", "--list"], tmp_path, **at)
    record = json.loads(run([*govkg, "extract", "one.txt"], tmp_path, **at))
    assert "欧阳明川" in {entity["name"] for entity in record["entities"]}
    run([*govkg, "build", "one.txt", "--store", "one.kg"], tmp_path, **at)
    run([*govkg, "explore", "--store", "one.kg", "-o", "one.html"], tmp_path, **at)
    assert "欧阳明川" in (tmp_path / "one.html").read_text(encoding="utf-8")
    found = run([sys.executable, "-c", "from kg.ontology import *; print(find_ontology())"], tmp_path, **at)
    assert found.strip() == str(installed / "kg" / "ontology.ttl")


def test_editable_install_works_from_another_folder(tmp_path: Path) -> None:
    govkg = Path(sysconfig.get_path("scripts")) / "govkg"
    if not govkg.exists():
        pytest.skip("governance-kg is not installed here; `make test` does")

    assert run([str(govkg), "--version"], tmp_path) == "govkg, version 0.1.0\n"
    assert "offices-of" in run([str(govkg), "query", "--list"], tmp_path)
    found = run([sys.executable, "-c", "from kg.ontology import *; print(find_ontology())"], tmp_path)
    assert Path(found.strip()).samefile(ROOT / "ontology.ttl")
