"""Private people: who in a dataset acts in no office, and where their names stand.

A person is private if no article that speaks of it gives it a public role (gov:publicFigure false). Its
name stands in the articles' graphs and in what was derived from them; articles that do not speak of it
are not looked at, so that an official of the same name elsewhere keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg import iris
from kg.names import fold
from kg.privacy.masks import Span
from kg.statements import FACTS
from kg.terms import boolean
from kg.vocabulary import DCTERMS, GOV, RDF, RDFS, SKOS

_SPAN = re.compile(r"(\d+),(\d+)")


@dataclass(frozen=True, slots=True)
class PrivatePerson:
    """A private person: its canonical IRI, the articles' entities that are it, and its other keys."""

    iri: str
    locals: tuple[str, ...]
    former: tuple[str, ...]


@dataclass(slots=True)
class NamesInArticle:
    """The names to withhold in one article, and where somebody public bears one of them.

    `private_locals` are the entities of the article that are private people, by where they stand first.
    """

    names: set[str] = field(default_factory=set)
    private_locals: list[str] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)
    public_locals: set[str] = field(default_factory=set)


def private_people(db: ox.Store) -> list[PrivatePerson]:
    """Return the private people of a dataset by IRI."""
    found = []
    for quad in db.quads_for_pattern(None, GOV.publicFigure, boolean(False), FACTS):
        assert isinstance(quad.subject, NamedNode)
        locals_ = sorted(_pointing(db, GOV.refersTo, quad.subject))
        former = {*_pointing(db, DCTERMS.isReplacedBy, quad.subject), *_keys(db, locals_)}
        former.discard(quad.subject.value)
        found.append(PrivatePerson(quad.subject.value, tuple(locals_), tuple(sorted(former))))
    return sorted(found, key=lambda person: person.iri)


def names_in_articles(db: ox.Store, people: Iterable[PrivatePerson]) -> dict[str, NamesInArticle]:
    """Return for each article that speaks of private people the names to withhold, by article IRI.

    An article speaks of them too if it names something that another names after them.
    """
    found: dict[str, NamesInArticle] = {}
    private = {local: person for person in people for local in person.locals}
    for local, person in sorted(private.items()):
        about = found.setdefault(local.split("#", 1)[0], NamesInArticle())
        about.names.update(name for name in _names(db, local, person.iri) if len(name) > 1)
        about.private_locals.append(local)
    _spread(db, found)
    for article, about in found.items():
        about.private_locals.sort(key=lambda local: min(_mentions(db, local), default=(0, 0)))
        for local in _local_entities(db, article, GOV.Person):
            if local in private:
                continue
            about.public_locals.add(local)
            if about.names & set(_names(db, local, refers_to(db, local))):
                about.kept += sorted(_mentions(db, local))
    return found


def _spread(db: ox.Store, found: dict[str, NamesInArticle]) -> None:
    """Withhold names in the other articles, too, that speak of what is named after private people."""
    waiting = sorted(found)
    while waiting:
        article = waiting.pop()
        for local, names in named_after(db, article, found[article].names):
            for other in _pointing(db, GOV.refersTo, NamedNode(refers_to(db, local))):
                about = found.setdefault(other.split("#", 1)[0], NamesInArticle())
                if not names <= about.names:
                    about.names |= names
                    waiting.append(other.split("#", 1)[0])


def named_after(db: ox.Store, article: str, names: Iterable[str]) -> Iterator[tuple[str, set[str]]]:
    """Yield the entities of an article, persons apart, in whose names some of the names stand, with these."""
    graph = NamedNode(article)
    for local in _local_entities(db, article, None):
        texts = [*_texts(db, local, RDFS.label, graph), *_texts(db, local, SKOS.altLabel, graph)]
        inside = {name for name in names if any(name in text for text in texts)}
        if inside:
            yield local, inside


def _names(db: ox.Store, local: str, canonical: str) -> Iterator[str]:
    """Yield every form of the local entity's name, as written and with spaces and marks folded."""
    graph = NamedNode(local.split("#", 1)[0])
    own = [*_texts(db, local, RDFS.label, graph), *_texts(db, local, SKOS.altLabel, graph)]
    if canonical:
        own += [*_texts(db, canonical, RDFS.label, FACTS)]
    for name in own:
        yield name
        yield fold(name)


def _texts(
    db: ox.Store, node: str, predicate: NamedNode, graph: NamedNode | ox.DefaultGraph
) -> Iterator[str]:
    for quad in db.quads_for_pattern(NamedNode(node), predicate, None, graph):
        if isinstance(quad.object, Literal) and "pinyin" not in (quad.object.language or ""):
            yield quad.object.value


def _local_entities(db: ox.Store, article: str, kind: NamedNode | None) -> Iterator[str]:
    """Yield the entities of an article that are of a type, or that are no persons."""
    for quad in db.quads_for_pattern(None, GOV.entityType, kind, NamedNode(article)):
        if isinstance(quad.subject, NamedNode) and (kind is not None or quad.object != GOV.Person):
            yield quad.subject.value


def _mentions(db: ox.Store, local: str) -> Iterator[Span]:
    graph = NamedNode(local.split("#", 1)[0])
    for quad in db.quads_for_pattern(NamedNode(local), GOV.mentions, None, graph):
        if isinstance(quad.object, Literal):
            yield from ((int(start), int(end)) for start, end in _SPAN.findall(quad.object.value))


def refers_to(db: ox.Store, local: str) -> str:
    """Return the canonical IRI of an article's entity, "" if it has none."""
    for quad in db.quads_for_pattern(NamedNode(local), GOV.refersTo, None, iris.IDENTITY):
        if isinstance(quad.object, NamedNode):
            return quad.object.value
    return ""


def _keys(db: ox.Store, locals_: Iterable[str]) -> Iterator[str]:
    for local in locals_:
        for quad in db.quads_for_pattern(NamedNode(local), GOV.key, None, iris.IDENTITY):
            if isinstance(quad.object, NamedNode):
                yield quad.object.value


def _pointing(db: ox.Store, predicate: NamedNode, node: NamedNode) -> Iterator[str]:
    for quad in db.quads_for_pattern(None, predicate, node, iris.IDENTITY):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value


def statements_about(db: ox.Store, local: str) -> Iterator[str]:
    """Yield the IRIs of the statements of which an article's entity is subject or object."""
    graph = NamedNode(local.split("#", 1)[0])
    for predicate in (RDF.subject, RDF.object):
        for quad in db.quads_for_pattern(None, predicate, NamedNode(local), graph):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value
