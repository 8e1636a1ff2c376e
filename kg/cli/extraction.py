"""The command that extracts: from articles to facts, in processes side by side or on a cluster."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.records import Article, ArticleFacts
from kg.cli.article_options import article_options, read_options
from kg.cli.confidence_option import min_confidence_option
from kg.cli.terminal import Reporter, tell
from kg.whole_files import STDOUT, whole_file

if TYPE_CHECKING:
    from extract.chunks import Job, Outcome
    from extract.parts import PartDone
    from extract.read_options import ReadOptions
    from extract.sources import Item

_LONGEST_STEM = 60
_PARTS = {"jsonl": ".jsonl", "parquet": ".parquet"}


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--output", default=STDOUT, metavar="FILE", help="File to write; `-`, the default, is stdout."
)
@min_confidence_option
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
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Extract on the dask cluster with this scheduler; `local` is one of -j processes on this machine.",
)
@click.option(
    "--parts",
    type=click.Choice(tuple(_PARTS)),
    default="jsonl",
    show_default=True,
    help="With --dask: format of the parts that are written into the folder or URL given with -o.",
)
@click.option(
    "--part-size",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    metavar="N",
    help="With --dask: articles in a part.",
)
@click.option(
    "--trust-network",
    is_flag=True,
    help="With --dask: do without TLS. Whoever shares the network could then run programs on the cluster.",
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
    dask: str | None,
    parts: str,
    part_size: int,
    trust_network: bool,
    quiet: bool,
    **reading: Any,
) -> None:
    """Extract facts from articles, as JSON Lines: one article a line.

    INPUT is a file (text, HTML, JSON Lines, CSV; also packed as .gz or .xz), a folder, a pattern
    such as 'news/*.txt', a URL of object storage, or `-` for stdin. A run that was interrupted goes
    on where it was when the same command is given again.

    \b
    Examples:
      govkg extract my-articles/ -o facts.jsonl
      govkg extract news.csv --text-column 正文 --date-column 日期 > facts.jsonl
      govkg extract my-articles/ -o facts.jsonl -j 8 --cache facts.cache
      govkg extract s3://news/2024/ --dask tls://head:8786 --parts parquet -o s3://facts/2024/
    """
    options = read_options(reading)
    reporter = Reporter(quiet=quiet or (output == STDOUT and sys.stdout.isatty()))
    asked = _Asked(options, reporter, with_planned, min_confidence, jobs or processors())
    if dask is None:
        asked.to_file(inputs, output, cache)
    elif output == STDOUT or cache is not None:
        raise click.UsageError("--dask writes parts: name a folder with -o, and no --cache")
    else:
        asked.to_parts(inputs, output, dask, _PARTS[parts], part_size, trust_network=trust_network)
    reporter.end()


@dataclass(frozen=True)
class _Asked:
    """What a run of `extract` was asked for, whatever carries it out."""

    options: ReadOptions
    reporter: Reporter
    with_planned: bool
    min_confidence: float
    processes: int

    def to_file(self, inputs: tuple[str, ...], output: str, cache: Path | None) -> None:
        """Extract into one file."""
        from extract.running import run

        count = Count()
        with whole_file(output) as out, kept_for_resuming(output, cache) as kept:
            items, total = self._items(inputs)
            with self.reporter.paced_progress("articles extracted", total) as done:
                for outcome in run(items, self._job(kept), processes=self.processes):
                    if outcome.failure is not None:
                        self.reporter.error(outcome.failure.error())
                        continue
                    out.write(outcome.line)
                    count.add(outcome)
                    done(count.articles, outcome.position)
        self.reporter.summary(count.text() if output == STDOUT else f"{count.text()} in {output}")

    def to_parts(
        self,
        inputs: tuple[str, ...],
        output: str,
        address: str,
        suffix: str,
        part_size: int,
        *,
        trust_network: bool,
    ) -> None:
        """Extract on a cluster, into parts."""
        from extract.cluster import connected, make_parts

        count = Count()
        with connected(address, workers=self.processes, trust_network=trust_network) as client:
            items, total = self._items(inputs)
            with self.reporter.paced_progress("articles extracted", total) as done:
                for order, part, was_there in make_parts(
                    items,
                    self._job(None),
                    client,
                    output,
                    suffix=suffix,
                    part_articles=part_size,
                    on_note=tell,
                ):
                    for failure in part.failures:
                        self.reporter.error(failure.error())
                    count.add_part(part, was_there)
                    done(count.articles, order.items[-1].position)
        self.reporter.summary(f"{count.text()} in {count.parts:,} parts in {output}")

    def _items(self, inputs: tuple[str, ...]) -> tuple[Iterator[Item], int | None]:
        """Return where the articles are, and how many bytes that is, if it is known."""
        from extract.inputs import find_files
        from extract.sources import find_sources

        files = find_files(inputs, base=self.options.base, on_error=self.reporter.error)
        sizes = [file.size for file in files]
        items = find_sources(files, options=self.options, stdin=sys.stdin.buffer)
        return items, sum(sizes) if all(sizes) else None

    def _job(self, cache: Path | None) -> Job:
        from extract.chunks import Job

        return Job.of(
            self.options, with_planned=self.with_planned, min_confidence=self.min_confidence, cache=cache
        )


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


class Count:
    """How much was extracted, and since when."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.articles = self.before = self.characters = self.entities = self.facts = self.parts = 0
        self._started = time.perf_counter()

    def add(self, outcome: Outcome) -> None:
        """Count an article."""
        self.articles += 1
        self.before += outcome.cached
        self._add(outcome)

    def add_part(self, part: PartDone, was_there: bool) -> None:
        """Count a part, whose articles were done before if it was there."""
        self.parts += 1
        self.articles += part.articles
        self.before += part.articles if was_there else 0
        self._add(part)

    def _add(self, done: Outcome | PartDone) -> None:
        self.characters += done.characters
        self.entities += done.entities
        self.facts += done.facts

    def text(self) -> str:
        """Return the counts in words."""
        seconds = time.perf_counter() - self._started
        before = f" ({self.before:,} of them done before)" if self.before else ""
        return (
            f"{self.articles:,} articles{before}, {self.entities:,} entities, {self.facts:,} facts "
            f"from {self.characters:,} characters in {seconds:.1f} s"
        )
