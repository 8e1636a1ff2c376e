from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.answers import run_query
from kg.errors import QueryError
from kg.results import readable_rows
from kg.store import Store
from tests.kg.sample_facts import samples


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("stores") / "a.kg") as store:
        store.add(samples())
        yield store


def answer(store: Store, name: str, columns: str, **parameters: str) -> list[tuple[str, ...]]:
    result = run_query(store, name, parameters)
    places = [result.columns.index(column) for column in columns.split()]
    return [tuple(row[place] for place in places) for row in readable_rows(store, result)]


def test_offices_of(store: Store) -> None:
    assert answer(store, "offices-of", "office former issued sentence", official="陶望舒") == [
        ("浙江大学教授", "false", "", "浙江大学教授陶望舒介绍“枫桥经验”。"),
        (
            "酒泉市委政法委书记",
            "false",
            "2023-06-28",
            "酒泉市委政法委书记陶望舒主持会议，酒泉市推行主动创稳。",
        ),
        (
            "酒泉市委政法委书记",
            "false",
            "2024-02-05",
            "中共酒泉市委政法委员会书记陶望舒强调，要学习新时代“枫桥经验”。",
        ),
        ("肃州区区长", "true", "2024-05", "肃州区原区长陶望舒出席座谈会。"),
    ]


@pytest.mark.parametrize("name", ["酒泉市委政法委", "中共酒泉市委政法委员会"])
def test_leadership_of_by_name_and_by_other_name(store: Store, name: str) -> None:
    columns = "official title former first last statements"
    assert answer(store, "leadership-of", columns, institution=name) == [
        ("陶望舒", "书记", "false", "2023-06-28", "2024-02-05", "2")
    ]


def test_leadership_of_a_place(store: Store) -> None:
    assert answer(store, "leadership-of", "official title former", institution="肃州区") == [
        ("陶望舒", "区长", "true")
    ]


def test_events_of(store: Store) -> None:
    columns = "role event date where how participant"
    assert answer(store, "events-of", columns, institution="酒泉市委政法委") == [
        ("主办", "酒泉市市域社会治理推进会议", "2023-06-27", "酒泉市", "出席", "柳青禾"),
        ("主办", "酒泉市市域社会治理推进会议", "2023-06-27", "酒泉市", "主持", "陶望舒"),
    ]


def test_practises_leaves_plans_out(store: Store) -> None:
    assert answer(store, "practises", "first name article", practice="枫桥经验") == [
        ("2024-05-01", "绍兴市", "报道three")
    ]


def test_cooperation_reads_the_same_from_both_sides(store: Store) -> None:
    assert answer(store, "cooperation", "partner how", institution="绍兴市委政法委") == [
        ("酒泉市委政法委", "合作")
    ]
    assert answer(store, "cooperation", "partner how", institution="酒泉市委政法委") == [
        ("绍兴市委政法委", "合作")
    ]


def test_evidence(store: Store) -> None:
    rows = answer(store, "evidence", "relation direction other modality", entity="枫桥经验")
    assert sorted(rows) == [
        ("发源于", "→", "诸暨市", ""),
        ("实践", "←", "甘肃省", "planned"),
        ("实践", "←", "绍兴市", ""),
        ("论及", "←", "陶望舒", ""),
    ]


def test_a_file_a_text_and_an_ask(store: Store, tmp_path: Path) -> None:
    text = '# param who label example "x" : a name\nSELECT ?who { ?p a gov:Person ; rdfs:label ?who }'
    (tmp_path / "people.rq").write_text(text, encoding="utf-8")
    assert len(run_query(store, str(tmp_path / "people.rq"), {"who": "祁连川"}).rows) == 1
    assert run_query(store, "ASK { ?s gov:chaired ?o }").rows[0][0].value == "true"  # type: ignore[union-attr]
    built = run_query(store, "CONSTRUCT { ?o gov:hosted ?s } WHERE { ?s gov:hosted ?o }")
    assert built.columns == ("subject", "predicate", "object")


@pytest.mark.parametrize(
    ("asked", "parameters", "parts"),
    [
        ("office-of", {}, ["no question 'office-of'", "did you mean offices-of or", "query --list"]),
        ("offices-of", {"name": "x"}, ["no parameter 'name'", "it has official"]),
        ("missing.rq", {}, ["missing.rq: cannot be read"]),
        ("SELECT ?s { ?s ?p ?o }", {"s": "x"}, ["it has none"]),
        (
            '# param n integer example "3" : n\nSELECT ?n { ?s ?p ?n }',
            {"n": "三"},
            ["'三' is no integer", "like 3"],
        ),
        ('# param d date example "2023" : d\nSELECT ?d { ?s ?p ?d }', {"d": "昨日"}, ["is no date"]),
        ('# param i iri example "gov:x" : i\nSELECT ?i { ?i ?p ?d }', {"i": "a b"}, ["is no IRI"]),
    ],
)
def test_a_question_that_cannot_be_asked(
    store: Store, asked: str, parameters: dict[str, str], parts: list[str]
) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(store, asked, parameters)
    for part in parts:
        assert part in str(caught.value)


def test_a_value_is_never_part_of_the_text(store: Store) -> None:
    assert run_query(store, "offices-of", {"official": "陶望舒\" } # ' ?x"}).rows == []
