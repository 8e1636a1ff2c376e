import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.text_signature import BANDS, from_text, signature
from tests.kg.invented_texts import sentences, text

ROOT = Path(__file__).parents[2]
ONE = text(1)
BULLETIN = "昨日全县新排查隐患{}处，整改{}处，累计排查{}处，出动人员{}人次。" * 6


@pytest.mark.parametrize(
    ("what", "other", "same"),
    [
        ("itself", ONE, True),
        ("with a head and a tail", f"本报讯（记者 某某）{ONE}（责任编辑：某某）", True),
        ("in full-width forms and with other quotation marks", ONE.replace("，", "、 "), True),
        ("with its last third cut", "".join(sentences(ONE)[:14]), True),
        ("with two sentences left out", "".join(sentences(ONE)[:8] + sentences(ONE)[10:]), True),
        ("with single characters changed", ONE.replace("的", "之", 6), True),
        ("another text of the same words", text(2), False),
        ("half of it in the middle of another text", text(3) + "".join(sentences(ONE)[:10]), False),
        ("nothing", "", False),
        ("no letters", "——！！", False),
    ],
)
def test_printings_of_a_text(what: str, other: str, same: bool) -> None:
    one, another = signature(ONE), signature(other)
    assert one.is_printing_of(another) is same, what
    assert another.is_printing_of(one) is same, what
    if same:
        assert set(one.bands()) & set(another.bands())


def test_a_bulletin_in_the_words_of_the_day_before_is_another_text() -> None:
    numbers = iter(range(100, 1000))
    days = [BULLETIN.format(*(next(numbers) for _ in range(24))) for _ in range(2)]
    text_of_pattern = "在县委统一部署下各乡镇各部门继续做好隐患排查工作并及时公布结果接受群众监督。" * 2
    one, two = (signature(text_of_pattern + day) for day in days)
    assert not one.is_printing_of(two)
    assert one.is_printing_of(signature(f"县政府网讯：{text_of_pattern}{days[0]}"))


def test_news_in_brief_must_be_the_same() -> None:
    assert signature("甲县县委书记会见客人一行。").is_printing_of(signature("甲县县委书记会见客人一行"))
    assert not signature("甲县县委书记会见客人一行。").is_printing_of(signature("甲县县委书记会见记者一行。"))


def test_two_empty_texts_are_no_printings() -> None:
    assert not signature("").is_printing_of(signature(""))
    assert signature("").bands() == []
    assert len(signature("短").bands()) == BANDS


def test_written_and_read_back() -> None:
    for each in (
        signature(ONE),
        signature(""),
        signature("1 2 3"),
        signature(" ".join(map(str, range(500)))),
    ):
        again = from_text(each.as_text())
        assert again == each
        assert again.is_printing_of(each) is bool(each.pieces)


def test_the_same_on_every_run() -> None:
    code = (
        "from kg.text_signature import signature\n"
        "print(signature('甲县昨日召开基层治理现场会，3个乡镇参加。').as_text())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
