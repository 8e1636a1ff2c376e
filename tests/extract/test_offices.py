"""The offices of a text: who, of which organ, which title, and whether it is past, as a table."""

from __future__ import annotations

from extract.agreement import office
from extract.pipeline import Extractor
from extract.records import ArticleFacts, Fact
from tests.extract.case_files import Case, cases
from tests.extract.readings import facts_of, read

Held = tuple[str, str, bool]
"""Person, organ and title joined so that the border between them does not matter, and whether it is past."""


def held(record: ArticleFacts, fact: Fact) -> Held:
    names = {entity.id: entity.name for entity in record.entities}
    title = fact.qualifiers["title"]
    return names[fact.subject], office(names[fact.object], title), fact.qualifiers.get("former") == "true"


def expected(field: str) -> Held:
    person, organ, title, *past = field.split("|")
    assert past in ([], ["former"]), field
    return person, office(organ, title), bool(past)


@cases("offices.tsv")
def test_a_text_gives_its_offices(extractor: Extractor, case: Case) -> None:
    record = read(extractor, case.text, case.date)

    found = [held(record, fact) for fact in facts_of(record, "holdsPost")]
    assert sorted(found) == sorted(map(expected, case.expected)), case.text


@cases("offices.tsv")
def test_the_evidence_of_an_office_holds_the_name_and_the_title(extractor: Extractor, case: Case) -> None:
    record = read(extractor, case.text, case.date)
    names = {entity.id: entity.name for entity in record.entities}
    for fact in facts_of(record, "holdsPost"):
        evidence = case.text[slice(*fact.evidence)]
        assert names[fact.subject] in evidence
        assert fact.qualifiers["title"] in evidence
