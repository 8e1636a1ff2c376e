"""Terms in a query that no graph of ours has, and those that were probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.language.relations import Text
from kg.sparql_tokens import tokens
from kg.term_labels import ontology_terms
from kg.vocabulary import DCTERMS, GOV, OA, ORG, PREFIXES, PROV, RDF, RDFS, SCHEMA, SKOS, ClosedNamespace

_PREFIXED = re.compile(r"([\w.-]*):([\w.-]+)")
_LIKE_OURS, _LIKE_THEIRS = 0.6, 0.8
"""How alike a name and a term must be: a term of ours may be meant by a rough guess; another vocabulary has
terms that we do not list, so that only what looks like a slip is told."""


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A term that a query uses and no graph of ours has, with those that were probably meant."""

    term: str
    line: int
    near: tuple[str, ...]

    def __str__(self) -> str:
        """Return one line for people."""
        meant = " or ".join(f"{near}{_called(near)}" for near in self.near)
        hint = f"; did you mean {meant}?" if meant else ""
        return f"{self.term} in line {self.line} is not in the ontology and matches nothing{hint}"


def unknown_terms(sparql: str) -> list[UnknownTerm]:
    """Return the terms of ours that a query uses and that do not exist, and likely slips in other terms.

    Such a query is valid SPARQL, and answers nothing.
    """
    found: dict[str, UnknownTerm] = {}
    line = 1
    for token in tokens(sparql):
        for prefix, name in _names(token):
            term = f"{prefix}:{name}"
            near = _near(prefix, name)
            if near is not None and term not in found:
                found[term] = UnknownTerm(term, line, near)
        line += token.count("\n")
    return list(found.values())


def _names(token: str) -> Iterator[tuple[str, str]]:
    """Yield prefix and local name of a token that is a prefixed name or an IRI of a vocabulary in use."""
    if token.startswith("<"):
        for prefix in _vocabularies():
            rest = token[1:-1].removeprefix(PREFIXES[prefix])
            if rest != token[1:-1] and re.fullmatch(r"[\w-]+", rest):
                yield prefix, rest
    elif match := _PREFIXED.fullmatch(token):
        yield match[1], match[2]


def _near(prefix: str, name: str) -> tuple[str, ...] | None:
    """Return the terms that a name was probably to be, none for a stranger; None if nothing is wrong."""
    vocabulary = _vocabularies().get(prefix)
    if vocabulary is None or name in vocabulary:
        return None
    if prefix != GOV.prefix:
        folded = {term.lower(): term for term in vocabulary}
        like = difflib.get_close_matches(name.lower(), folded, n=1, cutoff=_LIKE_THEIRS)
        return (f"{prefix}:{folded[like[0]]}",) if like else None
    called = _ours_by_name()
    like = difflib.get_close_matches(name.lower(), called, n=3, cutoff=_LIKE_OURS)
    return tuple(dict.fromkeys(f"{prefix}:{called[each]}" for each in like))


@lru_cache(maxsize=1)
def _vocabularies() -> dict[str, ClosedNamespace]:
    return {each.prefix: each for each in (GOV, RDF, RDFS, SKOS, ORG, SCHEMA, PROV, OA, DCTERMS)}


@lru_cache(maxsize=1)
def _ours_by_name() -> dict[str, str]:
    """Return our terms by their names and by their labels in both languages, in lower case."""
    labels = ((text, name) for name, term in ontology_terms().items() for text in _texts(term.label))
    return {**{text.lower(): name for text, name in labels}, **{name.lower(): name for name in GOV}}


def _texts(label: Text) -> Iterator[str]:
    yield label.zh
    yield label.en
    yield label.en.replace(" ", "")


def _called(term: str) -> str:
    known = ontology_terms().get(term.partition(":")[2]) if term.startswith("gov:") else None
    return f" ({known.label.zh}, {known.label.en})" if known else ""
