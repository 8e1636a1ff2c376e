from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import ExportError
from kg.graph_export import FORMATS, export_graph
from tests.kg.hand_made_graphs import PERSON, meeting_network


@pytest.mark.parametrize(
    ("name", "format", "written"),
    [
        ("net.gexf", None, ["net.gexf"]),
        ("NET.GEXF", None, ["NET.GEXF"]),
        ("net.xml", "graphml", ["net.xml"]),
        ("net.csv", None, ["net-nodes.csv", "net-edges.csv"]),
        ("net.v2", "csv", ["net.v2-nodes.csv", "net.v2-edges.csv"]),
        ("网络.graphml", None, ["网络.graphml"]),
        ("net.net", None, ["net.net"]),
        ("net.gv", None, ["net.gv"]),
        ("net.json", None, ["net.json"]),
        ("net.parquet", None, ["net-nodes.parquet", "net-edges.parquet"]),
    ],
)
def test_the_files_of_each_format(tmp_path: Path, name: str, format: str | None, written: list[str]) -> None:
    names = export_graph(meeting_network(), str(tmp_path / name), format, {PERSON: (0.0, 1.0)})
    assert names == [str(tmp_path / file) for file in written]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(written)
    assert all(file.stat().st_size > 100 for file in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "format", "message"),
    [
        (
            "net.gefx",
            None,
            "unknown graph format 'gefx'; did you mean gexf? choose one of gexf, graphml, pajek",
        ),
        ("net", None, "the name does not tell the format; choose one of gexf, graphml, pajek"),
        ("net.gexf", "pdf", "unknown graph format 'pdf'"),
        ("-", None, "the name does not tell the format"),
        ("-", "csv", "2 tables do not go to standard output"),
        ("missing/net.gexf", None, "cannot be written (No such file"),
    ],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, format: str | None, message: str) -> None:
    target = name if name == "-" else str(tmp_path / name)
    with pytest.raises(ExportError, match=re.escape(message)):
        export_graph(meeting_network(), target, format)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", FORMATS)
def test_a_failed_export_leaves_the_old_file_whole(tmp_path: Path, format: str) -> None:
    target = tmp_path / f"net.{format}"
    old = [Path(name) for name in export_graph(meeting_network(), str(target))]
    before = [file.read_bytes() for file in old]
    bad: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    bad.add_nodes_from(["a", "a\x00"])
    with pytest.raises(ExportError, match="no identifier of its own"):
        export_graph(bad, str(target))
    assert [file.read_bytes() for file in old] == before
    assert sorted(tmp_path.iterdir()) == sorted(old)


def test_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert export_graph(meeting_network(), "-", "graphml") == []
    assert capfdbinary.readouterr().out.endswith(b"</graphml>")
