"""Changes: what the dataset gains and loses when articles come and go, worked out before anything is written.

What goes is first what the leaving articles supported, and what those supported whose persons now count
as someone else; from that everything is taken off that another article still supports. All reading is
of the state before; the result is applied in one atomic step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.affected import Block, Side, between, sides
from kg.lost import unsupported
from kg.resolve import ResolvedArticle
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
    """What goes, what comes, which articles' graphs go whole, and the name blocks as they will be."""

    deletes: set[Quad]
    inserts: set[Quad]
    dropped: list[str]
    blocks: dict[str, Block]


def plan(
    stored: Stored, removed: Iterable[str], added: Iterable[ResolvedArticle], known: dict[str, Block]
) -> Changes:
    """Return what changes when the articles of the IRIs `removed` go and those `added` come.

    `known` holds the name blocks already read; an article that is replaced stands in both.
    """
    leaving = [stored.article(iri) for iri in removed]
    coming = list(added)
    before, after, blocks = sides(stored, leaving, coming, known)
    inserts = _supported(coming, after)
    deletes = unsupported(stored, before, inserts)
    replan_spells(stored, before, after, deletes, inserts)
    for article in leaving:
        deletes.update(article.quads)
    staying = {article.iri for article in coming}
    dropped = [article.iri for article in leaving if article.iri not in staying]
    return Changes(deletes - inserts, inserts, dropped, blocks)


def _supported(coming: list[ResolvedArticle], after: Side) -> set[Quad]:
    quads: set[Quad] = set()
    for article in coming:
        quads.update(article_quads(article))
    for entity in after.entities:
        quads.update(entity_quads(entity, after.identities[entity.iri]))
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
