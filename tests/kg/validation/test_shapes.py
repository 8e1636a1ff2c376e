"""Every class and relation has a shape with a message, and what a shape says is never passed over."""

from __future__ import annotations

import pytest

from extract.records import ENTITY_TYPES
from kg.errors import OntologyError
from kg.validation.shapes import Shape, ontology_shapes, read_shapes
from kg.vocabulary import GOV, RELATIONS

PREFIXES = """
@prefix gov: <https://w3id.org/governance-kg/ontology#> .
@prefix shape: <https://w3id.org/governance-kg/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def targets(kind: str) -> set[str]:
    return {term.value for shape in ontology_shapes() for name, term in shape.targets if name == kind}


def test_every_class_relation_and_qualifier_has_a_shape() -> None:
    assert {GOV[kind].value for kind in ENTITY_TYPES} <= targets("targetClass")
    assert {GOV[name].value for name in RELATIONS} <= targets("targetSubjectsOf")
    assert {GOV[name].value for name in RELATIONS} == targets("targetNode")
    qualifiers = {name for relation in RELATIONS.values() for name in relation.qualifiers}
    assert {GOV[name].value for name in qualifiers} <= targets("targetSubjectsOf")


def test_every_constraint_has_a_message_in_both_languages() -> None:
    def check(shape: Shape) -> None:
        if shape.constraints:
            assert shape.message.zh and shape.message.en, shape.iri
        for inner in (*shape.properties, *(each for c in shape.constraints for each in c.shapes)):
            check(inner)

    for shape in ontology_shapes():
        check(shape)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('sh:maxExclusive 3 ; sh:message "要小"@zh-Hans , "small"@en', "sh:maxExclusive is not understood"),
        ("sh:nodeKind sh:IRI", "a shape without a message"),
        ('sh:nodeKind sh:IRI ; sh:message "only"@en', "a shape without a message"),
        (
            'sh:property [ sh:path [ sh:zeroOrMorePath gov:partOf ] ; sh:message "甲"@zh-Hans , "a"@en ]',
            "a path that is not understood",
        ),
    ],
)
def test_what_is_not_understood_is_an_error(body: str, problem: str) -> None:
    text = f"{PREFIXES}\nshape:X a sh:NodeShape ; sh:targetClass gov:Place ; {body} ."
    with pytest.raises(OntologyError, match=problem) as caught:
        read_shapes(text, "own.ttl")
    assert caught.value.file == "own.ttl"
    assert caught.value.entry == "https://w3id.org/governance-kg/shapes#X"


def test_what_is_no_turtle_is_an_error() -> None:
    with pytest.raises(OntologyError, match=r"own\.ttl"):
        read_shapes("shape:X a", "own.ttl")
