"""Inputs and parts on storage that is named by a URL, and in folders."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.articles import read_articles
from extract.errors import ArticleError
from extract.inputs import find_files
from extract.read_options import ReadOptions
from extract.storage import Folder, StorageError, is_url

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: the extra `cluster` brings it")
SENTENCE = "会议在酒泉市肃州区召开。酒泉市委书记欧阳明川出席会议并讲话。"


@pytest.fixture
def bucket() -> Iterator[str]:
    """A place of fsspec's own storage in memory, with articles in it."""
    system = fsspec.filesystem("memory")
    system.pipe_file("/news/2024/one.txt", SENTENCE.encode())
    system.pipe_file("/news/2024/more/two.jsonl.gz", gzip.compress(f'{{"text":"{SENTENCE}"}}\n'.encode()))
    system.pipe_file("/news/2024/.hidden.txt", SENTENCE.encode())
    system.pipe_file("/news/2024/picture.png", b"\x89PNG")
    yield "memory://news/2024"
    system.rm("/news", recursive=True)


def read(given: str) -> tuple[list[str], list[str]]:
    errors: list[ArticleError] = []
    articles = read_articles([given], options=ReadOptions(), on_error=errors.append)
    return [article.id for article in articles], [str(error) for error in errors]


@pytest.mark.parametrize(
    ("below", "ids"),
    [
        ("", ["more/two-1", "one"]),
        ("/*.txt", ["one"]),
        ("/one.txt", ["one"]),
        ("/**/*.gz", ["more/two-1"]),
    ],
)
def test_articles_are_read_from_storage(bucket: str, below: str, ids: list[str]) -> None:
    assert read(bucket + below) == (ids, [])


def test_sizes_are_known_and_stamps_change_with_the_file(bucket: str) -> None:
    def found() -> list[tuple[int, str]]:
        files = find_files([f"{bucket}/one.txt"], base=None, on_error=lambda error: None)
        return [(file.size, file.stamp) for file in files]

    assert [size for size, _ in found()] == [len(SENTENCE.encode())]


@pytest.mark.parametrize("url", ["memory://news/nowhere/", "no-such-scheme://bucket/news/"])
def test_a_place_that_is_not_there_is_told(url: str) -> None:
    ids, errors = read(url)

    assert ids == []
    assert len(errors) == 1
    assert errors[0].startswith(f"{url}: ")


@pytest.mark.parametrize(
    ("given", "expected"),
    [("s3://bucket/x", True), ("memory://x", True), ("news/2024", False), ("C:\\news", False), ("-", False)],
)
def test_a_url_is_told_from_a_path(given: str, expected: bool) -> None:
    assert is_url(given) is expected


@pytest.mark.parametrize("remote", [False, True])
def test_a_folder_holds_what_was_written(remote: bool, tmp_path: Path, bucket: str) -> None:
    folder = Folder(f"{bucket}/parts" if remote else str(tmp_path / "parts"))
    assert folder.names() == folder.names("_done") == set()

    folder.write("part", b"one")
    folder.write("part", b"two")
    folder.write("_done/part.json", b"{}")

    assert folder.names() == {"part"}
    assert folder.names("_done") == {"part.json"}
    assert folder.read("part") == b"two"
    folder.delete("part")
    folder.delete("part")
    assert folder.names() == set()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StorageError, match="cannot be used"):
        Folder(str(tmp_path / "file")).write("part", b"one")
