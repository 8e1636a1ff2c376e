"""Web pages: main text, metadata, and pages made to do harm."""

from __future__ import annotations

import time

import pytest

from extract.errors import ArticleError
from extract.html_page import declared_encoding, read_html

FIRST = "本报讯（记者 王小明）5月5日，青河市平安建设推进会在市委党校召开。市委书记王大山出席会议并讲话。"
SECOND = "王大山强调，要坚持和发展新时代“枫桥经验”，推进网格化服务管理，把矛盾化解在基层。"
THIRD = "会上，东山区、西山县作了交流发言。"
PAGE = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html><html><head><title>青河市召开平安建设推进会--青河日报--青河网</title>
<meta name="ArticleTitle" content="青河市召开平安建设推进会"><meta name="PubDate" content="2023-05-05 09:00">
<link rel="canonical" href="https://www.example.cn/a/1.html">
<style>.x{{color:red}}</style><script>var s="脚本里的句子不该出现。";</script></head>
<body><ul class="nav"><li>首页</li><li>新闻</li><li>政务</li><li>视频新闻</li></ul>
<div>青河网 &gt;&gt; 要闻</div>
<div class="content"><h1>青河市召开平安建设推进会</h1>
<div><span>2023年05月06日09:12</span> | <span>来源：<a href="#">青河日报</a></span></div>
<div><p>　　{FIRST}</p><p><img src="a.jpg"></p><p>会议现场。青河日报记者 孙明 摄</p>
<p>　　{SECOND}</p><p>　　{THIRD}</p><script>document.write("广告不该出现。")</script>
<p style="display: none">隐藏的文字不该出现。</p><p>（责编：李红、周蓝）</p></div></div>
<div><h3>相关新闻</h3><ul><li>青河市加强城市管理</li><li>西山县举行招商活动</li></ul></div>
<div>版权所有 青河网 青ICP备12345号</div></body></html>"""
SENTENCE = "青河市召开会议，部署平安建设工作。"


def test_body_and_metadata_of_a_page() -> None:
    page = read_html(PAGE, file="a.html")
    assert page.body == [FIRST, SECOND, THIRD]
    assert page.title == "青河市召开平安建设推进会"
    assert (page.date, page.source) == ("2023-05-06", "青河日报")
    assert (page.authors, page.editors) == (["王小明"], ["李红", "周蓝"])
    assert page.url == "https://www.example.cn/a/1.html"


def test_meta_elements_serve_where_the_page_shows_nothing() -> None:
    page = read_html(
        '<html><head><meta name="PubDate" content="2023-05-05"><meta name="ContentSource" content="青河网">'
        f'<meta property="og:url" content="javascript:alert(1)"></head><body><p>{FIRST}</p></body></html>',
        file="a.html",
    )
    assert (page.date, page.source, page.url) == ("2023-05-05", "青河网", None)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[", "https://www.a℀b.cn/", ""])
def test_an_address_that_is_none_is_left_out(url: str) -> None:
    page = read_html(f'<html><head><link rel="canonical" href="{url}"></head><p>{FIRST}</p></html>', file="a")
    assert page.url is None


@pytest.mark.parametrize(
    ("beginning", "encoding"),
    [
        (b'<html><head><meta charset="gb2312">', "gb2312"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=big5" />', "big5"),
        (b'<?xml version="1.0" encoding="UTF-8"?><html>', "UTF-8"),
        (b"<html><body>charset=none", None),
    ],
)
def test_the_encoding_a_page_declares(beginning: bytes, encoding: str | None) -> None:
    assert declared_encoding(beginning) == encoding


def test_entities_that_multiply_are_not_expanded() -> None:
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE html [<!ENTITY e0 "哈哈哈哈">{rows}]>'
    bomb = f"{doctype}<html><body><p>{SENTENCE}</p><p>&e11;</p></body></html>"
    page = read_html(bomb, file="a.html")
    assert page.body[0] == SENTENCE
    assert sum(map(len, page.body)) < 100


@pytest.mark.parametrize("tags", ["<div>", "<b><i>", "<table><tr><td>"])
def test_what_is_nested_beyond_reading_is_refused(tags: str) -> None:
    with pytest.raises(ArticleError, match="nested"):
        read_html(f"<html><body>{tags * 100_000}{SENTENCE}</body></html>", file="a.html")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p " + "a=b " * 300_000 + f">{SENTENCE}</p></body></html>",
        f"<html><body><p>{SENTENCE}</p>" + "<" * 1_000_000,
        "<html><body>" + f"<p>{SENTENCE}</p>" * 30_000 + "</body></html>",
        "<!DOCTYPE" + " [" * 200_000 + f"<p>{SENTENCE}</p>",
        f"<p>{SENTENCE}</p>" + "<!--" * 300_000,
    ],
)
def test_large_and_broken_pages_take_time_in_proportion(page: str) -> None:
    start = time.perf_counter()
    try:
        assert SENTENCE in read_html(page, file="a.html").body
    except ArticleError as error:
        assert error.remedy
    assert time.perf_counter() - start < 10


def test_an_empty_page_is_refused_by_name() -> None:
    with pytest.raises(ArticleError, match=r"a\.html"):
        read_html("<!-- nichts -->", file="a.html")


def test_control_characters_around_what_is_unseen_do_no_harm() -> None:
    text = f"{SENTENCE}&#1;<script>x</script>{SENTENCE}&#11;<b hidden>y</b>{SENTENCE}"
    page = read_html(f"<html><body><p>{text}</p></body></html>", file="a.html")
    assert "".join(page.body).count(SENTENCE) == 3
