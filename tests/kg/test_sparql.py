import pyoxigraph as ox
import pytest

from kg.errors import QueryError, QuerySyntaxError
from kg.sparql import check_read_only, evaluate

ELSEWHERE = "<http://localhost:9/sparql> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "sparql",
    [
        f"SELECT * {{ SERVICE {ELSEWHERE} }}",
        f"SELECT * {{ service silent {ELSEWHERE} }}",
        f"SELECT * {{ ?s ?p ?o.SERVICE{ELSEWHERE} }}",
        f"SELECT * {{ SERV\\u0049CE {ELSEWHERE} }}",
        f"SELECT * {{ FILTER(?a<?b) SERVICE {ELSEWHERE} }}",
        f"SELECT * {{ ?s ?p '''a''b''' SERVICE {ELSEWHERE} }}",
        f"SELECT * {{ ?s ?p 'it\\'s' . SERVICE {ELSEWHERE} }}",
        f"# SERVICE is refused\nASK {{ SERVICE {ELSEWHERE} }}",
        f"PREFIX x: <http://x/> SELECT * {{ ?s x:a\\#b ?o . SERVICE {ELSEWHERE} }}",
        f"PREFIX x: <http://x/> SELECT * {{ ?s x:it\\'s ?o . SERVICE {ELSEWHERE} ?s x:it\\'s ?o }}",
        f"SELECT * {{ ?s <http://x/#y> ?o . SERVICE {ELSEWHERE} }}",
    ],
)
def test_another_service_is_never_asked(sparql: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check_read_only(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service a <http://x/SERVICE> } # SERVICE",
        'SELECT * { ?s ?p \'SERVICE\' , """a "SERVICE" b""" }',
        "PREFIX x: <http://x/> SELECT * { ?s x:SERVICE ?o }",
        "PREFIX x: <http://x/> SELECT * { ?s x:insert ?o } # DELETE",
        "SELECT (COUNT(*) AS ?add) { ?s ?p ?o }",
    ],
)
def test_the_word_elsewhere_is_no_offence(sparql: str) -> None:
    check_read_only(sparql)
    evaluate(ox.Store(), sparql, {})


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "clear all",
    ],
)
def test_an_update_is_refused(sparql: str) -> None:
    with pytest.raises(QueryError, match="is an update, and queries only read"):
        check_read_only(sparql)


def test_from_a_file_reads_nothing(tmp_path: object) -> None:
    rows = evaluate(ox.Store(), "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", {})
    assert isinstance(rows, ox.QuerySolutions)
    assert list(rows) == []


@pytest.mark.parametrize(
    ("sparql", "told", "shown"),
    [
        (
            "SELECT * {\n ?s skso:broader ?o }",
            "unknown prefix skso: in line 2, column 5; did you mean skos?",
            "2 |  ?s skso:broader ?o }\n  |     ^",
        ),
        ("SELECT * {\n ?s ?p ?o", "not valid SPARQL at line 2", "2 |  ?s ?p ?o\n  |          ^"),
        (
            "SELEC ?s { ?s ?p ?o }",
            "line 1, column 1; did you mean SELECT by SELEC?",
            "1 | SELEC ?s { ?s ?p ?o }\n  | ^",
        ),
        (
            "ASK {\n\t?s ?p '中文' FILTER(LANGMATCH(?s)) }",
            "line 2, column 20; did you mean LANGMATCHES by LANGMATCH?",
            "2 |     ?s ?p '中文' FILTER(LANGMATCH(?s)) }\n  | " + " " * 24 + "^",
        ),
        ("SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }", "variable that is unbound", ""),
        ("ASK { ?s :p ?o }", "unknown prefix : in line 1, column 10", "1 | ASK { ?s :p ?o }\n  |          ^"),
    ],
)
def test_a_syntax_error_shows_its_place_and_a_remedy(sparql: str, told: str, shown: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        evaluate(ox.Store(), sparql, {})

    assert told in str(caught.value)
    assert shown in caught.value.excerpt


def test_project_prefixes_need_no_declaration() -> None:
    evaluate(ox.Store(), "SELECT * { ?s a gov:Person ; skos:altLabel ?o }", {})


def test_a_variable_that_is_not_selected_can_be_bound() -> None:
    database = ox.Store()
    for name in ("a", "b"):
        database.add(ox.Quad(ox.NamedNode(f"x:{name}"), ox.NamedNode("x:p"), ox.Literal(name)))
    rows = evaluate(database, "SELECT ?o { ?s ?p ?o }", {"s": ox.NamedNode("x:a")})

    assert isinstance(rows, ox.QuerySolutions)
    assert [row["o"].value for row in rows] == ["a"]
