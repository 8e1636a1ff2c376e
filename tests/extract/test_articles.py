"""The stage: inputs of every kind in, articles out, every bad input named."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import time
from pathlib import Path
from typing import Any

import pytest

from extract.articles import ReadOptions, read_articles
from extract.errors import ArticleError
from extract.records import Article

BODY = [
    "5月5日，青河市平安建设推进会在市委党校召开，市委书记王大山出席会议并讲话。",
    "会议强调，要坚持和发展新时代“枫桥经验”，把矛盾纠纷化解在基层。",
]
PAGE = "\r\n".join(
    [
        "青河市召开推进会",
        "",
        "来源：青河日报 责任编辑：李红 发布时间：2023-05-06",
        "　　" + BODY[0],
        "　　" + BODY[1],
        "返回顶部",
    ]
)


def read(
    *inputs: str | Path, stdin: bytes | None = None, **options: Any
) -> tuple[list[Article], list[ArticleError]]:
    errors: list[ArticleError] = []
    stream = io.BytesIO(stdin) if stdin is not None else None
    articles = read_articles(inputs, options=ReadOptions(**options), on_error=errors.append, stdin=stream)
    return list(articles), errors


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_in_every_encoding_gives_the_same_article(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(PAGE.encode(encoding))
    articles, errors = read(tmp_path)
    assert not errors
    text = "\n".join(BODY)
    assert articles == [
        Article(
            id="a",
            path=str(tmp_path / "a.txt"),
            text=text,
            title="青河市召开推进会",
            date="2023-05-06",
            source="青河日报",
            editors=["李红"],
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
    ]


def test_traditional_text_in_big5_stays_as_it_is(tmp_path: Path) -> None:
    text = "青河市召開平安建設推進會，市委書記王大山出席會議並講話。"
    (tmp_path / "a.txt").write_bytes(text.encode("big5"))
    articles, errors = read(tmp_path)
    assert not errors
    assert (articles[0].text, articles[0].language) == (text, "zh-Hant")


def test_formats_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body><p>{BODY[0]}</p><p>{BODY[1]}</p></body></html>", "utf-8")
    (tmp_path / "b.csv").write_text(
        f'正文,编号,日期\n"{BODY[0]}\n{BODY[1]}",B-7,2023/5/6\n{BODY[1]},,\n', "gb18030"
    )
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(f'{{"content": "{BODY[0]}\\n{BODY[1]}"}}'.encode()))
    (tmp_path / "d.tsv").write_text(f"标题\t内容\n青河会议\t{BODY[0]}\n", "utf-16")
    articles, errors = read(tmp_path)
    assert not errors
    assert [(article.id, article.path) for article in articles] == [
        ("a", f"{tmp_path}/a.html"),
        ("B-7", f"{tmp_path}/b.csv#1"),
        ("b-2", f"{tmp_path}/b.csv#2"),
        ("c-1", f"{tmp_path}/c.jsonl.gz#1"),
        ("d-1", f"{tmp_path}/d.tsv#1"),
    ]
    assert articles[0].text == articles[1].text == articles[3].text == "\n".join(BODY)
    assert (articles[1].date, articles[4].title) == ("2023-05-06", "青河会议")


@pytest.mark.parametrize(
    ("data", "id_"),
    [
        (PAGE.encode("gb18030"), "stdin"),
        (f'{{"text": "{BODY[0]}"}}'.encode(), "stdin-1"),
        (f"<!DOCTYPE html><html><body><p>{BODY[0]}</p></body></html>".encode(), "stdin"),
        (f"\ufeff<html><body><p>{BODY[0]}</p></body></html>".encode("utf-16"), "stdin"),
    ],
)
def test_standard_input_is_read_by_what_it_looks_like(data: bytes, id_: str) -> None:
    articles, errors = read("-", stdin=data)
    assert not errors
    assert articles[0].id == id_
    assert articles[0].text.startswith(BODY[0])


def test_the_format_can_be_chosen() -> None:
    articles, errors = read("-", stdin=f"a;b\n{BODY[0]};x\n".encode(), format="csv", columns={"text": "a"})
    assert not errors
    assert articles[0].text == BODY[0]


def test_ids_of_tables_are_unique_over_the_run(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(f'{{"id": 1, "text": "{BODY[0]}"}}\n', "utf-8")
    (tmp_path / "c.jsonl").write_text(f'{{"id": "x", "text": "{BODY[0]}"}}\n' * 2, "utf-8")
    articles, errors = read(tmp_path)
    assert [article.id for article in articles] == ["1", "b/1", "x"]
    assert "the id 'x' is already that of" in str(errors[0])


def test_two_readings_are_the_same(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(PAGE + str(number), "utf-8")
    assert read(tmp_path) == read(tmp_path)


BAD = {
    "empty.txt": (b"", "empty file"),
    "blank.txt": (b" \r\n\r\n ", "empty file"),
    "binary.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
    "mixed.txt": (BODY[0].encode() + BODY[0].encode("gb18030"), "no encoding"),
    "english.txt": (b"A meeting was held yesterday. It went well.", "no Chinese"),
    "furniture.txt": ("首页 >> 新闻\n返回顶部\n打印\n".encode(), "furniture"),
    "long.txt": (("青河市召开会议，部署工作。" * 600_000).encode(), "longer than 5,000,000 characters"),
    "lines.jsonl": (b"{}\n", "the columns are: none"),
    "columns.csv": ("标题,日期\n会议,2023\n".encode(), "the columns are: 标题, 日期"),
    "rows.csv": ("标题,正文\n".encode(), "no entries"),
    "page.html": (b"<html><body><script>1</script></body></html>", "furniture"),
    "packed.txt.gz": (b"not packed", "cannot be unpacked"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_input_is_named_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    data, problem = BAD[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "a_good.txt").write_text(PAGE, "utf-8")
    (tmp_path / "z_good.txt").write_text(PAGE, "utf-8")
    articles, errors = read(tmp_path)
    assert [article.id for article in articles] == ["a_good", "z_good"]
    assert len(errors) == 1
    assert problem in str(errors[0])
    assert errors[0].file == str(tmp_path / name)
    assert errors[0].remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_files_and_folders_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    (tmp_path / "b.txt").write_text(PAGE, "utf-8")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "c").mkdir(mode=0)
    articles, errors = read(tmp_path)
    (tmp_path / "c").chmod(0o700)
    assert [article.id for article in articles] == ["b"]
    assert sorted(error.file or "" for error in errors) == [str(tmp_path / "a.txt"), str(tmp_path / "c")]


@pytest.mark.parametrize(
    "text",
    [
        "青河市召开会议，部署工作" * 150_000,
        "记者王小明、" * 150_000,
        "来源:" * 300_000,
        "(" * 900_000 + BODY[0],
        "\n".join(["• 青河市召开会议"] * 50_000),
        "\n".join(["2023-05-06 来源:青河网 编辑:李红"] * 20_000 + BODY),
        "2023-05-06" * 100_000 + BODY[0],
        "　" * 1_500_000 + BODY[0],
    ],
)
def test_time_grows_no_faster_than_the_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    start = time.perf_counter()
    articles, errors = read(tmp_path)
    assert len(articles) + len(errors) == 1
    assert time.perf_counter() - start < 10


def test_options_are_checked() -> None:
    for options in ({"format": "pdf"}, {"columns": {"body": "x"}}, {"encoding": "no-such"}):
        with pytest.raises(ArticleError) as raised:
            ReadOptions(**options)
        assert raised.value.remedy


REFERENCE = os.environ.get("GOVKG_REFERENCE")
REAL = {
    "000": ("2024-02-05", "甘肃政法网", [], ["张曦云"], 11),
    "001": ("2023-06-28", "人民网-吉林频道", ["马俊华", "李成伟"], ["李雪晴", "刘师豪"], 14),
    "002": ("2020-10-22", "中国甘肃网-甘肃日报", ["崔亚明"], ["靳佩佩"], 24),
    "003": ("2019-12-03", "中新网", ["蔡长春", "刘子阳"], ["李丹"], 31),
    "004": ("2020-09-16", "市委政法委", [], [], 28),
}


@pytest.mark.skipif(not REFERENCE, reason="GOVKG_REFERENCE is not set")
def test_the_five_real_articles() -> None:
    articles, errors = read(Path(REFERENCE or "") / "articles")
    assert not errors
    found = {a.id: (a.date, a.source, a.authors, a.editors, len(a.text.split("\n"))) for a in articles}
    assert found == REAL
    for article in articles:
        assert article.title and len(article.title) > 10
        original = Path(article.path or "").read_text(encoding="utf-8")
        lines = [line.strip() for line in original.split("\n")]
        kept = set(article.text.split("\n"))
        dropped = [line for line in lines if len(line) > 60 and "。" in line and line not in kept]
        assert all("版权" in line or line.endswith("摄") for line in dropped)
