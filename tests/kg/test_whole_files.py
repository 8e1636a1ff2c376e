"""Files appear whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.whole_files import whole_file, whole_files


def test_files_appear_together_when_the_block_ends(tmp_path: Path) -> None:
    targets = [tmp_path / "nodes.csv", tmp_path / "edges.csv"]

    with whole_files(targets) as (nodes, edges):
        nodes.write(b"n")
        edges.write(b"e")
        assert not any(target.exists() for target in targets)

    assert [target.read_bytes() for target in targets] == [b"n", b"e"]
    assert sorted(tmp_path.iterdir()) == sorted(targets)


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "graph.gexf"
    target.write_bytes(b"before")

    with pytest.raises(ZeroDivisionError), whole_file(target) as out:
        out.write(b"half")
        raise ZeroDivisionError

    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["missing/graph.gexf", "a-file/graph.gexf", "a-folder"])
def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    (tmp_path / "a-folder").mkdir()

    with pytest.raises(ExportError, match="cannot be written") as caught, whole_file(tmp_path / name) as out:
        out.write(b"x")

    assert caught.value.file == str(tmp_path / name)
    assert caught.value.remedy
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-file", "a-folder"]


def test_a_pipe_is_written_to_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with whole_file(pipe) as out:
            out.write(b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").write_bytes(b"")

    with whole_file(tmp_path / "whole") as out:
        out.write(b"x")

    assert (tmp_path / "whole").stat().st_mode == (tmp_path / "usual").stat().st_mode
