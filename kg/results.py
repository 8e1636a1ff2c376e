"""Answers of queries written out: readable rows, CSV, TSV and SPARQL's JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg.answers import QueryResult
from kg.errors import QueryError
from kg.sparql import Term
from kg.spreadsheet import safe_cell
from kg.statements import FACTS
from kg.store import Store
from kg.vocabulary import DCTERMS, GOV, PREFIXES, RDFS, RELATIONS

FORMATS = ("csv", "tsv", "json")
_XSD_STRING = PREFIXES["xsd"] + "string"
_RDF_LANG_STRING = PREFIXES["rdf"] + "langString"


def readable_rows(store: Store, result: QueryResult) -> Iterator[list[str]]:
    """Yield each row as text for people: labels for entities, titles for articles, relations in Chinese,
    the bare value of literals, nothing where a variable is unbound."""
    known: dict[Term, str] = {}
    for row in result.rows:
        cells = []
        for term in row:
            if term is None:
                cells.append("")
                continue
            if term not in known:
                known[term] = term.value if isinstance(term, Literal) else label(store.database, term)
            cells.append(known[term])
        yield cells


def label(database: ox.Store, node: NamedNode) -> str:
    """Return how a person would call the node: its label, an article's title or id, a relation's name, or
    its IRI shortened by a prefix."""
    name = GOV.local_name(node.value)
    if name is not None:
        return _relation_labels().get(name, f"gov:{name}")
    for predicate, graph in ((RDFS.label, FACTS), (DCTERMS.title, node), (DCTERMS.identifier, node)):
        found = [q.object for q in database.quads_for_pattern(node, predicate, None, graph)]
        chosen = _preferred(found)
        if chosen is not None:
            return chosen
    return _shortened(node.value)


def _preferred(labels: Iterable[object]) -> str | None:
    literals = sorted(
        (term for term in labels if isinstance(term, Literal)),
        key=lambda term: ("pinyin" in (term.language or ""), term.value),
    )
    return literals[0].value if literals else None


@lru_cache(maxsize=1)
def _relation_labels() -> dict[str, str]:
    return {relation.name: relation.label.zh for relation in RELATIONS.values()}


def _shortened(iri: str) -> str:
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


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
