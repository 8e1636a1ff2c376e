import csv
import io
import json

import pytest
from pyoxigraph import Literal, NamedNode

from kg.answers import QueryResult
from kg.errors import QueryError
from kg.results import render

DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")
RESULT = QueryResult(
    ("name", "day", "node"),
    [
        (
            Literal("酒泉市", language="zh-Hans"),
            Literal("2023-06-27", datatype=DATE),
            NamedNode("http://x/酒"),
        ),
        (Literal('=HYPERLINK(1)\t"x"\n,'), None, None),
    ],
)


def test_csv_is_safe_in_spreadsheets() -> None:
    rows = list(csv.reader(io.StringIO(render(RESULT, "csv"))))
    assert rows == [
        ["name", "day", "node"],
        ["酒泉市", "2023-06-27", "http://x/酒"],
        ['\'=HYPERLINK(1)\t"x"\n,', "", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_every_start_of_a_formula_is_taken_away(start: str) -> None:
    result = QueryResult(("x",), [(Literal(f"{start}1"),)])
    assert render(result, "csv").splitlines()[1].lstrip('"').startswith("'")


def test_tsv_keeps_terms_on_one_line() -> None:
    lines = render(RESULT, "tsv").split("\n")
    assert lines[0] == "?name\t?day\t?node"
    assert lines[1].split("\t")[2] == "<http://x/酒>"
    assert len(lines) == 4
    assert [len(line.split("\t")) for line in lines[:3]] == [3, 3, 3]


def test_json_is_what_sparql_says() -> None:
    answer = json.loads(render(RESULT, "json"))
    assert answer["head"] == {"vars": ["name", "day", "node"]}
    first, second = answer["results"]["bindings"]
    assert first["name"] == {"type": "literal", "value": "酒泉市", "xml:lang": "zh-hans"}
    assert first["day"]["datatype"].endswith("#date")
    assert first["node"]["type"] == "uri"
    assert list(second) == ["name"]
    assert "datatype" not in second["name"]


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(QueryError, match="choose one of csv, tsv, json"):
        render(RESULT, "xml")
