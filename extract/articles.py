"""Articles: everything that turns files, folders and tables into articles with a body and its metadata."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from extract.byline_names import split_names
from extract.encodings import SAMPLE_BYTES, check_encoding_name, decode
from extract.errors import ArticleError
from extract.html_page import declared_encoding, read_html
from extract.inputs import FORMAT_OF_SUFFIX, InputFile, OnError, find_files, opened
from extract.page_dates import read_date
from extract.page_text import one_line, text_lines
from extract.pages import Page, read_page
from extract.records import Article
from extract.scripts import language_of
from extract.tables import FIELDS, Columns, Entry, TableOptions, read_csv, read_jsonl

FORMATS = ("auto", "text", "html", "jsonl", "csv")
MAX_CHARACTERS = 5_000_000
"""The longest article that is read, in characters, unless the options say otherwise."""

_BYTES_A_CHARACTER = 6
_LONGEST_ID = 200
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|div|p|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read.

    `format` is one of FORMATS; auto goes by the suffix, then by how the file begins. `columns` names the
    column of a table for any of text, title, date, source, url, id, authors, editors; the others are looked
    for under their usual English and Chinese names. `base` is the folder that ids are relative to (default:
    the folder given as input). `encoding` overrules detection. Articles of more than `max_characters`
    characters, counted before furniture is removed, are refused.

    Raises ArticleError where the format, a column's field or the encoding is unknown.
    """

    format: str = "auto"
    columns: Mapping[str, str] = field(default_factory=dict)
    base: Path | None = None
    encoding: str | None = None
    max_characters: int = MAX_CHARACTERS

    def __post_init__(self) -> None:
        """Check the choices against those there are."""
        if self.format not in FORMATS:
            raise ArticleError(
                f"unknown format {self.format!r}", remedy=f"choose one of {', '.join(FORMATS)}"
            )
        for name in self.columns:
            if name not in FIELDS:
                raise ArticleError(
                    f"a column cannot be named for {name!r}", remedy=f"choose one of {', '.join(FIELDS)}"
                )
        if self.encoding is not None:
            try:
                check_encoding_name(self.encoding)
            except LookupError:
                raise ArticleError(
                    f"unknown encoding {self.encoding!r}",
                    remedy="for instance utf-8, gb18030, big5, utf-16-le",
                ) from None


def read_articles(
    inputs: Sequence[str | Path],
    *,
    options: ReadOptions,
    on_error: OnError,
    stdin: IO[bytes] | None = None,
) -> Iterator[Article]:
    """Yield the articles of the inputs, in the order of the inputs, folders sorted.

    Inputs are files, folders (searched to the bottom, hidden files left out), globs, and `-` for `stdin`.
    What cannot be read as an article goes to `on_error`, which may raise to stop; the others follow.
    Ids are unique: a file's path below the input without its suffix; an entry's own id, else file and number.
    """
    files = find_files(inputs, base=options.base, on_error=on_error)
    yield from read_files(files, options=options, on_error=on_error, stdin=stdin)


def read_files(
    files: Iterable[InputFile],
    *,
    options: ReadOptions,
    on_error: OnError,
    stdin: IO[bytes] | None = None,
) -> Iterator[Article]:
    """Yield the articles of files that `find_files` found; see read_articles."""
    ids: dict[str, str] = {}
    for file in files:
        try:
            yield from _read_file(file, options, on_error, stdin, ids)
        except ArticleError as error:
            on_error(error)


def _read_file(
    file: InputFile, options: ReadOptions, on_error: OnError, stdin: IO[bytes] | None, ids: dict[str, str]
) -> Iterator[Article]:
    with opened(file, stdin) as stream:
        format_ = _format(file, options, stream.peek(SAMPLE_BYTES))
        if format_ in ("jsonl", "csv"):
            yield from _read_table(file, format_, stream, options, on_error, ids)
            return
        data = stream.read(options.max_characters * 4 + 5)
        if not data.strip():
            raise ArticleError("an empty file", file=file.path, remedy="leave it out, or fetch it again")
        declared = declared_encoding(data) if format_ == "html" else None
        text = decode(data, file=file.path, declared=declared, chosen=_python_encoding(options.encoding))
        _check_length(text, options, file.path, None)
        page = read_html(text, file=file.path) if format_ == "html" else read_page(text_lines(text))
        yield _article(page, file.name, file.path, file.path, None, ids)


