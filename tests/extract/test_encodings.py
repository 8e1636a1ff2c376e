"""Encodings found from the bytes alone."""

from __future__ import annotations

import codecs

import pytest

from extract.encodings import check_encoding_name, decode, find_encoding
from extract.errors import ArticleError

SIMPLIFIED = "青河市召开平安建设推进会，市委书记出席会议并讲话。\n会议强调，要抓好工作落实。\n"
TRADITIONAL = "青河市召開平安建設推進會，市委書記出席會議並講話。\n會議強調，要抓好工作落實。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"])
def test_simplified_text_is_read_without_a_mark(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding), file="a.txt") == SIMPLIFIED


@pytest.mark.parametrize(
    "encoding", ["utf-8", "big5", "cp950", "big5hkscs", "gb18030", "utf-16-le", "utf-16-be"]
)
def test_traditional_text_is_read_without_a_mark(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), file="a.txt") == TRADITIONAL


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + SIMPLIFIED.encode(encoding), file="a.txt") == SIMPLIFIED


def test_mostly_ascii_text_is_told_by_its_few_characters() -> None:
    text = "ABCDEFG 12345 " * 50 + "会议由市委书记主持"
    assert decode(text.encode("gb18030"), file="a.txt") == text
    assert decode(text.encode("utf-16-le"), file="a.txt") == text


def test_a_declaration_is_taken_where_the_bytes_agree() -> None:
    assert decode(SIMPLIFIED.encode("gbk"), file="a.html", declared="gb2312") == SIMPLIFIED
    assert decode(SIMPLIFIED.encode("utf-8"), file="a.html", declared="big5") == SIMPLIFIED
    assert decode(SIMPLIFIED.encode("utf-8"), file="a.html", declared="no-such") == SIMPLIFIED


def test_a_stray_byte_in_a_page_that_declares_its_encoding_is_a_gap() -> None:
    data = SIMPLIFIED.encode("gb18030") * 40
    text = decode(data[:100] + b"\xff" + data[100:], file="a.html", declared="gb2312")
    assert text.count("\ufffd") == 1
    with pytest.raises(ArticleError):
        decode(data[:100] + b"\xff" + data[100:], file="a.txt")


def test_a_character_cut_off_at_the_end_is_left_out() -> None:
    assert decode(SIMPLIFIED.strip().encode("gb18030")[:-1], file="a.txt") == SIMPLIFIED.strip()[:-1]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, "binary"),
        (
            SIMPLIFIED.encode() * 3 + "坏的一行。".encode("gb18030") + b"\n" + SIMPLIFIED.encode(),
            "no encoding",
        ),
        (b"\xef\xbb\xbf\xff\xff\xff\xff", "no encoding"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_a_remedy(data: bytes, problem: str) -> None:
    with pytest.raises(ArticleError, match=problem) as raised:
        decode(data, file="a.txt")
    assert raised.value.file == "a.txt"
    assert raised.value.remedy


def test_the_users_choice_is_not_second_guessed() -> None:
    with pytest.raises(ArticleError, match="not utf-8"):
        decode(SIMPLIFIED.encode("gb18030"), file="a.txt", chosen="utf-8")


def test_the_beginning_of_a_file_is_enough_even_if_it_cuts_a_character() -> None:
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        data = (SIMPLIFIED * 40).encode(encoding)
        assert find_encoding(data[:1001], file="a.jsonl") == encoding


def test_one_spoilt_line_does_not_hide_the_encoding_of_the_others() -> None:
    for encoding, other in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
        data = SIMPLIFIED.encode(encoding) * 3 + "坏的一行。\n".encode(other) + SIMPLIFIED.encode(encoding)
        assert find_encoding(data, file="a.jsonl") == encoding


def test_names_of_encodings_are_checked() -> None:
    assert check_encoding_name("GB2312") == "gb18030"
    assert check_encoding_name(" Big5 ") == "cp950"
    for name in ("no-such", "base64"):
        with pytest.raises(LookupError):
            check_encoding_name(name)
