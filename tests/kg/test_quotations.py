"""The sentence around a span: what a reader sees before and after the evidence."""

from __future__ import annotations

import pytest

from kg.quotations import sentence_around

CASES = [
    ("会议开幕。昨日，甲县举办论坛，乙县参加。", "甲县举办论坛", "昨日，", "，乙县参加。"),
    ("甲县举办论坛。", "甲县举办论坛", "", "。"),
    ("甲县举办论坛。", "甲县举办论坛。", "", ""),
    ("甲县举办论坛\n乙县参加", "甲县举办论坛", "", ""),
    ("他说：“甲县先行。”乙县跟上。", "乙县跟上", "", "。"),
    ("“甲县先行。”他说。", "甲县先行", "“", "。”"),
]


@pytest.mark.parametrize(("text", "quote", "before", "after"), CASES)
def test_a_span_stands_in_its_sentence(text: str, quote: str, before: str, after: str) -> None:
    start = text.index(quote)

    assert sentence_around(text, (start, start + len(quote))) == (before, after)


def test_a_sentence_without_an_end_is_cut() -> None:
    text = "甲" * 2000

    assert sentence_around(text, (1000, 1010)) == ("甲" * 400, "甲" * 400)
