"""Articles in which one practice comes from one county and is taken up elsewhere; all invented.

平安夜话 comes from 诸暨市 (2018), is reported in 绍兴市 (2019-03), 酒泉市 (2020-06) and 嘉峪关市
(2021-01), and, undated, in 兰州市. 公冶明 held office in 诸暨市 and holds one in 酒泉市 (both known by
2020-06); 绍兴市 and 嘉峪关市 met at a forum in 2020-12; 酒泉市 and 嘉峪关市 lie in one province.
"""

from __future__ import annotations

from tests.kg.invented_articles import article

CODES = {
    "诸暨市": "330681", "绍兴市": "330600", "酒泉市": "620900", "嘉峪关市": "620200", "兰州市": "620100",
}  # fmt: skip


def _with_codes(entities: dict[str, str]) -> dict[str, str]:
    return {key: CODES[name] for key, name in entities.items() if name in CODES}


_ORIGIN = {"w1": "平安夜话", "l1": "诸暨市", "p1": "公冶明", "i1": "诸暨市委政法委"}
_NEAR = {"w1": "平安夜话", "l1": "绍兴市"}
_FAR = {"w1": "平安夜话", "i1": "酒泉市委政法委", "p1": "公冶明", "i2": "诸暨市委政法委", "l1": "酒泉市"}
_FORUM = {
    "e1": "夜话经验交流论坛", "i1": "绍兴市委政法委", "i2": "嘉峪关市委政法委",
    "l1": "绍兴市", "l2": "嘉峪关市",
}  # fmt: skip
_LAST = {"w1": "平安夜话", "l1": "嘉峪关市", "l2": "兰州市"}

SPREAD = [
    article(
        "s1", "2018-05-04", _ORIGIN, ("w1", "originatedIn", "l1"),
        ("p1", "holdsPost", "i1", "title=书记"), codes=_with_codes(_ORIGIN),
    ),
    article("s2", "2019-03-10", _NEAR, ("l1", "practises", "w1"), codes=_with_codes(_NEAR)),
    article(
        "s3", "2020-06-01", _FAR, ("i1", "practises", "w1"), ("p1", "holdsPost", "i1", "title=书记"),
        ("p1", "holdsPost", "i2", "title=书记", "former=true"), codes=_with_codes(_FAR),
    ),
    article(
        "s4", "2020-12-20", _FORUM, ("i1", "attended", "e1"), ("i2", "attended", "e1"),
        ("e1", "heldOn", "2020-12-18"), codes=_with_codes(_FORUM),
    ),
    article(
        "s5", "2021-01-15", {k: v for k, v in _LAST.items() if k != "l2"}, ("l1", "practises", "w1"),
        codes={"l1": "620200"},
    ),
    article(
        "s6", None, {"w1": "平安夜话", "l2": "兰州市"}, ("l2", "practises", "w1"), codes={"l2": "620100"}
    ),
]  # fmt: skip
