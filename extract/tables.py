"""Tables of articles: JSON Lines and CSV, one article an entry, with columns that may be named."""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import msgspec

from extract.encodings import SAMPLE_BYTES, find_encoding
from extract.errors import ArticleError
from extract.inputs import OnError

FIELDS = ("text", "title", "date", "source", "url", "id", "authors", "editors")
DEFAULT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "正文", "内容", "全文", "正文内容", "文本"),
    "title": ("title", "headline", "标题", "题目", "文章标题"),
    "date": (
        "date",
        "published",
        "pubdate",
        "publish_date",
        "日期",
        "发布时间",
        "发布日期",
        "时间",
        "发表时间",
    ),
    "source": ("source", "site", "来源", "媒体", "信息来源", "文章来源"),
    "url": ("url", "link", "链接", "网址", "原文链接"),
    "id": ("id", "编号", "序号"),
    "authors": ("authors", "author", "作者", "记者"),
    "editors": ("editors", "editor", "编辑", "责编", "责任编辑"),
}
"""The columns looked for where none are named, in this order; capitals do not matter."""

_CHUNK = 1 << 20
_DOCUMENT = "one JSON document, not JSON Lines"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a table: its number (from 1) and what its known columns hold, as text."""

    number: int
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field; a field that is missing is looked for by DEFAULT_COLUMNS."""

    named: Mapping[str, str]

    def find(self, present: Mapping[str, Any] | list[str]) -> dict[str, str]:
        """Return the column for each field that the present columns have.

        Raises ArticleError, with the columns there are, where a named column or that of the text is missing.
        """
        found: dict[str, str] = {}
        by_small = {str(column).strip().lower(): column for column in reversed(list(present))}
        for field in FIELDS:
            if field in self.named:
                if self.named[field] not in present:
                    raise _no_column(f"no column {self.named[field]!r} for the {field}", present)
                found[field] = self.named[field]
                continue
            column = next((by_small[name] for name in DEFAULT_COLUMNS[field] if name in by_small), None)
            if column is not None:
                found[field] = column
        if "text" not in found:
            raise _no_column("no column for the text", present)
        return found


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How to read a table: its columns, the longest line in bytes, the encoding (None: find it out)."""

    columns: Columns
    max_bytes: int
    encoding: str | None = None


def _no_column(problem: str, present: Mapping[str, Any] | list[str]) -> ArticleError:
    there = ", ".join(str(column)[:40] for column in list(present)[:30]) or "none"
    return ArticleError(f"{problem}; the columns are: {there}", remedy="name the column of the text")


def read_jsonl(stream: IO[bytes], *, file: str, options: TableOptions, on_error: OnError) -> Iterator[Entry]:
    """Yield the entries of JSON Lines; lines that are none go to `on_error` with their number."""
    columns: dict[tuple[str, ...], dict[str, str]] = {}
    for number, line in _lines(stream, file, options, on_error):
        if not line.strip():
            continue
        try:
            record = _json_object(line, number)
            present = tuple(record)
            if present not in columns:
                columns[present] = options.columns.find(record)
            yield Entry(number, _fields(record, columns[present]))
        except ArticleError as error:
            on_error(_placed(error, file, number))
            if error.problem == _DOCUMENT:
                return


def read_csv(stream: IO[bytes], *, file: str, options: TableOptions, on_error: OnError) -> Iterator[Entry]:
    """Yield the entries of a CSV or TSV table with a head line; rows that are none go to `on_error`.

    The separator is the one of tab, comma and semicolon that the head line has most of.
    """
    lines = (line + "\n" for _, line in _lines(stream, file, options, on_error))
    first = next((line for line in lines if line.strip()), "")
    if not first:
        return
    separator = max("\t,;", key=first.count)
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    rows = csv.reader(itertools.chain([first], lines), delimiter=separator, strict=True)
    head: list[str] | None = None
    found: dict[str, str] = {}
    number = 0
    while True:
        try:
            row = next(rows)
            if head is None:
                head = [column.strip() for column in row]
                found = options.columns.find(head)
                continue
            number += 1
            if any(cell.strip() for cell in row):
                yield Entry(number, _cells(row, head, found))
        except StopIteration:
            return
        except csv.Error as error:
            number += head is not None
            remedy = 'put a cell with quotes or line ends into quotes, and double its quotes: "say ""so"""'
            on_error(ArticleError(f"not a row ({error})", file=file, entry=max(number, 1), remedy=remedy))
            if head is None:
                return
        except ArticleError as error:
            on_error(_placed(error, file, number or None))
            if not found:
                return


