"""Pseudonyms: a dataset in which private people are called by pseudonyms, or in which they are left out.

Names are blotted out of quoted sentences, titles and the names of other things; offsets stay true, as a
blot is as long as what it hides. Who opens the article itself at these offsets can still read the name
there: that is the article's to say, not the dataset's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from kg import iris
from kg.labels import chinese, label_terms
from kg.privacy.masks import masked, masked_in_address
from kg.privacy.naming import Naming
from kg.privacy.people import NamesInArticle
from kg.vocabulary import DCTERMS, GOV, OA, RDFS, SCHEMA, SKOS

_BY_LINES = (GOV.author, GOV.editor, GOV.source)
_QUOTED = (OA.exact, OA["prefix"], OA.suffix)
_SPAN = re.compile(r"#char=(\d+),(\d+)$")


class Pseudonyms:
    """How a dataset reads with pseudonyms; with `leave_out`, without the people and what is said of them."""

    def __init__(self, db: ox.Store, *, leave_out: bool = False) -> None:
        """Read from a database who is private, and where their names stand."""
        self._naming = Naming(db, leave_out=leave_out)

    def __bool__(self) -> bool:
        """Tell whether there are private people at all."""
        return bool(self._naming.people)

    def quads(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the dataset's quads as they read with pseudonyms, in their order."""
        articles, dropped = self._naming.articles, self._naming.dropped
        for quad in quads:
            if dropped and (_value(quad.subject) in dropped or _value(quad.object) in dropped):
                continue
            about = articles.get(_value(quad.graph_name))
            if about is not None:
                yield self._of_article(quad, about)
            else:
                yield from self._of_graph(quad)

    def article_id(self, article_id: str) -> str:
        """Return an article's id with the names in it blotted out."""
        about = self._naming.articles.get(iris.article(article_id))
        return article_id if about is None else masked_in_address(article_id, about.names)

    def _of_article(self, quad: Quad, about: NamesInArticle) -> Quad:
        obj = quad.object
        if isinstance(obj, Literal) and quad.predicate not in _BY_LINES:
            if quad.predicate in _QUOTED:
                obj = _reworded(obj, _quoted(quad, obj.value, about))
            elif quad.predicate in (SCHEMA.url, DCTERMS.identifier):
                obj = _reworded(obj, masked_in_address(obj.value, about.names))
            elif _value(quad.subject) not in about.public_locals:
                obj = _reworded(obj, masked(obj.value, about.names))
        return self._with(quad, obj)

    def _of_graph(self, quad: Quad) -> Iterator[Quad]:
        obj = quad.object
        names = self._naming.names.get(_value(quad.subject)) if isinstance(obj, Literal) else None
        if names is not None and isinstance(obj, Literal):
            yield from self._named(quad, obj, names)
        elif self._is_renamed(quad.subject) or self._is_renamed(obj):
            yield self._with(quad, obj)
        else:
            yield quad

    def _named(self, quad: Quad, obj: Literal, names: set[str]) -> Iterator[Quad]:
        """What is said in words of something renamed; its pinyin is made anew from its Chinese name."""
        pseudonym = self._naming.labels.get(_value(quad.subject))
        if quad.predicate == RDFS.label:
            if "pinyin" in (obj.language or ""):
                return
            text = pseudonym if pseudonym is not None else masked(obj.value, names)
            for predicate, label in label_terms(text):
                yield self._with(quad, label, predicate)
        elif quad.predicate != SKOS.altLabel or pseudonym is None:
            yield self._with(quad, _reworded(obj, masked(obj.value, names)))

    def _with(self, quad: Quad, obj: object, predicate: NamedNode | None = None) -> Quad:
        assert isinstance(obj, (NamedNode, ox.BlankNode, Literal))
        assert isinstance(quad.subject, (NamedNode, ox.BlankNode))
        graph = quad.graph_name
        return Quad(
            self._renamed(quad.subject),
            predicate or quad.predicate,
            obj if isinstance(obj, Literal) else self._renamed(obj),
            self._renamed(graph) if isinstance(graph, NamedNode) else graph,
        )

    def _is_renamed(self, term: object) -> bool:
        return isinstance(term, NamedNode) and self._naming.iri(term.value) != term.value

    def _renamed(self, node: NamedNode | ox.BlankNode) -> NamedNode | ox.BlankNode:
        if not isinstance(node, NamedNode):
            return node
        iri = self._naming.iri(node.value)
        return node if iri == node.value else NamedNode(iri)


def _quoted(quad: Quad, text: str, about: NamesInArticle) -> str:
    """A stretch of text with names blotted out, save where somebody public is mentioned by one."""
    found = _SPAN.search(_value(quad.subject))
    if found is None:
        return masked(text, about.names)
    start, end = int(found[1]), int(found[2])
    if quad.predicate == OA["prefix"]:
        start -= len(text)
    elif quad.predicate == OA.suffix:
        start = end
    return masked(text, about.names, [(first - start, last - start) for first, last in about.kept])


def _reworded(literal: Literal, text: str) -> Literal:
    if text == literal.value:
        return literal
    if literal.language is not None:
        return chinese(text)
    return Literal(text, datatype=literal.datatype)


def _value(term: object) -> str:
    return term.value if isinstance(term, (NamedNode, Literal, ox.BlankNode)) else ""
