from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg import iris


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("酒泉市委", "酒泉市委"),
        ("a/b c", "a%2Fb%20c"),
        ('x"><script>', "x%22%3E%3Cscript%3E"),
        ("100%", "100%25"),
        ("第一#二?三", "第一%23二%3F三"),
        ("枫桥\u202e经验", "枫桥%E2%80%AE经验"),
        ("", ""),
    ],
)
def test_segment_keeps_letters_and_encodes_the_rest(text: str, wanted: str) -> None:
    assert iris.segment(text) == wanted


@given(st.text())
def test_segment_is_a_valid_iri_and_loses_nothing(text: str) -> None:
    segment = iris.segment(text)
    assert NamedNode(f"https://example.org/{segment}").value.endswith(segment)
    assert unquote(segment) == text


def test_iris_are_readable() -> None:
    article = iris.article("data/一.txt")
    assert article == "https://w3id.org/governance-kg/article/data%2F一.txt"
    assert iris.span(article, 3, 7) == f"{article}#char=3,7"
    assert iris.statement(article, 0) == f"{article}#f0"
    assert iris.local_entity(article, "p1") == f"{article}#e-p1"


def test_posts_of_a_place_and_of_an_institution_differ() -> None:
    place = iris.post(iris.entity("Place", "620900-酒泉市"), "市长")
    institution = iris.post(iris.entity("Institution", "酒泉市政府"), "市长")
    assert place.endswith("post/place/620900-酒泉市/市长")
    assert institution.endswith("post/酒泉市政府/市长")


def test_a_former_spell_is_another_than_the_present_one() -> None:
    person, post = iris.entity("Person", "甲@乙"), iris.post(iris.entity("Institution", "乙"), "书记")
    assert iris.membership(person, post, True) == iris.membership(person, post, False) + "/former"