def _read_table(
    file: InputFile,
    format_: str,
    stream: IO[bytes],
    options: ReadOptions,
    on_error: OnError,
    ids: dict[str, str],
) -> Iterator[Article]:
    read = read_jsonl if format_ == "jsonl" else read_csv
    table = TableOptions(
        Columns(options.columns),
        options.max_characters * _BYTES_A_CHARACTER,
        _python_encoding(options.encoding),
    )
    count = 0
    failed = 0

    def report(error: ArticleError) -> None:
        nonlocal failed
        failed += 1
        on_error(error)

    for entry in read(stream, file=file.path, options=table, on_error=report):
        count += 1
        try:
            yield _from_entry(entry, file, options, ids)
        except ArticleError as error:
            on_error(error)
    if not count and not failed:
        raise ArticleError("no entries", file=file.path, remedy="leave it out, or fetch it again")


def _from_entry(entry: Entry, file: InputFile, options: ReadOptions, ids: dict[str, str]) -> Article:
    fields = {name: value for name, value in entry.fields.items() if value.strip()}
    text = fields.get("text", "")
    if not text:
        raise ArticleError(
            "an entry without text",
            file=file.path,
            entry=entry.number,
            remedy="fill its text, or take it out",
        )
    _check_length(text, options, file.path, entry.number)
    title = one_line(fields["title"]) if "title" in fields else None
    if _HTML_START.match(text):
        page = read_html(text, file=file.path, title=title)
    else:
        page = read_page(text_lines(text), title, whole=False)
    page.date = read_date(fields.get("date", "")) or page.date
    page.source = one_line(fields.get("source", "")) or page.source
    page.url = one_line(fields.get("url", "")) or page.url
    page.authors = _people(fields.get("authors", "")) or page.authors
    page.editors = _people(fields.get("editors", "")) or page.editors
    id_ = _own_id(fields["id"], file, ids) if "id" in fields else f"{file.name}-{entry.number}"
    return _article(page, id_, f"{file.path}#{entry.number}", file.path, entry.number, ids)


def _article(page: Page, id_: str, path: str, file: str, entry: int | None, ids: dict[str, str]) -> Article:
    text = "\n".join(page.body)
    language = language_of(text)
    if not text:
        raise ArticleError(
            "nothing but page furniture", file=file, entry=entry, remedy="save the page of the article itself"
        )
    if language is None:
        raise ArticleError(
            "no Chinese text", file=file, entry=entry, remedy="leave it out: only Chinese is read"
        )
    id_, path = _printable(id_), _printable(path)
    if id_ in ids:
        raise ArticleError(
            f"the id {id_!r} is already that of {ids[id_]}",
            file=file,
            entry=entry,
            remedy="give each article its own id",
        )
    ids[id_] = path
    return Article(
        id=id_,
        text=text,
        path=path,
        url=page.url,
        title=page.title,
        date=page.date,
        source=page.source,
        authors=page.authors,
        editors=page.editors,
        language=language,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def _own_id(given: str, file: InputFile, ids: dict[str, str]) -> str:
    """Return an entry's own id; one that another file has used already gets this file's name before it."""
    own = one_line(given)[:_LONGEST_ID]
    taken = ids.get(_printable(own))
    if taken is None or taken.rpartition("#")[0] == _printable(file.path):
        return own
    return f"{file.name}/{own}"


def _printable(text: str) -> str:
    """Return a path or id that UTF-8 can hold: bytes of a file name that are no text become `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _people(value: str) -> list[str]:
    value = one_line(value)
    names = split_names(value, known_surname=False)
    return list(dict.fromkeys(names if names is not None else [value])) if value else []


def _check_length(text: str, options: ReadOptions, file: str, entry: int | None) -> None:
    if len(text) > options.max_characters:
        raise ArticleError(
            f"longer than {options.max_characters:,} characters",
            file=file,
            entry=entry,
            remedy="split it into articles, or raise the limit of characters an article",
        )


def _python_encoding(name: str | None) -> str | None:
    return check_encoding_name(name) if name else None


def _format(file: InputFile, options: ReadOptions, beginning: bytes) -> str:
    """Return the format to read a file in: the one chosen, the suffix's, or what it begins like."""
    if options.format != "auto":
        return options.format
    if file.suffix in FORMAT_OF_SUFFIX:
        return FORMAT_OF_SUFFIX[file.suffix]
    start = beginning.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"{"):
        return "jsonl"
    return "html" if _HTML_START.match(start[:4000].decode("latin-1")) else "text"
