"""SPARQL over the database: read only, nothing fetched, errors a person can mend.

Oxigraph answers SERVICE by opening a connection, so a query that names it is refused before it is run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError, QuerySyntaxError
from kg.query_text import bound_text
from kg.sparql_mistakes import Slip, excerpt, misspelt_word, undeclared_prefix
from kg.sparql_tokens import tokens
from kg.vocabulary import PREFIXES

Term = ox.NamedNode | ox.Literal


class QueriedGraphs(NamedTuple):
    """The graphs that make a query's default graph, and those that its GRAPH sees."""

    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]
    named: list[ox.NamedNode | ox.BlankNode]


_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_BROKEN_RULE = re.compile(r"\bThe [\w ]+")
"""What the parser says in words, among the tokens it could go on with."""
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"))
_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))


def check_read_only(sparql: str) -> None:
    """Raise QueryError if the text is an update or asks another service."""
    words = keywords(sparql)
    if "SERVICE" in words or "SERVICE" in keywords(_unescaped(sparql)):
        raise QueryError(
            "SERVICE is refused: queries are answered from the store alone",
            remedy="take the SERVICE part out and ask the other endpoint yourself",
        )
    first = next((word for word in words if word in _FORMS or word in _UPDATES), None)
    if first in _UPDATES:
        raise QueryError(
            f"{first} is an update, and queries only read",
            remedy="ask with SELECT, ASK, CONSTRUCT or DESCRIBE; articles change through `govkg build`",
        )


def keywords(sparql: str) -> list[str]:
    """Return the bare words of the query in upper case: no strings, IRIs, names or variables.

    >>> keywords('SELECT ?service { ?s a "SERVICE" } # SERVICE')
    ['SELECT', 'A']
    """
    return [token.upper() for token in tokens(sparql) if token[0].isalpha() and ":" not in token]


def projected(sparql: str) -> tuple[str, ...]:
    """Return the variables that the outermost SELECT names, in order; none for `SELECT *` and other forms.

    >>> projected("SELECT DISTINCT ?a (COUNT(?b) AS ?n) WHERE { ?a ?b ?c }")
    ('a', 'n')
    """
    rest = iter(tokens(sparql))
    if next((token for token in rest if token.upper() in _FORMS or token == "{"), "").upper() != "SELECT":
        return ()
    found, depth, is_alias = [], 0, False
    for token in rest:
        if token == "{" or token.upper() in ("WHERE", "FROM"):
            break
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token[0] in "?$" and len(token) > 1 and (depth == 0 or is_alias):
            found.append(token[1:])
        if not token.isspace():
            is_alias = token.upper() == "AS"
    return tuple(found)


def _unescaped(sparql: str) -> str:
    """SPARQL lets any character be written as an escape, keywords included."""
    return _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), sparql)


def evaluate(
    database: ox.Store,
    sparql: str,
    bindings: Mapping[str, Term],
    graphs: QueriedGraphs | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return Oxigraph's answer, asked with the terms of `bindings` for its variables.

    `graphs`, where given, are those that the query is asked of, whatever it says itself. Raises
    QueryError with line, column and a remedy.
    """
    try:
        if bindings:
            ox.Store().query(sparql, prefixes=PREFIXES)  # an error is told of the text as it was given
        bound = bound_text(sparql, bindings)
        if graphs is None:
            return database.query(bound, prefixes=PREFIXES)
        return database.query(
            bound, prefixes=PREFIXES, default_graph=graphs.default, named_graphs=graphs.named
        )
    except SyntaxError as exc:
        raise _syntax_error(sparql, str(exc)) from None
    except (OSError, ValueError, RuntimeError) as exc:
        raise QueryError(f"the query cannot be answered ({exc})", remedy="simplify it") from exc


def _syntax_error(sparql: str, message: str) -> QueryError:
    strange = undeclared_prefix(sparql)
    if strange is not None:
        return _unknown_prefix(sparql, strange)
    match = _POSITION.search(message)
    if match is None:
        return QueryError(f"not valid SPARQL: {message}", remedy="check the query's syntax")
    line, column = int(match[1]), int(match[2])
    remedy = f"look just before column {column}"
    misspelt = misspelt_word(sparql)
    if misspelt is not None:
        line, column = misspelt.line, misspelt.column
        remedy = f"did you mean {misspelt.meant[0]} by {misspelt.said}?"
    rule = _BROKEN_RULE.search(match[3])
    return QuerySyntaxError(
        f"not valid SPARQL at line {line}, column {column}" + (f": {rule[0].lower()}" if rule else ""),
        line=line,
        remedy=remedy,
        excerpt=excerpt(sparql, line, column),
    )


def _unknown_prefix(sparql: str, slip: Slip) -> QueryError:
    hint = f"did you mean {' or '.join(slip.meant)}? " if slip.meant else ""
    return QuerySyntaxError(
        f"unknown prefix {slip.said}: in line {slip.line}, column {slip.column}",
        line=slip.line,
        remedy=f"{hint}declare it with PREFIX {slip.said}: <…>, or use one of {', '.join(PREFIXES)}",
        excerpt=excerpt(sparql, slip.line, slip.column),
    )
