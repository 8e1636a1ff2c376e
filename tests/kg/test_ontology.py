import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import owlrl
import pyshacl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from extract.language.relations import Qualifier, Text, read_relations
from kg.errors import OntologyError
from kg.ontology import MARKER, find_ontology, main, with_relations
from kg.rdf_export import write
from kg.store import Store
from kg.vocabulary import GOV, ONTOLOGY
from tests.kg.sample_facts import samples

G = rdflib.Namespace(ONTOLOGY)
ORG = rdflib.Namespace("http://www.w3.org/ns/org#")
FOAF = rdflib.Namespace("http://xmlns.com/foaf/0.1/")
DATA = rdflib.Namespace("https://w3id.org/governance-kg/")
OWL_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")

# What the vocabularies we align with say of themselves, as far as it could make a place an organisation.
BORROWED = """
@prefix org: <http://www.w3.org/ns/org#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
org:Organization rdfs:subClassOf foaf:Agent ; owl:equivalentClass foaf:Organization .
foaf:Person rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Organization .
org:postIn rdfs:domain org:Post ; rdfs:range org:Organization .
org:holds rdfs:domain foaf:Agent ; rdfs:range org:Post ; owl:inverseOf org:heldBy .
org:memberOf rdfs:domain foaf:Agent ; rdfs:range org:Organization .
org:member rdfs:domain org:Membership ; rdfs:range foaf:Agent .
org:organization rdfs:domain org:Membership ; rdfs:range org:Organization .
org:subOrganizationOf rdfs:domain org:Organization ; rdfs:range org:Organization .
"""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(find_ontology(), format="turtle")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    out = io.BytesIO()
    with Store.create(tmp_path_factory.mktemp("stores") / "a.kg") as store:
        store.add(samples())
        write(store, out, "turtle")
    return Graph().parse(data=out.getvalue(), format="turtle")


