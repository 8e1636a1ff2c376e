"""Plans, hopes and negations, as a table; and that plans come out only where they are wanted."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract.pipeline import Extractor
from tests.extract.case_files import Case, cases
from tests.extract.readings import read, written


@pytest.fixture(scope="module")
def planning(nlp: Language) -> Extractor:
    return Extractor(nlp, with_planned=True)


def found(extractor: Extractor, case: Case) -> list[str]:
    record = read(extractor, case.text, case.date)
    return sorted(
        f"{fact.relation}|{written(record, fact)}" for fact in record.facts if fact.relation != "partOf"
    )


@cases("planned.tsv")
def test_a_plan_is_marked_and_a_hope_is_no_fact(planning: Extractor, case: Case) -> None:
    assert found(planning, case) == sorted(case.expected), case.text


@cases("planned.tsv")
def test_no_plan_comes_out_unless_wanted(extractor: Extractor, case: Case) -> None:
    done = [fact for fact in case.expected if "modality=planned" not in fact]
    assert found(extractor, case) == sorted(done), case.text
