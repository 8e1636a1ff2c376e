"""Shapes are checked as another SHACL engine checks them, in a whole store and in what is added to it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad
from rdflib import Graph

from kg.ontology import find_ontology
from kg.store import Store
from kg.validation.checking import violations
from kg.validation.data import ChangedData, Data
from tests.kg.validation.broken_data import CHANGES, Change, evidence_changes, quads_matching, sample_store

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
NAMES = [
    *(name for name, *_ in CHANGES),
    "evidence without words",
    "evidence that quotes nothing",
    "evidence that quotes twice",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with sample_store(tmp_path_factory.mktemp("stores")) as made:
        yield made


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(find_ontology(), format="turtle")


def change_named(name: str, db: ox.Store) -> Change:
    return next(change for change in (*CHANGES, *evidence_changes(db)) if change[0] == name)


def turtle(db: ox.Store) -> bytes:
    triples = {Quad(q.subject, q.predicate, q.object) for q in db}
    out = io.BytesIO()
    ox.serialize(triples, out, ox.RdfFormat.N_TRIPLES)
    return out.getvalue()


def focus_nodes(db: ox.Store, ontology: Graph) -> set[str]:
    """The nodes pyshacl complains of; where a relation's statements do, which it lists as values, those."""
    _, report, _ = pyshacl.validate(
        Graph().parse(data=turtle(db), format="nt"), shacl_graph=ontology, inference="none", advanced=False
    )
    found = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        is_stated = report.value(result, SH.sourceConstraintComponent) == SH.NodeConstraintComponent
        found.add(str(report.value(result, SH.value if is_stated else SH.focusNode)))
    return found


def test_a_store_as_it_is_built_breaks_nothing(store: Store, ontology: Graph) -> None:
    assert list(violations(Data(store.database))) == []
    assert focus_nodes(store.database, ontology) == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_dataset_is_found_out_as_pyshacl_does(name: str, store: Store, ontology: Graph) -> None:
    _, patterns, inserts = change_named(name, store.database)
    deletes = quads_matching(store.database, patterns)
    broken = ox.Store()
    broken.extend(quad for quad in store.database if quad not in deletes)
    broken.extend(inserts)

    ours = {violation.focus.value for violation in violations(Data(broken))}

    assert ours
    assert ours == focus_nodes(broken, ontology)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("much", [40, 0])
def test_a_change_that_breaks_is_found_out_before_it_is_made(
    name: str, much: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether what is said of a node is read at once, or, where much is said, asked for bit by bit."""
    monkeypatch.setattr("kg.validation.data._MUCH", much)
    _, patterns, inserts = change_named(name, store.database)
    deletes = quads_matching(store.database, patterns)

    broken = list(violations(ChangedData(store.database, deletes, inserts)))

    touched = {quad.subject for quad in (*deletes, *inserts)}
    assert broken
    assert {violation.focus for violation in broken} <= touched | {
        obj for quad in inserts if isinstance(obj := quad.object, NamedNode)
    }


def test_a_change_of_nothing_breaks_nothing(store: Store) -> None:
    assert list(violations(ChangedData(store.database, set(), []))) == []


def test_every_whole_article_is_a_change_that_breaks_nothing(store: Store, tmp_path: Path) -> None:
    with Store.create(tmp_path / "empty.kg") as empty:
        assert list(violations(ChangedData(empty.database, set(), list(store.database)))) == []
