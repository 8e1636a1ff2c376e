"""Dates of a text, as a table."""

from __future__ import annotations

from extract.dates import find_dates
from tests.extract.case_files import Case, cases


@cases("dates.tsv")
def test_a_text_gives_its_dates(case: Case) -> None:
    found = [f"{d.value}/{d.last}" if d.last else d.value for d in find_dates(case.text, case.date)]

    assert found == case.expected, case.text


@cases("dates.tsv")
def test_a_date_lies_in_the_text_and_opens_no_later_than_it_ends(case: Case) -> None:
    reach = 0
    for date in find_dates(case.text, case.date):
        assert reach <= date.start < date.end <= len(case.text)
        assert date.last is None or date.value < date.last
        reach = date.end


def test_an_article_date_with_a_time_counts_by_its_day_and_one_that_is_none_does_not_count() -> None:
    assert [d.value for d in find_dates("昨日开幕。", "2024-03-01T10:14:00")] == ["2024-02-29"]
    assert not find_dates("昨日开幕。", "not a date")
    assert not find_dates("昨日开幕。", "2024-03")
