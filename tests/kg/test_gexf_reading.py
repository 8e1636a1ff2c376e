from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.errors import LayoutError
from kg.gexf import write_gexf
from kg.gexf_reading import read_drawn
from kg.pipeline import build, explore, export_network
from kg.store import Store
from tests.kg.hand_made_graphs import MEETING as MEETING_NODE
from tests.kg.hand_made_graphs import OFFICE, PERSON, PLACE, meeting_network
from tests.kg.invented_articles import MEETING

# As Gephi writes it: its own name spaces, the column by name, one node without a position.
GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <graph defaultedgetype="directed">
    <attributes class="node" mode="static">
      <attribute id="0" title="level" type="string"/>
      <attribute id="modularity_class" title="Modularity Class" type="integer"><default>0</default>
      </attribute>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="0" title="Modularity Class" type="integer"/>
    </attributes>
    <nodes>
      <node id="a" label="甲">
        <attvalues><attvalue for="0" value="county"/><attvalue for="modularity_class" value="2"/></attvalues>
        <viz:size value="4.0"/><viz:position x="-12.5" y="30.25" z="0.0"/></node>
      <node id="b"><attvalues><attvalue for="modularity_class" value="0"/></attvalues>
        <viz:position x="1e2" y="nan"/></node>
      <node id="c"/>
    </nodes>
    <edges>
      <edge id="0" source="a" target="b"><attvalues><attvalue for="0" value="7"/></attvalues></edge>
    </edges>
  </graph>
</gexf>
"""


def written(tmp_path: Path, text: str | bytes = GEPHI) -> Path:
    file = tmp_path / "gephi.gexf"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_positions_and_communities_made_in_gephi(tmp_path: Path) -> None:
    drawn = read_drawn(written(tmp_path))
    assert drawn.nodes == 3
    assert drawn.positions == {"a": (-12.5, 30.25)}
    assert (drawn.groups, drawn.group_column) == ({"a": "2", "b": "0"}, "Modularity Class")


def test_a_column_of_one_s_choice(tmp_path: Path) -> None:
    assert read_drawn(written(tmp_path), "Level").groups == {"a": "county"}
    with pytest.raises(LayoutError, match="no column 'party'; choose one of level, Modularity Class"):
        read_drawn(written(tmp_path), "party")


@pytest.mark.parametrize("version", ["1.1draft", "1.2draft"])
def test_older_versions_are_read(tmp_path: Path, version: str) -> None:
    old = GEPHI.replace("http://gexf.net/1.3", f"http://www.gexf.net/{version}")
    old = old.replace("attvalue for=", "attvalue id=") if version == "1.1draft" else old
    assert read_drawn(written(tmp_path, old)).positions == {"a": (-12.5, 30.25)}
    assert read_drawn(written(tmp_path, old)).groups == {"a": "2", "b": "0"}


def test_what_we_wrote_is_read_back(tmp_path: Path) -> None:
    out = io.BytesIO()
    places = {PERSON: (1.5, -2.25), OFFICE: (0.0, 0.1), MEETING_NODE: (-3.0, 4.0), PLACE: (7.0, 7.0)}
    write_gexf(meeting_network(), out, places)
    assert read_drawn(written(tmp_path, out.getvalue())).positions == places


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<graphml/>", "this is no GEXF but <graphml>; export it from Gephi as GEXF"),
        (GEPHI[:600], "not well-formed XML"),
        ("", "not well-formed XML"),
        ('<!DOCTYPE gexf [<!ENTITY x SYSTEM "file:///etc/hostname">]><gexf>&x;</gexf>', ""),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, text: str, message: str) -> None:
    file = written(tmp_path, text)
    if not message:
        assert read_drawn(file).nodes == 0
        return
    with pytest.raises(LayoutError) as error:
        read_drawn(file)
    assert message in str(error.value) and str(file) in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="cannot be read"):
        read_drawn(tmp_path / "none.gexf")


def test_a_picture_made_in_gephi_is_that_of_the_page(tmp_path: Path) -> None:
    build(tmp_path / "kg", [MEETING])
    with Store.open(tmp_path / "kg") as store:
        export_network(store, str(tmp_path / "net.gexf"), "gexf", view="offices")
        first = read_drawn(tmp_path / "net.gexf")
        page = explore(store, tmp_path / "page.html", view="offices", arrangement=tmp_path / "net.gexf")
        with pytest.raises(
            LayoutError, match="none of its 1 nodes with a position or a group is in the view"
        ):
            stranger = tmp_path / "stranger.gexf"
            stranger.write_text('<gexf><graph><nodes><node id="x"/></nodes></graph></gexf>', encoding="utf-8")
            explore(store, tmp_path / "none.html", view="offices", arrangement=stranger)
    assert len(first.positions) == page.entities
    assert not (tmp_path / "none.html").exists()
