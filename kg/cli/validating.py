"""The command that checks a store against the ontology's shapes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.store_option import copying, reading_options
from kg.cli.terminal import FAILED, printable, tell
from kg.whole_files import STDOUT, whole_file

if TYPE_CHECKING:
    from kg.validation.words import Finding

_FORMATS = ("text", "csv", "json")
_ADVICE = "correct the facts of the article and `govkg build --replace` it, or rule on it with `govkg curate`"


@click.command()
@reading_options
@click.option(
    "--language", type=click.Choice(("zh", "en")), default="en", show_default=True, help="Language of it."
)
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True, help="Format."
)
@click.option(
    "-o", "--output", default=STDOUT, metavar="FILE", help="File to write; `-`, the default, is stdout."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N problems.")
def validate(
    store_path: Path | None, endpoint: str | None, language: str, form: str, output: str, limit: int | None
) -> None:
    """Check everything a store holds against the ontology's shapes.

    Says of every problem in plain words what must hold, what was found, and which sentence of which
    article is behind it. Exit status 1 if there is any.

    \b
    Examples:
      govkg validate --store my.kg
      govkg validate --language zh --format csv -o problems.csv --store my.kg
    """
    from itertools import islice

    from kg.validation.checking import violations
    from kg.validation.data import Data
    from kg.validation.words import findings

    with copying(store_path, endpoint) as store:
        found = list(islice(findings(store.database, violations(Data(store.database)), language), limit))
    text = {"text": _as_text, "csv": _as_csv, "json": _as_json}[form](found)
    if text:
        with whole_file(output) as out:
            out.write(text.encode("utf-8"))
    if not found:
        tell(f"{store_path or endpoint}: no problems")
        return
    many = f"{len(found):,} problems" if len(found) > 1 else "1 problem"
    tell(f"{store_path or endpoint}: {many}; {_ADVICE}")
    raise click.exceptions.Exit(FAILED)


def _as_text(found: list[Finding]) -> str:
    return "".join(f"{line}\n" for finding in found for line in _lines(finding))


def _lines(finding: Finding) -> Iterator[str]:
    yield printable(finding.message)
    yield printable(f"  {finding.about}")
    if finding.found:
        yield printable(f"  {finding.found}")
    if finding.article:
        yield printable(f"  {finding.article}: {finding.sentence}".rstrip(": "))
    yield ""


def _as_csv(found: list[Finding]) -> str:
    from kg.spreadsheet import safe_cell

    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("problem", "about", "found", "article", "sentence", "node", "shape"))
    for finding in found:
        table.writerow([safe_cell(value) for value in asdict(finding).values()])
    return "\ufeff" + out.getvalue()


def _as_json(found: list[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1) + "\n"
