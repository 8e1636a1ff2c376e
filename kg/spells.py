"""Spells in office: consecutive attestations of a person in a post, from one article or many."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from kg import iris
from kg.affected import Side, between
from kg.attestations import attestation_quads
from kg.resolve import Statement
from kg.statements import is_post_statement, spell_quads
from kg.stored import Stored
from kg.vocabulary import PROV

Attested = list[tuple[Statement, str, str]]
"""Statements of a spell, with the canonical IRIs of person and holder."""


def replan_spells(stored: Stored, before: Side, after: Side, deletes: set[Quad], inserts: set[Quad]) -> None:
    """Add to `deletes` and `inserts` what changes in the spells that are touched on either side."""
    old, new = _spells(before), _spells(after)
    affected = {statement.iri for statement in before.statements}
    for spell in sorted(old.keys() | new.keys()):
        node = NamedNode(spell)
        existing = stored.described(node)
        _, person, holder = (old.get(spell) or new[spell])[0]
        kept = [(s, person, holder) for s in _remaining(stored, existing, affected)]
        wanted = _spell_as_attested(node, kept + new.get(spell, []))
        deletes |= existing - wanted
        inserts |= wanted


def _spells(side: Side) -> dict[str, Attested]:
    found: dict[str, Attested] = {}
    for statement, person, holder in between(side):
        if is_post_statement(statement) and holder is not None:
            post = iris.post(holder, statement.qualifiers.get("title", ""))
            spell = iris.membership(person, post, statement.former)
            found.setdefault(spell, []).append((statement, person, holder))
    return found


def _remaining(stored: Stored, existing: set[Quad], affected: set[str]) -> list[Statement]:
    sources = [q.object for q in existing if q.predicate == PROV.wasDerivedFrom]
    names = [source.value for source in sources if isinstance(source, NamedNode)]
    return [stored.statement(iri) for iri in names if iri not in affected]


def _spell_as_attested(node: NamedNode, attested: Attested) -> set[Quad]:
    quads = {quad for each in attested for quad in spell_quads(*each)}
    days = [(s.attested, s.article) for s, _, _ in attested if s.attested is not None]
    return quads | set(attestation_quads(node, days, with_gap=True))
