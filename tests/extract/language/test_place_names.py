import pytest

from extract.language.place_names import short_forms, stem, zone_short_forms

SHORT_FORMS = [
    ("甘肃省", ("甘肃",)),
    ("北京市", ("北京",)),
    ("新疆维吾尔自治区", ("新疆",)),
    ("广西壮族自治区", ("广西",)),
    ("内蒙古自治区", ("内蒙古",)),
    ("香港特别行政区", ("香港",)),
    ("酒泉市", ("酒泉",)),
    ("临夏回族自治州", ("临夏", "临夏州")),
    ("甘南藏族自治州", ("甘南", "甘南州")),
    ("阿坝藏族羌族自治州", ("阿坝", "阿坝州")),
    ("西双版纳傣族自治州", ("西双版纳", "西双版纳州")),
    ("巴音郭楞蒙古自治州", ("巴音郭楞", "巴音郭楞州")),
    ("伊犁哈萨克自治州", ("伊犁", "伊犁州")),
    ("黔西南布依族苗族自治州", ("黔西南", "黔西南州")),
    ("肃北蒙古族自治县", ("肃北", "肃北县")),
    ("积石山保安族东乡族撒拉族自治县", ("积石山", "积石山县")),
    ("龙胜各族自治县", ("龙胜", "龙胜县")),
    ("互助土族自治县", ("互助", "互助县")),
    ("东乡族自治县", ("东乡县",)),
    ("鄂温克族自治旗", ("鄂温克旗",)),
    ("阿克苏地区", ("阿克苏",)),
    ("锡林郭勒盟", ("锡林郭勒",)),
    ("神农架林区", ("神农架",)),
    ("六枝特区", ("六枝",)),
    ("管城回族区", ("管城",)),
    ("沙县区", ("沙县",)),
    ("准格尔旗", ("准格尔",)),
    ("赤城县", ("赤城",)),
    # nothing shorter that could be understood
    ("新县", ()),
    ("郊区", ()),
    ("城区", ()),
    ("井陉矿区", ()),
    ("滨海新区", ()),
    ("科尔沁左翼中旗", ()),
]


@pytest.mark.parametrize(("name", "forms"), SHORT_FORMS)
def test_short_forms(name: str, forms: tuple[str, ...]) -> None:
    assert short_forms(name) == forms


@pytest.mark.parametrize(
    ("old", "new"), [("上虞市", "上虞区"), ("海东地区", "海东市"), ("丰宁县", "丰宁满族自治县")]
)
def test_the_stem_is_the_same_through_a_change_of_level(old: str, new: str) -> None:
    assert stem(old) == stem(new)


ZONES = [
    ("石家庄高新技术产业开发区", "石家庄市", "河北省", ("石家庄高新区",)),
    ("河北沧州经济开发区", "沧州市", "河北省", ("沧州经济开发区", "沧州经开区")),
    ("宣城市经济开发区", "宣城市", "安徽省", ("宣城经济开发区", "宣城经开区")),
    ("湖南吉首经济开发区", "湘西土家族苗族自治州", "湖南省", ("吉首经济开发区", "吉首经开区")),
    # 吉林 is here the city's name, not the province's
    ("吉林高新技术产业开发区", "吉林市", "吉林省", ("吉林高新区",)),
    ("苏州工业园区", "苏州市", "江苏省", ()),
]


@pytest.mark.parametrize(("name", "city", "province", "forms"), ZONES)
def test_short_forms_of_development_zones(
    name: str, city: str, province: str, forms: tuple[str, ...]
) -> None:
    assert zone_short_forms(name, city, province) == forms
