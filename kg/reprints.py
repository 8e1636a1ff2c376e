"""Reprints: which stored articles print one text (通稿), so that a claim printed five times has one source.

Two articles are printings of one text if their signatures say so (kg/text_signature.py) and they came out
within a month of each other, as far as both are dated. Printings of printings belong together. The first
printing is the one of the earliest day, then the one whose IRI sorts first; the others lead to it:

    GRAPH graph/reprints { <article> gov:reprintOf <first printing> }

So the independent sources of a claim are counted by `COUNT(DISTINCT COALESCE(?first, ?article))` with
`OPTIONAL { GRAPH graph/reprints { ?article gov:reprintOf ?first } }` (kg/queries/sources.rq).
All is a function of the set of articles, whatever the order in which they came.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from kg import iris
from kg.text_signature import TextSignature, from_text
from kg.vocabulary import GOV

LONGEST_APART = datetime.timedelta(days=31)

_UNDATED = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Print:
    """An article as far as reprints are concerned: IRI, first day its date can mean if any, signature."""

    article: str
    day: str | None
    signature: TextSignature

    def is_printing_of(self, other: Print) -> bool:
        """Return whether both print one text."""
        return _are_near(self.day, other.day) and self.signature.is_printing_of(other.signature)

    @property
    def position(self) -> tuple[str, str]:
        """What the first printing is the first by."""
        return self.day or _UNDATED, self.article


class Reprints:
    """All prints of a store by the bands of their signatures, kept in memory while a writer works.

    Reading them takes about a second for 20,000 articles; a change then costs what the articles that come
    and go, and their reprints, cost.
    """

    def __init__(self, db: ox.Store) -> None:
        """Read the signatures and reprints that a database holds."""
        self._prints: dict[str, Print] = {}
        self._in_band: dict[bytes, list[str]] = {}
        self._group: dict[str, set[str]] = {}
        """Articles that have reprints or are reprints, with all printings of their text."""
        self._first: dict[str, str] = {}
        """Reprints, with the first printing."""
        for quad in db.quads_for_pattern(None, GOV.textSignature, None, iris.REPRINTS):
            article = _value(quad.subject)
            self._add(Print(article, _day(db, article), from_text(_value(quad.object))))
        for quad in db.quads_for_pattern(None, GOV.reprintOf, None, iris.REPRINTS):
            self._join(_value(quad.subject), _value(quad.object))

    def change(self, removed: Iterable[str], added: Iterable[Print]) -> tuple[set[Quad], set[Quad]]:
        """Take articles out and in, some perhaps both; return the quads to delete and to insert for that."""
        leaving = [self._prints[article] for article in removed if article in self._prints]
        coming = list(added)
        before = {
            member: self._first.get(member) for each in leaving for member in self._members(each.article)
        }
        for each in leaving:
            self._drop(each)
        left = sorted(before.keys() & self._prints.keys())
        for article in before:
            self._group.pop(article, None)
            self._first.pop(article, None)
        for each in coming:
            self._add(each)
            before.setdefault(each.article, None)
        for article in [*left, *(each.article for each in coming)]:
            for other in self._printings(self._prints[article]):
                for member in self._members(other):
                    before.setdefault(member, self._first.get(member))
                self._join(article, other)
        deletes = {_signed(each) for each in leaving}
        deletes.update(_reprint(article, first) for article, first in before.items() if first)
        inserts = {_signed(each) for each in coming}
        inserts.update(
            _reprint(article, self._first[article]) for article in before.keys() & self._first.keys()
        )
        return deletes - inserts, inserts - deletes

    def _add(self, print_: Print) -> None:
        self._prints[print_.article] = print_
        for band in print_.signature.bands():
            self._in_band.setdefault(band, []).append(print_.article)

    def _drop(self, print_: Print) -> None:
        del self._prints[print_.article]
        for band in print_.signature.bands():
            self._in_band[band].remove(print_.article)
            if not self._in_band[band]:
                del self._in_band[band]

    def _printings(self, print_: Print) -> list[str]:
        """The articles that print the same text, of those known to belong together only one."""
        found: list[str] = []
        seen = set(self._members(print_.article))
        near = {article for band in print_.signature.bands() for article in self._in_band[band]}
        for article in sorted(near):
            if article not in seen and print_.is_printing_of(self._prints[article]):
                found.append(article)
                seen.update(self._members(article))
        return found

    def _members(self, article: str) -> set[str]:
        return self._group.get(article, {article})

    def _join(self, one: str, other: str) -> None:
        members = self._members(one) | self._members(other)
        first = min(members, key=lambda member: self._prints[member].position)
        for member in members:
            self._group[member] = members
            if member != first:
                self._first[member] = first
        self._first.pop(first, None)


def _signed(print_: Print) -> Quad:
    signature = ox.Literal(print_.signature.as_text())
    return Quad(NamedNode(print_.article), GOV.textSignature, signature, iris.REPRINTS)


def _reprint(article: str, first: str) -> Quad:
    return Quad(NamedNode(article), GOV.reprintOf, NamedNode(first), iris.REPRINTS)


def _are_near(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return True
    apart = datetime.date.fromisoformat(one) - datetime.date.fromisoformat(other)
    return abs(apart) <= LONGEST_APART


def _day(db: ox.Store, article: str) -> str | None:
    node = NamedNode(article)
    return next((_value(quad.object) for quad in db.quads_for_pattern(node, GOV.earliest, None, node)), None)


def _value(term: object) -> str:
    assert isinstance(term, (NamedNode, ox.Literal))
    return term.value
