"""Dates in the forms that pages and tables use."""

from __future__ import annotations

import pytest

from extract.page_dates import find_dates, read_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023年06月28日10:14", "2023-06-28"),
        ("2023年6月8日", "2023-06-08"),
        ("2024-02-05", "2024-02-05"),
        ("2019-12-03 15:04:17", "2019-12-03"),
        ("20-10-22 08:39", "2020-10-22"),
        ("2020/9/16", "2020-09-16"),
        ("2020.9.16", "2020-09-16"),
        ("20200916", "2020-09-16"),
        ("20200916141100", "2020-09-16"),
        ("2020-09-16T14:11:00+08:00", "2020-09-16"),
        ("２０２０年９月１６日", "2020-09-16"),
        ("二〇二三年六月二十八日", "2023-06-28"),
        ("二〇二三年十月十日", "2023-10-10"),
        ("发布时间：2020-09-16 14:11", "2020-09-16"),
        ("2023年2月30日", None),
        ("2023年13月1日", None),
        ("2023年6月", None),
        ("6月28日", None),
        ("192.168.1.20", None),
        ("3-20-4", None),
        ("", None),
        ("二〇二三年十十月十日", None),
    ],
)
def test_a_date_field_gives_a_whole_day_or_nothing(value: str, expected: str | None) -> None:
    assert read_date(value) == expected


def test_dates_of_a_line_come_with_their_place_and_time_of_day() -> None:
    line = "编辑:李 丹2019-12-03 15:04:17 更新于2019年12月4日"
    found = find_dates(line)
    assert [date.iso for date in found] == ["2019-12-03", "2019-12-04"]
    assert line[found[0].start : found[0].end] == "2019-12-03 15:04:17"


def test_a_range_or_a_phone_number_is_no_date() -> None:
    assert find_dates("电话0931-8812-3456，面积12.34.56") == []
