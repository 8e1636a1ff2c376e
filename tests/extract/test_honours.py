"""Prizes, titles and rankings, as a table."""

from __future__ import annotations

from extract.pipeline import Extractor
from tests.extract.case_files import Case, cases
from tests.extract.readings import names, read


@cases("honours.tsv")
def test_the_honours_of_a_text_are_found(extractor: Extractor, case: Case) -> None:
    assert names(read(extractor, case.text, case.date), "Honour") == sorted(case.expected), case.text
