import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

from kg.errors import ExportError
from kg.rdf_export import FORMATS, export, write
from kg.store import Store
from tests.kg.sample_facts import samples


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("stores") / "a.kg") as store:
        store.add(samples())
        yield store


def text_of(store: Store, form: str) -> bytes:
    out = io.BytesIO()
    write(store, out, form)
    return out.getvalue()


@pytest.mark.parametrize(("form", "syntax"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_another_reader_finds_the_same_dataset(store: Store, form: str, syntax: str) -> None:
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=text_of(store, form), format=syntax)
    assert sum(1 for _ in dataset.quads()) == sum(1 for _ in store.quads())
    people = "SELECT ?n { ?p a gov:Person ; rdfs:label ?n FILTER(LANGMATCHES(LANG(?n), 'zh-Hans')) }"
    ours = sorted(row["n"].value for row in store.select(people))
    names = {"gov": "https://w3id.org/governance-kg/ontology#"}
    assert sorted(str(row[0]) for row in dataset.query(people, initNs=names)) == ours  # type: ignore[index]


def test_turtle_holds_all_graphs_and_counts_stay_right(store: Store) -> None:
    graph = rdflib.Graph().parse(data=text_of(store, "turtle"), format="turtle")
    person = rdflib.URIRef("https://w3id.org/governance-kg/ontology#Person")
    assert len(list(graph.subjects(rdflib.RDF.type, person))) == store.counts()["Person"]
    assert len(list(graph.subjects(rdflib.RDF.predicate))) == store.counts()["facts"]


@pytest.mark.parametrize("form", list(FORMATS))
def test_equal_data_give_equal_bytes(store: Store, form: str, tmp_path: Path) -> None:
    with Store.create(tmp_path / "b.kg") as other:
        for record in reversed(samples()):
            other.add([record])
        assert text_of(other, form) == text_of(store, form)


def test_nquads_are_the_sorted_dump(store: Store) -> None:
    out = io.BytesIO()
    store.dump(out)
    assert text_of(store, "nquads") == out.getvalue()
    assert out.getvalue().splitlines() == sorted(out.getvalue().splitlines())


def test_without_evidence_only_knowledge_is_written(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "x.ttl", evidence=False)
    text = (tmp_path / "x.ttl").read_text(encoding="utf-8")
    assert "rdf:predicate" not in text
    assert "entityType" not in text
    assert "gov:chaired" in text


def test_a_file_is_whole_or_not_there(store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / "x.trig") > 100
    assert [path.name for path in tmp_path.iterdir()] == ["x.trig"]
    with pytest.raises(ExportError, match="cannot be written"):
        export(store, tmp_path / "no" / "x.trig")
    with pytest.raises(ExportError, match=r"\.docx is no RDF format; use \.ttl, \.trig, \.nq, \.jsonld"):
        export(store, tmp_path / "x.docx")
    with pytest.raises(ExportError, match="choose one of turtle"):
        export(store, tmp_path / "y.ttl", "rdfxml")
    assert [path.name for path in tmp_path.iterdir()] == ["x.trig"]
