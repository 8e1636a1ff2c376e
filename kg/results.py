"""Answers of queries written out: readable rows, and the formats that other programs read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import IO, Any

from lxml import etree
from pyoxigraph import Literal, NamedNode

from kg.answering import Answering
from kg.answers import QueryResult
from kg.display_names import display_names
from kg.errors import QueryError
from kg.result_columns import ValueType, value_columns
from kg.sparql import Term
from kg.spreadsheet import safe_cell
from kg.vocabulary import PREFIXES, RELATIONS

TEXT_FORMATS = ("csv", "tsv", "json", "xml")
FORMATS = (*TEXT_FORMATS, "parquet")
_XSD_STRING = PREFIXES["xsd"] + "string"
_RDF_LANG_STRING = PREFIXES["rdf"] + "langString"
_SPARQL_RESULTS = "http://www.w3.org/2005/sparql-results#"
_XML_PREFIXES: Any = {None: _SPARQL_RESULTS}  # its stubs know no default namespace
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL_IN_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")


def readable_rows(store: Answering, result: QueryResult, language: str = "zh") -> Iterator[list[str]]:
    """Yield each row as text for people: names for entities, titles for articles, relations and the values of
    qualifiers in the language ("zh" or "en"), other literals bare, nothing where a variable is unbound."""
    nodes = (term for row in result.rows for term in row if isinstance(term, NamedNode))
    names = display_names(store, nodes, language)
    labels = [_qualifier_values(column, language) for column in result.columns]
    for row in result.rows:
        yield [
            names[term]
            if isinstance(term, NamedNode)
            else ""
            if term is None
            else known.get(term.value, term.value)
            for term, known in zip(row, labels, strict=True)
        ]


@lru_cache(maxsize=256)
def _qualifier_values(column: str, language: str) -> dict[str, str]:
    """Return what the values of a qualifier are called, nothing for a column that is none."""
    declared = (relation.qualifiers.get(column) for relation in RELATIONS.values())
    return {
        value: getattr(label, language)
        for qualifier in declared
        if qualifier is not None
        for value, label in qualifier.values.items()
    }


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return readable rows as a table in Markdown, in which nothing of a cell is markup."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(_markdown_cell(cell) for cell in line)} |\n" for line in lines)


def _markdown_cell(text: str) -> str:
    return _SPECIAL_IN_MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def write(result: QueryResult, form: str, out: IO[bytes]) -> None:
    """Write the answer to a binary stream in one of the formats for other programs.

    Those that `render` knows, and `parquet`: a typed column for each of the answer's. Raises QueryError
    for another format, and for Parquet without pyarrow.
    """
    if form == "parquet":
        _write_parquet(result, out)
    else:
        out.write(render(result, form).encode("utf-8"))


def render(result: QueryResult, form: str) -> str:
    """Return the answer as text in a format for other programs.

    `csv`: bare values, safe in spreadsheets; `tsv`: terms in RDF syntax (SPARQL 1.1 TSV); `json` and
    `xml`: SPARQL 1.1 results. Raises QueryError for another format.
    """
    if form == "csv":
        return _csv(result)
    if form == "tsv":
        return _tsv(result)
    if form == "json":
        return _json(result)
    if form == "xml":
        return _xml(result)
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


def _xml(result: QueryResult) -> str:
    root = etree.Element(f"{{{_SPARQL_RESULTS}}}sparql", nsmap=_XML_PREFIXES)
    head = etree.SubElement(root, f"{{{_SPARQL_RESULTS}}}head")
    for column in result.columns:
        etree.SubElement(head, f"{{{_SPARQL_RESULTS}}}variable", name=column)
    results = etree.SubElement(root, f"{{{_SPARQL_RESULTS}}}results")
    for row in result.rows:
        solution = etree.SubElement(results, f"{{{_SPARQL_RESULTS}}}result")
        for column, term in zip(result.columns, row, strict=True):
            if term is not None:
                _add_xml_term(etree.SubElement(solution, f"{{{_SPARQL_RESULTS}}}binding", name=column), term)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written.decode("utf-8")


def _add_xml_term(binding: etree._Element, term: Term) -> None:
    """Add a term; characters that XML cannot hold are replaced."""
    kind = "uri" if isinstance(term, NamedNode) else "literal"
    element = etree.SubElement(binding, f"{{{_SPARQL_RESULTS}}}{kind}")
    element.text = _NOT_IN_XML.sub("\ufffd", term.value)
    if isinstance(term, Literal):
        if term.language is not None:
            element.set(_XML_LANG, term.language)
        elif term.datatype.value != _XSD_STRING:
            element.set("datatype", term.datatype.value)


def _write_parquet(result: QueryResult, out: IO[bytes]) -> None:
    if find_spec("pyarrow") is None:
        raise QueryError("Parquet needs pyarrow", remedy="pip install 'governance-kg[parquet]'")
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        ValueType.TEXT: pa.string(),
        ValueType.INTEGER: pa.int64(),
        ValueType.NUMBER: pa.float64(),
        ValueType.BOOLEAN: pa.bool_(),
        ValueType.DAY: pa.date32(),
    }
    columns = value_columns(result)
    arrays = [pa.array(column.values, types[column.type]) for column in columns]
    parquet.write_table(pa.table(arrays, names=[column.name for column in columns]), out, compression="zstd")
