"""Sources: where each article of the inputs is to be read from, found in order and cheap to hand on.

Finding is done once, in the order of the inputs, and gives each article its id; reading, which takes most of
the time, can then be done by any process that sees the same files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import IO

import msgspec

from extract.article_ids import ArticleIds
from extract.encodings import SAMPLE_BYTES
from extract.errors import ArticleError
from extract.inputs import FORMAT_OF_SUFFIX, STDIN, InputFile, opened
from extract.page_text import one_line
from extract.read_options import ReadOptions
from extract.tables import Columns, Entry, TableOptions, read_csv, read_jsonl

HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|div|p|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
TABLE = "table"
_LONGEST_ID = 200
_LOOKED_AT = 4000


class Source(msgspec.Struct, tag="source", frozen=True):
    """Where one article is: a file of its own, or an entry of a table with what its columns hold.

    `file` is the path as UTF-8 can hold it, `path` the very bytes where that is not the same. `format` is
    text, html or table; `data` are the bytes where no other process could read them again (standard input);
    `size` is about how many bytes the article takes, `position` how many of the inputs' bytes lie before its
    end, as they are stored; `stamp` changes when a file of its own does.
    """

    id: str
    file: str
    format: str
    size: int
    position: int = 0
    stamp: str = ""
    entry: int | None = None
    fields: dict[str, str] = {}
    path: bytes | None = None
    data: bytes | None = None

    def input_file(self) -> InputFile:
        """Return the file to open."""
        path = os.fsdecode(self.path) if self.path is not None else self.file
        return InputFile(path, self.id, PurePath(path).suffix)


class Failure(msgspec.Struct, tag="failure", frozen=True):
    """An input that is no article, and why: an ArticleError as data."""

    problem: str
    file: str | None = None
    entry: str | int | None = None
    remedy: str | None = None
    position: int = 0

    @classmethod
    def of(cls, error: ArticleError) -> Failure:
        """Return the error as data."""
        file = printable(error.file) if error.file is not None else None
        return cls(printable(error.problem), file, error.entry, error.remedy)

    def error(self) -> ArticleError:
        """Return the error again."""
        return ArticleError(self.problem, file=self.file, entry=self.entry, remedy=self.remedy)


Item = Source | Failure


def find_sources(
    files: Iterable[InputFile], *, options: ReadOptions, stdin: IO[bytes] | None = None
) -> Iterator[Item]:
    """Yield where each article of the files is, and in its place what cannot be one, in order.

    Ids are unique: a file's name; an entry's own id, else file and number. Memory does not grow with them.
    """
    before = 0
    with ArticleIds() as ids:
        for file in files:
            position = before
            try:
                for item, read in _sources(file, options, stdin, ids):
                    position = before + read
                    yield msgspec.structs.replace(item, position=position)
            except ArticleError as error:
                yield msgspec.structs.replace(Failure.of(error), position=position)
            before += file.size


def _sources(
    file: InputFile, options: ReadOptions, stdin: IO[bytes] | None, ids: ArticleIds
) -> Iterator[tuple[Item, int]]:
    """Yield what is found in a file, and how many of its bytes have been read by then."""
    known = FORMAT_OF_SUFFIX.get(file.suffix) if options.format == "auto" else options.format
    if known in ("text", "html") and file.path != STDIN:
        yield _whole(file, known, None, ids), file.size
        return
    with opened(file, stdin) as stream:
        format_ = _format(file, options, stream.peek(SAMPLE_BYTES))
        if format_ in ("jsonl", "csv"):
            for item in _entries(file, format_, stream, options, ids):
                yield item, stream.position() if file.size else 0
        else:
            data = stream.read(options.max_file_bytes) if file.path == STDIN else None
            yield _whole(file, format_, data, ids), file.size


def _whole(file: InputFile, format_: str, data: bytes | None, ids: ArticleIds) -> Item:
    id_, shown = printable(file.name), printable(file.path)
    return _taken(ids, id_, shown, None) or Source(
        id_,
        shown,
        format_,
        size=file.size if data is None else len(data),
        stamp=file.stamp,
        path=os.fsencode(file.path) if shown != file.path else None,
        data=data,
    )


def _entries(
    file: InputFile, format_: str, stream: IO[bytes], options: ReadOptions, ids: ArticleIds
) -> Iterator[Item]:
    read = read_jsonl if format_ == "jsonl" else read_csv
    table = TableOptions(Columns(options.columns), options.max_line_bytes, options.python_encoding)
    failed: list[ArticleError] = []
    some = False
    for entry in read(stream, file=file.path, options=table, on_error=failed.append):
        yield from map(Failure.of, failed)
        failed.clear()
        some = True
        yield _entry(entry, file, ids)
    some = some or bool(failed)
    yield from map(Failure.of, failed)
    if not some:
        raise ArticleError("no entries", file=file.path, remedy="leave it out, or fetch it again")


def _entry(entry: Entry, file: InputFile, ids: ArticleIds) -> Item:
    fields = {name: value for name, value in entry.fields.items() if value.strip()}
    shown = printable(file.path)
    if "text" not in fields:
        return Failure("an entry without text", shown, entry.number, "fill its text, or take it out")
    id_ = printable(_own_id(fields["id"], file, ids) if "id" in fields else f"{file.name}-{entry.number}")
    taken = _taken(ids, id_, shown, entry.number)
    size = sum(map(len, fields.values()))
    return taken or Source(id_, shown, TABLE, size, entry=entry.number, fields=fields)


def _taken(ids: ArticleIds, id_: str, file: str, entry: int | None) -> Failure | None:
    """Take an id; return what is wrong if another article has it."""
    owner = ids.take(id_, file if entry is None else f"{file}#{entry}")
    if owner is None:
        return None
    return Failure(f"the id {id_!r} is already that of {owner}", file, entry, "give each article its own id")


def _own_id(given: str, file: InputFile, ids: ArticleIds) -> str:
    """Return an entry's own id; one that another file has used already gets this file's name before it."""
    own = one_line(given)[:_LONGEST_ID]
    owner = ids.owner(printable(own))
    if owner is None or owner.rpartition("#")[0] == printable(file.path):
        return own
    return f"{file.name}/{own}"


def _format(file: InputFile, options: ReadOptions, beginning: bytes) -> str:
    """Return the format to read a file in: the one chosen, the suffix's, or what it begins like."""
    if options.format != "auto":
        return options.format
    if file.suffix in FORMAT_OF_SUFFIX:
        return FORMAT_OF_SUFFIX[file.suffix]
    start = beginning.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"{"):
        return "jsonl"
    return "html" if HTML_START.match(start[:_LOOKED_AT].decode("latin-1")) else "text"


def printable(text: str) -> str:
    """Return a path or id that UTF-8 can hold: bytes of a file name that are no text become `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")
