"""Commands that ask a store: questions, and what it holds."""

from __future__ import annotations

import difflib
import json
import shlex
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
    from kg.questions import Parameter, Question

_PLURALS = {
    "Person": "people",
    "Institution": "institutions",
    "Place": "places",
    "Event": "events",
    "Practice": "practices",
    "Document": "documents",
    "Honour": "honours",
}
_FORMATS = ("table", "markdown", "csv", "tsv", "json", "xml", "parquet")
_PARAMETER_WORDS = {"zh": ("参数", "类型", "说明"), "en": ("parameter", "type", "description")}
_ANSWER_WORDS = {"zh": ("列", "说明"), "en": ("column", "description")}
_COLUMN_WORDS = {"zh": ("问题", "题目", "参数"), "en": ("question", "title", "parameters")}

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
@click.option("-o", "--output", default=STDOUT, metavar="FILE", help="File to write the answer to.")
@click.option("--list", "listing", is_flag=True, help="List the questions of the library.")
@click.option("--explain", metavar="NAME", help="Show what a question answers, its parameters, its SPARQL.")
@click.option(
    "--language",
    type=click.Choice(("zh", "en")),
    default="zh",
    show_default=True,
    help="Language of titles and descriptions, and of relations in tables.",
)
def query(
    question: str | None,
    store_path: Path | None,
    endpoint: str | None,
    parameters: tuple[str, ...],
    form: str,
    output: str,
    listing: bool,
    explain: str | None,
    language: str,
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
    from kg.questions import find_question

    if listing:
        _list(language)
        return
    if explain is not None:
        _explain(find_question(explain), language)
        return
    if question is None:
        raise click.UsageError("no question; `govkg query --list` shows those of the library")
    if output != STDOUT and form == "table":
        raise click.UsageError("a table goes to the terminal; give another --format with -o")
    if output == STDOUT and form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for the terminal; give -o FILE")
    values = dict(_name_and_value(parameter) for parameter in parameters)
    asked = find_question(sys.stdin.read() if question == STDOUT else question)

    from kg.results import markdown, readable_rows, write
    from kg.unknown_terms import unknown_terms

    with reading(store_path, endpoint) as store:
        result = run_query(store, asked, values)
        for term in unknown_terms(asked.text):
            tell(f"warning: {term}")
        if form == "table":
            print_table(result.columns, readable_rows(store, result, language))
            tell(f"{len(result.rows):,} rows" if len(result.rows) != 1 else "1 row")
            if not result.rows:
                _tell_unknown_names(store, asked, values)
            return
        as_table = (
            markdown(result.columns, readable_rows(store, result, language)) if form == "markdown" else ""
        )
    with whole_file(output) as out:
        if form == "markdown":
            out.write(as_table.encode("utf-8"))
        else:
            write(result, form, out)


def _list(language: str) -> None:
    """Print the library by topic."""
    from kg.questions import TOPICS, questions

    for number, (topic, title) in enumerate(TOPICS.items()):
        click.echo(("\n" if number else "") + getattr(title, language))
        about = [question for question in questions().values() if question.topic == topic]
        rows = ([q.name, getattr(q.title, language), _parameter_names(q)] for q in about)
        print_table(_COLUMN_WORDS[language], rows)


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


def _explain(question: Question, language: str) -> None:
    """Print what a question answers, its parameters, a command, its columns and its SPARQL."""
    for text in (question.title, question.answers):
        if said := getattr(text, language):
            click.echo(said)
    values = " ".join(f"-p {p.name}={shlex.quote(p.example)}" for p in question.parameters)
    click.echo(f"\n  govkg query {question.name} {values} --store my.kg\n")
    for words, rows in (
        (
            _PARAMETER_WORDS,
            [[p.name, _type(p, language), getattr(p.description, language)] for p in question.parameters],
        ),
        (_ANSWER_WORDS, [[c.name, getattr(c.description, language)] for c in question.columns]),
    ):
        if rows:
            print_table(words[language], rows)
            click.echo()
    click.echo(question.sparql, nl=False)


def _type(parameter: Parameter, language: str) -> str:
    """Return the type of a parameter, of a name with the types of entity that it may be of."""
    from kg.term_labels import ontology_terms

    known = ontology_terms()
    kinds = [str(getattr(known[kind].label, language)) if kind in known else kind for kind in parameter.kinds]
    return f"{parameter.type} ({', '.join(kinds)})" if kinds else parameter.type


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
