"""Queries for a server whose default graph shows all graphs, with what they ask of it asked of one graph.

So they find there what they find in a store, where the default graph holds the direct triples and no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.sparql_tokens import tokens

_FILLER = re.compile(r"\s+|#.*")
_BESIDE_TRIPLES = frozenset(("OPTIONAL", "MINUS", "UNION"))


def in_graph(sparql: str, graph: str) -> str:
    """Return a query, valid SPARQL, with the triples outside GRAPH asked of the graph of that IRI.

    One with FROM, which says itself what its default graph is, is returned as it is.

    >>> in_graph("ASK { ?s ?p 1 FILTER(?s != ?p) GRAPH ?g { ?s ?q 2 } }", "a:b")
    'ASK { GRAPH <a:b> { ?s ?p 1 } FILTER(?s != ?p) GRAPH ?g { ?s ?q 2 } }'
    """
    return _Moving(tokens(sparql), graph).query()


class _Moving:
    """One pass over the tokens of a query; `_place` is the next, `_out` what is written so far."""

    def __init__(self, found: list[str], graph: str) -> None:
        self._tokens = found
        self._graph = graph
        self._place = 0
        self._out: list[str] = []

    def query(self) -> str:
        before = ""
        while self._place < len(self._tokens):
            word = self._word()
            if word == "FROM":
                return "".join(self._tokens)
            if word == "{" and before != "CONSTRUCT":
                is_short = before == "WHERE" and self._words_before(2) == "CONSTRUCT"
                (self._copied_braces if is_short else self._group)()
                break
            if word == "{":
                self._copied_braces()
            else:
                self._copy()
            before = before if _FILLER.fullmatch(word) else word
        return "".join((*self._out, *self._tokens[self._place :]))

    def _words_before(self, count: int) -> str:
        """Return the word so many words before the place, in upper case."""
        words = [token.upper() for token in self._tokens[: self._place] if not _FILLER.fullmatch(token)]
        return words[-count] if len(words) >= count else ""

    def _word(self) -> str:
        return self._tokens[self._place].upper()

    def _copy(self) -> None:
        self._out.append(self._tokens[self._place])
        self._place += 1

    def _copy_fillers(self) -> None:
        while _FILLER.fullmatch(self._tokens[self._place]):
            self._copy()

    def _group(self) -> None:
        """Write the group whose brace is next."""
        self._copy()
        self._copy_fillers()
        if self._word() == "SELECT":
            self._subquery()
            return
        beside: dict[str, Callable[[], None]] = {
            "{": self._group,
            "GRAPH": self._copied_graph,
            "FILTER": self._filter,
            "BIND": self._parenthesized,
            "VALUES": self._values,
        }
        while self._word() != "}":
            word = self._word()
            if word in beside:
                beside[word]()
            elif word in _BESIDE_TRIPLES or word == "." or _FILLER.fullmatch(word):
                self._copy()
            else:
                self._triples({*beside, *_BESIDE_TRIPLES, "}"})
        self._copy()

    def _triples(self, ends: set[str]) -> None:
        """Write the triples that are next, in the graph; blanks and comments after them stay behind them."""
        start = self._place
        while self._word() not in ends:
            self._place += 1
        end = self._place
        while _FILLER.fullmatch(self._tokens[end - 1]):
            end -= 1
        triples = "".join(self._tokens[start:end])
        self._out.append(f"GRAPH <{self._graph}> {{ {triples} }}")
        self._out += self._tokens[end : self._place]

    def _subquery(self) -> None:
        while self._word() != "{":
            self._copy()
        self._group()
        self._copy_until("}")

    def _copied_graph(self) -> None:
        while self._word() != "{":
            self._copy()
        self._copied_braces()

    def _values(self) -> None:
        while self._word() != "{":
            self._copy()
        self._copied_braces()

    def _copied_braces(self) -> None:
        self._copy()
        self._copy_until("}")

    def _copy_until(self, end: str) -> None:
        """Copy up to and with the end of what is open, whatever braces are in between."""
        depth = 1
        while depth:
            depth += {"{": 1, end: -1}.get(self._word(), 0)
            self._copy()

    def _filter(self) -> None:
        """Write a constraint: an expression in parentheses, a call, or EXISTS with its group."""
        self._copy()
        while self._word() not in ("(", "{"):
            self._copy()
        if self._word() == "{":
            self._group()
        else:
            self._parenthesized()

    def _parenthesized(self) -> None:
        """Write up to the end of the next parentheses; groups in them are those of EXISTS."""
        while self._word() != "(":
            self._copy()
        depth = 0
        while True:
            word = self._word()
            if word == "{":
                self._group()
                continue
            depth += (word == "(") - (word == ")")
            self._copy()
            if depth == 0:
                return