def own_terms(ontology: Graph) -> set[str]:
    declared = {RDF.Property, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    return {
        str(term).removeprefix(ONTOLOGY)
        for kind in declared
        for term in ontology.subjects(RDF.type, kind)
        if str(term).startswith(ONTOLOGY)
    }


def test_the_terms_of_code_and_ontology_are_the_same(ontology: Graph) -> None:
    assert own_terms(ontology) == set(GOV)


def test_every_term_the_ontology_speaks_of_is_declared(ontology: Graph) -> None:
    used = {
        str(t).removeprefix(ONTOLOGY) for triple in ontology for t in triple if str(t).startswith(ONTOLOGY)
    }
    assert used <= own_terms(ontology)


def test_every_term_the_data_use_is_declared(ontology: Graph, data: Graph) -> None:
    used = {str(t).removeprefix(ONTOLOGY) for triple in data for t in triple if str(t).startswith(ONTOLOGY)}
    assert used <= own_terms(ontology)


def test_every_term_has_labels_and_definitions_in_both_languages(ontology: Graph) -> None:
    for name in own_terms(ontology):
        for predicate in (RDFS.label, SKOS.definition):
            languages = sorted(
                o.language or "" for o in ontology.objects(G[name], predicate) if isinstance(o, Literal)
            )
            assert [language.lower() for language in languages] == ["en", "zh-hans"], (name, predicate)


def test_code_uses_only_terms_that_exist() -> None:
    """`GOV.x` with a misspelt x would raise only where it is reached."""
    names = set()
    for file in (Path(__file__).parents[2] / "kg").rglob("*"):
        if file.suffix in (".py", ".rq"):
            text = file.read_text(encoding="utf-8")
            names.update(re.findall(r"\bGOV\.(?!local_name|base|prefix)(\w+)", text))
            if file.suffix == ".rq":
                names.update(re.findall(r"\bgov:(\w+)", text))
    assert len(names) > 30
    assert names <= set(GOV)


@pytest.fixture(scope="module")
def inferred(ontology: Graph, data: Graph) -> Graph:
    return _reason(ontology, data)


def _reason(*graphs: Graph) -> Graph:
    closure = Graph().parse(data=BORROWED, format="turtle")
    for graph in graphs:
        closure += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    return closure


def test_it_is_consistent_and_reasons(inferred: Graph) -> None:
    assert list(inferred.objects(None, OWL_ERROR)) == []
    tao = DATA["person/陶望舒@酒泉市委政法委"]
    meeting = DATA["event/酒泉市市域社会治理推进会议@2023"]
    assert (meeting, G.chairedBy, tao) in inferred
    assert (tao, ORG.memberOf, DATA["institution/酒泉市委政法委"]) in inferred
    assert (tao, RDF.type, FOAF.Agent) in inferred


def test_no_place_is_an_organisation_or_agent(inferred: Graph) -> None:
    places = set(inferred.subjects(RDF.type, G.Place))
    assert len(places) >= 5
    for place in places:
        assert not {ORG.Organization, FOAF.Agent, FOAF.Organization, G.Institution} & set(
            inferred.objects(place, RDF.type)
        )


def test_reasoning_finds_a_place_that_is_made_an_institution(ontology: Graph) -> None:
    wrong = Graph()
    place = DATA["place/620900-酒泉市"]
    wrong.add((place, RDF.type, G.Place))
    wrong.add((DATA["institution/x"], G.partOf, place))
    assert list(_reason(ontology, wrong).objects(None, OWL_ERROR))


def _validate(data: Graph, ontology: Graph) -> tuple[bool, str]:
    conforms, _, text = pyshacl.validate(data, shacl_graph=ontology, inference="none", advanced=False)
    return conforms, text


def test_the_shapes_accept_what_the_store_holds(data: Graph, ontology: Graph) -> None:
    conforms, text = _validate(data, ontology)
    assert conforms, text


TAO = DATA["person/陶望舒@酒泉市委政法委"]
PLACE = DATA["place/620900-酒泉市"]
MEETING = DATA["event/酒泉市市域社会治理推进会议@2023"]


@pytest.mark.parametrize(
    ("triple", "component"),
    [
        ((PLACE, G.chaired, MEETING), "ClassConstraintComponent"),
        ((TAO, G.chaired, PLACE), "ClassConstraintComponent"),
        ((TAO, G.holdsPost, DATA["institution/酒泉市委政法委"]), "ClassConstraintComponent"),
        ((TAO, G.affiliatedWith, PLACE), "ClassConstraintComponent"),
        ((MEETING, G.practises, DATA["practice/枫桥经验"]), "OrConstraintComponent"),
        ((MEETING, G.heldOn, Literal("昨日")), "OrConstraintComponent"),
        (
            (DATA["article/one#f0"], G.confidence, Literal("1.7", datatype=rdflib.XSD.decimal)),
            "MaxInclusiveConstraintComponent",
        ),
        ((DATA["person/无名"], RDF.type, G.Person), "MinCountConstraintComponent"),
        ((PLACE, RDFS.label, Literal("另名", lang="zh-Hans")), "UniqueLangConstraintComponent"),
    ],
)
def test_the_shapes_catch_a_broken_triple(
    data: Graph, ontology: Graph, triple: tuple[URIRef, URIRef, URIRef | Literal], component: str
) -> None:
    broken = Graph()
    broken += data
    broken.add(triple)
    conforms, text = _validate(broken, ontology)
    assert not conforms
    assert component in text


def test_the_committed_file_is_what_the_relation_files_say() -> None:
    text = find_ontology().read_text(encoding="utf-8")
    assert text == with_relations(text, read_relations())


def test_a_changed_relation_file_shows() -> None:
    text = find_ontology().read_text(encoding="utf-8")
    relations = read_relations()
    relations["chaired"] = msgspec.structs.replace(
        relations["chaired"],
        domain=("Person", "Institution"),
        qualifiers={"stage": Qualifier("string", "阶段", "stage")},
    )
    changed = with_relations(text, relations)
    assert changed != text
    assert "gov:stage" in changed
    assert changed.split(MARKER)[0] == text.split(MARKER)[0]
    Graph().parse(data=changed, format="turtle")


def test_relations_must_not_take_a_name_that_is_taken() -> None:
    relations = read_relations()
    for name in ("evidence", "attended", "Person"):
        wrong = {**relations, "chaired": msgspec.structs.replace(relations["chaired"], name=name)}
        with pytest.raises(OntologyError, match=f"the name '{name}' is taken"):
            with_relations("", wrong)
    qualifiers = {"title": Qualifier("date", "职务", "title")}
    wrong = {**relations, "chaired": msgspec.structs.replace(relations["chaired"], qualifiers=qualifiers)}
    with pytest.raises(OntologyError, match="'title' is string here and date elsewhere"):
        with_relations("", wrong)


def test_quotes_in_labels_are_written_as_turtle() -> None:
    relations = read_relations()
    odd = msgspec.structs.replace(relations["chaired"], label=Text('主"持\\', "a\nb"))
    text = with_relations(find_ontology().read_text(encoding="utf-8"), {**relations, "chaired": odd})
    graph = Graph().parse(data=text, format="turtle")
    assert (G.chaired, RDFS.label, Literal('主"持\\', lang="zh-Hans")) in graph


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    package = tmp_path / "kg"
    package.mkdir()
    yield tmp_path, package


def test_the_file_is_found_in_a_wheel_and_in_a_checkout(places: tuple[Path, Path]) -> None:
    root, package = places
    with pytest.raises(OntologyError, match="neither in the package nor beside it"):
        find_ontology(package)
    shutil.copy(find_ontology(), root / "ontology.ttl")
    assert find_ontology(package) == root / "ontology.ttl"
    shutil.copy(root / "ontology.ttl", package / "ontology.ttl")
    assert find_ontology(package) == package / "ontology.ttl"


def test_check_fails_on_a_stale_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "ontology.ttl"
    text = find_ontology().read_text(encoding="utf-8")
    stale.write_text(text.replace("sh:class gov:Event", "sh:class gov:Place"), encoding="utf-8")
    monkeypatch.setattr("kg.ontology.find_ontology", lambda: stale)
    assert main(["--check"]) == 1
    assert "differs from the relation files" in capsys.readouterr().err
    assert main([]) == 0
    assert stale.read_text(encoding="utf-8") == text
    assert main(["--check"]) == 0
    assert main(["--chekc"]) == 2
