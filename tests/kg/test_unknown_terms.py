import pytest

from kg.questions import questions
from kg.unknown_terms import unknown_terms


@pytest.mark.parametrize(
    ("used", "near"),
    [
        ("gov:holdPost", "gov:holdsPost"),
        ("gov:主持", "gov:chaired"),
        ("gov:attend", "gov:attended"),
        ("gov:persn", "gov:Person"),
        ("rdfs:lable", "rdfs:label"),
        ("skos:altlabel", "skos:altLabel"),
        ("<https://w3id.org/governance-kg/ontology#hostd>", "gov:hosted"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(used: str, near: str) -> None:
    (unknown,) = unknown_terms(f"SELECT * {{\n ?a rdfs:label ?b ;\n {used} ?c }}")

    assert unknown.near[0] == near
    assert unknown.line == 3
    assert near in str(unknown)


@pytest.mark.parametrize("used", ["gov:zzzz", "gov:abschaltung"])
def test_a_term_like_no_other_is_told_too(used: str) -> None:
    (unknown,) = unknown_terms(f"ASK {{ ?a {used} ?c }}")

    assert str(unknown) == f"{used} in line 1 is not in the ontology and matches nothing"


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { ?a rdfs:comment ?b ; schema:name ?c ; foaf:name ?d ; gov:chairedBy ?e }",
        "ASK { ?a rdfs:label 'gov:holdPost' } # gov:holdPost",
        "ASK { ?a <http://x/gov:holdPost> ?b }",
        *(question.text for question in questions().values()),
    ],
)
def test_what_exists_or_is_none_of_ours_is_not_told(sparql: str) -> None:
    assert unknown_terms(sparql) == []
