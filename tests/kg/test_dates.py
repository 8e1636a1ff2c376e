import pytest

from kg.dates import read_date


@pytest.mark.parametrize(
    ("text", "datatype", "earliest", "latest"),
    [
        ("2023-06-27", "date", "2023-06-27", "2023-06-27"),
        ("2023-06", "gYearMonth", "2023-06-01", "2023-06-30"),
        ("2024-02", "gYearMonth", "2024-02-01", "2024-02-29"),
        ("2023", "gYear", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_date_means_an_interval(text: str, datatype: str, earliest: str, latest: str) -> None:
    date = read_date(text)
    assert date is not None
    assert (date.text, date.datatype, date.earliest, date.latest) == (text, datatype, earliest, latest)


@pytest.mark.parametrize(
    "text", ["", "2023-02-30", "2023-13", "0000", "2023-6-1", "昨日", "2023-06-27T08:00"]
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) is None
