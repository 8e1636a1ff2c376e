"""Naming: what private people, and what is named after them, are called instead.

A pseudonym is a function of where a person first stands in the dataset, the article and its number there,
and never of the name: so it is the same on every machine without a key to keep, and there is nothing in it to
try names on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg import iris
from kg.privacy.masks import masked_in_address
from kg.privacy.people import (
    NamesInArticle,
    PrivatePerson,
    named_after,
    names_in_articles,
    private_people,
    refers_to,
    statements_about,
)
from kg.vocabulary import DATA, DCTERMS, GOV, ORG

PSEUDONYM = "匿名"
_LABEL = "匿名者"
_DIGEST_LENGTH = 12
_LABEL_LENGTH = 6
_STATED_APART = (iris.LEDGER, iris.CURATION)


class Naming:
    """Pseudonyms and blotted names of a dataset.

    `articles` holds the names to withhold by article IRI; `names` those in what is said of other things, by
    IRI; `labels` the pseudonyms of the people by IRI; `dropped` what goes where people are left out.
    """

    def __init__(self, db: ox.Store, *, leave_out: bool = False) -> None:
        """Read from a database who is private, and where their names stand."""
        self._db = db
        self.people = private_people(db)
        self.articles = names_in_articles(db, self.people)
        self.names: dict[str, set[str]] = {}
        self.labels: dict[str, str] = {}
        self.dropped: set[str] = set()
        self._iris: dict[str, str] = {}
        self._renamed_articles: dict[str, str] = {}
        for article, about in self.articles.items():
            self._rename_article(article, about)
        for place, person in enumerate(self.people):
            self._name_person(place, person)
            if leave_out:
                self._drop(person)
        self._mask_entities()
        self._mask_offices()
        self._mask_decisions()

    def iri(self, iri: str) -> str:
        """Return the IRI that stands for one of the dataset's."""
        known = self._iris.get(iri)
        if known is not None:
            return known
        if self._renamed_articles:
            article, mark, fragment = iri.partition("#")
            return self._renamed_articles.get(article, article) + mark + fragment
        return iri

    def _rename_article(self, article: str, about: NamesInArticle) -> None:
        renamed = DATA + masked_in_address(article.removeprefix(DATA), about.names)
        if renamed != article:
            self._renamed_articles[article] = renamed
        for number, local in enumerate(about.private_locals):
            fragment = local.partition("#")[2]
            if masked_in_address(fragment, about.names) != fragment:
                self._iris[local] = f"{self.iri(article)}#e-{PSEUDONYM}{number}"

    def _name_person(self, place: int, person: PrivatePerson) -> None:
        digest = _digest(min(map(self.iri, person.locals), default=f"{PSEUDONYM}{place}"))
        names = {name for local in person.locals for name in self.articles[local.split("#", 1)[0]].names}
        for number, iri in enumerate((person.iri, *person.former)):
            self._iris[iri] = iris.entity(
                "Person", f"{PSEUDONYM}@{digest}" + (f"~{number}" if number else "")
            )
            self.names[iri] = names
        self.labels[person.iri] = _LABEL + digest[:_LABEL_LENGTH]

    def _drop(self, person: PrivatePerson) -> None:
        self.dropped.update((person.iri, *person.former, *person.locals))
        for local in person.locals:
            self.dropped.update(statements_about(self._db, local))
            article = NamedNode(local.split("#", 1)[0])
            for span in self._values_of_dropped(article):
                stated = self._db.quads_for_pattern(None, None, span, article)
                if all(_value(quad.subject) in self.dropped for quad in stated):
                    self.dropped.add(span.value)
        for spell in self._pointing(ORG.member, person.iri):
            self.dropped.add(spell)

    def _values_of_dropped(self, article: NamedNode) -> Iterator[NamedNode]:
        for predicate in (GOV.evidence, GOV.context):
            for quad in self._db.quads_for_pattern(None, predicate, None, article):
                if _value(quad.subject) in self.dropped and isinstance(quad.object, NamedNode):
                    yield quad.object

    def _mask_entities(self) -> None:
        """Give new names to what has one of the names in its own, or in the office that its IRI holds."""
        first: dict[str, str] = {}
        for article, about in sorted(self.articles.items()):
            for local, names in named_after(self._db, article, about.names):
                canonical = refers_to(self._db, local)
                self.names.setdefault(canonical, set()).update(names)
                first[canonical] = min(first.get(canonical, local), local)
            for local in about.public_locals:
                canonical = refers_to(self._db, local)
                first[canonical] = min(first.get(canonical, local), local)
                self._mask_key(canonical, about.names, local, after="@")
        for canonical, local in first.items():
            if canonical in self.names:
                self._mask_key(canonical, self.names[canonical], local)

    def _mask_key(self, canonical: str, names: set[str], local: str, after: str = "/") -> None:
        """Blot names out of an entity's IRI and its former ones, from a mark on."""
        for number, iri in enumerate((canonical, *sorted(self._pointing(DCTERMS.isReplacedBy, canonical)))):
            if canonical in self.names:
                self.names[iri] = self.names[canonical]
            before, mark, rest = iri.removeprefix(DATA).partition(after)
            blotted = masked_in_address(rest, names)
            if blotted != rest and iri not in self._iris:
                digest = _digest(f"{self.iri(local)} {number}")
                self._iris[iri] = f"{DATA}{before}{mark}{blotted}~{digest}"

    def _mask_offices(self) -> None:
        """Rename the posts and spells whose IRIs are made of those renamed."""
        renamed = dict(self._iris)
        for old in list(renamed):
            for post in (*self._pointing(ORG.postIn, old), *self._pointing(GOV.jurisdiction, old)):
                self._rename_part(post, old)
                self.names.setdefault(post, set()).update(self.names.get(old, ()))
                for spell in self._pointing(GOV.post, post):
                    self._rename_part(spell, old)
            for spell in self._pointing(ORG.member, old):
                self._rename_part(spell, old)

    def _rename_part(self, iri: str, old: str) -> None:
        if not iri.startswith((f"{DATA}post/", f"{DATA}membership/")):
            return
        tail, new = (_tail(each) for each in (old, self._iris[old]))
        parts = self._iris.get(iri, iri).split("/")
        self._iris[iri] = "/".join(new if part == tail else part for part in parts)

    def _mask_decisions(self) -> None:
        """Rename what the ledger and curators state of those renamed: their IRIs are made of the names."""
        for graph in _STATED_APART:
            about: dict[str, set[str]] = {}
            for quad in self._db.quads_for_pattern(None, None, None, graph):
                if isinstance(quad.object, NamedNode):
                    about.setdefault(_value(quad.subject), set()).add(quad.object.value)
            for subject, objects in about.items():
                if objects & self._iris.keys():
                    self._mask_decision(subject, objects)

    def _mask_decision(self, subject: str, objects: set[str]) -> None:
        self.names[subject] = {name for iri in objects for name in self.names.get(iri, ())}
        if objects & self.dropped:
            self.dropped.add(subject)
        if subject not in self._iris:
            said = " ".join(sorted(map(self.iri, objects)))
            self._iris[subject] = f"{subject.rsplit('/', 1)[0]}/{_digest(said)}"

    def _pointing(self, predicate: NamedNode, iri: str) -> list[str]:
        found = self._db.quads_for_pattern(None, predicate, NamedNode(iri), None)
        return [_value(quad.subject) for quad in found]


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _value(term: object) -> str:
    return term.value if isinstance(term, (NamedNode, Literal, ox.BlankNode)) else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]
