import pytest

from extract.language.relations import read_relations
from kg.errors import VocabularyError
from kg.vocabulary import GOV, ONTOLOGY, SKOS


def test_a_misspelt_term_raises_and_names_the_right_one() -> None:
    with pytest.raises(VocabularyError, match="did you mean holdsPost"):
        _ = GOV.holdPost
    with pytest.raises(AttributeError):
        _ = SKOS.prefLable


def test_relations_inverses_and_qualifiers_are_terms() -> None:
    for relation in read_relations().values():
        assert GOV[relation.name].value == ONTOLOGY + relation.name
        assert all(name in GOV for name in relation.qualifiers)
        assert relation.inverse is None or relation.inverse.name in GOV


def test_local_name_knows_only_its_own_terms() -> None:
    assert GOV.local_name(ONTOLOGY + "chaired") == "chaired"
    assert GOV.local_name(ONTOLOGY + "chairedd") is None
    assert GOV.local_name("chaired") is None
