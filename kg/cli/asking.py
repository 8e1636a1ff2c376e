"""Commands that ask a store: questions, and what it holds."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.store_option import reading, reading_options
from kg.cli.terminal import print_table, tell
from kg.whole_files import STDOUT, whole_file

if TYPE_CHECKING:
    from kg.answering import Answering
    from kg.questions import Question

_PLURALS = {
    "Person": "people",
    "Institution": "institutions",
    "Place": "places",
    "Event": "events",
    "Practice": "practices",
    "Document": "documents",
    "Honour": "honours",
}
_FORMATS = ("table", "csv", "tsv", "json")

_LIKE = 0.5

_NAMES = """
SELECT DISTINCT ?name WHERE {
  ?entity rdfs:label|skos:altLabel ?name FILTER(LANGMATCHES(LANG(?name), "zh-Hans"))
}
"""
_RELATIONS = """
SELECT (?relation AS ?name) (COUNT(DISTINCT ?statement) AS ?count) WHERE {
  GRAPH ?article { ?statement rdf:predicate ?relation ; gov:evidence ?evidence }
} GROUP BY ?relation
"""
_SOURCES = """
SELECT (?source AS ?name) (COUNT(DISTINCT ?article) AS ?count) WHERE {
  GRAPH ?article { ?article gov:source ?source }
} GROUP BY ?source
"""
_DATES = """
SELECT (MIN(?earliest) AS ?first) (MAX(?latest) AS ?last) WHERE {
  GRAPH ?article { ?article gov:earliest ?earliest ; gov:latest ?latest }
}
"""


@click.command()
@click.argument("question", required=False)
@reading_options
@click.option(
    "-p",
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a parameter of the question.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="table",
    show_default=True,
    help="Format of the answer.",
)
@click.option("-o", "--output", default=STDOUT, metavar="FILE", help="File to write csv, tsv or json to.")
@click.option("--list", "listing", is_flag=True, help="List the questions of the library.")
@click.option("--explain", metavar="NAME", help="Show what a question answers, its parameters, its SPARQL.")
def query(
    question: str | None,
    store_path: Path | None,
    endpoint: str | None,
    parameters: tuple[str, ...],
    form: str,
    output: str,
    listing: bool,
    explain: str | None,
) -> None:
    """Answer a question from a store.

    QUESTION is a name of the library (see --list), a .rq file, SPARQL text, or `-` for SPARQL on
    stdin. The project's prefixes need not be declared.

    \b
    Examples:
      govkg query offices-of -p official=唐盛利 --store my.kg
      govkg query practises --format csv -o practises.csv --store my.kg
      govkg query 'SELECT ?p { ?p a gov:Person } LIMIT 5' --store my.kg
    """
    from kg.answers import run_query
    from kg.questions import find_question, questions

    if listing:
        rows = ([q.name, q.title.zh, q.title.en, _parameter_names(q)] for q in questions().values())
        print_table(("question", "题目", "title", "parameters"), rows)
        return
    if explain is not None:
        _explain(find_question(explain))
        return
    if question is None:
        raise click.UsageError("no question; `govkg query --list` shows those of the library")
    if form == "table" and output != STDOUT:
        raise click.UsageError("a table goes to the terminal; give --format csv, tsv or json with -o")
    values = dict(_name_and_value(parameter) for parameter in parameters)
    asked = find_question(sys.stdin.read() if question == STDOUT else question)

    from kg.results import readable_rows, render

    with reading(store_path, endpoint) as store:
        result = run_query(store, asked, values)
        if form == "table":
            print_table(result.columns, readable_rows(store, result))
            tell(f"{len(result.rows):,} rows" if len(result.rows) != 1 else "1 row")
            if not result.rows:
                _tell_unknown_names(store, asked, values)
            return
    with whole_file(output) as out:
        out.write(render(result, form).encode("utf-8"))


def _parameter_names(question: Question) -> str:
    return ", ".join(parameter.name for parameter in question.parameters)


def _name_and_value(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise click.UsageError(f"-p takes NAME=VALUE, not {parameter!r}")
    return name, value


def _tell_unknown_names(store: Answering, question: Question, values: Mapping[str, str]) -> None:
    """Tell which of the names asked for the store does not know, and which names are like them."""
    from kg.network_facts import rows

    known = {name for (name,) in rows(store, _NAMES, "name")}
    labels = {parameter.name for parameter in question.parameters if parameter.type == "label"}
    for value in (value for name, value in values.items() if name in labels and value not in known):
        near = difflib.get_close_matches(value, sorted(known), cutoff=_LIKE)
        hint = f"; similar: {', '.join(near)}" if near else ""
        tell(f"nothing in the store is called {value}{hint}")


def _explain(question: Question) -> None:
    for line in (
        f"{question.name}: {question.title.zh}",
        question.title.en,
        question.answers.zh,
        question.answers.en,
    ):
        if line:
            click.echo(line)
    for parameter in question.parameters:
        click.echo(f"-p {parameter.name}={parameter.example}  {parameter.type}: {parameter.description.en}")
    click.echo(f"\n{question.sparql}", nl=False)


@click.command()
@reading_options
@click.option("--brief", is_flag=True, help="One line only.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def info(store_path: Path | None, endpoint: str | None, brief: bool, as_json: bool) -> None:
    """Show what a store holds: articles, entities by type, facts by relation, sources, dates.

    \b
    Example:
      govkg info --store my.kg
    """
    from kg.network_facts import rows

    with reading(store_path, endpoint) as store:
        counts = store.counts()
        relations = _counted(store, _RELATIONS)
        sources = _counted(store, _SOURCES)
        dates = [day for day in next(rows(store, _DATES, "first", "last")) if day]
    if brief:
        click.echo(_in_one_line(counts))
        return
    if as_json:
        told = {
            "counts": counts,
            "relations": relations,
            "sources": sources,
            "dates": dates,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    print_table(("what", "how many"), [[name, f"{count:,}"] for name, count in counts.items()])
    click.echo()
    print_table(("relation", "facts"), [[name, f"{count:,}"] for name, count in relations.items()])
    click.echo()
    print_table(("source", "articles"), [[name, f"{count:,}"] for name, count in sources.items()])
    if dates:
        click.echo(f"\nArticles from {dates[0]} to {dates[1]}")


@click.command()
@reading_options
def articles(store_path: Path | None, endpoint: str | None) -> None:
    """List the articles of a store: id, date, source, title.

    \b
    Example:
      govkg articles --store my.kg
    """
    with reading(store_path, endpoint) as store:
        rows = [[a.id, a.date or "", a.source or "", a.title or ""] for a in store.articles()]
    print_table(("id", "date", "source", "title"), rows)


def _in_one_line(counts: Mapping[str, int]) -> str:
    found = (f"{counts[kind]:,} {plural}" for kind, plural in _PLURALS.items())
    return f"{counts['articles']:,} articles: {', '.join(found)}; {counts['facts']:,} facts"


def _counted(store: Answering, sparql: str) -> dict[str, int]:
    """Return the counts by name, the largest first; relations by the name in their file."""
    from kg.network_facts import rows
    from kg.vocabulary import GOV

    counts = {
        GOV.local_name(name) or name: int(count) for name, count in rows(store, sparql, "name", "count")
    }
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
