"""Answers: a question asked of a store, with the values of its parameters, as rows of terms.

Values are bound on terms, after parsing: a value is never part of the query's text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from extract.language.relations import Text
from extract.records import ENTITY_TYPES
from kg.answering import Answering
from kg.dates import read_date
from kg.errors import QueryError
from kg.labels import chinese
from kg.questions import Parameter, Question, find_question
from kg.sparql import Term
from kg.term_labels import ontology_terms
from kg.terms import partial_literal
from kg.vocabulary import GOV, PREFIXES, RELATIONS, XSD


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows of terms, None where a variable is unbound; an ASK gives one row with `answer`."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


def run_query(
    store: Answering, question: str | Question, parameters: Mapping[str, str] | None = None
) -> QueryResult:
    """Return the answer to a question of the library, a file or SPARQL text.

    `parameters` are the values of the question's parameters as a user types them. Raises
    QueryError for an unknown question or parameter, a value of the wrong type, a syntax error
    (with line and remedy), an update, or SERVICE.
    """
    asked = find_question(question) if isinstance(question, str) else question
    return rows_of(store.query(asked.text, bindings(asked, parameters or {})))


def rows_of(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> QueryResult:
    """Return an engine's answer as rows; triples in the order of their text."""
    if isinstance(answer, ox.QueryBoolean):
        return QueryResult(("answer",), [(Literal("true" if answer else "false", datatype=XSD.boolean),)])
    if isinstance(answer, ox.QueryTriples):
        rows = [(_term(t.subject), _term(t.predicate), _term(t.object)) for t in answer]
        return QueryResult(("subject", "predicate", "object"), sorted(rows, key=str))
    columns = tuple(variable.value for variable in answer.variables)
    return QueryResult(columns, [tuple(_term(value) for value in row) for row in answer])


def _term(value: object) -> Term | None:
    """Blank nodes and triple terms, which the dataset does not hold, are given as their text."""
    if value is None or isinstance(value, (NamedNode, Literal)):
        return value
    return Literal(str(value))


def bindings(question: Question, values: Mapping[str, str]) -> dict[str, Term]:
    """Return the values as terms of the types that the question's parameters have.

    Raises QueryError for a parameter the question does not have and a value that is none of its type.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    found = {}
    for name, value in values.items():
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none; declare one by a `# param` line"
            raise QueryError(f"{question.name} has no parameter {name!r}", remedy=has)
        found[name] = _typed(known[name], value)
    return found


def _typed(parameter: Parameter, value: str) -> Term:
    if parameter.type == "label":
        return chinese(value)
    if parameter.type == "text":
        return Literal(value)
    if parameter.type == "iri":
        return _iri(parameter, value)
    if parameter.type == "relation":
        return _named(parameter, value, {name: relation.label for name, relation in RELATIONS.items()})
    if parameter.type == "kind":
        return _named(parameter, value, {name: ontology_terms()[name].label for name in ENTITY_TYPES})
    if parameter.type == "integer" and re.fullmatch(r"[+-]?\d+", value):
        return Literal(value, datatype=XSD.integer)
    if parameter.type == "number" and re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
        return Literal(value, datatype=XSD.double)  # Virtuoso orders no rows with a decimal of its own
    date = read_date(value) if parameter.type == "date" else None
    if date is not None:
        return partial_literal(date)
    raise QueryError(
        f"{value!r} is no {parameter.type} for the parameter {parameter.name}",
        remedy=f"write it like {parameter.example}",
    )


def _named(parameter: Parameter, value: str, terms: Mapping[str, Text]) -> NamedNode:
    """Return the term of ours that is called so, by its name or by its label in either language."""
    called = {spelt: name for name, label in terms.items() for spelt in (name, label.zh, label.en)}
    wanted = value.removeprefix("gov:")
    if wanted in called:
        return GOV[called[wanted]]
    near = difflib.get_close_matches(wanted, called, n=3)
    raise QueryError(
        f"{value!r} is no {parameter.type} for the parameter {parameter.name}",
        remedy=(f"did you mean {' or '.join(near)}? " if near else "") + f"there are {', '.join(terms)}",
    )


def _iri(parameter: Parameter, value: str) -> NamedNode:
    prefix, _, name = value.partition(":")
    if prefix in PREFIXES:
        value = PREFIXES[prefix] + name
    try:
        return NamedNode(value)
    except ValueError as exc:
        raise QueryError(
            f"{value!r} is no IRI for the parameter {parameter.name}",
            remedy=f"write it like {parameter.example}",
        ) from exc
