"""Titled texts: which are documents, which are practices, as a table."""

from __future__ import annotations

from extract.pipeline import Extractor
from tests.extract.case_files import Case, cases
from tests.extract.readings import read


@cases("documents.tsv")
def test_a_title_is_a_document_or_a_practice(extractor: Extractor, case: Case) -> None:
    record = read(extractor, case.text, case.date)

    found = [f"{e.type}|{e.name}" for e in record.entities if e.type in ("Document", "Practice")]
    assert sorted(found) == sorted(case.expected), case.text


def test_the_short_form_of_a_title_is_a_mention_of_the_document(extractor: Extractor) -> None:
    text = "静宁县印发《静宁县乡村治理三年行动方案》（以下简称《方案》）。《方案》提出六项任务。"
    record = read(extractor, text)

    (document,) = [entity for entity in record.entities if entity.type == "Document"]
    assert (text.rindex("《方案》"), text.rindex("《方案》") + 4) in document.mentions
