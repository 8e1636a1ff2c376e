"""How the names of administrative divisions are built: tails, ethnic parts, short forms."""

from __future__ import annotations

from functools import cache

ETHNIC_GROUPS = (
    "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼",
    "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土",
    "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒",
    "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲",
    "门巴", "珞巴", "基诺", "各",
)  # fmt: skip
"""The groups that autonomous divisions are named after, without 族; 各 as in 龙胜各族自治县."""

# A few divisions drop 族 after these: 巴音郭楞蒙古自治州, 伊犁哈萨克自治州.
_WITHOUT_ZU = ("蒙古", "维吾尔", "哈萨克", "柯尔克孜", "塔吉克", "锡伯")
_ETHNIC_PARTS = tuple(f"{group}族" for group in ETHNIC_GROUPS) + _WITHOUT_ZU

_AUTONOMOUS = {"自治区": "", "自治州": "州", "自治县": "县", "自治旗": "旗"}
_TAILS = ("特别行政区", "行政区", "地区", "林区", "特区", "省", "市", "县", "区", "州", "盟", "旗")
# What stays whole: 峰峰矿区 is not 峰峰, 科尔沁左翼中旗 is not 科尔沁左翼中.
_WHOLE_TAILS = ("矿区", "新区", "前旗", "中旗", "后旗", "左旗", "右旗", "联合旗")

_ZONE_TAILS = {
    "高新技术产业开发区": "高新区",
    "高新技术产业园区": "高新区",
    "高技术产业开发区": "高新区",
    "高新技术开发区": "高新区",
    "经济技术开发区": "经开区",
    "经济开发区": "经开区",
}


@cache
def stem(name: str) -> str:
    """Return the name without its level and ethnic part (临夏 of 临夏回族自治州).

    Returns the whole name where nothing can be dropped without leaving less than one character.
    """
    for tail in _AUTONOMOUS:
        if name.endswith(tail):
            return _without_groups(name.removesuffix(tail)) or name
    if name.endswith(_WHOLE_TAILS):
        return name
    for tail in _TAILS:
        if name.endswith(tail) and len(name) > len(tail):
            rest = name.removesuffix(tail)
            return (_without_groups(rest) if rest.endswith("族") else rest) or rest
    return name


def short_forms(name: str) -> tuple[str, ...]:
    """Return the forms that stand for the name in running text, the full name not among them.

    Never a form of one character: 新县 has none, 城区 has none.
    """
    forms = []
    bare = stem(name)
    if bare != name:
        forms.append(bare)
    for tail, short_tail in _AUTONOMOUS.items():
        if short_tail and name.endswith(tail):
            # 鄂温克族自治旗 is named after its people alone: 鄂温克旗, never 鄂温克.
            forms.append((bare if bare != name else name.removesuffix(tail).removesuffix("族")) + short_tail)
    return tuple(form for form in forms if len(form) >= 2 and form != name)


def zone_short_forms(name: str, city: str, province: str) -> tuple[str, ...]:
    """Return the short forms of a development zone of a city in a province, all by full name.

    河北沧州经济开发区 gives 沧州经济开发区 and 沧州经开区, 宣城市经济开发区 gives 宣城经开区.
    """
    tail = next((tail for tail in _ZONE_TAILS if name.endswith(tail)), None)
    if tail is None:
        return ()
    whole = name
    without_province = name.removeprefix(stem(province))
    if len(without_province) - len(tail) >= 2:
        whole = without_province
    if whole.startswith(city):
        whole = stem(city) + whole.removeprefix(city)
    forms = (whole, whole.removesuffix(tail) + _ZONE_TAILS[tail])
    return tuple(form for form in forms if form != name)


def _without_groups(name: str) -> str:
    """Drop the ethnic groups at the end, but never so much that one character is left (内蒙古)."""
    while True:
        part = next((part for part in _ETHNIC_PARTS if name.endswith(part)), None)
        if part is None:
            return name
        rest = name.removesuffix(part)
        if len(rest) == 1:
            return name
        name = rest
