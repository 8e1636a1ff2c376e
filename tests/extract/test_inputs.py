"""Inputs: which files are read, in which order, under which names."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path

import pytest

from extract.errors import ArticleError
from extract.inputs import find_files, opened


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("会议召开。", encoding="utf-8")


def names(inputs: list[str | Path], base: Path | None = None) -> list[str]:
    errors: list[ArticleError] = []
    files = find_files(inputs, base=base, on_error=errors.append)
    assert not errors
    return [file.name for file in files]


def test_a_folder_is_searched_sorted_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    make(
        tmp_path, "b.txt", "a.html", "c/x.jsonl", "c/y.csv.gz", ".git/z.txt", ".hidden.txt", "d.docx", "e.TXT"
    )
    assert names([tmp_path]) == ["a", "b", "e", "c/x", "c/y"]


def test_files_and_globs_come_in_the_order_given_and_once(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.txt", "in/a.html")
    assert names([tmp_path / "b.txt", f"{tmp_path}/*.txt", tmp_path / "." / "a.txt"]) == ["b", "a"]
    assert names([f"{tmp_path}/**/*.html"]) == ["in/a"]


def test_names_do_not_depend_on_where_the_folder_is(tmp_path: Path) -> None:
    for where in ("one", "two/deep"):
        make(tmp_path / where, "2024/a.txt", "b.txt")
    assert names([tmp_path / "one"]) == names([tmp_path / "two" / "deep"]) == ["b", "2024/a"]
    assert names([tmp_path / "one"], base=tmp_path) == ["one/b", "one/2024/a"]


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    make(tmp_path, "x/a.txt", "y/a.txt", "z/b.txt", "z/b.html")
    assert names([tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt"]) == ["x/a", "y/a"]
    assert names([tmp_path / "z"]) == ["b.html", "b.txt"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [("none.txt", "no such file"), ("*.zzz", "nothing matches"), ("empty", "no articles")],
)
def test_an_input_that_names_nothing_is_reported(tmp_path: Path, given: str, problem: str) -> None:
    (tmp_path / "empty").mkdir()
    make(tmp_path, "a.txt")
    errors: list[ArticleError] = []
    files = find_files([tmp_path / given, tmp_path / "a.txt"], base=None, on_error=errors.append)
    assert [file.name for file in files] == ["a"]
    assert problem in errors[0].problem
    assert given in str(errors[0])


def test_packed_files_are_unpacked_and_broken_ones_named(tmp_path: Path) -> None:
    text = "会议召开。".encode()
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(text))
    (tmp_path / "b.txt.xz").write_bytes(lzma.compress(text))
    (tmp_path / "c.txt.gz").write_bytes(b"not packed")
    (tmp_path / "d.txt.xz").write_bytes(lzma.compress(text * 100)[:-20])
    (tmp_path / "e.txt").symlink_to(tmp_path / "nowhere")
    errors: list[ArticleError] = []
    files = find_files([tmp_path], base=None, on_error=errors.append)
    assert not errors
    for file in files[:2]:
        with opened(file, None) as stream:
            assert stream.read() == text
    for file in files[2:]:
        with pytest.raises(ArticleError, match="cannot be") as raised, opened(file, None) as stream:
            stream.read()
        assert raised.value.file == file.path
