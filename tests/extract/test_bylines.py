"""By-lines and credits, as pairs of a line and what it says."""

from __future__ import annotations

import pytest

from extract.byline_names import split_names
from extract.bylines import dateline_authors, read_byline
from extract.credits import is_photo_credit, split_trailing_credit

FIELDS = [
    ("来源:青河政法网 责任编辑:张小兰 发布时间:2024-02-05", "青河政法网", "2024-02-05", [], ["张小兰"]),
    ("2023年06月28日10:14 | 来源:青河网-东山频道", "青河网-东山频道", "2023-06-28", [], []),
    ("20-10-22 08:39 来源:青河网-青河日报 编辑:王佩佩", "青河网-青河日报", "2020-10-22", [], ["王佩佩"]),
    ("来源:青河新闻 编辑:李 丹2019-12-03 15:04:17", "青河新闻", "2019-12-03", [], ["李丹"]),
    ("发布时间:2021-08-03 09:20 来源:县委组织部浏览次数:字体:【", "县委组织部", "2021-08-03", [], []),
    ("发布时间：2021-03-04 来源：东山县委宣传部 【字号：大 中 小】", "东山县委宣传部", "2021-03-04", [], []),
    ("日期：2022/3/4 作者：王小明 来源： 点击：12", None, "2022-03-04", ["王小明"], []),
    ("来源：青河日报 2023年03月14日 记者 张小明", "青河日报", "2023-03-14", ["张小明"], []),
    ("2023-06-28 10:14:22 青河网", "青河网", "2023-06-28", [], []),
    ("2023-06-28 10:14 青河日报 记者 张小明", None, "2023-06-28", ["张小明"], []),
    ("(责编:李晴雪、刘豪)", None, None, [], ["李晴雪", "刘豪"]),
    ("(视频编辑：张北龙 文字编辑：温浩)", None, None, [], ["张北龙", "温浩"]),
    ("责任编辑：王小明 审核：李小红 签发：赵小刚", None, None, [], ["王小明", "李小红", "赵小刚"]),
    ("编辑：某某融媒体中心", None, None, [], []),
]
FIELDS.append(("來源：青河網 責任編輯：張小蘭 發布時間：2019-12-03", "青河網", "2019-12-03", [], ["張小蘭"]))
ROLES = [
    ("本報記者 劉小青", ["劉小青"]),
    ("新青河·青河日报记者 崔小亚", ["崔小亚"]),
    ("□ 本报记者 蔡长 刘子春", ["蔡长", "刘子春"]),
    ("本报记者  廖文山  张  烁  李昌玉  杨  昊", ["廖文山", "张烁", "李昌玉", "杨昊"]),
    ("（本报记者游小仪、李小洋采访整理）", ["游小仪", "李小洋"]),
    ("记者 王小明 通讯员 李红 摄影报道", ["王小明", "李红"]),
    ("青河日报记者 王小明 东山日报记者 李红", ["王小明", "李红"]),
    ("文/王小明 图/李红", ["王小明", "李红"]),
    ("本报记者 阿依古丽·买买提", ["阿依古丽·买买提"]),
    ("（作者为青河大学教授）", []),
    ("本报评论员", []),
]
TEXT = [
    "记者：现在想家吗？",
    "记者 获悉",
    "记者手记",
    "记者在现场看到，村民正在修路。",
    "资金来源：财政拨款",
    "来源于群众，扎根于群众。",
    "一花独放不是春",
    "地点：市委党校",
    "王毅 李红",
    "编辑出版《青河志》，收录来源广泛的史料。",
    "时间：2月4日下午",
]


@pytest.mark.parametrize(("line", "source", "date", "authors", "editors"), FIELDS)
def test_labels_and_dates_above_the_body(
    line: str, source: str | None, date: str | None, authors: list[str], editors: list[str]
) -> None:
    byline = read_byline(line, above_body=True)
    assert byline is not None
    assert (byline.source, byline.date) == (source, date)
    assert (byline.authors, byline.editors) == (authors, editors)


@pytest.mark.parametrize(("line", "authors"), ROLES)
def test_roles_with_names(line: str, authors: list[str]) -> None:
    byline = read_byline(line, above_body=False)
    assert byline is not None
    assert byline.authors == authors


@pytest.mark.parametrize("line", TEXT)
def test_lines_that_are_text_are_no_bylines(line: str) -> None:
    assert read_byline(line, above_body=True) is None


@pytest.mark.parametrize("line", ["时间：2024年2月4日", "一审：青河市中级人民法院", "2023年6月28日"])
def test_what_counts_only_above_the_body_is_text_below(line: str) -> None:
    assert read_byline(line, above_body=True) is not None
    assert read_byline(line, above_body=False) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("青河网东山6月27日电 (马华、李伟成)6月27日，会议召开。", ["马华", "李伟成"]),
        ("青河社东山12月31日电（记者 王小明 通讯员 李红）新年前夕", ["王小明", "李红"]),
        ("本报讯（记者 王小明）昨日", ["王小明"]),
        ("本报东山10月21日讯（新青河·青河日报记者王小明）", ["王小明"]),
        ("青河网络台消息(新闻联播)：今天", []),
        ("6月27日，会议（第三次）召开。", []),
        ("青河网东山6月27日电 (第三次会议)", []),
    ],
)
def test_names_in_a_dateline(line: str, names: list[str]) -> None:
    assert dateline_authors(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "活动现场。青河网记者李小洋 摄",
        "市委书记王大山致辞。青河网石小蛟 摄",
        "图为演出现场。蔡昊　摄",
        "东山县举行活动。新华社发（王小明 摄）",
        "东山县委宣传部供图",
        "王小明 文/图",
        "会议现场。 通讯员 李小红/摄",
    ],
)
def test_captions_with_a_credit(line: str) -> None:
    assert is_photo_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "绘就发展蓝图",
        "王永发",
        "李图",
        "工作路线图",
        "这部影片由王小明拍摄",
        "会议通过了规划图。",
        "共绘同心圆",
    ],
)
def test_lines_that_only_end_like_a_credit(line: str) -> None:
    assert not is_photo_credit(line)


@pytest.mark.parametrize(
    ("line", "text", "authors", "editors"),
    [
        ("会议由他主持。（记者　林婷）", "会议由他主持。", ["林婷"], []),
        ("他出席了会见。(视频编辑：张北龙 文字编辑：温浩)", "他出席了会见。", [], ["张北龙", "温浩"]),
        ("整治环境，建成公园。（记者 吴芹/文 凌明/图）", "整治环境，建成公园。", ["吴芹", "凌明"], []),
        ("《工作方案》（以下简称《方案》）", "《工作方案》（以下简称《方案》）", [], []),
        ("全市共有十二个县（市、区）", "全市共有十二个县（市、区）", [], []),
    ],
)
def test_credits_leave_the_end_of_a_paragraph(
    line: str, text: str, authors: list[str], editors: list[str]
) -> None:
    rest, byline = split_trailing_credit(line)
    assert rest == text
    assert (byline.authors if byline else []) == authors
    assert (byline.editors if byline else []) == editors


def test_names_are_a_list_or_nothing() -> None:
    assert split_names("李 丹、欧阳小青 王五") == ["李丹", "欧阳小青", "王五"]
    assert split_names("李丹和有关部门") is None
    assert split_names("李") is None
    assert split_names("") == []
