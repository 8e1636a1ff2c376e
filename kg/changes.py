"""Changes: what the dataset gains and loses when articles come and go, or curators rule otherwise.

All is worked out before anything is written. What goes is first what the leaving articles supported, and what
those supported who now count as someone else; from that everything is taken off that another article still
supports. All reading is of the state before; the result is applied in one atomic step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.affected import Change, Coming, KnownBlocks, Side, between, sides
from kg.attestations import replan_practices
from kg.curated import Bearing, CuratedFact, curated_fact, line_quad, ruling_iri
from kg.ledger import ledger_quads
from kg.lost import unsupported
from kg.resolve import LocalEntity
from kg.rulings import MISSING, FactRuling, Ruling
from kg.spells import replan_spells
from kg.statements import (
    FACTS,
    article_quads,
    direct_quads,
    entity_quads,
    is_post_statement,
    post_quads,
)
from kg.stored import Stored


@dataclass(slots=True)
class Changes:
    """What goes, what comes, which articles' graphs go whole, and the blocks as they will be."""

    deletes: set[Quad]
    inserts: set[Quad]
    dropped: list[str]
    blocks: KnownBlocks


def plan(
    stored: Stored,
    removed: Iterable[str],
    added: Iterable[Coming],
    known: KnownBlocks,
    rulings: Iterable[Ruling] = (),
    rulings_after: Iterable[Ruling] | None = None,
) -> Changes:
    """Return what changes when the articles of the IRIs `removed` go and those `added` come.

    `known` holds the blocks already read; an article that is replaced stands in both. `rulings` are those
    that hold before, and after too where `rulings_after` is not given.
    """
    before_rulings = list(rulings)
    after_rulings = before_rulings if rulings_after is None else list(rulings_after)
    going, new = _facts_of_changed(before_rulings, after_rulings)
    leaving = [stored.article(iri) for iri in (*removed, *going)]
    coming = [*added, *new]
    entities = {entity.iri: entity for article in coming for entity in article.entities}
    by_article = {article.iri: article.entities for article in coming}
    gone = {article.iri for article in leaving}

    def locate_after(article: str) -> Iterable[LocalEntity]:
        if article in by_article:
            return by_article[article]
        return () if article in gone else stored.entities(article)

    def look_up_after(local: str) -> LocalEntity:
        return entities.get(local) or stored.entity(local)

    change = Change(
        leaving,
        coming,
        Bearing(before_rulings, stored.entities, stored.entity),
        Bearing(after_rulings, locate_after, look_up_after),
    )
    before, after, blocks = sides(stored, change, known)
    inserts = _supported(coming, after)
    deletes = unsupported(stored, before, after, inserts)
    replan_spells(stored, before, after, deletes, inserts)
    days = {article.iri: article.date.earliest if article.date else None for article in coming}
    replan_practices(stored, before, after, days, deletes, inserts)
    old, new_ones = before.decisions, after.decisions
    deletes.update(ledger_quads(old[pair] for pair in old if old[pair] != new_ones.get(pair)))
    inserts.update(ledger_quads(new_ones[pair] for pair in new_ones if new_ones[pair] != old.get(pair)))
    if rulings_after is not None:
        deletes.update(map(line_quad, before_rulings))
        inserts.update(map(line_quad, after_rulings))
    for article in leaving:
        deletes.update(article.quads)
    staying = {article.iri for article in coming}
    dropped = [article.iri for article in leaving if article.iri not in staying]
    return Changes(deletes - inserts, inserts, dropped, blocks)


def _facts_of_changed(before: list[Ruling], after: list[Ruling]) -> tuple[list[str], list[CuratedFact]]:
    """The graphs of facts that curators no longer state, and the facts they state anew."""
    old = {ruling_iri(r): r for r in before if isinstance(r, FactRuling) and r.kind == MISSING}
    new = {ruling_iri(r): r for r in after if isinstance(r, FactRuling) and r.kind == MISSING}
    return sorted(old.keys() - new.keys()), [
        curated_fact(new[iri]) for iri in sorted(new.keys() - old.keys())
    ]


def _supported(coming: list[Coming], after: Side) -> set[Quad]:
    quads: set[Quad] = set()
    for article in coming:
        quads.update(article.quads() if isinstance(article, CuratedFact) else article_quads(article))
    for entity in after.entities:
        quads.update(entity_quads(entity, after.identities[entity.iri]))
    for statement in after.statements:
        quads.update(after.wrong.quads(statement))
    for statement, subject, obj in between(after):
        quads.update(direct_quads(statement, subject, obj))
        if is_post_statement(statement) and obj is not None:
            quads.update(post_quads(obj, after.labels[obj], statement.qualifiers.get("title", "")))
    return quads


def update_text(changes: Changes) -> str:
    """The changes as one SPARQL update, which Oxigraph runs as one transaction."""
    parts = []
    if changes.deletes:
        parts.append(f"DELETE DATA {{ {_data(changes.deletes)} }}")
    parts += [f"DROP SILENT GRAPH <{iri}>" for iri in changes.dropped]
    if changes.inserts:
        parts.append(f"INSERT DATA {{ {_data(changes.inserts)} }}")
    return " ;\n".join(parts)


def _data(quads: Iterable[Quad]) -> str:
    graphs: dict[str, list[str]] = {}
    for quad in sorted(quads, key=str):
        graphs.setdefault(str(quad.graph_name), []).append(str(quad.triple) + " .")
    default = str(FACTS)
    return "\n".join(
        "\n".join(lines) if graph == default else f"GRAPH {graph} {{ {' '.join(lines)} }}"
        for graph, lines in graphs.items()
    )
