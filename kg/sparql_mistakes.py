"""What a query that is no valid SPARQL is about: the place of the mistake, and what was probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.sparql_tokens import tokens
from kg.vocabulary import PREFIXES

_PREFIX = re.compile(r"([\w.-]*):")
_TAB = 4
_LIKE = 0.8
_WORD_LINES = (
    "A ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS",
    "COUNT DATATYPE DAY DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH",
    "GROUP GROUP_CONCAT HAVING HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES",
    "LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW OFFSET OPTIONAL ORDER PREFIX RAND",
    "REDUCED REGEX REPLACE ROUND SAMPLE SAMETERM SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384",
    "SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM",
    "TIMEZONE TRUE TZ UCASE UNDEF UNION URI UUID VALUES WHERE YEAR",
)
_WORDS = frozenset(word for line in _WORD_LINES for word in line.split())
"""The words of SPARQL 1.1 queries."""


class Slip(NamedTuple):
    """What a query says in which line and column, counted from 1, and what was probably meant."""

    said: str
    meant: tuple[str, ...]
    line: int
    column: int


def excerpt(sparql: str, line: int, column: int) -> str:
    """Return the line of the query with a caret below the column, both counted from 1; "" if there is none.

    >>> print(excerpt("SELECT * {\\n ?s ?p", 2, 4))
    2 |  ?s ?p
      |    ^
    """
    lines = sparql.splitlines()
    if not 0 < line <= len(lines):
        return ""
    text = lines[line - 1].replace("\t", " " * _TAB)
    before = lines[line - 1][: column - 1]
    width = len(before) + (_TAB - 1) * before.count("\t") + sum(_is_wide(char) for char in before)
    margin = " " * len(str(line))
    return f"{line} | {text}\n{margin} | {' ' * width}^"


def _is_wide(char: str) -> bool:
    return "\u2e80" <= char <= "\uffe6"


def misspelt_word(sparql: str) -> Slip | None:
    """Return the first word of the query that SPARQL does not have and that is like one it has.

    >>> misspelt_word("SELEC ?s { ?s ?p ?o }")
    Slip(said='SELEC', meant=('SELECT',), line=1, column=1)
    """
    for token, line, column in _placed(sparql):
        if re.fullmatch(r"[A-Za-z_]\w{2,}", token) and token.upper() not in _WORDS:
            near = difflib.get_close_matches(token.upper(), sorted(_WORDS), n=1, cutoff=_LIKE)
            if near:
                return Slip(token, tuple(near), line, column)
    return None


def undeclared_prefix(sparql: str) -> Slip | None:
    """Return the first prefix that neither the query nor the project declares, with those it is like."""
    declared = {*PREFIXES, *re.findall(r"(?i)\bprefix\s+([\w.-]*):", sparql)}
    for token, line, column in _placed(sparql):
        match = _PREFIX.match(token)
        if match and match[1] not in declared:
            near = difflib.get_close_matches(match[1], PREFIXES, n=2)
            return Slip(match[1], tuple(near), line, column)
    return None


def _placed(sparql: str) -> Iterator[tuple[str, int, int]]:
    line, column = 1, 1
    for token in tokens(sparql):
        yield token, line, column
        breaks = token.count("\n")
        line += breaks
        column = len(token) - token.rfind("\n") if breaks else column + len(token)
