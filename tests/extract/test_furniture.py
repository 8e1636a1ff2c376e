"""Furniture: lines of pages that are not the article, and lines that only look like them."""

from __future__ import annotations

import pytest

from extract.furniture import furniture_kind, is_paragraph, marker


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("您当前的位置 : 青河网 >> 青河新闻 >> 社会综合", "navigation"),
        ("首页 >> 综合治理", "navigation"),
        ("青河网>>东山频道", "navigation"),
        ("首页 > 新闻中心 > 要闻", "navigation"),
        ("欢迎访问青河政法网 今天是 2024年11月24日 星期日", "navigation"),
        ("今天是 2024年11月24日 星期日", "clock"),
        ("字号:A A    颜色:", "size"),
        ("【字体：大 中 小】", "size"),
        ("浏览次数：1234次", "counter"),
        ("分享让更多人看到", "share"),
        ("分享到： 微信 微博 QQ空间", "share"),
        ("扫一扫在手机打开当前页", "share"),
        ("返回顶部", "action"),
        ("返回頂部", "action"),
        ("关闭窗口】 【返回顶部】 【打印文章", "action"),
        ("版权声明:凡注有稿件来源为“青河网”的稿件,转载必须注明来源。", "copyright"),
        ("建议使用Internet Explorer 8 以上版本浏览器，以1280*800分辨率访问本站", "browser"),
        ("青河政法网由委机关办公室主管 青河电子政务办公室 提供技术支持", "footer"),
        ("青ICP备12345678号", "footer"),
        ("精彩推荐", "list"),
        ("■ 相关新闻 更多>>", "list"),
        ("下一篇：东山县召开会议", "list"),
        ("IMG_256", "image"),
        ("微信截图_20240205160738.png", "image"),
        ("图片", "image"),
        ("原标题：青河市召开会议", "original"),
        ("活动现场。青河网记者李小洋 摄", "caption"),
        ("图为活动现场", "caption"),
    ],
)
def test_furniture_and_its_kind(line: str, kind: str) -> None:
    assert furniture_kind(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "今天是世界环境日，青河市举行宣传活动。",
        "今天是世界环境日",
        "企业为社区提供技术支持，解决了难题。",
        "现在是育秧的关键时期，农技人员走村入户。",
        "分享经验",
        "大会现场气氛热烈",
        "“1+1>2”的效果",
        "探索创新 生动实践",
        "第一次建立四级平安建设领导协调机制;",
        "■ 开栏语",
        "市委书记王大山推荐青河经验。",
        "一、总体要求",
        "1、基层党建引领基层治理；2、平安建设",
    ],
)
def test_text_that_only_looks_like_furniture(line: str) -> None:
    assert furniture_kind(line) is None


def test_markers_of_lists_do_not_depend_on_the_number() -> None:
    assert marker("1   青河市召开会议") == marker("12   东山县召开会议") != ""
    assert marker("2023年青河市召开会议") == ""


def test_a_paragraph_holds_a_whole_sentence() -> None:
    assert is_paragraph("会议召开。")
    assert not is_paragraph("定了！青河市这样抓")
