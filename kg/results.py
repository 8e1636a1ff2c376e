"""Answers of queries written out: readable rows, CSV, TSV and SPARQL's JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.answering import Answering
from kg.answers import QueryResult
from kg.display_names import display_names
from kg.errors import QueryError
from kg.sparql import Term
from kg.spreadsheet import safe_cell
from kg.vocabulary import PREFIXES

FORMATS = ("csv", "tsv", "json")
_XSD_STRING = PREFIXES["xsd"] + "string"
_RDF_LANG_STRING = PREFIXES["rdf"] + "langString"


def readable_rows(store: Answering, result: QueryResult) -> Iterator[list[str]]:
    """Yield each row as text for people: names for entities, titles for articles, relations in Chinese,
    the bare value of literals, nothing where a variable is unbound."""
    names = display_names(store, (term for row in result.rows for term in row if isinstance(term, NamedNode)))
    for row in result.rows:
        yield [
            "" if term is None else term.value if isinstance(term, Literal) else names[term] for term in row
        ]


def render(result: QueryResult, form: str) -> str:
    """Return the answer in a format for other programs.

    `csv`: bare values, safe in spreadsheets; `tsv`: terms in RDF syntax (SPARQL 1.1 TSV); `json`:
    SPARQL 1.1 JSON results. Raises QueryError for another format.
    """
    if form == "csv":
        return _csv(result)
    if form == "tsv":
        return _tsv(result)
    if form == "json":
        return _json(result)
    raise QueryError(f"there is no result format {form!r}", remedy=f"choose one of {', '.join(FORMATS)}")


def _csv(result: QueryResult) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(result.columns)
    for row in result.rows:
        table.writerow([safe_cell(term.value) if term is not None else "" for term in row])
    return out.getvalue()


def _tsv(result: QueryResult) -> str:
    lines = ["\t".join(f"?{column}" for column in result.columns)]
    for row in result.rows:
        lines.append("\t".join(str(term).replace("\t", "\\t") if term is not None else "" for term in row))
    return "\n".join(lines) + "\n"


def _json(result: QueryResult) -> str:
    bindings = [
        {
            column: _json_term(term)
            for column, term in zip(result.columns, row, strict=True)
            if term is not None
        }
        for row in result.rows
    ]
    answer = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    described = {"type": "literal", "value": term.value}
    if term.language is not None:
        described["xml:lang"] = term.language
    elif term.datatype.value not in (_XSD_STRING, _RDF_LANG_STRING):
        described["datatype"] = term.datatype.value
    return described
