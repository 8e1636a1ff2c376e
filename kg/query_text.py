"""Changes to the text of a query, made on its tokens: terms for its variables, and one page of its rows.

An engine at hand takes terms beside the query; a server takes only text. So a term becomes data of the
query, `VALUES ?name { term }`, written as RDF writes it, and stands in every group that speaks of the
variable: the outermost, and those below it whose variable is the same one. What a user typed is never
pasted between the tokens of a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.sparql_tokens import tokens
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.sparql import Term

_FILLERS = re.compile(r"\s+|#.*")
_PREFIXED = re.compile(r"([\w.-]*):")
_OUTSIDE = ("OPTIONAL", "MINUS", "EXISTS")
"""Before groups that are joined to a solution that the variable is part of already."""


@dataclass(slots=True)
class _Group:
    """A pair of braces: what it is, and which variables in it are those of the outermost group.

    `kind` is "where" (of a query or subquery), "group", "subquery" (around one), or "other": data,
    templates, and what is only joined to a solution.
    """

    kind: str
    shared: frozenset[str]
    begin: int
    named: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """Tokens of a query, its groups in the order of their ends, and where the outermost one ends."""

    tokens: list[str]
    groups: list[_Group]
    end: int


def bound_text(sparql: str, bindings: Mapping[str, Term]) -> str:
    """Return a query, valid SPARQL, that is asked with the terms for its variables.

    >>> import pyoxigraph as ox
    >>> bound_text("SELECT ?s ?name { ?s ?p ?name }", {"name": ox.Literal('a" }')})
    'SELECT ?s ?name { VALUES ?name { "a\\" }" } ?s ?p ?name }'
    """
    if not bindings:
        return sparql
    parsed = _parsed(sparql, frozenset(bindings))
    inserted: dict[int, str] = {}
    last = ""
    for group in parsed.groups:
        if group.kind not in ("where", "group"):
            continue
        names = group.shared if group.kind == "where" else group.shared & group.named
        values = [_values(name, bindings[name]) for name in sorted(names - group.assigned)]
        inserted[group.begin] = "".join(values)
        if group.begin == parsed.groups[-1].begin:
            last = "".join(_values(name, bindings[name]) for name in sorted(names & group.assigned))
    text = "".join(inserted.get(place, "") + token for place, token in enumerate(parsed.tokens))
    return text + ("\n" + last if last else "")


def _values(name: str, term: Term) -> str:
    return f" VALUES ?{name} {{ {term} }}"


def page_text(sparql: str, columns: Sequence[str], size: int, offset: int) -> str:
    """Return a SELECT query for so many rows of the query from the offset on, in an order that stays.

    Raises QueryError for a query with FROM, which cannot be part of another.
    """
    parsed = _parsed(sparql, frozenset())
    head = next(place for place, token in enumerate(parsed.tokens) if token.upper() == "SELECT")
    if any(token.upper() == "FROM" for token in parsed.tokens[head : parsed.groups[-1].begin]):
        raise QueryError(
            "the server gives an answer this long only in parts, which a query with FROM cannot be asked for",
            remedy="take FROM out, or ask for fewer rows with LIMIT",
        )
    order = " ".join(f"?{column}" for column in columns)
    inner = _ordered(parsed.tokens[head:], parsed.end - head, order)
    prologue = "".join(parsed.tokens[:head])
    return f"{prologue}SELECT {order} WHERE {{ {{ {inner} }} }} LIMIT {size} OFFSET {offset}"


def _ordered(query: list[str], end: int, order: str) -> str:
    """Return the query ordered by its own order first, then by all its columns."""
    words = [token.upper() for token in query]
    limits = [place for place in range(end, len(query)) if words[place] in ("LIMIT", "OFFSET", "VALUES")]
    place = min(limits, default=len(query))
    clause = order if "ORDER" in words[end:place] else f"ORDER BY {order}"
    return "".join((*query[:place], "\n", clause, "\n", *query[place:], "\n"))


def with_prefixes(sparql: str) -> str:
    """Return the query with the project's prefixes declared that it uses and does not declare.

    >>> with_prefixes("ASK { ?p a gov:Person }")
    'PREFIX gov: <https://w3id.org/governance-kg/ontology#>\\nASK { ?p a gov:Person }'
    """
    found = tokens(sparql)
    used = {match[1] for token in found if (match := _PREFIXED.match(token))}
    significant = [token for token in found if not _FILLERS.fullmatch(token)]
    declared = {name.removesuffix(":") for word, name in pairwise(significant) if word.upper() == "PREFIX"}
    missing = [prefix for prefix in PREFIXES if prefix in used - declared]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in missing) + sparql


def _parsed(sparql: str, names: frozenset[str]) -> _Parsed:
    """Find the groups of a query that is known to be valid."""
    found = tokens(sparql)
    open_groups: list[_Group] = []
    groups: list[_Group] = []
    end = len(found)
    before = ""  # the last word, name or sign
    values = False  # between VALUES and its data
    for place, token in _significant(found):
        word = token.upper()
        if token == "{":
            kind = "other" if values else _kind(before, open_groups, found, place)
            open_groups.append(_Group(kind, _shared(kind, open_groups, found, place, names), place + 1))
            values = False
        elif token == "}":
            groups.append(open_groups.pop())
            if not open_groups and groups[-1].kind == "where":
                end = place + 1
                break
        elif open_groups and token[0] in "?$":
            open_groups[-1].named.add(token[1:])
            if before == "AS":
                open_groups[-1].assigned.add(token[1:])
        values = values or word == "VALUES"
        before = word
    return _Parsed(found, groups, end)


def _significant(found: list[str], begin: int = 0) -> Iterator[tuple[int, str]]:
    for place in range(begin, len(found)):
        if not _FILLERS.fullmatch(found[place]):
            yield place, found[place]


def _kind(before: str, around: list[_Group], found: list[str], place: int) -> str:
    first = next((token.upper() for _, token in _significant(found, place + 1)), "")
    if first == "SELECT":
        return "subquery"
    if before == "CONSTRUCT" or before in _OUTSIDE:
        return "other"
    if not around or around[-1].kind == "subquery":
        return "where"
    return "other" if around[-1].kind == "other" else "group"


def _shared(
    kind: str, around: list[_Group], found: list[str], place: int, names: frozenset[str]
) -> frozenset[str]:
    """Return which of the names mean in the new group what they mean outside."""
    outside = around[-1].shared if around else names
    if kind == "subquery":
        return outside & _projected(found, place + 1) if around[-1].kind != "other" else frozenset()
    return outside


def _projected(found: list[str], begin: int) -> frozenset[str]:
    """Return the variables that the SELECT after the brace gives as they are; all of them for `*`."""
    depth = 0
    names = set()
    for _, token in _significant(found, begin):
        if token == "{" or token.upper() == "WHERE":
            break
        depth += (token == "(") - (token == ")")
        if depth == 0 and token == "*":
            return frozenset(other[1:] for other in found if other[0] in "?$")
        if depth == 0 and token[0] in "?$":
            names.add(token[1:])
    return frozenset(names)
