"""Rows are counted right in what Oxigraph writes, wherever its pieces end."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.service.counting import TooMuch, counting
from kg.service.formats import SOLUTIONS_FORMATS
from kg.service.messages import Request

TRAPS = ('},{"', "[{", "\\", '\\"', '"', "\n", "\r\n", "<result>", "]]>", "a,b", "\t", "市", '}},{"x":{')
Rows = list[list[str | None]]
cells = st.none() | st.sampled_from(TRAPS) | st.text(max_size=6).filter(lambda text: "\0" not in text)


def written(rows: Rows, form: str) -> bytes:
    """The rows as Oxigraph writes them."""
    names = [f"?v{n}" for n in range(len(rows[0]))] if rows else ["?v0"]
    lines = (" ".join("UNDEF" if c is None else str(ox.Literal(c)) for c in row) for row in rows)
    values = "\n".join(f"({line})" for line in lines)
    text = f"SELECT * {{ VALUES ({' '.join(names)}) {{ {values} }} }}"
    answer = ox.Store().query(text)
    assert isinstance(answer, ox.QuerySolutions)
    found = answer.serialize(format=SOLUTIONS_FORMATS[form].syntax)
    assert found is not None
    return found


class Kept:
    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)


def request(rows: int = 10_000, length: int = 10_000_000) -> Request:
    return Request("", {}, [], [], 1.0, rows, length)


@pytest.mark.parametrize("form", list(SOLUTIONS_FORMATS))
@settings(max_examples=300, deadline=None)
@given(
    rows=st.integers(1, 3).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=8)
    ),
    size=st.integers(1, 40),
)
def test_rows_are_counted_whatever_is_in_them(form: str, rows: Rows, size: int) -> None:
    text, kept = written(rows, form), Kept()
    counter = counting(form, kept, request())
    for start in range(0, len(text), size):
        counter.write(text[start : start + size])

    assert kept.data == text
    assert (counter.rows, counter.bytes) == (len(rows), len(text))


@pytest.mark.parametrize("form", list(SOLUTIONS_FORMATS))
def test_a_row_too_many_is_not_passed_on(form: str) -> None:
    text = written([["x"]] * 11, form)
    counting(form, Kept(), request(rows=11)).write(text)
    with pytest.raises(TooMuch) as caught:
        counting(form, Kept(), request(rows=10)).write(text)
    assert caught.value.outcome.problem == "rows"


def test_a_byte_too_many_is_not_passed_on() -> None:
    kept = Kept()
    counter = counting("turtle", kept, request(length=5))
    counter.write(b"12345")
    with pytest.raises(TooMuch) as caught:
        counter.write(b"6")
    assert (caught.value.outcome.problem, kept.data) == ("bytes", b"12345")
