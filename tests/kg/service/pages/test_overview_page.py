"""The overview's axis of months."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.service.pages.overview_page import year_ticks


@pytest.mark.parametrize(
    ("months", "years"),
    [
        ([], []),
        (["2019-12", "2020-02"], ["2019", "2020"]),
        (["2019-12", "2024-02"], ["2020", "2021", "2022", "2023", "2024"]),
        (["2019-03", "2021-02"], ["2019", "2020", "2021"]),
    ],
)
def test_years_are_written_where_they_begin_and_never_over_each_other(
    months: list[str], years: list[str]
) -> None:
    assert [year for _, year in year_ticks(Counter(months))] == years
