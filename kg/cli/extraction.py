"""Commands about extraction alone: from articles to facts, and how good the facts are."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.errors import FactsError
from extract.records import Article, ArticleFacts, read_facts
from kg.cli.article_options import article_options, read_options
from kg.cli.terminal import Reporter, printable, tell
from kg.whole_files import STDOUT, whole_file

if TYPE_CHECKING:
    from extract.chunks import Outcome
    from extract.inputs import InputFile

_LONGEST_STEM = 60

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
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that extract side by side; 0 is one for each processor. The facts are the same.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep what is found in this file from run to run; a changed rule redoes only what it may bear on.",
)
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress; errors are still told.")
@article_options
def extract(
    inputs: tuple[str, ...],
    output: str,
    min_confidence: float,
    with_planned: bool,
    jobs: int,
    cache: Path | None,
    quiet: bool,
    **reading: Any,
) -> None:
    """Extract facts from articles, as JSON Lines: one article a line.

    INPUT is a file (text, HTML, JSON Lines, CSV; also packed as .gz or .xz), a folder, a pattern
    such as 'news/*.txt', or `-` for stdin. A run that was interrupted goes on where it was when the
    same command is given again.

    \b
    Examples:
      govkg extract my-articles/ -o facts.jsonl
      govkg extract news.csv --text-column 正文 --date-column 日期 > facts.jsonl
      govkg extract my-articles/ -o facts.jsonl -j 8 --cache facts.cache
    """
    options = read_options(reading)
    reporter = Reporter(quiet=quiet or (output == STDOUT and sys.stdout.isatty()))
    started = time.perf_counter()
    count = _Count()
    with whole_file(output) as out, kept_for_resuming(output, cache) as kept:
        from extract.chunks import Job
        from extract.inputs import find_files
        from extract.running import run
        from extract.sources import find_sources

        files = find_files(inputs, base=options.base, on_error=reporter.error)
        items = find_sources(files, options=options, stdin=sys.stdin.buffer)
        job = Job.of(options, with_planned=with_planned, min_confidence=min_confidence, cache=kept)
        with reporter.paced_progress("articles extracted", _bytes_of(files)) as done:
            for outcome in run(items, job, processes=jobs or processors()):
                if outcome.failure is not None:
                    reporter.error(outcome.failure.error())
                    continue
                out.write(outcome.line)
                count.add(outcome)
                done(count.articles, outcome.position)
    where = "" if output == STDOUT else f" in {output}"
    reporter.summary(f"{count.text(time.perf_counter() - started)}{where}")
    reporter.end()


def processors() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


@contextmanager
def kept_for_resuming(output: str, cache: Path | None) -> Iterator[Path | None]:
    """Give the cache to use: the one chosen, or one beside the output that goes when the block ends well.

    None for an output that is no file. Where the block ends otherwise, what was done is kept, and told of.
    """
    target = Path(output)
    if cache is not None or output == STDOUT or (target.exists() and not target.is_file()):
        yield cache
        return
    from extract.facts_cache import FactsCache, delete

    path = target.with_name(f".{target.name[:_LONGEST_STEM]}.resume")
    try:
        yield path
    except BaseException:
        done = 0
        if path.exists():
            with FactsCache(path) as found:
                done = len(found)
        if done:
            tell(f"{done:,} articles are done and kept in {path}; the same command goes on from there")
        else:
            delete(path)
        raise
    delete(path)


def _bytes_of(files: list[InputFile]) -> int | None:
    """Return how many bytes the files take, or None if that is not known of one of them."""
    sizes = [file.size for file in files]
    return sum(sizes) if all(sizes) else None


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
        self.articles = self.cached = self.characters = self.entities = self.facts = 0

    def add(self, outcome: Outcome) -> None:
        self.articles += 1
        self.cached += outcome.cached
        self.characters += outcome.characters
        self.entities += outcome.entities
        self.facts += outcome.facts

    def text(self, seconds: float) -> str:
        text = (
            f"{self.articles:,} articles, {self.entities:,} entities, {self.facts:,} facts "
            f"from {self.characters:,} characters in {seconds:.1f} s"
        )
        return f"{text}; {self.cached:,} articles were done before" if self.cached else text


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
