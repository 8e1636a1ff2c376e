"""The dataset as files: Turtle, TriG, N-Quads and JSON-LD, always in the same order, so equal data give equal bytes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from kg import iris
from kg.errors import ExportError
from kg.store import Store
from kg.vocabulary import DATA, PREFIXES

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
    raise ExportError(f"{path.suffix or 'no ending'} is no RDF format", file=str(path), remedy=f"use {endings}")


def export(store: Store, path: Path, form: str | None = None, *, evidence: bool = True) -> int:
    """Write the dataset to a file, put in place when it is whole; return how many quads were written.

    `form` is a key of FORMATS, by default what the file's ending says. Without `evidence` only the
    direct triples, names, register and curation are written. Raises ExportError for an unknown
    format or a path that cannot be written.
    """
    chosen = form or format_of(path)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as out:
            try:
                count = write(store, out, chosen, evidence=evidence)
                out.flush()
                umask = os.umask(0)
                os.umask(umask)
                Path(out.name).chmod(0o666 & ~umask)
                Path(out.name).replace(path)
            except BaseException:
                Path(out.name).unlink(missing_ok=True)
                raise
    except OSError as exc:
        raise ExportError(
            f"cannot be written ({exc.strerror})", file=str(path), remedy="name a file in a folder you may write in"
        ) from exc
    return count


def write(store: Store, out: IO[bytes], form: str, *, evidence: bool = True) -> int:
    """Write the dataset to a binary stream; return how many quads (Turtle: triples) were written.

    Turtle has no named graphs: it gets the triples of all graphs in one. No direct triple is
    repeated in another graph, and local entities have a class of their own, so counts stay right.
    """
    if form not in FORMATS:
        raise ExportError(f"there is no RDF format {form!r}", remedy=f"choose one of {', '.join(FORMATS)}")
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
