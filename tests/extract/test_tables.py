"""JSON Lines and CSV: entries, columns, and what is wrong with some."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from extract.errors import ArticleError
from extract.tables import Columns, Entry, TableOptions, read_csv, read_jsonl

Reader = Callable[..., Iterator[Entry]]
SENTENCE = "青河市召开会议，部署平安建设工作，强调抓好落实。"


def read(reader: Reader, data: bytes, **named: Any) -> tuple[list[Entry], list[ArticleError]]:
    errors: list[ArticleError] = []
    options = TableOptions(Columns(named), max_bytes=named.pop("max_bytes", 100_000))
    entries = list(reader(io.BytesIO(data), file="t", options=options, on_error=errors.append))
    return entries, errors


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_tables_in_all_encodings(encoding: str) -> None:
    csv_text = f"标题,正文,发布时间,来源,链接\r\n会议,“{SENTENCE}”,2023年5月6日,青河日报,http://x.cn\r\n"
    entries, errors = read(read_csv, csv_text.encode(encoding))
    assert not errors
    assert entries[0].fields == {
        "title": "会议",
        "text": f"“{SENTENCE}”",
        "date": "2023年5月6日",
        "source": "青河日报",
        "url": "http://x.cn",
    }
    entries, errors = read(read_jsonl, f'{{"text": "{SENTENCE}", "id": 7}}\n\n'.encode(encoding))
    assert not errors
    assert entries == [Entry(1, {"text": SENTENCE, "id": "7"})]


def test_columns_can_be_named() -> None:
    entries, errors = read(read_csv, f"a\ttext\n{SENTENCE}\tx\n".encode(), text="a")
    assert entries[0].fields["text"] == SENTENCE
    entries, errors = read(read_csv, b"a,b\n1,2\n", text="c")
    assert not entries
    assert "no column 'c' for the text; the columns are: a, b" in str(errors[0])


def test_cells_may_hold_separators_quotes_and_line_ends() -> None:
    entries, errors = read(read_csv, f'text,title\n"{SENTENCE}\n“二”,""三""",会议\n'.encode())
    assert not errors
    assert entries[0].fields["text"] == f'{SENTENCE}\n“二”,"三"'


def test_people_may_be_a_list() -> None:
    entries, _ = read(read_jsonl, '{"text": "会议", "authors": ["王小明", "李红"]}'.encode())
    assert entries[0].fields["authors"] == "王小明、李红"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{broken", "not JSON"),
        (b"[1]", "a JSON list"),
        (b'{"text": null}', "holds null"),
        (b'{"text": {"a": 1}}', "holds an object"),
        (b'{"title": "x"}', "the columns are: title"),
        (b'{"text": "\xff"}', "not utf-8"),
        (b'{"text": "' + b"a" * 200_000 + b'"}', "more than 100,000 bytes"),
        (b"[" * 50_000, "not JSON"),
        (b'{"text": "\\ud800"}', "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: bytes, problem: str) -> None:
    good = f'{{"text": "{SENTENCE}"}}'.encode()
    entries, errors = read(read_jsonl, good + b"\n" + line + b"\n" + good)
    assert [entry.number for entry in entries] == [1, 3]
    assert len(errors) == 1
    assert (errors[0].file, errors[0].entry) == ("t", 2)
    assert problem in errors[0].problem
    assert errors[0].remedy


def test_a_json_document_over_many_lines_gives_one_error() -> None:
    entries, errors = read(read_jsonl, '{\n "text": "会议召开。",\n "id": 1\n}\n'.encode())
    assert not entries
    assert len(errors) == 1
    assert "JSON Lines" in errors[0].problem


def test_bad_rows_of_a_csv_are_named() -> None:
    entries, errors = read(
        read_csv, f'标题,正文\n会议,{SENTENCE}\n短\n会议,{SENTENCE}\n坏,"没有结束'.encode()
    )
    assert [entry.number for entry in entries] == [1, 3]
    assert [error.entry for error in errors] == [2, 4]
    assert all(error.remedy for error in errors)
