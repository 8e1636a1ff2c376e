"""The command that makes one facts file out of several."""

from __future__ import annotations

import sys

import click

from extract.errors import FactsError
from extract.records import encode
from kg.cli.facts_files import PARQUET, facts_in
from kg.cli.terminal import Reporter
from kg.whole_files import STDOUT, whole_file


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FACTS...")
@click.option(
    "-o", "--output", default=STDOUT, metavar="FILE", help="File to write; `-`, the default, is stdout."
)
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress; errors are still told.")
def merge(inputs: tuple[str, ...], output: str, quiet: bool) -> None:
    """Make one facts file, as JSON Lines, out of parts.

    FACTS is what `govkg extract` wrote: files, or folders or URLs of parts, JSON Lines or Parquet, in
    that order. An article of an id that has come already is told of and left out.

    \b
    Example:
      govkg merge s3://facts/2024/ -o facts.jsonl
    """
    from extract.article_ids import ArticleIds
    from extract.inputs import find_files

    reporter = Reporter(quiet=quiet or (output == STDOUT and sys.stdout.isatty()))
    count = 0
    with whole_file(output) as out, ArticleIds() as ids, reporter.progress("articles merged") as done:
        files = find_files(inputs, base=None, on_error=reporter.error, suffixes=(".jsonl", PARQUET))
        for file in files:
            for record in facts_in(file, sys.stdin.buffer, reporter):
                owner = ids.take(record.article.id, file.path)
                if owner is not None:
                    problem = f"the article {record.article.id!r} stands already in {owner}"
                    reporter.error(FactsError(problem, file=file.path, remedy="leave one of them out"))
                    continue
                out.write(encode(record))
                count += 1
                done(count)
    reporter.summary(f"{count:,} articles of {len(files):,} files merged")
    reporter.end()
