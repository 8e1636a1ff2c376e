"""The command that tells how good facts are, compared with gold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from extract.errors import FactsError
from extract.records import ArticleFacts, read_facts
from kg.cli.confidence_option import min_confidence_option
from kg.cli.terminal import Reporter, printable
from kg.whole_files import STDOUT


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("facts", metavar="FACTS", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@min_confidence_option
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
