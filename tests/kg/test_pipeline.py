"""The order of the graph's stages: facts to a store, a store to a page or a file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from extract.errors import FactsError
from extract.records import Article
from kg.errors import StoreError, ViewError
from kg.pipeline import StoredArticles, build, explore, export_network, open_for_building
from kg.store import Store
from tests.kg.invented_articles import MEETING


def test_build_makes_a_store_and_adds_to_it(tmp_path: Path) -> None:
    first = build(tmp_path / "new", [MEETING])
    again = build(tmp_path / "new", [MEETING])

    assert (first.added, again.added, again.unchanged) == (1, 0, 1)


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    open_for_building(tmp_path).close()

    assert (tmp_path / "store.json").is_file()


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(StoreError, match="is not a store"):
        open_for_building(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_errors_are_raised_where_nobody_takes_them(tmp_path: Path) -> None:
    fact = msgspec.structs.replace(MEETING.facts[0], relation="invented")
    wrong = msgspec.structs.replace(MEETING, facts=[fact])

    with pytest.raises(FactsError, match="unknown relation 'invented'"):
        build(tmp_path / "new", [wrong])


@pytest.mark.parametrize(
    ("change", "is_stored"),
    [
        ({}, True),
        ({"path": "elsewhere.txt"}, True),
        ({"sha256": "0" * 64}, False),
        ({"date": "2023-06-29"}, False),
        ({"title": "另一标题"}, False),
        ({"source": "另一家报"}, False),
        ({"id": "a2"}, False),
    ],
)
def test_stored_articles_are_known_by_what_they_say(
    tmp_path: Path, change: dict[str, str], is_stored: bool
) -> None:
    article = msgspec.structs.replace(MEETING.article, sha256="f" * 64)
    build(tmp_path / "new", [msgspec.structs.replace(MEETING, article=article)])
    other: Article = msgspec.structs.replace(article, **change)

    with Store.open(tmp_path / "new") as store:
        assert (other in StoredArticles(store)) is is_stored


def test_explore_and_export_take_a_view(tmp_path: Path) -> None:
    build(tmp_path / "new", [MEETING])

    with Store.open(tmp_path / "new") as store:
        offices = explore(store, tmp_path / "offices.html", view="offices", title="任职", limit=5)
        everything = explore(store, tmp_path / "all.html")
        written = export_network(store, str(tmp_path / "net.csv"), "csv", view="offices")
        with pytest.raises(ViewError):
            explore(store, tmp_path / "none.html", view="none")

    assert 0 < offices.entities < everything.entities
    assert "<title>任职</title>" in (tmp_path / "offices.html").read_text(encoding="utf-8")
    assert [Path(name).name for name in written.files] == ["net-nodes.csv", "net-edges.csv"]
    assert not (tmp_path / "none.html").exists()
