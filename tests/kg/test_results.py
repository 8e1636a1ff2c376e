import csv
import datetime
import io
import json
import sys
from pathlib import Path

import pytest
from lxml import etree
from pyarrow import parquet
from pyoxigraph import Literal, NamedNode
from rdflib.query import Result, ResultRow

from kg.answers import QueryResult
from kg.errors import QueryError
from kg.frames import frame
from kg.result_columns import value_columns
from kg.results import markdown, render, write
from kg.vocabulary import XSD

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
    with pytest.raises(QueryError, match="choose one of csv, tsv, json, xml, parquet"):
        render(RESULT, "rdf")


def test_xml_is_what_another_library_reads() -> None:
    bad = QueryResult(("x", "y"), [(Literal("a\x00<&>\ud7ff"), None)])
    for result in (RESULT, bad):
        read = Result.parse(io.BytesIO(render(result, "xml").encode()), format="xml")
        solutions = [row for row in read if isinstance(row, ResultRow)]
        found = [[str(term or "") for term in row] for row in solutions]
        wanted = [[term.value if term is not None else "" for term in row] for row in result.rows]
        assert [str(variable) for variable in read.vars or ()] == list(result.columns)
        assert found == [[text.replace("\x00", "\ufffd") for text in row] for row in wanted]
    root = etree.fromstring(render(RESULT, "xml").encode())
    (name, *_) = root.iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert name.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-hans"


def test_markdown_holds_no_markup_of_a_cell() -> None:
    table = markdown(("a", "b"), [["x|y\n<b>*z*", "[l](http://x)"]])

    assert table.splitlines() == [
        "| a | b |",
        "| --- | --- |",
        r"| x\|y \<b\>\*z\* | \[l\](http://x) |",
    ]


def typed() -> QueryResult:
    row = (
        Literal("7", datatype=XSD.integer),
        Literal("0.8", datatype=XSD.decimal),
        Literal("true", datatype=XSD.boolean),
        Literal("2024-02-05", datatype=XSD.date),
        Literal("2024-02", datatype=XSD.gYearMonth),
        Literal("酒泉市", language="zh-Hans"),
    )
    return QueryResult(("n", "share", "former", "day", "month", "name"), [row, (None,) * 6])


def test_parquet_has_typed_columns(tmp_path: Path) -> None:
    with (tmp_path / "a.parquet").open("wb") as out:
        write(typed(), "parquet", out)
    table = parquet.read_table(tmp_path / "a.parquet")

    assert [str(field.type) for field in table.schema] == [
        "int64",
        "double",
        "bool",
        "date32[day]",
        "string",
        "string",
    ]
    assert list(table.to_pylist()[0].values()) == [
        7,
        0.8,
        True,
        datetime.date(2024, 2, 5),
        "2024-02",
        "酒泉市",
    ]
    assert set(table.to_pylist()[1].values()) == {None}


def test_a_data_frame_has_typed_columns() -> None:
    found = frame(typed())

    assert [str(dtype) for dtype in found.dtypes] == [
        "Int64",
        "Float64",
        "boolean",
        "datetime64[s]",
        "string",
        "string",
    ]
    assert found["n"][0] == 7
    assert found["name"][0] == "酒泉市"
    assert found.iloc[1].isna().all()


@pytest.mark.parametrize(
    "values", [["1", "一"], ["99999999999999999999"]], ids=["none of its datatype", "too large"]
)
def test_integers_that_are_none_are_text(values: list[str]) -> None:
    result = QueryResult(("n",), [(Literal(value, datatype=XSD.integer),) for value in values])

    assert value_columns(result)[0].values == values


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match=r"governance-kg\[pandas\]"):
        frame(typed())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(QueryError, match=r"governance-kg\[parquet\]"):
        write(typed(), "parquet", io.BytesIO())
