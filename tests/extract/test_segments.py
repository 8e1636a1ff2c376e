"""Sentences, clauses, brackets and the pieces that the tagger gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.segments import LONGEST_PIECE, Cover, Locator, brackets, pieces, sentences

SENTENCES = [
    ("甲县开会。乙县也开会。", ["甲县开会。", "乙县也开会。"]),
    ("甲县开会！乙县呢？丙县没有", ["甲县开会！", "乙县呢？", "丙县没有"]),
    ("甲县开会\n乙县开会", ["甲县开会", "乙县开会"]),
    ("  甲县开会。　\n\n　乙县开会。", ["甲县开会。", "乙县开会。"]),
    ("他说：“甲县好。乙县也好。”众人鼓掌。", ["他说：“甲县好。", "乙县也好。”", "众人鼓掌。"]),
    ("他说：“甲县好。”众人鼓掌。", ["他说：“甲县好。”", "众人鼓掌。"]),
    ("印发《甲县怎么办？乙县方案》等文件。", ["印发《甲县怎么办？乙县方案》等文件。"]),
    ("印发《甲县怎么办？》等文件。", ["印发《甲县怎么办？》等文件。"]),
    ("甲县开会……乙县开会。", ["甲县开会……乙县开会。"]),
    ("真的？！真的。", ["真的？！", "真的。"]),
    ("", []),
    (" \n\t\n", []),
]
CLAUSES = [
    ("甲县开会，乙县也开会；丙县没有。", ["甲县开会", "乙县也开会", "丙县没有"]),
    ("甲县（人口多，面积大）开会，散会。", ["甲县（人口多，面积大）开会", "散会"]),
    ("推行“一核，多元”机制。", ["推行“一核，多元”机制"]),
    ("他强调：甲县要开会。", ["他强调", "甲县要开会"]),
    ("推行“一核，多元机制。", ["推行“一核", "多元机制"]),
]
BRACKETS = [
    ("“甲”", ["“甲”"]),
    ("“甲《乙》”", ["“甲《乙》”", "《乙》"]),
    ("“甲", []),
    ("甲”", []),
    ("“甲\n乙”", []),
    ("《甲“乙》丙", ["《甲“乙》"]),
    (f"“{'甲' * 118}”", [f"“{'甲' * 118}”"]),
    (f"“{'甲' * 200}”", []),
]
MARKS = "甲乙，,。；！？\n “”‘’《》（）—：、"


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in sentences(text)] == expected


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_clauses(text: str, expected: list[str]) -> None:
    (sentence,) = sentences(text)
    assert [text[start:end] for start, end in sentence.clauses] == expected


@pytest.mark.parametrize(("text", "expected"), BRACKETS)
def test_brackets(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in brackets(text)] == expected


def test_only_the_marks_asked_for_open_a_bracket() -> None:
    assert brackets("“甲《乙》”", "《") == [(2, 5)]


def test_a_paragraph_is_a_line() -> None:
    assert [s.paragraph for s in sentences("甲。乙。\n\n丙。")] == [0, 0, 2]


def test_a_long_sentence_is_cut_at_a_comma_or_else_at_the_limit() -> None:
    with_commas = "甲" * 300 + "，" + "乙" * 300
    without = "甲" * (2 * LONGEST_PIECE + 1)

    assert pieces(with_commas) == [(0, 301), (301, 601)]
    assert pieces(without) == [(0, 320), (320, 640), (640, 641)]


@given(st.text(MARKS, max_size=80))
def test_sentences_hold_every_character_but_white_space_once(text: str) -> None:
    at = 0
    for sentence in sentences(text):
        assert not text[at : sentence.start].strip()
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end] != ""
        at = sentence.end
    assert not text[at:].strip()


@given(st.text(MARKS, max_size=80))
def test_clauses_lie_in_order_within_their_sentence(text: str) -> None:
    for sentence in sentences(text):
        at = sentence.start
        for start, end in sentence.clauses:
            assert at <= start < end <= sentence.end
            at = end


@given(st.text(MARKS + "甲" * 20, max_size=1500))
def test_pieces_hold_every_character_but_white_space_once_and_are_short(text: str) -> None:
    at = 0
    for start, end in pieces(text):
        assert not text[at:start].strip()
        assert 0 < end - start <= LONGEST_PIECE
        at = end
    assert not text[at:].strip()


def test_the_locator_gives_the_sentence_that_holds_a_position_or_stands_before_it() -> None:
    text = "甲县开会。\n乙县开会。"
    locator = Locator(sentences(text))

    starts = [locator.at(position).start for position in range(len(text))]
    assert starts == [0] * 6 + [6] * 5


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9))), st.integers(0, 20), st.integers(1, 9))
def test_a_cover_holds_and_touches_what_one_of_its_spans_does(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    ends = [(at, at + size) for at, size in spans]
    end = start + length

    assert Cover(ends).holds(start, end) == any(s <= start and end <= e for s, e in ends)
    assert Cover(ends).touches(start, end) == any(s < end and start < e for s, e in ends)
