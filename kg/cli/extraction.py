"""Commands about extraction alone: from articles to facts, and how good the facts are."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from extract.errors import FactsError
from extract.records import Article, ArticleFacts, encode, read_facts
from kg.cli.article_options import article_options, read_options
from kg.cli.terminal import Reporter, printable
from kg.whole_files import STDOUT, whole_file

_min_confidence = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out facts with less confidence than X, from 0 to 1.",
)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--output", default=STDOUT, metavar="FILE", help="File to write; `-`, the default, is stdout."
)
@_min_confidence
@click.option(
    "--with-planned",
    is_flag=True,
    help="Give what is only announced too, marked with the qualifier modality=planned.",
)
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress; errors are still told.")
@article_options
def extract(
    inputs: tuple[str, ...],
    output: str,
    min_confidence: float,
    with_planned: bool,
    quiet: bool,
    **reading: Any,
) -> None:
    """Extract facts from articles, as JSON Lines: one article a line.

    INPUT is a file (text, HTML, JSON Lines, CSV; also packed as .gz or .xz), a folder, a pattern
    such as 'news/*.txt', or `-` for stdin.

    \b
    Examples:
      govkg extract my-articles/ -o facts.jsonl
      govkg extract news.csv --text-column 正文 --date-column 日期 > facts.jsonl
    """
    options = read_options(reading)
    reporter = Reporter(quiet=quiet or (output == STDOUT and sys.stdout.isatty()))
    started = time.perf_counter()
    count = _Count()
    with whole_file(output) as out, reporter.progress("articles extracted") as done:
        from extract.articles import read_articles

        articles = read_articles(inputs, options=options, on_error=reporter.error, stdin=sys.stdin.buffer)
        for record in facts_of(articles, with_planned=with_planned):
            kept = [fact for fact in record.facts if fact.confidence >= min_confidence]
            record.facts = kept
            out.write(encode(record))
            count.add(record)
            done(count.articles)
    where = "" if output == STDOUT else f" in {output}"
    reporter.summary(f"{count.text(time.perf_counter() - started)}{where}")
    reporter.end()


def facts_of(articles: Iterable[Article], *, with_planned: bool = False) -> Iterator[ArticleFacts]:
    """Yield the facts of the articles; the language model is loaded when there is a first one.

    What is only announced comes out if `with_planned`.
    """
    source = iter(articles)
    first = next(source, None)
    if first is None:
        return
    from itertools import chain

    from extract.pipeline import Extractor

    yield from Extractor(with_planned=with_planned).extract(chain([first], source))


class _Count:
    """How much was extracted."""

    def __init__(self) -> None:
        self.articles = self.characters = self.entities = self.facts = 0

    def add(self, record: ArticleFacts) -> None:
        self.articles += 1
        self.characters += len(record.article.text)
        self.entities += len(record.entities)
        self.facts += len(record.facts)

    def text(self, seconds: float) -> str:
        return (
            f"{self.articles:,} articles, {self.entities:,} entities, {self.facts:,} facts "
            f"from {self.characters:,} characters in {seconds:.1f} s"
        )


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("facts", metavar="FACTS", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@_min_confidence
@click.option("--errors", is_flag=True, help="List every wrong, doubled and missed entity and fact.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(gold: Path, facts: str, min_confidence: float, errors: bool, as_json: bool) -> None:
    """Compare facts with gold files: precision, recall and F1 by type and relation.

    GOLD is a folder of .gold files, FACTS what `govkg extract` wrote, or `-` for stdin.

    \b
    Examples:
      govkg extract data/articles -o facts.jsonl
      govkg evaluate data/gold facts.jsonl
      govkg evaluate data/gold facts.jsonl --errors
      govkg evaluate data/gold facts.jsonl --min-confidence 0.8
    """
    from extract.evaluate import evaluate as evaluate_facts

    reporter = Reporter()
    evaluation = evaluate_facts(gold, list(_read(facts, reporter)), min_confidence=min_confidence)
    if as_json:
        click.echo(json.dumps(evaluation.as_json(), ensure_ascii=False, indent=1))
    else:
        click.echo(evaluation.render(), nl=False)
    if errors:
        for mistake in evaluation.errors:
            fields = (printable(field) for field in str(mistake).split("\t"))
            click.echo("\t".join(fields), err=as_json)
    reporter.end()


def _read(path: str, reporter: Reporter) -> Iterator[ArticleFacts]:
    with click.open_file(path, "rb") as lines:
        name = "stdin" if path == STDOUT else path
        try:
            yield from read_facts(lines, name, reporter.error)
        except OSError as exc:
            problem = f"cannot be read ({exc.strerror or exc})"
            raise FactsError(problem, file=name, remedy="check its permissions") from exc
