"""Commands that change a store."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from extract.errors import ArticleError
from extract.records import Article, ArticleFacts, encode
from kg.cli.article_options import article_options, read_options
from kg.cli.extraction import facts_of
from kg.cli.facts_files import PARQUET, facts_in
from kg.cli.store_option import store_option
from kg.cli.terminal import Reporter, tell
from kg.whole_files import whole_file

if TYPE_CHECKING:
    from extract.articles import ReadOptions
    from extract.inputs import InputFile
    from kg.pipeline import StoredArticles

STDIN = "-"
_LONGEST_RECORD = 1 << 27


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@store_option(must_exist=False)
@click.option("--facts", metavar="FILE", help="Also write the extracted facts to this file, as JSON Lines.")
@click.option(
    "--replace", is_flag=True, help="Read articles that are stored already again, and replace them."
)
@click.option(
    "--rulings",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Curators' rulings that shall hold in it, these and no others.",
)
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress; errors are still told.")
@article_options
def build(
    inputs: tuple[str, ...],
    store_path: Path,
    facts: str | None,
    replace: bool,
    rulings: Path | None,
    quiet: bool,
    **reading: Any,
) -> None:
    """Build a store from articles, or add to one.

    INPUT is articles (a file, a folder, a pattern, a URL, `-` for stdin) or facts that `govkg extract`
    wrote, also in parts, told apart by what is in them. An article that is stored already changes nothing.

    \b
    Examples:
      govkg build my-articles/ --store my.kg
      govkg build facts.jsonl more-articles/ --store my.kg
    """
    options = read_options(reading)
    from kg.curation.answers import read_rulings_file
    from kg.pipeline import StoredArticles, compact, open_for_building

    ruled = read_rulings_file(rulings) if rulings is not None else None
    reporter = Reporter(quiet=quiet)
    with ExitStack() as stack:
        stdin = stack.enter_context(_rewindable_stdin(inputs))
        store = stack.enter_context(open_for_building(store_path))
        if ruled is not None:
            store.curate(ruled)
        records = _Records(inputs, stdin, options, reporter)
        records.stored = None if replace else StoredArticles(store)
        records.copy = stack.enter_context(whole_file(facts)) if facts else None
        done = stack.enter_context(reporter.progress("articles stored"))
        added = store.add(records.read(), reporter.error, replace=replace, on_progress=done)
        articles, stated = store.article_count(), store.fact_count()
    compact(store_path, added)
    unchanged = added.unchanged + records.skipped
    reporter.summary(
        f"{added.added:,} articles added, {added.replaced:,} replaced, {unchanged:,} unchanged; "
        f"{store_path} now holds {articles:,} articles, {stated:,} facts"
    )
    reporter.end()


@click.command()
@click.argument("article_id", metavar="ID")
@store_option()
def remove(article_id: str, store_path: Path) -> None:
    """Remove an article from a store, with everything that it alone supports.

    \b
    Example:
      govkg remove 2024/02/report-7 --store my.kg
    """
    from kg.store import Store

    with Store.open(store_path, write=True) as store:
        store.remove(article_id)
    tell(f"removed {article_id}")


class _Records:
    """The records of the inputs: facts files as they are, articles extracted."""

    stored: StoredArticles | None = None
    """The articles that need not be extracted."""

    copy: IO[bytes] | None = None
    """Where the records that are extracted here are written too."""

    def __init__(
        self, inputs: tuple[str, ...], stdin: IO[bytes] | None, options: ReadOptions, reporter: Reporter
    ) -> None:
        self.skipped = 0
        self._inputs = inputs
        self._stdin = stdin
        self._options = options
        self._reporter = reporter

    def read(self) -> Iterator[ArticleFacts]:
        """Yield the records of facts files first, then those of articles."""
        from extract.inputs import FORMAT_OF_SUFFIX, find_files

        suffixes = (*FORMAT_OF_SUFFIX, PARQUET)
        report = self._reporter.error
        files = find_files(self._inputs, base=self._options.base, on_error=report, suffixes=suffixes)
        articles: list[InputFile] = []
        for file in files:
            if self._holds_facts(file):
                yield from facts_in(file, self._stdin, self._reporter)
            else:
                articles.append(file)
        yield from self._extracted(articles)

    def _holds_facts(self, file: InputFile) -> bool:
        from extract.inputs import FORMAT_OF_SUFFIX, opened

        if file.suffix == PARQUET:
            return True
        if FORMAT_OF_SUFFIX.get(file.suffix, "jsonl") != "jsonl":
            return False
        try:
            with opened(file, self._stdin) as stream:
                return _is_facts_record(_first_line(stream))
        except ArticleError:
            return False  # reading it as articles will tell what is wrong
        finally:
            self._rewind()

    def _extracted(self, files: list[InputFile]) -> Iterator[ArticleFacts]:
        from extract.articles import read_files

        found = read_files(files, options=self._options, on_error=self._reporter.error, stdin=self._stdin)
        for record in facts_of(article for article in found if not self._is_stored(article)):
            if self.copy is not None:
                self.copy.write(encode(record))
            yield record

    def _is_stored(self, article: Article) -> bool:
        is_stored = self.stored is not None and article in self.stored
        self.skipped += is_stored
        return is_stored

    def _rewind(self) -> None:
        if self._stdin is not None:
            self._stdin.seek(0)


@contextmanager
def _rewindable_stdin(inputs: tuple[str, ...]) -> Iterator[IO[bytes] | None]:
    """Give a copy of standard input that can be read again, or None if it is no input."""
    if STDIN not in inputs:
        yield None
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.seek(0)
        yield copy


def _first_line(stream: IO[bytes]) -> bytes:
    """Return the first line that is not blank, cut at a length no record has."""
    while line := stream.readline(_LONGEST_RECORD):
        if line.strip():
            return line
    return b""


def _is_facts_record(line: bytes) -> bool:
    if b'"article"' not in line or b'"entities"' not in line:
        return False
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and isinstance(record.get("article"), dict) and "entities" in record
