"""Languages and scripts."""

from __future__ import annotations

import pytest

from extract.page_text import one_line, text_lines
from extract.scripts import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("青河市召开平安建设推进会。", "zh"),
        ("青河市召開平安建設推進會。", "zh-Hant"),
        ("青河市召开平安建设推进会，参观了後庄。", "zh"),
        ("大山上有人", "zh"),
        ("The meeting was held in 北京 by several departments.", None),
        ("会議は東京で開かれました。ありがとうございます。", None),
        ("2023 . , !", None),
        ("", None),
    ],
)
def test_the_language_of_a_text(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_lines_lose_what_is_not_seen_and_nothing_else() -> None:
    text = "\ufeff　　第一段,半角；全角！\u200b\r\n\r\n\x00\u00a0第\x07二段\u3000有空格\rThird\u2028line\t x"
    assert text_lines(text) == ["第一段,半角；全角！", "第二段\u3000有空格", "Third", "line  x"]
    assert one_line(" 标题\t一\n二 ") == "标题 一 二"
