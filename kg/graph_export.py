"""Writing a network to a file, in any of the formats we know, whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import IO

import networkx as nx

from kg.dot import write_dot
from kg.errors import ExportError
from kg.gexf import write_gexf
from kg.graphml import write_graphml
from kg.layout import Positions
from kg.node_link import write_node_link
from kg.pajek import write_pajek
from kg.parquet import write_edge_parquet, write_node_parquet
from kg.tables import write_edge_table, write_node_table
from kg.whole_files import STDOUT, whole_files

Writer = Callable[["nx.MultiDiGraph[str]", IO[bytes], Positions | None], None]


@dataclass(frozen=True)
class Part:
    """One file of a format: what its name ends in, and what writes it."""

    ending: str
    write: Writer


FORMATS: dict[str, tuple[Part, ...]] = {
    "gexf": (Part(".gexf", write_gexf),),
    "graphml": (Part(".graphml", write_graphml),),
    "pajek": (Part(".net", write_pajek),),
    "dot": (Part(".dot", write_dot),),
    "json": (Part(".json", write_node_link),),
    "csv": (Part("-nodes.csv", write_node_table), Part("-edges.csv", write_edge_table)),
    "parquet": (Part("-nodes.parquet", write_node_parquet), Part("-edges.parquet", write_edge_parquet)),
}
"""The parts of each format; a new format is one line here."""

_ENDINGS = {"net": "pajek", "gv": "dot"}


def export_graph(
    graph: nx.MultiDiGraph[str], target: str, format: str | None = None, positions: Positions | None = None
) -> list[str]:
    """Write the network to `target` and return the names of the files written.

    `target` is a file name, or `-` for standard output, which takes one-file formats only and is
    not counted as a file. Without `format` the ending of the name decides. `csv` and `parquet` make two
    files each: `net.csv` becomes `net-nodes.csv` and `net-edges.csv`. All files of an export appear together
    once they are whole; before that nothing at `target` is touched.

    Raises ExportError for an unknown format, a name that tells none, a place that cannot be
    written to, and a graph that the format cannot hold.
    """
    parts = FORMATS[_format(target, format)]
    if target == STDOUT:
        if len(parts) > 1:
            raise ExportError(
                f"{len(parts)} tables do not go to standard output",
                remedy="give a file name with -o, or a format of one file, such as gexf",
            )
        parts[0].write(graph, sys.stdout.buffer, positions)
        return []
    names = _names(Path(target), parts)
    with whole_files(names) as streams:
        for part, stream in zip(parts, streams, strict=True):
            part.write(graph, stream, positions)
    return [str(name) for name in names]


def _format(target: str, format: str | None) -> str:
    ending = Path(target).suffix.removeprefix(".").lower()
    wanted = format if format is not None else _ENDINGS.get(ending, ending)
    if wanted in FORMATS:
        return wanted
    close = get_close_matches(wanted, FORMATS, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    problem = f"unknown graph format {wanted!r}" if wanted else "the name does not tell the format"
    raise ExportError(problem, file=target, remedy=f"{hint}choose one of {', '.join(FORMATS)}")


def _names(target: Path, parts: tuple[Part, ...]) -> list[Path]:
    if len(parts) == 1:
        return [target]
    stem = target.with_suffix("") if target.suffix.lower() == Path(parts[0].ending).suffix else target
    return [stem.with_name(stem.name + part.ending) for part in parts]
