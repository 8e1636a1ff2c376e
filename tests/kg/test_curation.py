import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.rulings import COLUMNS, Ruling, read_rulings
from kg.store import Store
from tests.kg.sample_facts import Sheet, many, samples

HEAD = "\t".join(COLUMNS)
DATA = "https://w3id.org/governance-kg/"


def rulings(*lines: str) -> list[Ruling]:
    """Return the rulings of short lines: ruling, subject, relation, object, qualifiers, source."""
    return read_rulings([HEAD, *(f"{line}\t何闻道\t2024-05-31\t" for line in lines)], "rulings.tsv")


def dump(store: Store) -> list[str]:
    out = io.BytesIO()
    store.dump(out)
    return out.getvalue().decode().splitlines()


def office(article: str, name: str, holder: str, title: str, date: str = "2024-01-01") -> Sheet:
    sheet = Sheet(article, date, f"{holder}{title}{name}出席会议。")
    kind = "Place" if holder in ("酒泉市", "绍兴市") else "Institution"
    return sheet.fact(("Person", name), "holdsPost", (kind, holder), title=title)


def canonical(store: Store, article: str, name: str) -> str:
    for row in store.select(
        "SELECT ?c ?n WHERE { GRAPH ?g { ?l gov:entityType ?t ; rdfs:label ?n . FILTER(STR(?n) = ?name) }"
        " GRAPH <https://w3id.org/governance-kg/graph/identity> { ?l gov:refersTo ?c }"
        " FILTER(STR(?g) = ?article) }".replace("?name", f'"{name}"').replace(
            "?article", f'"{DATA}article/{article}"'
        )
    ):
        return str(row["c"].value).removeprefix(DATA)
    raise KeyError(name)


JIUQUAN = office("甲", "张衡之", "酒泉市委", "副书记").record()
SHAOXING = office("乙", "张衡之", "绍兴市委", "副书记").record()
SAME = "same\tperson/张衡之@酒泉市委\t\tperson/张衡之@绍兴市委\t\t"


