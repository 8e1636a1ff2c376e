"""The dataset as files: Turtle, TriG, N-Quads and JSON-LD, in one order, so equal data give equal bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from kg import iris
from kg.errors import ExportError
from kg.store import Store
from kg.vocabulary import DATA, PREFIXES
from kg.whole_files import whole_file

FORMATS = {
    "turtle": ("ttl", RdfFormat.TURTLE),
    "trig": ("trig", RdfFormat.TRIG),
    "nquads": ("nq", RdfFormat.N_QUADS),
    "jsonld": ("jsonld", RdfFormat.JSON_LD),
}
"""Format name to file ending and syntax."""

_BACKGROUND = (iris.NAMES, iris.REGISTER, iris.CURATION)


def format_of(path: Path) -> str:
    """Return the format that the file's ending stands for; raises ExportError with the endings there are."""
    for name, (ending, _) in FORMATS.items():
        if path.suffix == f".{ending}":
            return name
    endings = ", ".join(f".{ending}" for ending, _ in FORMATS.values())
    raise ExportError(
        f"{path.suffix or 'no ending'} is no RDF format", file=str(path), remedy=f"use {endings}"
    )


def check_format(form: str) -> None:
    """Raise ExportError, with the formats there are, if the format is none of them."""
    if form not in FORMATS:
        raise ExportError(f"there is no RDF format {form!r}", remedy=f"choose one of {', '.join(FORMATS)}")


def export(store: Store, path: str | Path, form: str | None = None, *, evidence: bool = True) -> int:
    """Write the dataset to a file, put in place when it is whole, or to standard output for `-`.

    `form` is a key of FORMATS, by default what the file's ending says. Without `evidence` only the
    direct triples, names, register and curation are written. Returns how many quads were written.
    Raises ExportError for an unknown format or a path that cannot be written.
    """
    chosen = form or format_of(Path(path))
    check_format(chosen)
    with whole_file(path) as out:
        return write(store, out, chosen, evidence=evidence)


def write(store: Store, out: IO[bytes], form: str, *, evidence: bool = True) -> int:
    """Write the dataset to a binary stream; return how many quads (Turtle: triples) were written.

    Turtle has no named graphs: it gets the triples of all graphs in one. No direct triple is
    repeated in another graph, and local entities have a class of their own, so counts stay right.
    """
    check_format(form)
    quads = [quad for quad in store.quads() if evidence or _is_knowledge(quad)]
    if form == "turtle":
        quads = list({Quad(quad.subject, quad.predicate, quad.object) for quad in quads})
    if form == "nquads":
        out.writelines(line.encode() for line in sorted(f"{quad} .\n" for quad in quads))
    else:
        serialize(_in_order(quads), out, FORMATS[form][1], prefixes={**PREFIXES, "data": DATA})
    return len(quads)


def _is_knowledge(quad: Quad) -> bool:
    return isinstance(quad.graph_name, DefaultGraph) or quad.graph_name in _BACKGROUND


def _in_order(quads: Iterable[Quad]) -> list[Quad]:
    """By graph (the default graph first), subject, predicate with rdf:type first, object."""
    return sorted(quads, key=_position)


def _position(quad: Quad) -> tuple[str, str, bool, str, str]:
    graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
    predicate = quad.predicate.value
    return graph, str(quad.subject), not predicate.endswith("#type"), predicate, str(quad.object)
