import itertools
from pathlib import Path

import pytest

from kg.store import Store
from kg.vocabulary import DATA
from tests.kg.sample_facts import Sheet


def sheet(article: str, date: str | None) -> Sheet:
    found = Sheet(article, date, "酒泉市委书记张衡之推行主动创稳。")
    found.fact(("Person", "张衡之"), "holdsPost", ("Institution", "酒泉市委"), title="书记")
    return found.fact(("Place", "酒泉市"), "practises", ("Practice", "主动创稳"))


ARTICLES = [
    sheet("a", "2012-03-01").record(),
    sheet("b", "2012-03-01").record(),
    sheet("c", "2013").record(),
    sheet("d", "2018-06-30").record(),
    sheet("e", None).record(),
]


def attested(store: Store, of: str) -> dict[str, str]:
    return {
        row["p"].value.rsplit("#", 1)[1]: row["o"].value.removeprefix(f"{DATA}article/")
        for row in store.select(f"SELECT ?p ?o WHERE {{ {of} ?x ?p ?o }}")
        if any(word in row["p"].value for word in ("ttested", "#gap"))
    }


SPELL = "?x a org:Membership ."
PRACTICE = "?x a gov:Practice ."


def test_a_spell_says_when_and_by_what_it_is_attested_and_the_longest_gap(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add(ARTICLES)
        assert attested(store, SPELL) == {
            "firstAttested": "2012-03-01",
            "firstAttestedIn": "a",
            "lastAttested": "2018-06-30",
            "lastAttestedIn": "d",
            "gapFrom": "2013-01-01",
            "gapUntil": "2018-06-30",
        }
        assert attested(store, PRACTICE) == {
            "firstAttested": "2012-03-01",
            "firstAttestedIn": "a",
            "lastAttested": "2018-06-30",
            "lastAttestedIn": "d",
        }


def test_no_gap_is_shown_within_a_year_and_nothing_without_a_date(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add([ARTICLES[4]])
        assert attested(store, SPELL) == attested(store, PRACTICE) == {}
        store.add([ARTICLES[0], ARTICLES[2]])
        assert "gapFrom" not in attested(store, SPELL)


@pytest.mark.parametrize("gone", range(5))
def test_what_goes_leaves_what_the_others_attest(tmp_path: Path, gone: int) -> None:
    left = [article for number, article in enumerate(ARTICLES) if number != gone]
    with Store.create(tmp_path / "a.kg") as store:
        store.add(left)
        expected = attested(store, SPELL), attested(store, PRACTICE)
    with Store.create(tmp_path / "b.kg") as store:
        store.add(ARTICLES)
        store.remove(ARTICLES[gone].article.id)
        assert (attested(store, SPELL), attested(store, PRACTICE)) == expected


def test_the_order_of_articles_makes_no_difference(tmp_path: Path) -> None:
    found = []
    for number, order in enumerate(itertools.permutations(ARTICLES[:4])):
        if number % 5 == 0:
            with Store.create(tmp_path / f"{number}.kg") as store:
                for article in order:
                    store.add([article])
                found.append(attested(store, SPELL))
    assert all(each == found[0] for each in found)


def test_former_and_planned_offices_are_never_current(tmp_path: Path) -> None:
    past = Sheet("a", "2020-01-01", "酒泉市委原书记张衡之出席。")
    past.fact(("Person", "张衡之"), "holdsPost", ("Institution", "酒泉市委"), title="书记", former="true")
    future = Sheet("b", "2020-01-01", "陶望舒拟任酒泉市委书记。")
    future.fact(
        ("Person", "陶望舒"), "holdsPost", ("Institution", "酒泉市委"), title="书记", modality="planned"
    )
    with Store.create(tmp_path / "a.kg") as store:
        store.add([past.record(), future.record()])
        assert not store.query("ASK { ?p gov:holdsPost ?post }")
        assert not store.query("ASK { ?x a org:Membership ; gov:former false }")
        assert store.query("ASK { ?x a org:Membership ; gov:former true ; gov:firstAttestedIn ?a }")
