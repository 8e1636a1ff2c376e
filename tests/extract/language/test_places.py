from collections import Counter
from pathlib import Path

import pytest

from extract.errors import LanguageDataError
from extract.language.places import LEVELS, PlaceRegister, read_places, read_register


@pytest.fixture(scope="module")
def register() -> PlaceRegister:
    return read_places()


def test_how_many_there_are_today(register: PlaceRegister) -> None:
    levels = Counter(place.level for place in register.all() if place.current)
    assert levels["province"] == 34
    assert levels["prefecture"] == 333
    assert 2840 <= levels["county"] <= 2855
    assert set(levels) == set(LEVELS)


def test_every_present_place_lies_in_a_province(register: PlaceRegister) -> None:
    lost = [place for place in register.all() if place.current and register.province_of(place.code) is None]
    assert lost == []


def test_every_successor_is_in_the_register(register: PlaceRegister) -> None:
    lost = [place for place in register.all() if place.successor and register.get(place.successor) is None]
    assert lost == []


def test_no_short_form_of_one_character(register: PlaceRegister) -> None:
    assert [form for form in register.forms() if len(form) < 2] == []


CHANGES = [
    # past name, code, last year, code and name of the successor today
    ("襄樊市", "420600", "2010", "420600", "襄阳市"),
    ("莱芜市", "371200", "2019", "370100", "济南市"),
    ("莱城区", "371202", "2019", "370116", "莱芜区"),
    ("郫县", "510124", "2016", "510117", "郫都区"),
    ("即墨市", "370282", "2017", "370215", "即墨区"),
    ("上虞市", "330682", "2013", "330604", "上虞区"),
    ("绍兴县", "330621", "2013", "330603", "柯桥区"),
    ("鄞县", "330227", "2002", "330212", "鄞州区"),
    ("海东地区", "632100", "2013", "630200", "海东市"),
    ("酒泉市", "622102", "2002", "620902", "肃州区"),
    ("安西县", "620922", "2006", "620922", "瓜州县"),
    ("儋州市", "469003", "2015", "460400", "儋州市"),
    ("下城区", "330103", "2021", "330105", "拱墅区"),
]


@pytest.mark.parametrize(("name", "code", "year", "successor", "new_name"), CHANGES)
def test_changes(
    register: PlaceRegister, name: str, code: str, year: str, successor: str, new_name: str
) -> None:
    past = next(place for place in register.history(code) if place.name == name)
    assert past.valid_to is not None and past.valid_to[:4] == year
    assert past.successor is not None
    while (heir := register.get(past.successor)) is not None and heir.successor:
        past = heir
        assert past.successor is not None
    assert heir is not None
    assert (heir.code, heir.name) == (successor, new_name)


def test_a_place_that_was_divided_has_no_successor(register: PlaceRegister) -> None:
    chaohu = next(place for place in register.history("341400") if place.name == "巢湖市")
    assert (chaohu.level, chaohu.valid_from, chaohu.valid_to, chaohu.successor) == (
        "prefecture",
        "1999-12",
        "2011-10",
        None,
    )


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("620902", "甘肃省酒泉市肃州区"),
        ("622901", "甘肃省临夏回族自治州临夏市"),
        ("110105", "北京市朝阳区"),
        ("429004", "湖北省仙桃市"),
        ("371202", "山东省莱芜市莱城区"),
        ("130000F01", "河北省雄安新区"),
        ("810000", "香港特别行政区"),
    ],
)
def test_full_name(register: PlaceRegister, code: str, name: str) -> None:
    assert register.full_name(code) == name


def test_parents_of_the_past_are_those_of_its_time(register: PlaceRegister) -> None:
    past = next(place for place in register.history("420607") if place.name == "襄阳区")
    assert [place.name for place in register.parents_of(past)] == ["襄樊市", "湖北省"]


def test_hierarchy(register: PlaceRegister) -> None:
    assert [place.name for place in register.parents("620902")] == ["酒泉市", "甘肃省"]
    assert register.parents("000000") == ()
    assert register.within("620902", "620000")
    assert register.within("620902", "620902")
    assert not register.within("620000", "620902")
    assert not register.within("620902", "610000")
    assert {"620902", "620981"} <= {place.code for place in register.children("620900")}
    assert all(place.current for place in register.children("620900"))
    province = register.province_of("620902")
    assert province is not None and province.name == "甘肃省"
    assert register.province_of("000000") is None
    with pytest.raises(KeyError):
        register.full_name("000000")


NAMED = [
    ("鼓楼区", None, {"320106", "320302", "350102", "410204"}),
    ("朝阳区", None, {"110105", "220104"}),
    ("上虞", None, {"330604"}),
    ("上虞市", None, {"330682", "339015"}),
    ("巢湖市", None, {"340181"}),
    ("巢湖市", "2008-05-12", {"340181", "341400"}),
    ("浙", None, {"330000"}),
    ("黔东南州", None, {"522600"}),
    ("巴州", None, {"511902", "652800"}),
    ("天衢新区", None, {"371400F01"}),
    ("兰州新区", None, {"620171"}),
    ("加格达奇", None, {"232761"}),
    ("浦东", None, {"310115"}),
    # ordinary words stand for no place, their full names do
    ("公安", None, set()),
    ("合作", None, set()),
    ("合作市", None, {"623001"}),
    ("某某市", None, set()),
]


