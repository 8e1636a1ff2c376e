"""What stands in which graph."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from extract.records import ArticleFacts
from kg import iris
from kg.store import Store
from tests.kg.sample_facts import Sheet, samples


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("stores") / "a.kg") as store:
        store.add(samples())
        yield store


def ask(store: Store, pattern: str) -> bool:
    prefixes = (
        "PREFIX d: <https://w3id.org/governance-kg/> PREFIX g: <https://w3id.org/governance-kg/graph/> "
    )
    return bool(store.query(f"{prefixes} ASK {{ {pattern} }}"))


TAO = "<https://w3id.org/governance-kg/person/陶望舒@酒泉市委政法委>"
JIUQUAN = "<https://w3id.org/governance-kg/institution/酒泉市委政法委>"
SHAOXING = "<https://w3id.org/governance-kg/institution/绍兴市委政法委>"
MEETING = "<https://w3id.org/governance-kg/event/酒泉市市域社会治理推进会议@2023>"


@pytest.mark.parametrize(
    "pattern",
    [
        f"{TAO} a gov:Person ; gov:chaired {MEETING} ;"
        " rdfs:label '陶望舒'@zh-Hans, 'táo wàng shū'@zh-Latn-pinyin",
        f"{TAO} gov:affiliatedWith {JIUQUAN} ; gov:holdsPost ?p ."
        f" ?p a org:Post ; org:postIn {JIUQUAN} ; gov:title '书记'",
        f"?m a org:Membership ; org:member {TAO} ; org:organization {JIUQUAN} ; gov:former false ;"
        " gov:firstAttested '2023-06-28'^^xsd:date ; gov:lastAttested '2024-02-05'^^xsd:date",
        f"{JIUQUAN} skos:altLabel '中共酒泉市委政法委员会'@zh-Hans",
        f"{JIUQUAN} gov:cooperatesWith {SHAOXING} . {SHAOXING} gov:cooperatesWith {JIUQUAN}",
        f"{MEETING} gov:heldOn '2023-06-27'^^xsd:date ; gov:earliest '2023-06-27'^^xsd:date",
        "?p rdfs:label '柳青禾'@zh-Hans ; gov:publicFigure false",
        "?p gov:formerlyHeldPost ?post . ?post gov:jurisdiction d:place\\/620902-肃州区",
        f"GRAPH g:names {{ {JIUQUAN} gov:jurisdiction d:place\\/620900-酒泉市 }}",
        "GRAPH g:names { d:practice\\/新时代枫桥经验 skos:broader d:practice\\/枫桥经验 }",
        "GRAPH g:register { d:place\\/620902-肃州区 schema:containedInPlace d:place\\/620900-酒泉市 }",
        "GRAPH g:register { d:place\\/620900-酒泉市 skos:notation '620900' ; gov:level 'prefecture' }",
        f"GRAPH g:identity {{ ?local gov:refersTo {TAO} }}",
        "GRAPH ?a { ?a a schema:NewsArticle ; dcterms:identifier 'three' ;"
        " dcterms:issued '2024-05'^^xsd:gYearMonth ; gov:earliest '2024-05-01'^^xsd:date }",
        "GRAPH ?a { ?st rdf:subject ?s ; rdf:predicate gov:chaired ; gov:confidence 0.9 ;"
        " gov:evidence ?e . ?e oa:exact ?t }",
        "GRAPH ?a { ?l gov:entityType gov:Place ; gov:mentions '6,9 26,29 43,46' ; gov:placeCode '620900' }",
        "GRAPH ?a { ?st rdf:predicate gov:practises ; gov:modality 'planned' }",
    ],
)
def test_the_dataset_says(store: Store, pattern: str) -> None:
    assert ask(store, pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        # former and planned facts never count as current
        "?p gov:holdsPost ?post . ?post gov:jurisdiction d:place\\/620902-肃州区",
        "?p gov:affiliatedWith d:place\\/620902-肃州区",
        "d:place\\/620000-甘肃省 gov:practises ?x",
        # a direct triple stands in the default graph alone
        "GRAPH ?g { ?s gov:chaired ?o }",
        "GRAPH ?g { ?s gov:holdsPost ?o }",
        # local entities never stand in the default graph, canonical ones never in an article's
        "?s gov:entityType ?type",
        "GRAPH ?g { ?s a gov:Person }",
        # the register holds what is used and what contains it, no more
        "GRAPH g:register { d:place\\/110000-北京市 ?p ?o }",
    ],
)
def test_the_dataset_does_not_say(store: Store, pattern: str) -> None:
    assert not ask(store, pattern)


def test_there_are_no_blank_nodes(store: Store) -> None:
    assert not any(isinstance(term, ox.BlankNode) for quad in store.quads() for term in quad)


def test_a_symmetric_fact_is_one_statement(store: Store) -> None:
    rows = store.select("SELECT ?st { GRAPH ?g { ?st rdf:predicate gov:cooperatesWith } }")
    assert len(list(rows)) == 1


def test_the_evidence_is_what_the_text_says(store: Store) -> None:
    texts = {iris.article(record.article.id): record.article.text for record in samples()}
    rows = store.select("SELECT ?a ?x ?n { GRAPH ?a { ?n oa:exact ?x } }")
    spans = [(article.value, exact.value, *iris.offsets(span.value)) for article, exact, span in rows]
    assert len(spans) == 10
    assert all(texts[article][start:end] == exact for article, exact, start, end in spans)


def test_all_articles_take_part_in_identity(store: Store) -> None:
    """Every local entity refers to one canonical entity, which has a type in the default graph."""
    known = "GRAPH g:identity { ?l gov:refersTo ?c } ?c a ?t"
    assert not ask(store, f"GRAPH ?a {{ ?l gov:entityType ?type }} FILTER NOT EXISTS {{ {known} }}")


def test_a_former_iri_leads_to_the_present_one(tmp_path: Path) -> None:
    """Two offices of one person: the IRI it had by either still resolves."""
    first = Sheet("1", "2024-01-01", "酒泉市委书记蒋未央讲话。")
    first.fact(("Person", "蒋未央"), "holdsPost", ("Institution", "酒泉市委"), title="书记")
    second = Sheet("2", "2024-02-01", "酒泉市委宣传部部长蒋未央讲话。")
    second.fact(("Person", "蒋未央"), "holdsPost", ("Institution", "酒泉市委宣传部"), title="部长")
    with Store.create(tmp_path / "a.kg") as store:
        store.add([first.record()])
        store.add([second.record()])
        wanted = "<https://w3id.org/governance-kg/person/蒋未央@酒泉市委>"
        assert ask(
            store, f"GRAPH g:identity {{ d:person\\/蒋未央\\@酒泉市委宣传部 dcterms:isReplacedBy {wanted} }}"
        )
        assert store.counts()["Person"] == 1


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    name = '</script><x y="\\">\n\u202e} DROP ALL #'
    sheet = Sheet("h/../'\"<>", "2024-01-01", f"{name}主持会议。")
    sheet.fact(("Person", name), "chaired", ("Event", "会议"))
    record: ArticleFacts = sheet.record()
    with Store.create(tmp_path / "a.kg") as store:
        store.add(samples())
        before = store.counts()
        store.add([record])
        rows = store.select("SELECT ?l { GRAPH ?g { ?x gov:entityType gov:Person ; rdfs:label ?l } }")
        assert name in [row["l"].value for row in rows]
        store.remove(record.article.id)
        assert store.counts() == before