def _json_object(line: str, number: int) -> dict[str, Any]:
    if number == 1 and line.strip() in ("{", "["):
        raise ArticleError(_DOCUMENT, remedy="write one object a line, for instance with `jq -c`")
    try:
        record = msgspec.json.decode(line.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ArticleError(f"not JSON ({error})", remedy="write one JSON object a line") from error
    if not isinstance(record, dict):
        raise ArticleError(
            f"a JSON {type(record).__name__}, not an object", remedy='write {"text": "…"} on each line'
        )
    return record


def _fields(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for field, column in columns.items():
        value = record[column]
        if isinstance(value, list) and field in ("authors", "editors"):
            value = "、".join(str(item) for item in value)
        if isinstance(value, str | int) and not isinstance(value, bool):
            fields[field] = str(value)
        elif value is not None or field == "text":
            raise ArticleError(
                f"column {column!r} for the {field} holds {_shown(value)}, not text",
                remedy="give it as a string, or name another column",
            )
    return fields


def _cells(row: list[str], head: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    at = {column: number for number, column in reversed(list(enumerate(head)))}
    if at[columns["text"]] >= len(row):
        raise ArticleError(
            f"the row has {len(row)} cells, the table {len(head)} columns",
            remedy="complete the row, or take it out",
        )
    return {field: row[at[column]] for field, column in columns.items() if at[column] < len(row)}


def _shown(value: Any) -> str:
    return {type(None): "null", dict: "an object", list: "a list", bool: "a truth value"}.get(
        type(value), "a number"
    )


def _placed(error: ArticleError, file: str, number: int | None) -> ArticleError:
    return ArticleError(error.problem, file=file, entry=number, remedy=error.remedy)


def _lines(
    stream: IO[bytes], file: str, options: TableOptions, on_error: OnError
) -> Iterator[tuple[int, str]]:
    """Yield the lines of a table with their numbers; those that are too long or no text go to `on_error`."""
    sample = stream.read(SAMPLE_BYTES)
    encoding = options.encoding or find_encoding(sample, file=file)
    chunks: Iterable[bytes] = itertools.chain([sample], iter(lambda: stream.read(_CHUNK), b""))
    if encoding.startswith(("utf-16", "utf-32")):
        chunks, encoding = _as_utf8(chunks, encoding, file), "utf-8"
    for number, line in enumerate(_byte_lines(chunks, options.max_bytes), 1):
        if line is None:
            on_error(
                ArticleError(
                    f"a line of more than {options.max_bytes:,} bytes",
                    file=file,
                    entry=number,
                    remedy="give each article a line of its own, or raise the limit of characters an article",
                )
            )
            continue
        try:
            yield number, line.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            on_error(
                ArticleError(
                    f"a line that is not {encoding}", file=file, entry=number, remedy="mend its encoding"
                )
            )


def _byte_lines(chunks: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    """Yield lines without their ends; None for one longer than the limit, of which no more is kept."""
    pieces: list[bytes] = []
    length = 0
    for chunk in chunks:
        *whole, rest = chunk.split(b"\n")
        for end in whole:
            length += len(end)
            yield b"".join([*pieces, end]).removesuffix(b"\r") if length <= limit else None
            pieces, length = [], 0
        length += len(rest)
        pieces = [*pieces, rest] if length <= limit else []
    if length:
        yield b"".join(pieces) if length <= limit else None


def _as_utf8(chunks: Iterable[bytes], encoding: str, file: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for chunk in chunks:
        try:
            yield decoder.decode(chunk).encode("utf-8")
        except UnicodeError as error:
            raise ArticleError(f"not {encoding} throughout", file=file, remedy="save it as UTF-8") from error
