"""Files of facts as inputs of commands: JSON Lines or Parquet, one record in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from extract.errors import ArticleError, FactsError
from extract.records import ArticleFacts, read_facts
from kg.cli.terminal import Reporter

if TYPE_CHECKING:
    from extract.inputs import InputFile

PARQUET = ".parquet"


def facts_in(file: InputFile, stdin: IO[bytes] | None, reporter: Reporter) -> Iterator[ArticleFacts]:
    """Yield the records of a facts file; what is none of them is told to the reporter."""
    from extract.inputs import opened
    from extract.parquet_facts import read_parquet

    try:
        with opened(file, stdin) as stream:
            if file.suffix == PARQUET:
                yield from read_parquet(stream, file.path)
            else:
                yield from read_facts(stream, file.path, reporter.error)
    except (ArticleError, FactsError) as error:
        reporter.error(error)
