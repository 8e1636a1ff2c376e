from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ViewError
from kg.view_files import read_view, read_views

STATED = "SELECT ?source ?target ?statement WHERE { ?a ?b ?c }"
SHARED = "SELECT ?member ?via ?statement WHERE { ?a ?b ?c }"


def view_file(tmp_path: Path, query: str = STATED, name: str = "mine", more: str = "", **keys: str) -> Path:
    settings = {"direction": "directed", "weight": "relation"} | keys
    lines = [f'name = "{name}"', 'mode = "two"', *(f'{key} = "{value}"' for key, value in settings.items())]
    for table in ("title", "nodes", "edges"):
        lines += [f"[{table}]", 'zh = "某"', 'en = "some"']
    lines += ["[dates]", 'by = ["article"]', 'zh = "某"', 'en = "some"']
    lines += ["[query]", f'sparql = "{query}"', more]
    file = tmp_path / "mine.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_the_views_of_the_design_are_there() -> None:
    assert list(read_views()) == [
        "all", "coattendance", "cooperation", "diffusion", "discourse", "events", "interlocks", "offices",
    ]  # fmt: skip


def test_titles_and_meanings_are_given_in_both_languages() -> None:
    for view in read_views().values():
        for text in (view.title, view.nodes, view.edges):
            assert any("\u4e00" <= char <= "\u9fff" for char in text.zh), view.name
            assert text.en.isascii() or "原" in text.en or "…" in text.en, view.name


@pytest.mark.parametrize("query", [STATED, STATED.lower().replace("select", "PREFIX a: <urn:a>\\nselect")])
def test_a_file_of_one_s_own(tmp_path: Path, query: str) -> None:
    assert read_view(view_file(tmp_path, query)).name == "mine"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"name": "other"}, "the view calls itself 'other'; name the file after the view"),
        ({"direction": "sideways"}, "Invalid enum value 'sideways'"),
        ({"colour": "red"}, "unknown field `colour`"),
        ({"query": "SELECT * WHERE { ?a ?b ?c }"}, "does not select ?source ?target ?statement"),
        ({"query": STATED.replace("?target", "?target ?x")}, "does not select ?source ?target ?statement"),
        ({"query": SHARED}, "does not select ?source ?target ?statement; a view without [edge]"),
        (
            {"more": '[edge]\nzh = "共"\nen = "shared"'},
            "does not select ?member ?via ?statement",
        ),
        ({"weight": "shared"}, "weight 'shared' and direction 'directed' do not go with the query"),
        ({"more": '[edge]\nzh = "共"\nen = "x"', "query": SHARED, "weight": "shared"}, "do not go with"),
        ({"more": "[edge"}, "see all.toml for the shape of a view file"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, keys: dict[str, str], message: str) -> None:
    file = view_file(tmp_path, **keys)
    with pytest.raises(ViewError) as error:
        read_view(file)
    assert str(error.value).startswith("mine.toml:")
    assert message in str(error.value)
