"""The places of a text, resolved and named in full, as a table."""

from __future__ import annotations

from extract.pipeline import Extractor
from tests.extract.case_files import Case, cases
from tests.extract.readings import names, read


@cases("places.tsv")
def test_a_text_names_its_places(extractor: Extractor, case: Case) -> None:
    record = read(extractor, case.text, case.date)

    assert names(record, "Place") == sorted(case.expected), case.text
