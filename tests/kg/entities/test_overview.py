from pathlib import Path

from kg.entities.overview import overview
from kg.entities.quads import quads_about
from kg.entities.reading import Reading
from kg.store import Store
from kg.vocabulary import DATA, GOV, OA
from tests.kg.entities.test_profile import TAO


def test_the_overview_agrees_with_the_stores_own_counts(store: Store) -> None:
    found = overview(store.database)
    counts = store.counts()
    assert found.articles == counts["articles"] == 5
    assert found.entities == {kind: counts[kind] for kind in found.entities}
    assert (found.facts, found.triples, found.quads) == (counts["facts"], counts["triples"], counts["quads"])


def test_coverage_by_source_and_time(store: Store) -> None:
    coverage = overview(store.database).coverage
    assert coverage.sources == {"甘肃政法网": 5}
    assert coverage.months == {"2023-06": 1, "2024-02": 1, "2024-05": 1, "2024-06": 1}
    assert coverage.years == {"2023": 1, "2024": 3}
    assert coverage.source_years["甘肃政法网"] == coverage.years
    assert (coverage.undated, coverage.first, coverage.last) == (1, "2023-06-28", "2024-06-01")


def test_trust_counts_confidence_plans_and_decisions(store: Store) -> None:
    found = overview(store.database)
    assert found.trust.bands == {0.9: found.facts}
    assert found.trust.planned == 1
    assert found.trust.private == 1
    ledger = store.select("SELECT ?d WHERE { GRAPH ?g { ?d gov:verdict ?v } }")
    assert found.trust.verdicts.total() == sum(1 for _ in ledger)


def test_an_empty_store_has_an_overview(tmp_path: Path) -> None:
    with Store.create(tmp_path / "empty.kg") as empty:
        found = overview(empty.database)
    assert (found.articles, found.facts, found.coverage.first) == (0, 0, "")


def test_quads_about_an_entity_hold_its_statements_and_sentences(store: Store, reading: Reading) -> None:
    quads = quads_about(reading, TAO)
    assert quads == quads_about(Reading(store.database), TAO)
    assert all(quad in store.database for quad in quads)
    predicates = {quad.predicate for quad in quads}
    assert {GOV.holdsPost, GOV.evidence, OA.exact, GOV.refersTo, GOV.verdict, GOV.confidence} <= predicates


def test_quads_about_an_article_are_its_graph(store: Store, reading: Reading) -> None:
    article = f"{DATA}article/one"
    graph = [quad for quad in store.database if getattr(quad.graph_name, "value", "") == article]
    assert set(graph) <= set(quads_about(reading, article))
