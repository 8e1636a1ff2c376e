"""Naming: what private people, and what is named after them, are called instead.

A pseudonym is a function of where a person first stands in the dataset, the article and its number there,
and never of the name: so it is the same on every machine without a key to keep, and there is nothing in it to
try names on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg import iris
from kg.privacy.masks import masked, masked_in_address
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
_REFERENCE = re.compile(r"(?:article/([^/#\s]+)#)?([a-z]+/[^/#\s]+)")


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
        self._mask_rulings()

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
        """Rename the ledger's decisions on private people, whose IRIs are made of names.

        Who is compared with a private person has its name; so those with others than private people go.
        """
        pairs: dict[str, set[str]] = {}
        for quad in self._db.quads_for_pattern(None, GOV.pair, None, iris.LEDGER):
            pairs.setdefault(_value(quad.subject), set()).add(_value(quad.object))
        people = {iri for person in self.people for iri in (person.iri, *person.former)}
        for decision, pair in pairs.items():
            private = {key for key in pair if key.partition("~")[0] in people or key in people}
            if private and (private != pair or private & self.dropped):
                self.dropped.add(decision)
            for key in private - self._iris.keys():
                base, mark, rest = key.partition("~")
                self._iris[key] = f"{self._iris[base]}{mark}{rest}"
                self.names[key] = self.names[base]
            if pair & self._iris.keys():
                self.names[decision] = {name for key in pair for name in self.names.get(key, ())}
                self._iris[decision] = f"{DATA}decision/{_digest(' '.join(sorted(map(self.iri, pair))))}"

    def _mask_rulings(self) -> None:
        """Rename the rulings that speak of private people, whose IRIs are made of names, too."""
        seen: dict[str, int] = {}
        quads = self._db.quads_for_pattern(None, GOV.ruling, None, iris.CURATION)
        for line, ruling in sorted((_value(quad.object), _value(quad.subject)) for quad in quads):
            names = {name for name in self._names_in(line) if name in line}
            if names:
                blotted = masked(line, names)
                seen[blotted] = seen.get(blotted, 0) + 1
                self.names[ruling] = names
                self._renamed_articles[ruling] = f"{DATA}ruling/{_digest(f'{blotted} {seen[blotted]}')}"

    def _names_in(self, line: str) -> Iterator[str]:
        """Yield the names to withhold in what a ruling's references speak of."""
        for found in _REFERENCE.finditer(line):
            article, key = found[1], found[2]
            if article is not None:
                about = self.articles.get(f"{DATA}article/{article}")
                yield from about.names if about is not None else ()
            else:
                yield from self.names.get(DATA + key, ())

    def _pointing(self, predicate: NamedNode, iri: str) -> list[str]:
        found = self._db.quads_for_pattern(None, predicate, NamedNode(iri), None)
        return [_value(quad.subject) for quad in found]


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _value(term: object) -> str:
    return term.value if isinstance(term, (NamedNode, Literal, ox.BlankNode)) else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]