@pytest.mark.parametrize(("form", "date", "codes"), NAMED)
def test_named(register: PlaceRegister, form: str, date: str | None, codes: set[str]) -> None:
    assert {place.code for place in register.named(form, date)} == codes


def test_present_places_come_first(register: PlaceRegister) -> None:
    current = [place.current for place in register.named("巢湖市", "2008-05-12")]
    assert current == [True, False]


RESOLVED = [
    # form, context, date, code, certain
    ("肃州", (), None, "620902", True),
    ("吉林", (), None, "220000", True),
    ("吉林", ("220204",), None, "220000", True),
    ("海南", (), None, "460000", True),
    ("海南", ("630000",), None, "632500", True),
    ("河南", (), None, "410000", True),
    ("朝阳", (), None, "211300", False),
    ("朝阳", ("110000",), None, "110105", True),
    ("朝阳", ("220100",), None, "220104", True),
    ("朝阳区", (), None, None, False),
    ("朝阳区", ("220000",), None, "220104", True),
    ("鼓楼区", (), None, None, False),
    ("鼓楼区", ("320300",), None, "320302", True),
    ("鼓楼区", ("350000",), None, "350102", True),
    ("鼓楼区", ("620000", "410200"), None, "410204", True),
    ("江北区", ("330200",), None, "330205", True),
    ("西湖区", ("330681",), None, "330106", True),
    ("甘南", ("620000",), None, "623000", True),
    ("甘南", ("230200",), None, "230225", True),
    ("临夏", (), None, "622900", False),
    ("临夏县", ("620000",), None, "622921", True),
    ("巢湖市", (), None, "340181", True),
    ("巢湖市", (), "2008-05-12", "341400", True),
    ("巢湖市", (), "2020-05-12", "340181", True),
    ("江北区", ("500000",), "2020-01-01", "500105", True),
    ("海门市", (), None, "320684", False),
    ("沙县", (), None, "350405", True),
    ("沙县", (), "2015-03", "350427", True),
    ("无此地", (), None, None, False),
]


@pytest.mark.parametrize(("form", "context", "date", "code", "certain"), RESOLVED)
def test_resolve(
    register: PlaceRegister,
    form: str,
    context: tuple[str, ...],
    date: str | None,
    code: str | None,
    certain: bool,
) -> None:
    found = register.resolve(form, context, date)
    assert (found.place and found.place.code, found.certain) == (code, certain)
    if found.place is not None:
        assert found.place in found.candidates


def test_the_year_of_a_change_admits_both(register: PlaceRegister) -> None:
    names = {place.name for place in register.named("上虞", "2013-06-01")}
    assert names == {"上虞市", "上虞区"}


def test_townships(register: PlaceRegister) -> None:
    assert "330681" in register.townships("枫桥镇")
    assert register.townships("没有的镇") == ()


HEAD = "# head\n"
GOOD = "990000\t甲省\tprovince\t\t\t\t\t甲地\n"
BAD_TABLES = [
    ("places.tsv", GOOD + "990100\t乙市\n", r"places\.tsv:3: 2 fields instead of 8"),
    (
        "places.tsv",
        GOOD + "990100\t乙市\tcity\t\t\t\t\t\n",
        r"places\.tsv:3: code, name and one of the levels",
    ),
    ("places.tsv", GOOD + "990100\t乙市\tprefecture\t980000\t\t\t\t\n", r"places\.tsv:3: the parent 980000"),
    (
        "places.tsv",
        GOOD + "990100\t乙市\tprefecture\t\t2013年\t\t\t\n",
        r"places\.tsv:3: '2013年' is no year",
    ),
    ("places.tsv", GOOD + GOOD, r"places\.tsv:3: a second present place has the code 990000"),
    ("place_aliases.tsv", "980000\t丙\n", r"place_aliases\.tsv:2: 980000 is the code of no present place"),
    ("place_aliases.tsv", "990000\n", r"place_aliases\.tsv:2: 1 fields instead of 2"),
    ("functional_districts.tsv", "x\n", r"functional_districts\.tsv:2: 1 fields instead of 8"),
]


def write_tables(folder: Path, **changed: str) -> None:
    tables = {"places": GOOD, "functional_districts": "", "place_aliases": "", "townships": ""} | changed
    for name, text in tables.items():
        (folder / f"{name}.tsv").write_text(HEAD + text, encoding="utf-8")


@pytest.mark.parametrize(("table", "text", "message"), BAD_TABLES)
def test_a_bad_table_is_named_with_its_line(tmp_path: Path, table: str, text: str, message: str) -> None:
    write_tables(tmp_path, **{table.removesuffix(".tsv"): text})
    with pytest.raises(LanguageDataError, match=message):
        read_register(tmp_path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    write_tables(tmp_path)
    (tmp_path / "places.tsv").unlink()
    with pytest.raises(LanguageDataError, match=r"places\.tsv: cannot be read"):
        read_register(tmp_path)


def test_a_bad_township_table_is_named_when_it_is_asked(tmp_path: Path) -> None:
    write_tables(tmp_path, townships="980000\t某镇\n")
    register = read_register(tmp_path)
    with pytest.raises(LanguageDataError, match=r"townships\.tsv:2: 980000"):
        register.townships("某镇")
