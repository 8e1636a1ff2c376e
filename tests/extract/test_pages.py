"""Pages of plain text: body, title and what the by-lines give."""

from __future__ import annotations

from extract.pages import read_page

PARAGRAPH = "5月5日，青河市平安建设推进会在市委党校召开，市委书记王大山出席会议并讲话，市长钱小河主持会议。"
SECOND = (
    "王大山强调，要坚持和发展新时代“枫桥经验”，推进网格化服务管理，把矛盾纠纷化解在基层、化解在萌芽状态。"
)


def test_a_page_with_everything_around_the_body() -> None:
    page = read_page(
        [
            "青河网",
            "青河网>>要闻",
            "青河市召开平安建设推进会",
            "2023年05月06日09:12 | 来源:青河日报",
            "小字号",
            "原标题:青河市召开平安建设推进会",
            "新青河·青河日报记者 王小明",
            PARAGRAPH,
            "IMG_256",
            "会议现场。青河日报记者孙明 摄",
            "三个“全覆盖” 充实基础力量",
            SECOND,
            "(责编:李红、周蓝)",
            "分享让更多人看到",
            "返回顶部",
        ]
    )
    assert page.body == [PARAGRAPH, "三个“全覆盖” 充实基础力量", SECOND]
    assert page.title == "青河市召开平安建设推进会"
    assert (page.date, page.source) == ("2023-05-06", "青河日报")
    assert (page.authors, page.editors) == (["王小明"], ["李红", "周蓝"])


def test_headline_lists_after_the_body_go_whether_marked_or_not() -> None:
    page = read_page(
        [
            "青河市召开会议",
            PARAGRAPH,
            "版权声明:凡注有稿件来源为“青河网”的稿件,转载必须注明。",
            "精彩推荐",
            "• 东山县加强城市管理 东山县加强城市管理",
            "• 限量版车票免费送?假的!",
            "关注我们",
            "青河网微博",
            "即时播报",
            "1   西山县招商引资取",
            "12   北山镇获得表彰",
            "分享到",
        ]
    )
    assert page.body == [PARAGRAPH]


def test_a_list_of_links_inside_the_body_ends_where_the_text_goes_on() -> None:
    page = read_page(
        ["青河市召开会议", PARAGRAPH, "相关阅读", "• 东山县加强管理", "• 西山县招商", "二、扎实推进", SECOND]
    )
    assert page.body == [PARAGRAPH, "二、扎实推进", SECOND]


def test_a_body_that_ends_in_a_list_keeps_it() -> None:
    items = ["1、基层党建引领", "2、平安建设", "3、枫桥码"]
    page = read_page(["青河市召开会议", PARAGRAPH, *items, "关闭窗口", "青河市委政法委主办"])
    assert page.body == [PARAGRAPH, *items]


def test_a_text_without_bylines_gives_its_title_only_if_it_looks_like_one() -> None:
    assert read_page(["青河市召开会议", PARAGRAPH]).title == "青河市召开会议"
    assert read_page(["青河市召开会议", "——东山县纪事", PARAGRAPH]).title == "青河市召开会议 ——东山县纪事"
    assert read_page(["一、总体要求", PARAGRAPH]).title is None
    assert read_page(["会议明确了三件事：", PARAGRAPH]).title is None
    assert read_page([PARAGRAPH, SECOND]).body == [PARAGRAPH, SECOND]


def test_the_day_of_the_visit_is_not_the_date() -> None:
    page = read_page(["欢迎访问青河网 今天是 2024年11月24日 星期日", "青河市召开会议", PARAGRAPH])
    assert page.date is None


def test_a_labelled_date_is_preferred_and_a_changed_one_comes_last() -> None:
    head = ["青河市召开会议", "2023-05-07 10:00 青河网", "发布时间：2023-05-06", "更新时间：2023-05-08"]
    assert read_page([*head, PARAGRAPH]).date == "2023-05-06"
    assert read_page(["青河市召开会议", "更新时间：2023-05-08", PARAGRAPH]).date == "2023-05-08"


def test_a_date_in_the_body_is_not_the_articles() -> None:
    page = read_page(["青河市召开会议", PARAGRAPH, "2011年5月19日"])
    assert page.date is None
    assert page.body[-1] == "2011年5月19日"


def test_a_dateline_stays_and_gives_authors() -> None:
    line = "青河网东山6月27日电 (马华、李伟成)" + PARAGRAPH
    page = read_page(["青河市召开会议", line])
    assert page.body == [line]
    assert page.authors == ["马华", "李伟成"]


def test_the_title_known_from_a_table_leaves_the_text_and_nothing_else_does() -> None:
    lines = ["市委 市政府", "关于表彰先进的决定", "（2023年5月6日）", PARAGRAPH]
    page = read_page(lines, "关于 表彰先进的决定", whole=False)
    assert page.body == [lines[0], lines[2], PARAGRAPH]
    assert page.title == "关于 表彰先进的决定"


def test_a_body_that_repeats_the_title_in_a_longer_line_keeps_the_line() -> None:
    longer = "平安建设迈上新台阶 青河市召开会议"
    assert read_page(["青河市召开会议", "来源:青河网 2023-05-06", longer, PARAGRAPH]).body == [
        longer,
        PARAGRAPH,
    ]
