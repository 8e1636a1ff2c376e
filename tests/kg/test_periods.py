from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.periods import Period, merged, period_between, period_text, periods_of, read_period, touches, years


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2021-03", "2022", ("2021-03-01", "2022-12-31")),
        ("2021", "", ("2021-01-01", "")),
        ("", "2024-02", ("", "2024-02-29")),
        ("", "", None),
        ("yesterday", "2023-02-30", None),
        ("2023-05", "2023-04", None),
        ("2023", "2023", ("2023-01-01", "2023-12-31")),
    ],
)
def test_partial_dates_make_whole_periods(first: str, last: str, period: Period | None) -> None:
    assert period_between(first, last) == period


@pytest.mark.parametrize(
    ("periods", "joined"),
    [
        ([], ()),
        ([("2023-01-01", "2023-01-02"), ("2023-01-03", "2023-01-04")], (("2023-01-01", "2023-01-04"),)),
        (
            [("2023-01-01", "2023-01-02"), ("2023-01-04", "2023-01-04")],
            (("2023-01-01", "2023-01-02"), ("2023-01-04", "2023-01-04")),
        ),
        ([("2023-01-01", "2023-12-31"), ("2023-03-01", "2023-04-01")], (("2023-01-01", "2023-12-31"),)),
        ([("", "2023-01-01"), ("2023-01-01", "")], (("", ""),)),
        ([("2023-01-01", ""), ("2024-01-01", "2024-01-01")], (("2023-01-01", ""),)),
        ([("2023-02-28", "2023-02-28"), ("2023-03-01", "2023-03-01")], (("2023-02-28", "2023-03-01"),)),
    ],
)
def test_periods_that_touch_are_one(periods: list[Period], joined: tuple[Period, ...]) -> None:
    assert merged(periods) == joined


@pytest.mark.parametrize(
    ("period", "since", "until", "touching"),
    [
        (("2023-01-05", "2023-02-01"), "2023-02-01", "", True),
        (("2023-01-05", "2023-02-01"), "2023-02-02", "", False),
        (("2023-01-05", "2023-02-01"), "", "2023-01-04", False),
        (("2023-01-05", ""), "2030-01-01", "2030-12-31", True),
        (("", "2023-02-01"), "", "1999-12-31", True),
    ],
)
def test_which_periods_have_a_day_between(period: Period, since: str, until: str, touching: bool) -> None:
    assert touches(period, since, until) is touching


def test_texts_and_years() -> None:
    row = ["2024-02-05/..", "2021-03-01/2022-12-31", "nonsense", 7]
    assert periods_of(row) == (("2021-03-01", "2022-12-31"), ("2024-02-05", ""))
    assert years(periods_of(row)) == (2021, 2024)
    assert years(()) is None
    assert periods_of("2021/2022") == ()


days = st.dates().map(str)
any_period = st.tuples(days, days).map(sorted).map(tuple)


@given(st.lists(any_period, max_size=8))
def test_joining_keeps_every_day_and_leaves_gaps(periods: list[Period]) -> None:
    joined = merged(periods)
    assert merged(joined) == joined
    for start, end in periods:
        assert sum(a <= start and end <= b for a, b in joined) == 1
    assert all(one[1] < other[0] for one, other in pairwise(joined))
    assert tuple(read_period(period_text(period)) for period in joined) == joined
