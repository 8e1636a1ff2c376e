"""Articles: everything that turns files, folders and tables into articles with a body and its metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from extract.byline_names import split_names
from extract.encodings import decode
from extract.errors import ArticleError
from extract.html_page import declared_encoding, read_html
from extract.inputs import InputFile, OnError, find_files, opened
from extract.page_dates import read_date
from extract.page_text import one_line, text_lines
from extract.pages import Page, read_page
from extract.read_options import FORMATS, MAX_CHARACTERS, ReadOptions
from extract.records import Article
from extract.scripts import language_of
from extract.sources import HTML_START, TABLE, Failure, Source, find_sources

__all__ = ["FORMATS", "MAX_CHARACTERS", "ReadOptions", "read_articles", "read_files", "read_source"]


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
    for item in find_sources(files, options=options, stdin=stdin):
        if isinstance(item, Failure):
            on_error(item.error())
            continue
        try:
            article = read_source(item, options)
        except ArticleError as error:
            on_error(error)
        else:
            yield article


def read_source(source: Source, options: ReadOptions) -> Article:
    """Return the article of a source; raises ArticleError where it is none."""
    page = _entry_page(source, options) if source.format == TABLE else _file_page(source, options)
    text = "\n".join(page.body)
    language = language_of(text)
    if not text:
        raise _refused(source, "nothing but page furniture", "save the page of the article itself")
    if language is None:
        raise _refused(source, "no Chinese text", "leave it out: only Chinese is read")
    return Article(
        id=source.id,
        text=text,
        path=source.file if source.entry is None else f"{source.file}#{source.entry}",
        url=page.url,
        title=page.title,
        date=page.date,
        source=page.source,
        authors=page.authors,
        editors=page.editors,
        language=language,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def _refused(source: Source, problem: str, remedy: str) -> ArticleError:
    return ArticleError(problem, file=source.file, entry=source.entry, remedy=remedy)


def _file_page(source: Source, options: ReadOptions) -> Page:
    data = source.data if source.data is not None else _bytes(source, options)
    if not data.strip():
        raise _refused(source, "an empty file", "leave it out, or fetch it again")
    declared = declared_encoding(data) if source.format == "html" else None
    text = decode(data, file=source.file, declared=declared, chosen=options.python_encoding)
    _check_length(text, source, options)
    return read_html(text, file=source.file) if source.format == "html" else read_page(text_lines(text))


def _bytes(source: Source, options: ReadOptions) -> bytes:
    with opened(source.input_file(), None) as stream:
        return stream.read(options.max_file_bytes)


def _entry_page(source: Source, options: ReadOptions) -> Page:
    fields = source.fields
    text = fields["text"]
    _check_length(text, source, options)
    title = one_line(fields["title"]) if "title" in fields else None
    if HTML_START.match(text):
        page = read_html(text, file=source.file, title=title)
    else:
        page = read_page(text_lines(text), title, whole=False)
    page.date = read_date(fields.get("date", "")) or page.date
    page.source = one_line(fields.get("source", "")) or page.source
    page.url = one_line(fields.get("url", "")) or page.url
    page.authors = _people(fields.get("authors", "")) or page.authors
    page.editors = _people(fields.get("editors", "")) or page.editors
    return page


def _people(value: str) -> list[str]:
    value = one_line(value)
    names = split_names(value, known_surname=False)
    return list(dict.fromkeys(names if names is not None else [value])) if value else []


def _check_length(text: str, source: Source, options: ReadOptions) -> None:
    if len(text) > options.max_characters:
        problem = f"longer than {options.max_characters:,} characters"
        remedy = "split it into articles, or raise the limit of characters an article"
        raise _refused(source, problem, remedy)