def test_split_after_merge_restores_the_same_bytes(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add([JIUQUAN, SHAOXING, *samples()])
        assert canonical(store, "甲", "张衡之") != canonical(store, "乙", "张衡之")
        before = dump(store)
        store.curate(rulings(SAME))
        assert canonical(store, "甲", "张衡之") == canonical(store, "乙", "张衡之")
        assert dump(store) != before
        store.curate([])
        assert dump(store) == before


def test_a_merge_writes_only_identity_ledger_curation_and_derived_triples(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add([JIUQUAN, SHAOXING])
        before = set(store.quads())
        store.curate(rulings(SAME))
        changed = before ^ set(store.quads())
    graphs = {str(quad.graph_name) for quad in changed}
    assert graphs == {"DEFAULT", *(f"<{DATA}graph/{name}>" for name in ("identity", "ledger", "curation"))}
    derived = {str(quad.subject) for quad in changed if str(quad.graph_name) == "DEFAULT"}
    assert derived
    assert all(subject.startswith((f"<{DATA}person/", f"<{DATA}membership/")) for subject in derived)


@pytest.mark.parametrize(
    "line",
    [
        SAME,
        "different\tarticle/甲#person/张衡之\t\tarticle/丙#person/张衡之\t\t",
        "rename\tinstitution/酒泉市委\t\t中共酒泉市委员会\t\t",
        "wrong\tarticle/甲#person/张衡之\tholdsPost\tarticle/甲#institution/酒泉市委\ttitle=副书记\t",
        "wrong\tperson/张衡之@酒泉市委\tholdsPost\tinstitution/酒泉市委\t\t",
        "missing\tperson/张衡之@酒泉市委\tholdsPost\tinstitution/绍兴市委\ttitle=书记\t年鉴，第3页",
        "missing\tarticle/甲#person/张衡之\tholdsPost\tarticle/乙#institution/绍兴市委\ttitle=书记\t年鉴",
        "same\tinstitution/酒泉市委\t\tinstitution/绍兴市委\t\t",
    ],
)
def test_a_ruling_survives_a_rebuild_in_any_order_and_goes_without_a_trace(tmp_path: Path, line: str) -> None:
    third = office("丙", "张衡之", "酒泉市委", "书记").record()
    records = [JIUQUAN, SHAOXING, third]
    with Store.create(tmp_path / "after.kg") as store:
        store.add(records)
        before = dump(store)
        store.curate(rulings(line))
        ruled = dump(store)
        assert ruled != before
        store.curate([])
        assert dump(store) == before
    with Store.create(tmp_path / "first.kg") as store:
        store.curate(rulings(line))
        for record in reversed(records):
            store.add([record])
        assert dump(store) == ruled
    with Store.open(tmp_path / "first.kg", write=True) as store:
        store.remove("丙")
        store.add([third])
        assert dump(store) == ruled


def test_different_splits_even_who_has_one_key(tmp_path: Path) -> None:
    third = office("丙", "张衡之", "酒泉市委", "副书记").record()
    with Store.create(tmp_path / "a.kg") as store:
        store.add([JIUQUAN, third])
        assert canonical(store, "甲", "张衡之") == canonical(store, "丙", "张衡之")
        store.curate(rulings("different\tarticle/甲#person/张衡之\t\tarticle/丙#person/张衡之\t\t"))
        assert canonical(store, "甲", "张衡之") != canonical(store, "丙", "张衡之")
        (decision,) = [d for d in store.decisions("张衡之") if d.date is not None]
        assert (decision.verdict.value, decision.decided_by, decision.date) == (
            "negative",
            "何闻道",
            "2024-05-31",
        )


def test_a_fact_ruled_wrong_supports_nothing_and_stays_in_its_article(tmp_path: Path) -> None:
    wrong = "wrong\tarticle/甲#person/张衡之\tholdsPost\tarticle/甲#institution/酒泉市委\ttitle=副书记\t"
    with Store.create(tmp_path / "a.kg") as store:
        store.add([JIUQUAN])
        store.curate(rulings(wrong))
        assert not store.query("ASK { ?p gov:holdsPost ?post }")
        assert not store.query("ASK { ?p gov:affiliatedWith ?i }")
        assert store.query("ASK { GRAPH ?g { ?s rdf:predicate gov:holdsPost } }")
        assert store.query("ASK { GRAPH ?g { ?s gov:ruledWrong ?ruling } }")
        other = office("丁", "张衡之", "酒泉市委", "副书记").record()
        store.add([other])
        assert store.query("ASK { ?p gov:holdsPost ?post }")


def test_a_missing_fact_stands_in_the_graph_and_says_who_asserted_it(tmp_path: Path) -> None:
    missing = "missing\tarticle/甲#person/张衡之\tholdsPost\tinstitution/绍兴市委\ttitle=书记\t年鉴，第3页"
    with Store.create(tmp_path / "a.kg") as store:
        store.add([JIUQUAN])
        store.curate(rulings(missing))
        rows = list(
            store.select(
                "SELECT ?post WHERE { ?p rdfs:label ?n ; gov:holdsPost ?post FILTER(STR(?n) = '张衡之') }"
            )
        )
        assert {row["post"].value.removeprefix(DATA) for row in rows} == {
            "post/酒泉市委/副书记",
            "post/绍兴市委/书记",
        }
        (said,) = store.select(
            "SELECT ?by ?source ?rule WHERE { GRAPH ?g { ?g dcterms:creator ?by ; dcterms:source ?source ."
            " ?s gov:rule ?rule } }"
        )
        values = [said[name].value for name in ("by", "source", "rule")]
        assert values == ["何闻道", "年鉴，第3页", "curation/missing"]


def test_a_renamed_entity_keeps_its_iri_and_its_former_name(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add([JIUQUAN])
        store.curate(rulings("rename\tinstitution/酒泉市委\t\t中共酒泉市委员会\t\t"))
        labels = {
            row["n"].value
            for row in store.select(
                f"SELECT ?n WHERE {{ <{DATA}institution/酒泉市委> rdfs:label ?n"
                " FILTER(LANG(?n) = 'zh-hans') }"
            )
        }
        assert labels == {"中共酒泉市委员会"}
        assert store.query(
            f"ASK {{ <{DATA}institution/酒泉市委> skos:altLabel ?n FILTER(STR(?n) = '酒泉市委') }}"
        )


LINES = [
    SAME,
    "different\tperson/张衡之@酒泉市委\t\tperson/张衡之@绍兴市委\t\t",
    "same\tarticle/甲#person/张衡之\t\tarticle/one#person/陶望舒\t\t",
    "rename\tperson/陶望舒@酒泉市委政法委\t\t陶望之\t\t",
    "wrong\tperson/陶望舒@酒泉市委政法委\tholdsPost\tinstitution/酒泉市委政法委\t\t",
    "missing\tarticle/one#person/陶望舒\tholdsPost\tinstitution/甘肃省委\ttitle=书记\t年鉴",
    "same\tinstitution/酒泉市委\t\tinstitution/酒泉市委政法委\t\t",
]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.integers(0, 9), st.sets(st.integers(0, len(LINES) - 1))), max_size=9))
def test_any_sequence_of_articles_and_rulings_ends_where_a_fresh_build_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int | set[int]]
) -> None:
    pool = [JIUQUAN, SHAOXING, *samples(), *many(3, facts=4)]
    folder = tmp_path_factory.mktemp("stores")
    present: dict[str, int] = {}
    held: list[Ruling] = []
    with Store.create(folder / "changed.kg") as store:
        for step in steps:
            if isinstance(step, set):
                if {0, 1} <= step:
                    step = step - {1}
                held = rulings(*(LINES[number] for number in step))
                store.curate(held)
            elif pool[step].article.id in present:
                store.remove(pool[step].article.id)
                del present[pool[step].article.id]
            else:
                store.add([pool[step]])
                present[pool[step].article.id] = step
        changed = dump(store)
    with Store.create(folder / "fresh.kg") as store:
        store.curate(held)
        store.add([pool[number] for number in present.values()])
        assert dump(store) == changed
